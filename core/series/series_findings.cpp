#include "core/series/series_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace abm {
namespace {

constexpr double kBand = 3;
constexpr double kGraveSpike = 12;  // deviations: twice the limit

std::string number_text(double value) { return fmt::format("{:.4g}", value); }

std::string value_text(double value) {
    if (std::isnan(value)) return "unknown";
    // Whole parts in full: 10250, not 1.025e+04.
    return std::abs(value) >= 1e3 && std::abs(value) < 1e9 ? fmt::format("{:.1f}", value) : number_text(value);
}

std::string duration_text(double seconds) {
    if (seconds < 120) return fmt::format("{:.3g} s", seconds);
    if (seconds < 7'200) return fmt::format("{:.0f} min", seconds / 60);
    return seconds < 2 * 86'400 ? fmt::format("{:.1f} h", seconds / 3600) : fmt::format("{:.1f} days", seconds / 86'400);
}

double seconds_between(const Sample& from, const Sample& to) {
    return std::chrono::duration<double>(to.time - from.time).count();
}

std::string range_text(const SeriesAnalysis& analysis, Time time) {
    const UsualRange range = usual_range(analysis.level, time);
    return fmt::format("{} to {}", value_text(range.low), value_text(range.high));
}

double mean_between(const Series& series, std::size_t first, std::size_t last) {
    double sum = 0, count = 0;
    for (std::size_t i = first; i <= last; ++i) {
        if (std::isnan(series.samples[i].value)) continue;
        sum += series.samples[i].value;
        count += 1;
    }
    return count > 0 ? sum / count : std::nan("");
}

std::string gap_sentence(const Series& series, const SeriesAnalysis& analysis, const SeriesFault& fault) {
    const Sample& before = series.samples[fault.first];
    if (fault.to_end)
        return fmt::format("{} has no value after {}, while other series go on; values usually come every {}.", series.entity,
                           iso8601(before.time), duration_text(analysis.interval_s));
    return fmt::format("{} has no value for {} after {}; values usually come every {}.", series.entity,
                       duration_text(seconds_between(before, series.samples[fault.last])), iso8601(before.time),
                       duration_text(analysis.interval_s));
}

std::string sentence_of(const Series& series, const SeriesAnalysis& analysis, const SeriesFault& fault) {
    const Sample& first = series.samples[fault.first];
    const Sample& peak = series.samples[fault.peak];
    const std::string usual = range_text(analysis, peak.time);
    const std::string lasted = duration_text(seconds_between(first, series.samples[fault.last]) + analysis.interval_s);
    switch (fault.type) {
        case RecordType::spike:
            return fmt::format("{} was {} at {}, {:.1f} deviations {} the samples around it; usual at this time: {}.",
                               series.entity, value_text(peak.value), iso8601(peak.time), std::abs(fault.deviations),
                               fault.deviations > 0 ? "above" : "below", usual);
        case RecordType::drop:
            return fmt::format("{} dropped to {} at {} for {}; usual at this time: {}.", series.entity,
                               value_text(mean_between(series, fault.first, fault.last)), iso8601(first.time), lasted, usual);
        case RecordType::drift:
            return fmt::format("{} drifted {} from {} for {}, to {}; usual at that time: {}.", series.entity,
                               fault.deviations > 0 ? "up" : "down", iso8601(first.time), lasted, value_text(peak.value), usual);
        default:
            return gap_sentence(series, analysis, fault);
    }
}

std::string_view rule_of(RecordType type) {
    switch (type) {
        case RecordType::spike:
            return "series-spike";
        case RecordType::drop:
            return "series-drop";
        case RecordType::drift:
            return "series-drift";
        default:
            return "series-missing-data";
    }
}

std::string note_of(const Series& series, const SeriesAnalysis& analysis, const SeriesFault& fault, std::size_t at) {
    if (fault.type == RecordType::missing_data) return at == fault.first ? "the last value before" : "the next value";
    return fmt::format("{}, {:+.1f} deviations", value_text(series.samples[at].value), analysis.z[at]);
}

TextSpan span_of(const Series& series, const SeriesFault& fault) {
    const auto [low, high] = std::minmax(series.samples[fault.first].row.offset, series.samples[fault.last].row.offset);
    const std::int64_t end = std::max(series.samples[fault.first].row.end(), series.samples[fault.last].row.end());
    return {low, end - low};
}

}  // namespace

UsualRange usual_range(const UsualLevel& level, Time time) {
    const double centre = level.at(time);
    return {centre - kBand * level.deviation(), centre + kBand * level.deviation()};
}

Finding finding_of(const Series& series, const SeriesAnalysis& analysis, const SeriesFault& fault) {
    Finding finding;
    finding.type = fault.type;
    const bool small = fault.type == RecordType::spike && std::abs(fault.deviations) < kGraveSpike;
    finding.severity = small ? Severity::low : Severity::medium;
    finding.rule = rule_of(fault.type);
    finding.span = span_of(series, fault);
    finding.sentence = sentence_of(series, analysis, fault);
    for (const std::size_t at : std::set<std::size_t>{fault.first, fault.peak, fault.last})
        finding.evidence.push_back({series.samples[at].row, note_of(series, analysis, fault, at)});
    return finding;
}

}  // namespace abm
