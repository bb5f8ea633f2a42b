#include "widgets/record_match.h"

#include <algorithm>
#include <limits>

#include "widgets/format.h"
#include "widgets/record_view.h"
#include "widgets/verdict_words.h"

namespace abm {
namespace {

constexpr int kTypes = static_cast<int>(RecordType::card_number_in_log) + 1;
constexpr unsigned kKinds = static_cast<unsigned>(RecordKind::row) + 1;
constexpr std::uint8_t kAllKinds = (1U << kKinds) - 1;
constexpr int kActivities = static_cast<int>(Activity::idle) + 1;

TextPattern compiled(const TextTerm& term) {
    const QString text = term.regex ? term.text : term.text.trimmed();
    return {text.toStdString(), {.regex = term.regex, .match_case = term.match_case}};
}

// What a limit is about; nullopt: not known.
std::optional<double> value_of(const Record& record, FilterKind kind) {
    if (kind == FilterKind::score) return static_cast<double>(record.score);
    const Money amount = kind == FilterKind::at_risk ? record.at_risk : record.amount;
    return amount == kNoAmount ? std::nullopt : std::optional(static_cast<double>(amount));
}

}  // namespace

TextMatch::TextMatch(const Investigation& investigation, const TextTerm& pattern)
    : investigation_(investigation), pattern_(compiled(pattern)) {
    for (const auto& machine : investigation.machines) machines_.push_back(holds(machine));
    for (const auto& source : investigation.sources) sources_.push_back(holds(source.name));
    for (int type = 0; type < kTypes; ++type) types_.push_back(holds(display_name(static_cast<RecordType>(type))));
    for (int activity = 0; activity < kActivities; ++activity)
        activities_.push_back(holds(activity_text(static_cast<Activity>(activity)).toStdString()));
    for (const StandingLabel& verdict : investigation.labels) {
        if (holds(type_words(verdict.label.type).toStdString()) || holds(verdict.label.note))
            verdicts_.insert(raw(verdict.record));
    }
}

bool TextMatch::holds(std::string_view text) const {
    TextPattern::Match match;
    return pattern_.next(text, 0, match);
}

bool TextMatch::operator()(std::uint32_t at) const {
    const Record& record = investigation_.records[at];
    if (machines_[raw(record.machine)] || sources_[raw(record.source)] || types_[static_cast<std::size_t>(record.type)] ||
        activities_[static_cast<std::size_t>(record.activity)])
        return true;
    const auto findings = investigation_.findings_of(record);
    return std::any_of(findings.begin(), findings.end(), [this](const Finding& its) { return holds(its.sentence); }) ||
           (record.label != LabelClass::none && verdicts_.contains(at));
}

RecordMatch::RecordMatch(const Investigation& investigation, const std::vector<FilterChip>& conditions, bool routine)
    : investigation_(investigation),
      routine_(routine),
      machines_(investigation.machines.size(), true),
      views_(investigation.sources.size(), kAllKinds) {
    severities_.fill(true);
    types_.fill(true);
    labels_.fill(true);
    for (const FilterChip& chip : conditions) add(chip);
}

void RecordMatch::add(const FilterChip& chip) {
    constexpr double kFar = std::numeric_limits<double>::infinity();
    switch (chip.kind) {
        case FilterKind::severity:
        case FilterKind::type:
        case FilterKind::machine:
        case FilterKind::label:
        case FilterKind::view:
        case FilterKind::file:
            return narrow(chip);
        case FilterKind::time:
            if (chip.range) spans_.push_back({*chip.range, chip.hides});
            return;
        case FilterKind::score:
        case FilterKind::at_risk:
        case FilterKind::amount:
            return limits_.push_back({chip.kind, chip.from.value_or(-kFar), chip.to.value_or(kFar), chip.hides});
        case FilterKind::text:
            if (!chip.pattern.blank()) texts_.push_back({TextMatch(investigation_, chip.pattern), chip.hides});
    }
}

void RecordMatch::narrow(const FilterChip& chip) {
    const auto keeps = [&](const QString& word) { return chip.values.contains(word) != chip.hides; };
    if (chip.kind == FilterKind::severity) {
        for (std::size_t at = 0; at < severities_.size(); ++at)
            severities_[at] = severities_[at] && keeps(qstring(name_of(static_cast<Severity>(at))));
    } else if (chip.kind == FilterKind::type) {
        for (std::size_t at = 0; at < kTypes; ++at)
            types_[at] = types_[at] && keeps(qstring(name_of(static_cast<RecordType>(at))));
    } else if (chip.kind == FilterKind::label) {
        for (std::size_t at = 0; at < labels_.size(); ++at)
            labels_[at] = labels_[at] && keeps(label_value(static_cast<LabelClass>(at)));
    } else if (chip.kind == FilterKind::file || chip.kind == FilterKind::view) {
        for (std::size_t at = 0; at < views_.size(); ++at) narrowSource(at, chip);
    } else {
        for (std::size_t at = 0; at < machines_.size(); ++at)
            machines_[at] = machines_[at] && keeps(qstring(investigation_.machines[at]));
    }
}

void RecordMatch::narrowSource(std::size_t at, const FilterChip& chip) {
    const Source& source = investigation_.sources[at];
    const auto keeps = [&](const QString& word) { return chip.values.contains(word) != chip.hides; };
    if (chip.kind == FilterKind::file && !keeps(qstring(source.name))) views_[at] = 0;
    for (unsigned kind = 0; chip.kind == FilterKind::view && kind < kKinds; ++kind) {
        if (!keeps(name_of(view_of(source, static_cast<RecordKind>(kind)))))
            views_[at] &= static_cast<std::uint8_t>(~(1U << kind));
    }
}

bool RecordMatch::operator()(std::uint32_t at) const {
    const Record& record = investigation_.records[at];
    if (record.trivial && !routine_ && record.severity == Severity::none) return false;
    if (!severities_[static_cast<std::size_t>(record.severity)] || !types_[static_cast<std::size_t>(record.type)] ||
        !labels_[static_cast<std::size_t>(record.label)] || !machines_[raw(record.machine)] ||
        (views_[raw(record.source)] >> static_cast<unsigned>(record.kind) & 1U) == 0)
        return false;
    for (const Span& span : spans_) {
        if ((known(record.start) && span.range.contains(record.start)) == span.hides) return false;
    }
    for (const Limits& its : limits_) {
        const auto value = value_of(record, its.kind);
        if ((value && *value >= its.from && *value <= its.to) == its.hides) return false;
    }
    return std::all_of(texts_.begin(), texts_.end(), [at](const Text& text) { return text.match(at) != text.hides; });
}

}  // namespace abm
