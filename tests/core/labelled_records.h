// Findings and labels for the tests of rule weights, scores and training.
#pragma once

#include <string>
#include <vector>

#include "core/data/investigation.h"

namespace abm::test {

inline Finding finding(std::uint32_t record, RecordType type, Severity severity, std::string rule, Money amount = kNoAmount) {
    Finding made;
    made.record = RecordIndex{record};
    made.type = type;
    made.severity = severity;
    made.rule = std::move(rule);
    made.amount = amount;
    return made;
}

inline StandingLabel label(std::uint32_t record, LabelClass verdict, std::int64_t event = 0, std::string type = {}) {
    StandingLabel made;
    made.record = RecordIndex{record};
    made.event = event;
    made.label.label = verdict;
    made.label.type = std::move(type);
    made.label.who = "tester";
    return made;
}

}  // namespace abm::test
