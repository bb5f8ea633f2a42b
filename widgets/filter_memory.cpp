#include "widgets/filter_memory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

#include "core/base/card_mask.h"
#include "widgets/format.h"
#include "widgets/record_view.h"

namespace abm {
namespace {

constexpr qsizetype kMostBytes = 64 * 1024;
constexpr int kMostChips = 50;

// Times as text: a number of JSON is a double, and microseconds since 1970 may not fit one.
QString stored(Time time) { return QString::number(time.time_since_epoch().count()); }

QJsonObject stored(const FilterChip& chip) {
    QJsonObject object{{"kind", name_of(chip.kind)}};
    if (chip.hides) object["hides"] = true;
    if (has_values(chip.kind)) object["values"] = QJsonArray::fromStringList(chip.values);
    if (chip.from) object["from"] = *chip.from;
    if (chip.to) object["to"] = *chip.to;
    if (chip.range) {
        object["begin"] = stored(chip.range->begin);
        object["end"] = stored(chip.range->end);
    }
    if (chip.kind == FilterKind::text) {
        object["text"] = chip.pattern.text;
        object["regex"] = chip.pattern.regex;
        object["case"] = chip.pattern.match_case;
    }
    return object;
}

std::optional<FilterKind> kind_from(const QString& name) {
    for (int at = 0; at < kFilterKindCount; ++at) {
        if (name_of(static_cast<FilterKind>(at)) == name) return static_cast<FilterKind>(at);
    }
    return std::nullopt;
}

/// People search for card numbers, and those are never kept.
bool names_a_card(const FilterChip& chip) { return count_card_numbers(chip.pattern.text.toStdString()) > 0; }

bool is_value(FilterKind kind, const QString& word) {
    const std::string value = word.toStdString();
    if (kind == FilterKind::severity) return severity_from_name(value).has_value();
    if (kind == FilterKind::type) return record_type_from_name(value).has_value();
    if (kind == FilterKind::label) return label_class_from_name(value) || word == label_value(LabelClass::none);
    if (kind == FilterKind::view) return record_view_from_name(word).has_value();
    return !word.isEmpty();
}

std::optional<double> number(const QJsonValue& value) {
    return value.isDouble() && std::isfinite(value.toDouble()) ? std::optional(value.toDouble()) : std::nullopt;
}

std::optional<TimeRange> range_from(const QJsonObject& object) {
    bool begin_ok = false, end_ok = false;
    const Time begin{std::chrono::microseconds(object["begin"].toString().toLongLong(&begin_ok))};
    const Time end{std::chrono::microseconds(object["end"].toString().toLongLong(&end_ok))};
    if (!begin_ok || !end_ok || !known(begin) || begin >= end) return std::nullopt;
    return TimeRange{begin, end};
}

std::optional<FilterChip> chip_from(const QJsonObject& object) {
    const auto kind = kind_from(object["kind"].toString());
    if (!kind) return std::nullopt;
    FilterChip chip;
    chip.kind = *kind;
    chip.hides = object["hides"].toBool();
    if (has_values(*kind)) {
        for (const QJsonValue& value : object["values"].toArray()) {
            if (is_value(*kind, value.toString()) && !chip.values.contains(value.toString()))
                chip.values.append(value.toString());
        }
        return chip.values.isEmpty() ? std::nullopt : std::optional(chip);
    }
    if (*kind == FilterKind::time) {
        chip.range = range_from(object);
        return chip.range ? std::optional(chip) : std::nullopt;
    }
    if (*kind == FilterKind::text) {
        chip.pattern = {object["text"].toString(), object["regex"].toBool(), object["case"].toBool()};
        return chip.pattern.blank() || !error_of(chip.pattern).isEmpty() ? std::nullopt : std::optional(chip);
    }
    chip.from = number(object["from"]);
    chip.to = number(object["to"]);
    return chip.from || chip.to ? std::optional(chip) : std::nullopt;
}

}  // namespace

QByteArray remembered(const RecordFilter& filter) {
    QJsonArray chips;
    for (const FilterChip& chip : filter.conditions()) {
        if (!names_a_card(chip)) chips.append(stored(chip));
    }
    const QByteArray bytes =
        QJsonDocument(QJsonObject{{"routine", filter.routine}, {"chips", chips}}).toJson(QJsonDocument::Compact);
    return bytes.size() <= kMostBytes ? bytes : QByteArray();
}

std::optional<RecordFilter> filter_from(const QByteArray& bytes) {
    if (bytes.isEmpty() || bytes.size() > kMostBytes) return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject() || !document["chips"].isArray()) return std::nullopt;
    RecordFilter filter;
    filter.routine = document["routine"].toBool();
    for (const QJsonValue& value : document["chips"].toArray()) {
        const auto chip = chip_from(value.toObject());
        if (!chip || filter.chips.size() >= kMostChips) continue;
        if (chip->kind == FilterKind::time && filter.range()) continue;  // there is one
        filter.chips.push_back(*chip);
    }
    return filter;
}

}  // namespace abm
