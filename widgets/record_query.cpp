#include "widgets/record_query.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "widgets/radix_sort.h"

namespace abm {
namespace {

constexpr std::size_t kStopCheckEvery = 65536;

bool holds(const QString& text, const QString& needle) { return text.contains(needle, Qt::CaseInsensitive); }

// What does not depend on the single record is matched once: names of machines, sources, types and activities.
class TextMatch {
public:
    TextMatch(const Investigation& investigation, const QString& needle)
        : investigation_(investigation), needle_(needle.trimmed()) {
        if (needle_.isEmpty()) return;
        for (const auto& machine : investigation.machines) machines_.push_back(holds(qstring(machine), needle_));
        for (const auto& source : investigation.sources) sources_.push_back(holds(qstring(source.name), needle_));
        for (int type = 0; type <= static_cast<int>(RecordType::card_number_in_log); ++type) {
            types_.push_back(holds(qstring(display_name(static_cast<RecordType>(type))), needle_));
        }
        for (int activity = 0; activity <= static_cast<int>(Activity::idle); ++activity) {
            activities_.push_back(holds(activity_text(static_cast<Activity>(activity)), needle_));
        }
    }

    bool operator()(const Record& record) const {
        if (needle_.isEmpty() || machines_[raw(record.machine)] || sources_[raw(record.source)] ||
            types_[static_cast<std::size_t>(record.type)] || activities_[static_cast<std::size_t>(record.activity)]) {
            return true;
        }
        const auto findings = investigation_.findings_of(record);
        return std::any_of(findings.begin(), findings.end(),
                           [&](const Finding& f) { return holds(qstring(f.sentence), needle_); });
    }

private:
    const Investigation& investigation_;
    QString needle_;
    std::vector<bool> machines_, sources_, types_, activities_;
};

// Alphabetical rank of each name, so that a name sorts as a number.
std::vector<std::uint64_t> ranks(const std::vector<std::string>& names) {
    std::vector<std::uint32_t> order(names.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return names[a] < names[b]; });
    std::vector<std::uint64_t> rank(names.size());
    std::uint64_t next = 0;
    for (std::size_t at = 0; at < order.size(); ++at) {
        if (at > 0 && names[order[at]] != names[order[at - 1]]) ++next;
        rank[order[at]] = next;
    }
    return rank;
}

constexpr std::uint64_t sortable(std::int64_t value) { return static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63); }

// A number that sorts like the column: one sort of plain pairs serves all of them.
class SortKey {
public:
    SortKey(const Investigation& investigation, RecordColumn column) : column_(column) {
        if (column == RecordColumn::machine) ranks_ = ranks(investigation.machines);
        if (column == RecordColumn::type) ranks_ = ranks(names(static_cast<int>(RecordType::card_number_in_log) + 1, type_word));
        if (column == RecordColumn::activity) ranks_ = ranks(names(static_cast<int>(Activity::idle) + 1, activity_word));
    }

    std::uint64_t operator()(const Record& record) const {
        switch (column_) {
            case RecordColumn::time:
                return sortable(record.start.time_since_epoch().count());
            case RecordColumn::machine:
                return ranks_[raw(record.machine)];
            case RecordColumn::severity:
                return static_cast<std::uint64_t>(record.severity);
            case RecordColumn::score:
                return std::bit_cast<std::uint32_t>(std::max(record.score, 0.0F));  // not negative: bits sort
            case RecordColumn::type:
                return ranks_[static_cast<std::size_t>(record.type)];
            case RecordColumn::at_risk:
                return sortable(record.at_risk);
            case RecordColumn::amount:
                return sortable(record.amount);
            case RecordColumn::activity:
                return ranks_[static_cast<std::size_t>(record.activity)];
            case RecordColumn::label:
                return static_cast<std::uint64_t>(record.label);
        }
        return 0;
    }

private:
    static std::string type_word(int type) { return display_name(static_cast<RecordType>(type)); }
    static std::string activity_word(int activity) { return activity_text(static_cast<Activity>(activity)).toStdString(); }
    static std::vector<std::string> names(int count, std::string (*word)(int)) {
        std::vector<std::string> all;
        for (int at = 0; at < count; ++at) all.push_back(word(at));
        return all;
    }

    RecordColumn column_;
    std::vector<std::uint64_t> ranks_;
};

bool passes(const Record& record, const RecordFilter& filter) {
    if (record.severity < filter.min_severity || record.score < filter.min_score) return false;
    if (filter.unlabelled && record.label != LabelClass::none) return false;
    if (record.trivial && !filter.routine && record.severity == Severity::none) return false;
    return !filter.range || (known(record.start) && filter.range->contains(record.start));
}

}  // namespace

std::vector<std::uint32_t> query_records(const Investigation& investigation, const RecordFilter& filter, const RecordOrder& order,
                                         std::stop_token stop) {
    const TextMatch matches(investigation, filter.text);
    const SortKey key(investigation, order.column);
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
    for (std::size_t at = 0; at < investigation.records.size(); ++at) {
        if (at % kStopCheckEvery == 0 && stop.stop_requested()) return {};
        const Record& record = investigation.records[at];
        if (!passes(record, filter) || !matches(record)) continue;
        const std::uint64_t value = key(record);
        keyed.emplace_back(order.ascending ? value : ~value, static_cast<std::uint32_t>(at));
    }
    if (stop.stop_requested()) return {};
    radix_sort(keyed, [](const auto& pair) { return pair.first; });
    std::vector<std::uint32_t> rows(keyed.size());
    std::transform(keyed.begin(), keyed.end(), rows.begin(), [](const auto& pair) { return pair.second; });
    return rows;
}

RecordList::RecordList(const Investigation& investigation, std::vector<std::uint32_t> listed)
    : rows(std::move(listed)), row_of_record(investigation.records.size(), -1), detail(date_detail(investigation)) {
    for (std::size_t row = 0; row < rows.size(); ++row) row_of_record[rows[row]] = static_cast<std::int32_t>(row);
}

RecordList list_records(const Investigation& investigation, const RecordFilter& filter, const RecordOrder& order,
                        std::stop_token stop) {
    std::vector<std::uint32_t> rows = query_records(investigation, filter, order, stop);
    if (stop.stop_requested()) return {};
    return {investigation, std::move(rows)};
}

}  // namespace abm
