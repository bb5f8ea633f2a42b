#include "widgets/record_filter.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text_pattern.h"
#include "widgets/format.h"
#include "widgets/record_view.h"
#include "widgets/verdict_words.h"

namespace abm {
namespace {

constexpr int kMostWords = 3;  // a chip names that many values, and counts the rest

bool is_least_score(const FilterChip& chip) { return chip.kind == FilterKind::score && !chip.hides && chip.from && !chip.to; }

QString limit_text(FilterKind kind, double value) {
    return kind == FilterKind::score ? score_text(static_cast<float>(value)) : qstring(money_text(static_cast<Money>(value)));
}

QString limits_words(const FilterChip& chip) {
    const QString name = name_of(chip.kind);
    if (chip.from && chip.to)
        return QStringLiteral("%1 %2 – %3").arg(name, limit_text(chip.kind, *chip.from), limit_text(chip.kind, *chip.to));
    if (chip.from) return QStringLiteral("%1 ≥ %2").arg(name, limit_text(chip.kind, *chip.from));
    return chip.to ? QStringLiteral("%1 ≤ %2").arg(name, limit_text(chip.kind, *chip.to)) : name;
}

QString range_words(const TimeRange& range) {
    const QString begin = qstring(day_clock_text(range.begin));
    const QString end = qstring(day_clock_text(range.end));
    const bool one_day = begin.chopped(6) == end.chopped(6);
    return QStringLiteral("%1 – %2").arg(begin, one_day ? end.right(5) : end);
}

QString values_words(const FilterChip& chip) {
    for (int least = 1; chip.kind == FilterKind::severity && least < kSeverityCount; ++least) {
        if (chip.values == severity_chip(static_cast<Severity>(least)).values)
            return QStringLiteral("severity ≥ %1").arg(chip.values.front());
    }
    if (chip.kind == FilterKind::label && chip.values == QStringList{label_value(LabelClass::none)})
        return value_words(chip.kind, chip.values.front());
    QStringList words;
    for (const QString& value : chip.values.mid(0, kMostWords)) words.append(value_words(chip.kind, value));
    const auto rest = chip.values.size() - words.size();
    return name_of(chip.kind) + ": " + words.join(", ") + (rest > 0 ? QStringLiteral(" +%1").arg(rest) : QString());
}

QString pattern_words(const TextTerm& pattern) {
    return (pattern.regex ? QStringLiteral("/%1/") : QStringLiteral("“%1”")).arg(pattern.text.trimmed()) +
           (pattern.match_case ? QStringLiteral(" Aa") : QString());
}

}  // namespace

QString error_of(const TextTerm& pattern) {
    if (!pattern.regex || pattern.blank()) return {};
    try {
        const TextPattern compiled(pattern.text.toStdString(), {.regex = true, .match_case = pattern.match_case});
        return {};
    } catch (const Error& error) {
        return qstring(error.what());
    }
}

FilterChip severity_chip(Severity least) {
    FilterChip chip;
    for (int at = static_cast<int>(least); at < kSeverityCount; ++at)
        chip.values.append(qstring(name_of(static_cast<Severity>(at))));
    return chip;
}

FilterChip values_chip(FilterKind kind, const QStringList& values, bool hides) {
    FilterChip chip;
    chip.kind = kind;
    chip.values = values;
    chip.hides = hides;
    return chip;
}

FilterChip limits_chip(FilterKind kind, std::optional<double> from, std::optional<double> to) {
    FilterChip chip;
    chip.kind = kind;
    chip.from = from;
    chip.to = to;
    return chip;
}

FilterChip time_chip(const TimeRange& range) {
    FilterChip chip;
    chip.kind = FilterKind::time;
    chip.range = range;
    return chip;
}

FilterChip text_chip(const TextTerm& pattern) {
    FilterChip chip;
    chip.kind = FilterKind::text;
    chip.pattern = pattern;
    return chip;
}

std::vector<FilterChip> RecordFilter::conditions() const {
    std::vector<FilterChip> all = chips;
    if (!typed.blank()) all.push_back(text_chip(typed));
    std::erase_if(all, [](const FilterChip& chip) { return chip.kind == FilterKind::text && !error_of(chip.pattern).isEmpty(); });
    return all;
}

RecordFilter RecordFilter::without(std::size_t condition) const {
    RecordFilter next = *this;
    const auto all = conditions();
    if (condition >= all.size()) return next;
    if (const auto chip = std::find(next.chips.begin(), next.chips.end(), all[condition]); chip != next.chips.end()) {
        next.chips.erase(chip);
    } else {
        next.typed.text.clear();
    }
    return next;
}

std::optional<TimeRange> RecordFilter::range() const {
    const auto chip = std::find_if(chips.begin(), chips.end(), [](const auto& its) { return its.kind == FilterKind::time; });
    return chip == chips.end() ? std::nullopt : chip->range;
}

void RecordFilter::setRange(std::optional<TimeRange> range) {
    const auto chip = std::find_if(chips.begin(), chips.end(), [](const auto& its) { return its.kind == FilterKind::time; });
    if (!range) {
        if (chip != chips.end()) chips.erase(chip);
    } else if (chip != chips.end()) {
        chip->range = range;
    } else {
        chips.push_back(time_chip(*range));
    }
}

float RecordFilter::leastScore() const {
    const auto chip = std::find_if(chips.begin(), chips.end(), is_least_score);
    return chip == chips.end() ? -1 : static_cast<float>(*chip->from);
}

void RecordFilter::setLeastScore(float score) {
    const auto chip = std::find_if(chips.begin(), chips.end(), is_least_score);
    if (score < 0) {
        if (chip != chips.end()) chips.erase(chip);
    } else if (chip != chips.end()) {
        chip->from = score;
    } else {
        chips.push_back(limits_chip(FilterKind::score, score, std::nullopt));
    }
}

bool has_values(FilterKind kind) {
    return kind == FilterKind::severity || kind == FilterKind::type || kind == FilterKind::machine || kind == FilterKind::label ||
           kind == FilterKind::view || kind == FilterKind::file;
}

QString name_of(FilterKind kind) {
    constexpr const char* kNames[kFilterKindCount] = {"severity", "type",   "machine", "label", "time", "score",
                                                      "at risk",  "amount", "text",    "kind",  "file"};
    return QString::fromLatin1(kNames[static_cast<int>(kind)]);
}

QString label_value(LabelClass label) { return label == LabelClass::none ? QStringLiteral("none") : qstring(name_of(label)); }

QString value_words(FilterKind kind, const QString& value) {
    if (kind == FilterKind::type) {
        const auto type = record_type_from_name(value.toStdString());
        return type ? qstring(display_name(*type)) : value;
    }
    if (kind == FilterKind::view) {
        const auto view = record_view_from_name(value);
        return view ? plural_of(*view) : value;
    }
    if (kind != FilterKind::label) return value;
    const auto label = label_class_from_name(value.toStdString());
    return label ? verdict_word(*label) : QStringLiteral("unlabelled");
}

QString words_of(const FilterChip& chip) {
    QString words;
    switch (chip.kind) {
        case FilterKind::severity:
        case FilterKind::type:
        case FilterKind::machine:
        case FilterKind::label:
        case FilterKind::view:
        case FilterKind::file:
            words = values_words(chip);
            break;
        case FilterKind::time:
            words = chip.range ? range_words(*chip.range) : name_of(chip.kind);
            break;
        case FilterKind::score:
        case FilterKind::at_risk:
        case FilterKind::amount:
            words = limits_words(chip);
            break;
        case FilterKind::text:
            words = pattern_words(chip.pattern);
            break;
    }
    return chip.hides ? "not " + words : words;
}

}  // namespace abm
