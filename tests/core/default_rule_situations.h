// Synthetic situations and the findings the default rules must make of them.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "tests/core/rule_test_support.h"

namespace abm::test {

struct Expected {
    std::string rule;
    Severity severity;
    std::optional<Money> amount = {};  ///< compared when given
    bool operator==(const Expected&) const = default;
};

struct Situation {
    std::string name;
    ScopeKind kind;
    std::vector<std::pair<Fact, double>> facts;  ///< all others are 0, but has_end is 1 in a session
    std::vector<EventKind> lines;
    std::vector<Expected> expected;  ///< exactly these, in this order
};

inline void PrintTo(const Expected& expected, std::ostream* out) {
    *out << expected.rule << ' ' << name_of(expected.severity) << ' ' << (expected.amount ? money_text(*expected.amount) : "-");
}

std::vector<Situation> session_situations();
std::vector<Situation> interval_situations();

}  // namespace abm::test
