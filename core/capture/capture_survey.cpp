#include "core/capture/capture_survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "core/capture/capture_input.h"

namespace abm {
namespace {

/// How often something odd was seen, and where first.
struct Oddity {
    std::int64_t count = 0;
    std::int64_t first = 0;
    void see(const RawPacket& packet) {
        if (count++ == 0) first = packet.span.offset;
    }
    void tell(Source& source, std::string_view what) const {
        if (count > 0)
            source.problems.push_back(
                {first, count, false, fmt::format("{} {} {}", count, count == 1 ? "packet" : "packets", what)});
    }
};

/// Oddities of the packets, and the span of time.
class PacketLook {
public:
    void look(const RawPacket& packet, CaptureSurvey& survey) {
        if (packet.captured < packet.original) cut_.see(packet);
        if (packet.captured > packet.original) long_.see(packet);
        if (packet.time_ns == 0) {
            timeless_.see(packet);
        } else {
            look_at_time(packet, survey);
        }
        last_ns_ = packet.time_ns;
    }

    void tell(Source& source) const {
        source.first_time = PacketSummary::capture_time(first_ns_);
        source.last_time = PacketSummary::capture_time(latest_ns_);
        timeless_.tell(source, "without a time; each is placed with the one before it");
        backward_.tell(source, "with a time before that of the previous one; gaps that would be negative count as 0");
        cut_.tell(source, "cut when captured (snap length); sizes are those on the wire");
        long_.tell(source, "with more bytes captured than were on the wire, which cannot be");
    }

private:
    void look_at_time(const RawPacket& packet, CaptureSurvey& survey) {
        const std::int64_t gap_ns = packet.time_ns - last_ns_;
        if (last_ns_ != 0 && gap_ns < 0) backward_.see(packet);
        if (last_ns_ != 0 && gap_ns >= 0) survey.gaps_ns.add(gap_ns);
        if (first_ns_ == 0 || packet.time_ns < first_ns_) first_ns_ = packet.time_ns;
        if (latest_ns_ == 0 || packet.time_ns > latest_ns_) latest_ns_ = packet.time_ns;
    }

    Oddity timeless_, backward_, cut_, long_;
    std::int64_t last_ns_ = 0, first_ns_ = 0, latest_ns_ = 0;
};

void say_end(Source& source, CaptureInput& input, std::int64_t packets) {
    const auto& damage = input.bytes().problem();
    const auto& problem = input.packets().problem();
    if (!damage && !problem) return;
    const std::int64_t offset = problem ? problem->offset : damage->offset;
    const std::string why = damage ? damage->message : fmt::format("{}: {}", source.name, problem->message);
    source.problems.push_back({offset, 1, true,
                               fmt::format("{}. The packet at byte {} and all behind it were not read; the {} packets before it "
                                           "were kept",
                                           why, offset, packets)});
}

void read_packets(CaptureInput& input, Source& source, CaptureSurvey& survey, const Progress& progress) {
    PacketLook look;
    ConversationTable conversations;
    RawPacket raw;
    DecodedPacket packet;
    while (input.packets().next(raw)) {
        if (survey.packets++ % kPacketsPerReport == 0) progress.checkpoint(input.bytes().position_fraction() / 2, "reading");
        decode_packet(raw, survey.link_type, packet);
        look.look(raw, survey);
        conversations.add(packet);
    }
    look.tell(source);
    survey.link = conversations.busiest();
}

void survey(Source& source, SourceIdentity& identity, CaptureSurvey& survey, const Progress& progress) {
    CaptureInput input(source.path, &identity);
    source.gzip = input.bytes().is_gzip();
    if (input.empty()) {
        source.format = "empty";
        source.problems.push_back({-1, 1, false, fmt::format("{} is empty: there is nothing to read", source.name)});
        return;
    }
    survey.readable = true;
    survey.link_type = input.packets().link_type();
    survey.snap_length = input.packets().snap_length();
    source.format = input.packets().format();
    source.encoding = "binary";
    source.link_type = input.packets().link_type_name();
    read_packets(input, source, survey, progress);
    input.drain();
    source.packets = survey.packets;
    say_end(source, input, survey.packets);
}

}  // namespace

CaptureSurvey survey_capture(Source& source, const Progress& progress) {
    CaptureSurvey result;
    SourceIdentity identity;
    source.name = source.path == "-" ? "standard input" : source.path.filename().string();
    source.format = "unknown";
    try {
        survey(source, identity, result, progress);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled) throw;
        source.problems.push_back({-1, 1, true, error.what()});
    }
    source.identity = identity.hex();
    source.bytes = identity.bytes();
    return result;
}

SilenceLimit silence_limit(const LogHistogram<4>& gaps_ns, const CaptureOptions& options) {
    constexpr std::int64_t kLeastGaps = 20, kRare = 500, kAlwaysRare = 5;
    constexpr double kOrdinaryFactor = 3;
    const std::int64_t gaps = gaps_ns.total();
    if (gaps < kLeastGaps) return {0, std::numeric_limits<std::int64_t>::max()};
    const std::int64_t usual = gaps_ns.quantile(0.95);
    const std::int64_t ordinary = gaps_ns.at_rank(gaps - std::max(kAlwaysRare, gaps / kRare));
    const double least = static_cast<double>(options.silence_least.count()) * 1000;
    const double limit =
        std::max({least, options.silence_factor * static_cast<double>(usual), kOrdinaryFactor * static_cast<double>(ordinary)});
    constexpr double kMost = 9e18;
    return {usual, static_cast<std::int64_t>(std::min(limit, kMost))};
}

}  // namespace abm
