#include "core/capture/capture_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <span>

#include "core/base/order_statistic.h"
#include "core/capture/contact_sentences.h"
#include "core/capture/unusual_windows.h"

namespace abm {
namespace {

double ns_of(std::chrono::microseconds time) { return static_cast<double>(std::chrono::nanoseconds(time).count()); }

std::string_view plural(std::int64_t count) { return count == 1 ? "" : "s"; }

/// Collects up to a number of each type.
class Collector {
public:
    explicit Collector(std::int64_t most) : most_(most) {}

    void add(Finding finding) {
        if (++count_[finding.type] > most_) {
            ++not_kept_;
        } else {
            findings_.push_back(std::move(finding));
        }
    }

    CaptureFindings take() {
        std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& one, const Finding& other) {
            if (one.record != other.record) return one.record < other.record;
            return one.severity > other.severity;
        });
        return {std::move(findings_), not_kept_};
    }

private:
    std::int64_t most_, not_kept_ = 0;
    std::map<RecordType, std::int64_t> count_;
    std::vector<Finding> findings_;
};

Finding about(std::int64_t window, RecordType type, Severity severity, std::string_view rule) {
    Finding finding;
    finding.record = RecordIndex{static_cast<std::uint32_t>(window)};
    finding.type = type;
    finding.severity = severity;
    finding.rule = rule;
    return finding;
}

void show(Finding& finding, TextSpan packet, std::string note) { finding.evidence.push_back({packet, std::move(note)}); }

// The span of a finding reaches from its first evidence to its last.
void span_evidence(Finding& finding) {
    std::int64_t first = finding.evidence.front().line.offset, end = 0;
    for (const Evidence& evidence : finding.evidence) {
        first = std::min(first, evidence.line.offset);
        end = std::max(end, evidence.line.end());
    }
    finding.span = {first, end - first};
}

// Traffic that is no play of request and response misses "responses" all the time: nothing is said about it.
bool usually_answered(const CaptureWindows& windows) {
    constexpr std::int64_t kLeastWindows = 20, kLeastRequests = 50;
    if (windows.waits_ns.total() == 0) return false;
    const bool most_windows =
        windows.windows_with_requests >= kLeastWindows && windows.windows_all_answered * 4 >= windows.windows_with_requests * 3;
    return most_windows || (windows.requests >= kLeastRequests && windows.missing * 10 <= windows.requests);
}

void find_missing(const WindowNote& note, const CaptureContext& context, Collector& out) {
    Finding finding = about(note.window, RecordType::missing_responses,
                            note.missing * 2 >= note.requests ? Severity::high : Severity::medium, "capture-missing-responses");
    finding.sentence = fmt::format("{} of {} packets of {} had no response of {} within {}.", note.missing, note.requests,
                                   context.a, context.b, gap_text(ns_of(context.options.response_timeout)));
    finding.action = "See whether the other side received them, and whether the capture point sees both directions.";
    const auto shown = std::min<std::size_t>(static_cast<std::size_t>(note.missing), WindowNote::kMostShown);
    for (std::size_t i = 0; i < shown; ++i) show(finding, note.missed[i].span, "no response");
    span_evidence(finding);
    out.add(std::move(finding));
}

void find_late(const WindowNote& note, double median_ns, const CaptureContext& context, Collector& out) {
    const double limit_ns = ns_of(context.options.response_limit);
    const auto late_ns = static_cast<double>(note.late_ns);
    if (late_ns <= context.options.late_factor * median_ns) return;
    Finding finding = about(note.window, RecordType::late_response, late_ns >= 10 * limit_ns ? Severity::medium : Severity::low,
                            "capture-late-response");
    finding.sentence =
        fmt::format("{} response{} of {} took longer than {}, the slowest {}; half of all take at most {}.", note.late,
                    plural(note.late), context.b, gap_text(limit_ns), gap_text(late_ns), gap_text(median_ns));
    show(finding, note.late_request, "request");
    show(finding, note.late_response, fmt::format("its response, {} later", gap_text(late_ns)));
    span_evidence(finding);
    out.add(std::move(finding));
}

void find_lost(const WindowNote& note, Collector& out) {
    Finding finding =
        about(note.window, RecordType::packet_loss, note.lost >= 10 ? Severity::high : Severity::medium, "capture-packet-loss");
    finding.sentence = fmt::format("{} packet{} of a fronthaul flow never arrived: the sequence numbers have a gap.", note.lost,
                                   plural(note.lost));
    finding.action = "Compare with the counters of the switch ports; a capture that dropped packets shows the same.";
    show(finding, note.lost_before, "last before the gap");
    show(finding, note.lost_after, "first after the gap");
    span_evidence(finding);
    out.add(std::move(finding));
}

void find_silence(const CaptureSilence& silence, const CaptureContext& context, Collector& out) {
    const auto gap_ns = static_cast<double>(silence.gap_ns);
    const auto limit_ns = static_cast<double>(context.silence.limit_ns);
    Finding finding = about(silence.window, RecordType::silence, gap_ns >= 10 * limit_ns ? Severity::high : Severity::medium,
                            "capture-silence");
    const std::string since = iso8601(PacketSummary::capture_time(silence.from_ns));
    finding.sentence =
        fmt::format("No packet for {} from {}; the limit is {}, and 95 of 100 gaps are at most {}.", gap_text(gap_ns), since,
                    gap_text(limit_ns), gap_text(static_cast<double>(context.silence.usual_ns)));
    show(finding, silence.before, "last before the silence");
    show(finding, silence.after, "first after the silence");
    span_evidence(finding);
    out.add(std::move(finding));
}

