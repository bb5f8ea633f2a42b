#include "core/decide/triggers.h"

namespace abm {
namespace {

using Triggers = std::optional<std::vector<Fact>>;

/// An unknown fact makes a comparison false, so only the value 0 needs a look.
Triggers of_test(const Test& test) {
    if (test.kind == TestKind::fact_to_number) {
        if (test.bound.admits(0)) return std::nullopt;
        return {{test.fact}};
    }
    if (test.kind == TestKind::fact_to_fact) {
        if (test.bound.admits(0)) return std::nullopt;  // its bound is 0: this asks whether 0 compares so with 0
        return {{test.fact, test.other}};
    }
    return std::nullopt;
}

/// All parts must hold: the shortest list of any of them will do.
Triggers of_all(const std::vector<Condition>& parts) {
    Triggers shortest;
    for (const Condition& part : parts) {
        Triggers one = triggers_of(part);
        if (one && (!shortest || one->size() < shortest->size())) shortest = std::move(one);
    }
    return shortest;
}

Triggers of_any(const std::vector<Condition>& parts) {
    std::vector<Fact> together;
    for (const Condition& part : parts) {
        const Triggers one = triggers_of(part);
        if (!one) return std::nullopt;
        together.insert(together.end(), one->begin(), one->end());
    }
    return together;
}

}  // namespace

Triggers triggers_of(const Condition& condition) {
    switch (condition.kind) {
        case Condition::Kind::test:
            return of_test(condition.test);
        case Condition::Kind::all:
            return of_all(condition.parts);
        case Condition::Kind::any:
            return of_any(condition.parts);
        case Condition::Kind::always:
        case Condition::Kind::negated:
            break;
    }
    return std::nullopt;
}

}  // namespace abm
