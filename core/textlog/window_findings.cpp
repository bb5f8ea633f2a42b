// What stands out in the lines of an entity: bursts of errors, silences, clocks that go back, messages never seen before.
#include <fmt/format.h>

#include <algorithm>

#include "core/textlog/log_findings.h"

namespace abm {
namespace {

/// Error lines of all windows of one entity, sorted.
using ErrorCounts = std::vector<std::int64_t>;

std::vector<ErrorCounts> error_counts(const LogTally& tally) {
    std::vector<ErrorCounts> counts(tally.entities().size());
    for (const RecordTally& record : tally.records()) counts[record.entity].push_back(record.errors);
    for (ErrorCounts& of_entity : counts) std::ranges::sort(of_entity);
    return counts;
}

/// What three in four of the other windows do not exceed; 0 when there is no other.
std::int64_t usual_of_others(const ErrorCounts& sorted, std::int64_t own) {
    const std::size_t others = sorted.size() - 1;
    if (others == 0) return 0;
    const std::size_t at = (others * 3 + 3) / 4 - 1;  // among the others
    const auto own_place = static_cast<std::size_t>(std::ranges::lower_bound(sorted, own) - sorted.begin());
    return sorted[at < own_place ? at : at + 1];
}

/// Templates whose first line came late; in the order of these lines.
std::vector<const ShapeTally*> late_templates(const LogProfile& profile, const LogTally& tally, const TemplateUse& use) {
    const double late = std::max(profile.thresholds.rare_after_lines, static_cast<double>(tally.lines()) / 2);
    std::vector<const ShapeTally*> found;
    for (std::size_t id = kOverflowTemplate + 1; id < use.tally.size(); ++id) {
        const ShapeTally& one = use.tally[id];
        if (one.lines > 0 && static_cast<double>(one.first_number) >= late) found.push_back(&one);
    }
    std::ranges::sort(found, {}, [](const ShapeTally* one) { return one->first_number; });
    return found;
}

}  // namespace

void find_error_bursts(const LogProfile& profile, const LogTally& tally, FindingCollector& out) {
    const std::vector<ErrorCounts> counts = error_counts(tally);
    for (std::size_t i = 0; i < tally.records().size(); ++i) {
        const RecordTally& record = tally.records()[i];
        const auto errors = static_cast<double>(record.errors);
        if (record.errors == 0 || errors < profile.thresholds.error_lines) continue;
        const std::int64_t usual = usual_of_others(counts[record.entity], record.errors);
        const double limit = profile.thresholds.error_factor * static_cast<double>(std::max<std::int64_t>(usual, 1));
        if (errors < limit) continue;
        constexpr double kGrave = 5;
        const bool grave = errors >= kGrave * std::max(limit, profile.thresholds.error_lines);
        Finding finding = finding_about(i, RecordType::error_burst, grave ? Severity::high : Severity::medium, "log-error-burst");
        finding.sentence = fmt::format("{} of {} lines of {} {} are errors; in three of four other windows at most {} are.",
                                       record.errors, record.lines(), profile.noun, tally.entities()[record.entity], usual);
        finding.action = "Read the first error of the burst: what follows is often its consequence.";
        for (const MarkedLine& line : record.marked) {
            if (line.role == EventRole::error) show(finding, line.line, "error");
        }
        out.add(std::move(finding));
    }
}

void find_silences(const LogProfile& profile, const LogTally& tally, FindingCollector& out) {
    constexpr double kUsualShare = 0.99, kGrave = 10;
    for (std::size_t i = 0; i < tally.records().size(); ++i) {
        const RecordTally& record = tally.records()[i];
        const GapHistogram& gaps = tally.gaps_of(record.entity);
        const double seconds = record.longest.seconds;
        if (seconds < profile.thresholds.silence_min_s || seconds <= 0) continue;
        if (static_cast<double>(gaps.total()) < profile.thresholds.silence_gaps) continue;
        const double usual = gaps.quantile(kUsualShare);
        if (seconds < profile.thresholds.silence_factor * usual) continue;
        const bool grave = seconds >= kGrave * profile.thresholds.silence_factor * usual;
        Finding finding = finding_about(i, RecordType::silence, grave ? Severity::medium : Severity::low, "log-silence");
        finding.sentence = fmt::format("Nothing was written for {} by {} {}; 99 in 100 gaps are at most {}.", span_text(seconds),
                                       profile.noun, tally.entities()[record.entity], span_text(usual));
        finding.action = "Check whether it was switched off, hung, or its lines were lost.";
        show(finding, record.longest.from, "last line before the silence");
        show(finding, record.longest.to, "first line after it");
        out.add(std::move(finding));
    }
}

void find_backward_clocks(const LogProfile& profile, const LogTally& tally, FindingCollector& out) {
    constexpr double kHour = 3'600;
    for (std::size_t i = 0; i < tally.records().size(); ++i) {
        const RecordTally& record = tally.records()[i];
        if (record.backward == 0) continue;
        const Step& step = record.furthest_back;
        const Severity severity = step.seconds >= kHour ? Severity::medium : Severity::low;
        Finding finding = finding_about(i, RecordType::clock_jump, severity, "log-time-backwards");
        finding.sentence = fmt::format("The time of {} {} goes back by {}{}.", profile.noun, tally.entities()[record.entity],
                                       span_text(step.seconds),
                                       record.backward > 1 ? fmt::format(", and {} times more", record.backward - 1) : "");
        finding.action = "Check whether the clock was set, or lines were written late or put together from several files.";
        show(finding, step.from, "the time before");
        show(finding, step.to, "goes back");
        out.add(std::move(finding));
    }
}

void find_rare_messages(const LogProfile& profile, const LogTally& tally, const TemplateUse& use, FindingCollector& out) {
    std::vector<const ShapeTally*> late = late_templates(profile, tally, use);
    const auto too_many = [&] { return static_cast<double>(late.size()) > profile.thresholds.rare_most; };
    if (too_many()) std::erase_if(late, [](const ShapeTally* one) { return !one->error; });
    if (too_many()) return;
    for (const ShapeTally* one : late) {
        const Severity severity = one->error ? Severity::medium : Severity::low;
        Finding finding = finding_about(one->first_record, RecordType::rare_message, severity, "log-never-seen-message");
        finding.sentence = fmt::format("A message never seen in {} lines before{}.", one->first_number,
                                       one->lines > 1 ? fmt::format("; it came {} times in all", one->lines) : "");
        finding.action = "Find out what is new: a fault, an attack, or a new version.";
        show(finding, one->first_line, one->error ? "never seen before, an error" : "never seen before");
        out.add(std::move(finding));
    }
}

}  // namespace abm
