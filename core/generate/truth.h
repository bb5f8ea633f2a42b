// truth.csv: what was really written, for tests, metrics and the sample.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/money.h"
#include "core/data/record_type.h"
#include "core/generate/part_file.h"

namespace abm {

/// What a session or an interval is, in the words of an analyst.
struct Outcome {
    RecordType type = RecordType::normal;
    Severity severity = Severity::none;
    Money amount = kNoAmount;
    std::string note;
    bool anomaly = false;
};

Outcome ordinary(RecordType type, std::string note);
Outcome incident(RecordType type, Severity severity, std::string note, Money amount = kNoAmount);

/// The rows of one journal. They are spooled without the journal's name, which holds its last day and is known only at the end.
class TruthLog {
public:
    explicit TruthLog(PartFile& spool) : spool_(spool) {}

    struct Place {
        std::string_view kind;  ///< "session" or "interval"
        std::int64_t ordinal = 0, start = 0, end = 0;
        std::int64_t second = 0;  ///< since the epoch
    };
    void add(const Place& place, const Outcome& outcome);

    std::int64_t sessions = 0;
    std::int64_t incidents = 0;

private:
    PartFile& spool_;
};

inline constexpr std::string_view kTruthHeader =
    "file,kind,ordinal,start_offset,end_offset,start_time,label,type,severity,amount_at_risk,note\n";

/// Copies the closed spool of one journal into truth.csv, with the journal's name before every row. Throws Error{Io}.
void append_truth(const PartFile& spool, std::string_view journal_name, PartFile& truth);

}  // namespace abm
