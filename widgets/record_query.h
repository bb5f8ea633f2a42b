// Which records a list shows, in which order. Plain functions, so that they can run on any thread.
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

#include "widgets/format.h"
#include "widgets/snapshot.h"

namespace abm {

struct RecordFilter {
    Severity min_severity = Severity::none;
    bool routine = false;            ///< intervals that only say the reader was activated again, too
    float min_score = -1;            ///< records below are left out
    bool unlabelled = false;         ///< only records nobody has decided
    std::optional<TimeRange> range;  ///< start time within; records without a time are left out then
    QString text;                    ///< in machine, type, activity, file name or a finding's sentence; case does not matter
};

enum class RecordColumn : int { time, machine, severity, score, type, at_risk, amount, activity, label };
inline constexpr int kRecordColumnCount = 9;

struct RecordOrder {
    RecordColumn column = RecordColumn::score;
    bool ascending = false;
};

/// Indices into investigation.records. Ties keep the order of the records. O(n) but for the text.
/// Stops early, with an empty result, when asked to.
std::vector<std::uint32_t> query_records(const Investigation&, const RecordFilter&, const RecordOrder&, std::stop_token = {});

/// The answer to a query with all a list must look up: whoever installs it has nothing left to compute.
struct RecordList {
    std::vector<std::uint32_t> rows;          ///< as query_records() gives them
    std::vector<std::int32_t> row_of_record;  ///< [records]; -1: not listed
    DateDetail detail = DateDetail::clock;

    RecordList() = default;
    RecordList(const Investigation& investigation, std::vector<std::uint32_t> listed);
};
RecordList list_records(const Investigation&, const RecordFilter&, const RecordOrder&, std::stop_token = {});

}  // namespace abm
