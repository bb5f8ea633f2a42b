// Synthetic scopes for the tests of rules.
#pragma once

#include <fmt/format.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/decide/rule_set.h"

namespace abm::test {

/// A scope that owns what it points at. Events lie 100 bytes apart and are 20 bytes long.
struct SyntheticScope {
    ScopeKind kind = ScopeKind::session;
    Facts facts;
    std::vector<Event> events;

    SyntheticScope& with(Fact fact, double value) {
        facts[fact] = value;
        return *this;
    }
    SyntheticScope& line(EventKind event, int second = kNoSecond) {
        events.push_back({static_cast<std::int64_t>(events.size()) * 100, 20, second, 0, event});
        return *this;
    }
    Scope scope() const { return {kind, {0, 10000}, events, &facts}; }
};

inline std::vector<Finding> findings_of(const RuleSet& rules, const SyntheticScope& scope, const RuleContext& context = {}) {
    std::vector<Finding> found;
    rules.apply(scope.scope(), context, found);
    return found;
}

/// A file of one rule with the given members after the obligatory ones; line 1 holds the rule up to `more`.
inline std::string rule_file(const std::string& more, const std::string& sentence = "Something.") {
    return fmt::format(
        R"({{"version":1,"rules":[{{"id":"r","applies_to":"session","type":"unusual","severity":"low","sentence":"{}"{}}}]}})",
        sentence, more.empty() ? "" : "," + more);
}

}  // namespace abm::test