// At the lag at which the usual window is steadiest: the rhythm of the traffic. A lag must be half as unsteady to be preferred.
std::span<const float> unsteadiness_at_rhythm(const CaptureWindows& windows) {
    std::span<const float> best;
    double lowest = std::numeric_limits<double>::infinity();
    for (const std::vector<float>& at_lag : windows.unsteadiness) {
        std::vector<float> known;
        std::ranges::copy_if(at_lag, std::back_inserter(known), [](float value) { return !std::isnan(value); });
        if (known.empty()) continue;
        const double usual = upper_median(known);
        if (!best.empty() && 2.0 * usual > lowest) continue;
        lowest = usual;
        best = at_lag;
    }
    return best;
}

void find_jitter(const CaptureWindows& windows, const CaptureContext& context, Collector& out) {
    const std::span<const float> unsteadiness = unsteadiness_at_rhythm(windows);
    const UnusualWindows unusual =
        unusual_windows(unsteadiness, context.options.jitter_factor, ns_of(context.options.jitter_least));
    for (const std::size_t window : unusual.windows) {
        Finding finding =
            about(static_cast<std::int64_t>(window), RecordType::jitter_burst, Severity::low, "capture-jitter-burst");
        finding.span = windows.records[window].span;
        finding.sentence =
            fmt::format("The pace of {} is unsteady: its gaps change by up to {} (nine of ten changes); usual is {}.", context.a,
                        gap_text(static_cast<double>(unsteadiness[window])), gap_text(unusual.median));
        show(finding, finding.span, "unsteady");
        out.add(std::move(finding));
    }
}

void find_floods(const CaptureWindows& windows, const CaptureContext& context, Collector& out) {
    constexpr std::size_t kPackets = kWindowFeatures - 1;
    std::vector<float> packets(windows.records.size());
    for (std::size_t i = 0; i < packets.size(); ++i) packets[i] = windows.rows[i * kWindowFeatures + kPackets];
    const UnusualWindows unusual =
        unusual_windows(packets, context.options.rate_factor, static_cast<double>(context.options.flood_packets));
    for (const std::size_t window : unusual.windows) {
        Finding finding =
            about(static_cast<std::int64_t>(window), RecordType::packet_flood, Severity::medium, "capture-packet-flood");
        finding.span = windows.records[window].span;
        finding.sentence = fmt::format("{:.0f} packets within {}; the usual window has {:.0f}.", packets[window],
                                       gap_text(ns_of(context.options.window)), unusual.median);
        show(finding, finding.span, "many packets");
        out.add(std::move(finding));
    }
}

void find_contacts(const ContactBurst& burst, Collector& out) {
    const ContactWords words = contact_words(burst);
    Finding finding = about(burst.first.window, words.type, words.severity, words.rule);
    finding.sentence =
        fmt::format("{} within {}.", words.what, gap_text(static_cast<double>(burst.last.time_ns - burst.first.time_ns)));
    finding.action = words.action;
    show(finding, burst.first.span, "first");
    show(finding, burst.last.span, "last");
    span_evidence(finding);
    out.add(std::move(finding));
}

}  // namespace

std::string gap_text(double ns) {
    constexpr double kMs = 1e6, kS = 1e9, kMin = 60e9, kHour = 3600e9, kDay = 24 * kHour;
    if (ns < kMs) return fmt::format("{:.3g} µs", ns / 1e3);
    if (ns < kS) return fmt::format("{:.3g} ms", ns / kMs);
    if (ns < 2 * kMin) return fmt::format("{:.3g} s", ns / kS);
    const auto whole = [](double value) { return static_cast<std::int64_t>(value); };
    if (ns < kHour) return fmt::format("{} min {} s", whole(ns / kMin), whole(ns / kS) % 60);
    if (ns < 2 * kDay) return fmt::format("{} h {} min", whole(ns / kHour), whole(ns / kMin) % 60);
    return fmt::format("{} days", whole(ns / kDay));
}

CaptureFindings find_in_capture(const CaptureWindows& windows, const CaptureContext& context) {
    Collector out(context.options.most_findings);
    const bool answered = usually_answered(windows);
    const auto median_ns = static_cast<double>(windows.waits_ns.quantile(0.5));
    for (const WindowNote& note : windows.notes) {
        if (note.missing > 0 && answered) find_missing(note, context, out);
        if (note.late > 0) find_late(note, median_ns, context, out);
        if (note.lost > 0) find_lost(note, out);
    }
    for (const CaptureSilence& silence : windows.silences) find_silence(silence, context, out);
    for (const ContactBurst& burst : windows.bursts) find_contacts(burst, out);
    find_jitter(windows, context, out);
    find_floods(windows, context, out);
    CaptureFindings found = out.take();
    found.not_kept += windows.silences_not_kept + windows.bursts_not_kept;
    return found;
}

}  // namespace abm
