#include "widgets/record_query.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "widgets/radix_sort.h"
#include "widgets/record_match.h"

namespace abm {
namespace {

constexpr std::size_t kRecordsPerStopCheck = 65536;

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

}  // namespace

std::vector<std::uint32_t> query_records(const Investigation& investigation, const RecordFilter& filter, const RecordOrder& order,
                                         std::stop_token stop) {
    const RecordMatch matches(investigation, filter.conditions(), filter.routine);
    const SortKey key(investigation, order.column);
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
    for (std::size_t at = 0; at < investigation.records.size(); ++at) {
        if (at % kRecordsPerStopCheck == 0 && stop.stop_requested()) return {};
        const auto record = static_cast<std::uint32_t>(at);
        if (!matches(record)) continue;
        const std::uint64_t value = key(investigation.records[at]);
        keyed.emplace_back(order.ascending ? value : ~value, record);
    }
    if (stop.stop_requested()) return {};
    radix_sort(keyed, [](const auto& pair) { return pair.first; });
    std::vector<std::uint32_t> rows(keyed.size());
    std::transform(keyed.begin(), keyed.end(), rows.begin(), [](const auto& pair) { return pair.second; });
    return rows;
}

// One pass: a record that fails exactly one condition is hidden by it alone.
RecordRelief relief_of(const Investigation& investigation, const RecordFilter& filter, std::stop_token stop) {
    const auto conditions = filter.conditions();
    const RecordMatch listable(investigation, {}, filter.routine);
    std::vector<RecordMatch> each;
    for (const FilterChip& condition : conditions) each.emplace_back(investigation, std::vector{condition}, true);
    RecordRelief relief{0, std::vector<std::int64_t>(each.size()), std::vector<float>(each.size())};
    for (std::uint32_t at = 0; at < investigation.records.size(); ++at) {
        if (at % kRecordsPerStopCheck == 0 && stop.stop_requested()) return {};
        if (!listable(at)) continue;
        ++relief.records;
        std::size_t failed = 0, last = 0;
        for (std::size_t condition = 0; condition < each.size() && failed < 2; ++condition) {
            if (each[condition](at)) continue;
            ++failed;
            last = condition;
        }
        if (failed != 1) continue;
        ++relief.hidden[last];
        relief.highest[last] = std::max(relief.highest[last], investigation.records[at].score);
    }
    return relief;
}

RecordList::RecordList(const Investigation& investigation, std::vector<std::uint32_t> listed)
    : rows(std::move(listed)), row_of_record(investigation.records.size(), -1), detail(date_detail(investigation)) {
    for (std::size_t row = 0; row < rows.size(); ++row) row_of_record[rows[row]] = static_cast<std::int32_t>(row);
}

RecordList list_records(const Investigation& investigation, const RecordFilter& filter, const RecordOrder& order,
                        std::stop_token stop) {
    std::vector<std::uint32_t> rows = query_records(investigation, filter, order, stop);
    if (stop.stop_requested()) return {};
    RecordList list(investigation, std::move(rows));
    if (list.rows.empty()) list.relief = relief_of(investigation, filter, stop);
    return list;
}

}  // namespace abm
