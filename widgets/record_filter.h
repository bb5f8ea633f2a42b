// Which records a list keeps, as plain values: chips that all must hold. What a chip is called and whether it can be used is said
// here; how it is answered is in record_match.h.
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>
#include <vector>

#include "widgets/snapshot.h"

namespace abm {

enum class FilterKind : std::uint8_t { severity, type, machine, label, time, score, at_risk, amount, text, view, file };
inline constexpr int kFilterKindCount = 11;

/// Searched in machine, type, activity, file name, the sentences of findings, and the type and note of the verdict.
struct TextTerm {
    QString text;
    bool regex =
        false;  ///< a regular expression, see core/base/text_pattern.h: it takes time proportional to the text, whatever is typed
    bool match_case = false;
    bool operator==(const TextTerm&) const = default;
    bool blank() const { return text.trimmed().isEmpty(); }
};
/// Why it is no regular expression: "missing ): (ab"; empty when it can be used.
QString error_of(const TextTerm& pattern);

/// One condition. Only what belongs to its kind counts.
struct FilterChip {
    FilterKind kind = FilterKind::severity;
    bool hides = false;  ///< leaves out what it names, and keeps the rest
    QStringList
        values;  ///< severity, type, machine, label, view, file: any of these words, see name_of(); label "none": nobody decided
    std::optional<double> from, to;  ///< score; at_risk and amount in hundredths. Both count in. What is not known is outside
    std::optional<TimeRange> range;  ///< time: the start lies in it
    TextTerm pattern;                ///< text
    bool operator==(const FilterChip&) const = default;
};

FilterChip severity_chip(Severity least);  ///< this one and all above
FilterChip values_chip(FilterKind kind, const QStringList& values, bool hides = false);
FilterChip limits_chip(FilterKind kind, std::optional<double> from, std::optional<double> to);
FilterChip time_chip(const TimeRange& range);
FilterChip text_chip(const TextTerm& pattern);

/// Chips combine with "and", the values in one with "or".
struct RecordFilter {
    bool routine = false;  ///< intervals that only say the reader was activated again, too
    std::vector<FilterChip> chips;
    TextTerm typed;  ///< stands in the text field and is no chip yet
    bool operator==(const RecordFilter&) const = default;

    /// All that is in force, what is typed last; patterns that cannot be used are left out.
    std::vector<FilterChip> conditions() const;
    /// Without the condition of that place in conditions().
    RecordFilter without(std::size_t condition) const;

    /// There is one time chip at most: it is the selected time range.
    std::optional<TimeRange> range() const;
    void setRange(std::optional<TimeRange> range);
    /// The chip "score at least", which follows the threshold: -1 when there is none.
    float leastScore() const;
    void setLeastScore(float score);  ///< below 0 takes it away
};

bool has_values(FilterKind kind);  ///< severity, type, machine, label, view (the kind of record), file
/// "severity", "at risk"
QString name_of(FilterKind kind);
/// A value of a chip as one reads it: "cash at risk" for "cash_at_risk", "× anomaly", "unlabelled".
QString value_words(FilterKind kind, const QString& value);
/// "severity ≥ low", "not type: cash at risk, card fault", "at risk 100.00 – 500.00"
QString words_of(const FilterChip& chip);
/// The word a chip knows a verdict by.
QString label_value(LabelClass label);

}  // namespace abm
