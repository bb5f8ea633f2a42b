// Which records a list shows, in which order. Plain functions, so that they can run on any thread.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "widgets/format.h"
#include "widgets/record_filter.h"
#include "widgets/snapshot.h"

namespace abm {

enum class RecordColumn : int { time, machine, severity, score, type, at_risk, amount, activity, label };
inline constexpr int kRecordColumnCount = 9;

struct RecordOrder {
    RecordColumn column = RecordColumn::score;
    bool ascending = false;
};

/// Indices into investigation.records. Ties keep the order of the records. O(n) but for the text.
/// Stops early, with an empty result, when asked to.
std::vector<std::uint32_t> query_records(const Investigation&, const RecordFilter&, const RecordOrder&, std::stop_token = {});

/// What stands between an empty list and its records: what each condition of the filter hides alone.
struct RecordRelief {
    std::int64_t records = 0;          ///< listable at all
    std::vector<std::int64_t> hidden;  ///< [conditions] records all others let through
    std::vector<float> highest;        ///< [conditions] the highest score of those
};
RecordRelief relief_of(const Investigation&, const RecordFilter&, std::stop_token = {});

/// The answer to a query with all a list must look up: whoever installs it has nothing left to compute.
struct RecordList {
    std::vector<std::uint32_t> rows;          ///< as query_records() gives them
    std::vector<std::int32_t> row_of_record;  ///< [records]; -1: not listed
    DateDetail detail = DateDetail::clock;
    RecordRelief relief;  ///< when there are no rows

    RecordList() = default;
    RecordList(const Investigation& investigation, std::vector<std::uint32_t> listed);
};
RecordList list_records(const Investigation&, const RecordFilter&, const RecordOrder&, std::stop_token = {});

}  // namespace abm
