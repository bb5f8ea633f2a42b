// The condition of a rule as it was written: a tree. condition_program.h makes it quick.
#pragma once

#include <cstdint>
#include <vector>

#include "core/ingest/event_kind.h"
#include "core/ingest/fact.h"

namespace abm {

enum class Relation : std::uint8_t { less, at_most, greater, at_least, equal, different, between };

/// `value cmp bound`, or low <= value <= high. NaN on either side makes every comparison false, `different` too.
struct Bound {
    Relation comparison = Relation::equal;
    double low = 0;  ///< the only bound but for `between`
    double high = 0;

    bool admits(double value) const {
        switch (comparison) {
            case Relation::less:
                return value < low;
            case Relation::at_most:
                return value <= low;
            case Relation::greater:
                return value > low;
            case Relation::at_least:
                return value >= low;
            case Relation::equal:
                return value == low;
            case Relation::different:
                return value < low || value > low;  // false for NaN, unlike !=
            case Relation::between:
                return value >= low && value <= high;
        }
        return false;
    }
};

enum class TestKind : std::uint8_t {
    fact_to_number,  ///< fact against bound
    fact_to_fact,    ///< fact against times x other
    known,           ///< fact is not NaN
    event,           ///< a line of the kind is there
    event_count,     ///< how many lines of the kind, against bound
    in_order,        ///< the events one after another, within_s from the first to the last
    gap_between,     ///< seconds from events[0] to the events[1] that follows it, against bound
};

/// One question about a scope.
struct Test {
    TestKind kind = TestKind::known;
    Fact fact{};
    Fact other{};
    double times = 1;
    Bound bound;
    double within_s = -1;           ///< negative: no limit
    std::vector<EventKind> events;  ///< one, or the sequence
};

/// Longest sequence of `in_order`.
inline constexpr int kMostSteps = 8;

struct Condition {
    enum class Kind : std::uint8_t { always, test, all, any, negated };
    Kind kind = Kind::always;
    Test test;                     ///< of Kind::test
    std::vector<Condition> parts;  ///< of all, any (one or more) and negated (exactly one)
};

}  // namespace abm
