// What a rule or a check proved about a record.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/data/record_type.h"

namespace abm {

/// A line that proves the finding, with the few words shown beside it in the log ("5 of 12 notes recognised").
struct Evidence {
    TextSpan line;
    std::string note;
};

struct Finding {
    RecordIndex record{};
    RecordType type = RecordType::normal;
    Severity severity = Severity::none;
    Money amount = kNoAmount;
    TextSpan span;         ///< may be smaller than the record, or cross records (out_of_service)
    std::string rule;      ///< id of the rule, e.g. "short-presentation"
    std::string sentence;  ///< one sentence with the values filled in
    std::string action;    ///< what to do next; may be empty
    std::vector<Evidence> evidence;
};

}  // namespace abm
