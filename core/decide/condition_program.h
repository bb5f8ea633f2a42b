// Conditions of all rules compiled to one flat table of tests with jumps: no allocation, no recursion, cheap tests first.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/decide/condition.h"
#include "core/ingest/scope.h"

namespace abm {

/// A scope being judged. Which kinds of lines it holds is found out on first demand only: most scopes are settled by facts.
class JudgedScope {
public:
    explicit JudgedScope(const Scope& scope) : scope_(scope) {}
    double fact(Fact fact) const { return (*scope_.facts)[fact]; }
    std::span<const Event> events() const { return scope_.events; }
    bool has(EventKind kind);
    int count(EventKind kind);

private:
    void note_kinds();

    const Scope& scope_;
    bool noted_ = false;
    std::array<bool, kEventKindCount> seen_;  ///< by kind of line; valid when noted_
};

class ConditionProgram {
public:
    /// Where a condition starts; handed to holds().
    using Entry = std::int32_t;

    /// Compiles a condition. The parts of all and any are reordered, facts before lines: they have no side effects.
    Entry add(const Condition& condition);

    /// Thread-safe. Time: a few nanoseconds a test of facts.
    bool holds(Entry entry, JudgedScope& scope) const;

private:
    static constexpr Entry kHolds = -1;
    static constexpr Entry kFails = -2;

    struct Step {
        Bound bound;
        double factor = 0;  ///< times of fact_to_fact, within_s of in_order
        Entry if_true = kHolds;
        Entry if_false = kFails;
        std::uint32_t first_event = 0;  ///< into events_
        std::uint16_t event_count = 0;
        TestKind kind = TestKind::known;
        Fact fact{};
        Fact other{};
    };

    Entry add(const Condition& condition, Entry if_true, Entry if_false);
    Entry add_test(const Test& test, Entry if_true, Entry if_false);
    bool passes(const Step& step, JudgedScope& scope) const;

    std::vector<Step> steps_;
    std::vector<EventKind> events_;
};

}  // namespace abm
