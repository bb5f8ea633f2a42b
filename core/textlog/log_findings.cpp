#include "core/textlog/log_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace abm {

void FindingCollector::add(Finding finding) {
    if (++count_[finding.type] > most_) {
        ++not_kept_;
    } else {
        findings_.push_back(std::move(finding));
    }
}

std::vector<Finding> FindingCollector::take() {
    std::stable_sort(findings_.begin(), findings_.end(), [](const Finding& one, const Finding& other) {
        if (one.record != other.record) return one.record < other.record;
        return one.severity > other.severity;
    });
    return std::move(findings_);
}

Finding finding_about(std::size_t record, RecordType type, Severity severity, std::string_view rule) {
    Finding finding;
    finding.record = RecordIndex{static_cast<std::uint32_t>(record)};
    finding.type = type;
    finding.severity = severity;
    finding.rule = rule;
    return finding;
}

void show(Finding& finding, TextSpan line, std::string note) {
    const bool first = finding.evidence.empty();
    const std::int64_t begin = first ? line.offset : std::min(finding.span.offset, line.offset);
    const std::int64_t end = first ? line.end() : std::max(finding.span.end(), line.end());
    finding.span = {begin, end - begin};
    finding.evidence.push_back({line, std::move(note)});
}

std::string span_text(double seconds) {
    if (seconds < 60) return fmt::format("{:.3g} s", seconds);
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    if (whole < 3'600) return fmt::format("{} min {} s", whole / 60, whole % 60);
    if (whole < 86'400) return fmt::format("{} h {} min", whole / 3'600, whole / 60 % 60);
    return fmt::format("{} d {} h", whole / 86'400, whole / 3'600 % 24);
}

}  // namespace abm
