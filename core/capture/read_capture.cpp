#include "core/capture/read_capture.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/capture/capture_findings.h"
#include "core/capture/capture_input.h"
#include "core/capture/capture_survey.h"
#include "core/capture/capture_windows.h"

namespace abm {
namespace {

/// Who is compared, and what they are called.
struct Chosen {
    Parties parties;
    std::string name, a, b;
};

Chosen given_parties(const CaptureOptions& options, const CaptureSurvey& survey) {
    const auto called = [](const std::string& text) { return text.empty() ? std::string("everyone else") : text; };
    const std::string a = called(options.party_a), b = called(options.party_b);
    return {Parties::given(options.party_a, options.party_b, survey.link_type, survey.snap_length), fmt::format("{} - {}", a, b),
            a, b};
}

Chosen choose_parties(const CaptureOptions& options, const CaptureSurvey& survey, const Source& source) {
    if (!options.party_a.empty() || !options.party_b.empty()) return given_parties(options, survey);
    if (!survey.link) return {Parties(), source.name, "party A", "party B"};
    const Link& link = *survey.link;
    const bool fronthaul = link.name.starts_with("DU ");
    return {Parties(link.a, link.b), link.name, (fronthaul ? "DU " : "") + text_of(link.a),
            (fronthaul ? "RU " : "") + text_of(link.b)};
}

void cut_windows(const std::filesystem::path& path, const CaptureSurvey& survey, const Parties& parties, WindowCutter& cutter,
                 const Progress& progress) {
    CaptureInput input(path);
    if (input.empty()) return;
    RawPacket raw;
    DecodedPacket packet;
    for (std::int64_t i = 0; i < survey.packets && input.packets().next(raw); ++i) {
        if (i % kPacketsPerReport == 0) progress.checkpoint(0.5 + input.bytes().position_fraction() / 2, "windows");
        decode_packet(raw, survey.link_type, packet);
        cutter.add(packet, parties.side_of(raw, packet));
    }
    cutter.finish();
}

void take_features(const CaptureWindows& windows, FeatureMatrix& features) {
    features.names = window_feature_names();
    features.values = Eigen::Map<const RowMatrix>(windows.rows.data(), static_cast<Eigen::Index>(windows.records.size()),
                                                  static_cast<Eigen::Index>(kWindowFeatures));
}

// Findings are by record, gravest first: each record learns where its own are and takes after the first.
void link_findings(std::vector<Finding>& findings, std::vector<Record>& records) {
    for (std::size_t i = 0; i < findings.size(); ++i) {
        Record& record = records[raw(findings[i].record)];
        if (record.finding_count++ > 0) continue;
        record.first_finding = static_cast<std::uint32_t>(i);
        record.type = findings[i].type;
        record.severity = findings[i].severity;
    }
}

void take_windows(CaptureWindows& windows, const CaptureContext& context, SourceReading& reading) {
    CaptureFindings found = find_in_capture(windows, context);
    if (found.not_kept > 0) {
        reading.source.problems.push_back({-1, found.not_kept, false,
                                           fmt::format("{} findings beyond the first {} of a type were not kept", found.not_kept,
                                                       context.options.most_findings)});
    }
    take_features(windows, reading.features);
    reading.records = std::move(windows.records);
    reading.findings = std::move(found.findings);
    link_findings(reading.findings, reading.records);
}

}  // namespace

SourceReading read_capture(const std::filesystem::path& path, const CaptureOptions& options, const Progress& progress) {
    check(options);
    SourceReading reading;
    reading.source.path = path;
    reading.features.names = window_feature_names();
    const CaptureSurvey survey = survey_capture(reading.source, progress);
    if (!survey.readable) return reading;
    const Chosen chosen = choose_parties(options, survey, reading.source);
    reading.source.machine = chosen.name;
    reading.entities = {chosen.name};
    const SilenceLimit silence = silence_limit(survey.gaps_ns, options);
    CaptureWindows windows;
    WindowCutter cutter(options, silence.limit_ns, windows);
    try {
        cut_windows(path, survey, chosen.parties, cutter, progress);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled) throw;
        reading.source.problems.push_back({-1, 1, true, error.what()});
    }
    take_windows(windows, {options, silence, chosen.a, chosen.b}, reading);
    return reading;
}

bool is_capture(const std::filesystem::path& path) {
    try {
        const auto bytes = ByteSource::open(path);
        std::string head(4, '\0');
        head.resize(bytes->read(head));
        return !sniff_capture(head).empty();
    } catch (const Error&) {
        return false;
    }
}

}  // namespace abm
