#include "core/decide/condition_program.h"

#include <algorithm>
#include <cmath>

#include "core/decide/event_order.h"

namespace abm {
namespace {

/// Rough price of the first question of a condition.
int price(const Condition& condition) {
    switch (condition.kind) {
        case Condition::Kind::always:
            return 0;
        case Condition::Kind::test:
            if (condition.test.kind <= TestKind::known) return 1;
            return condition.test.kind == TestKind::event ? 10 : 20;
        default:
            break;
    }
    int dearest = 0;
    for (const Condition& part : condition.parts) dearest = std::max(dearest, price(part));
    return dearest + 1;
}

std::vector<const Condition*> cheapest_first(const std::vector<Condition>& parts) {
    std::vector<const Condition*> order;
    for (const Condition& part : parts) order.push_back(&part);
    std::stable_sort(order.begin(), order.end(), [](auto* a, auto* b) { return price(*a) < price(*b); });
    return order;
}

}  // namespace

void JudgedScope::note_kinds() {
    seen_.fill(false);
    for (const Event& event : scope_.events) seen_[static_cast<std::size_t>(event.kind)] = true;
    noted_ = true;
}

bool JudgedScope::has(EventKind kind) {
    if (!noted_) note_kinds();
    return seen_[static_cast<std::size_t>(kind)];
}

int JudgedScope::count(EventKind kind) {
    if (!has(kind)) return 0;
    const auto is_kind = [kind](const Event& event) { return event.kind == kind; };
    return static_cast<int>(std::count_if(scope_.events.begin(), scope_.events.end(), is_kind));
}

ConditionProgram::Entry ConditionProgram::add(const Condition& condition) { return add(condition, kHolds, kFails); }

// The table is built from the back: what a test jumps to already has its place, so nothing needs patching.
ConditionProgram::Entry ConditionProgram::add(const Condition& condition, Entry if_true, Entry if_false) {
    switch (condition.kind) {
        case Condition::Kind::always:
            return if_true;
        case Condition::Kind::test:
            return add_test(condition.test, if_true, if_false);
        case Condition::Kind::negated:
            return add(condition.parts.front(), if_false, if_true);
        default:
            break;
    }
    const bool all = condition.kind == Condition::Kind::all;
    const auto order = cheapest_first(condition.parts);
    Entry next = all ? if_true : if_false;
    for (auto part = order.rbegin(); part != order.rend(); ++part) {
        next = all ? add(**part, next, if_false) : add(**part, if_true, next);
    }
    return next;
}

ConditionProgram::Entry ConditionProgram::add_test(const Test& test, Entry if_true, Entry if_false) {
    Step step;
    step.bound = test.bound;
    step.factor = test.kind == TestKind::in_order ? test.within_s : test.times;
    step.if_true = if_true;
    step.if_false = if_false;
    step.first_event = static_cast<std::uint32_t>(events_.size());
    step.event_count = static_cast<std::uint16_t>(test.events.size());
    step.kind = test.kind;
    step.fact = test.fact;
    step.other = test.other;
    events_.insert(events_.end(), test.events.begin(), test.events.end());
    steps_.push_back(step);
    return static_cast<Entry>(steps_.size()) - 1;
}

bool ConditionProgram::holds(Entry entry, JudgedScope& scope) const {
    while (entry >= 0) {
        const Step& step = steps_[static_cast<std::size_t>(entry)];
        entry = passes(step, scope) ? step.if_true : step.if_false;
    }
    return entry == kHolds;
}

bool ConditionProgram::passes(const Step& step, JudgedScope& scope) const {
    const EventKind* events = events_.data() + step.first_event;
    switch (step.kind) {
        case TestKind::fact_to_number:
            return step.bound.admits(scope.fact(step.fact));
        case TestKind::fact_to_fact: {
            Bound bound = step.bound;
            bound.low = step.factor * scope.fact(step.other);
            return bound.admits(scope.fact(step.fact));
        }
        case TestKind::known:
            return !std::isnan(scope.fact(step.fact));
        case TestKind::event:
            return scope.has(events[0]);
        case TestKind::event_count:
            return step.bound.admits(scope.count(events[0]));
        case TestKind::in_order:
            for (int i = 0; i < step.event_count; ++i) {
                if (!scope.has(events[i])) return false;
            }
            return occurs_in_order(scope.events(), {events, step.event_count}, step.factor);
        case TestKind::gap_between:
            return scope.has(events[0]) && scope.has(events[1]) && has_gap(scope.events(), events[0], events[1], step.bound);
    }
    return false;
}

}  // namespace abm
