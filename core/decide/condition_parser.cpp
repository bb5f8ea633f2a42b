#include "core/decide/condition_parser.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

namespace abm {
namespace {

constexpr std::string_view kForms = "all, any, not, fact, known, event, missing, in_order, gap_between";
constexpr std::string_view kComparisons = "<, <=, >, >=, ==, !=, between";

std::optional<Relation> comparison_from(std::string_view key) {
    constexpr std::array<std::pair<std::string_view, Relation>, 7> kKeys{{{"<", Relation::less},
                                                                          {"<=", Relation::at_most},
                                                                          {">", Relation::greater},
                                                                          {">=", Relation::at_least},
                                                                          {"==", Relation::equal},
                                                                          {"!=", Relation::different},
                                                                          {"between", Relation::between}}};
    for (const auto& [name, comparison] : kKeys) {
        if (name == key) return comparison;
    }
    return std::nullopt;
}

Condition test_of(Test test) {
    Condition condition;
    condition.kind = Condition::Kind::test;
    condition.test = std::move(test);
    return condition;
}

/// The one member of `object` that is a comparison; every other key must be `besides` (empty: none).
const JsonMember& comparison_in(Place object, std::string_view besides, std::string_view where) {
    const JsonMember* found = nullptr;
    for (const JsonMember& member : object.node.members) {
        if (member.key == besides) continue;
        if (!comparison_from(member.key)) {
            refuse(object.file, member.line,
                   fmt::format("unknown key \"{}\" in {}; allowed: one of {}", member.key, where, kComparisons));
        }
        if (found != nullptr) {
            refuse(object.file, member.line, fmt::format("{} takes one comparison; use between, or all of two", where));
        }
        found = &member;
    }
    if (found == nullptr) object.refuse(fmt::format("{} lacks a comparison; allowed: {}", where, kComparisons));
    return *found;
}

Bound read_bound(Place operand, Relation comparison) {
    Bound bound;
    bound.comparison = comparison;
    if (comparison != Relation::between) {
        bound.low = read_number(operand, "what a fact or count is compared with");
        return bound;
    }
    if (operand.node.kind != JsonKind::array || operand.node.items.size() != 2) {
        operand.refuse("between must be a list of two numbers, [low, high]");
    }
    bound.low = read_number(operand.at(operand.node.items[0]), "the low end of between");
    bound.high = read_number(operand.at(operand.node.items[1]), "the high end of between");
    if (bound.low > bound.high) operand.refuse("between: the low end is above the high end");
    return bound;
}

Condition parse_fact(Place place) {
    Test test;
    test.fact = read_fact(member(place, "fact"));
    const JsonMember& against = comparison_in(place, "fact", "a fact");
    const Relation comparison = *comparison_from(against.key);
    const Place operand = place.at(against.value);
    if (operand.node.kind != JsonKind::object) {
        test.kind = TestKind::fact_to_number;
        test.bound = read_bound(operand, comparison);
        return test_of(std::move(test));
    }
    if (comparison == Relation::between) operand.refuse("between takes two numbers, not another fact");
    allow_keys(operand, {"fact", "times"}, "a fact to compare with");
    test.kind = TestKind::fact_to_fact;
    test.bound.comparison = comparison;
    test.other = read_fact(member(operand, "fact"));
    if (const JsonNode* times = operand.node.find("times")) test.times = read_number(operand.at(*times), "times");
    return test_of(std::move(test));
}

Condition parse_known(Place place) {
    allow_keys(place, {"known"}, "a known condition");
    Test test;
    test.kind = TestKind::known;
    test.fact = read_fact(member(place, "known"));
    return test_of(std::move(test));
}

Condition parse_event(Place place) {
    allow_keys(place, {"event", "count"}, "an event condition");
    Test test;
    test.kind = TestKind::event;
    test.events = {read_event(member(place, "event"))};
    if (const JsonNode* count = place.node.find("count")) {
        const Place object = place.at(*count);
        expect(object, JsonKind::object, "count");
        const JsonMember& against = comparison_in(object, {}, "count");
        test.kind = TestKind::event_count;
        test.bound = read_bound(object.at(against.value), *comparison_from(against.key));
    }
    return test_of(std::move(test));
}

Condition negation_of(Condition inner) {
    Condition condition;
    condition.kind = Condition::Kind::negated;
    condition.parts.push_back(std::move(inner));
    return condition;
}

Condition parse_missing(Place place) {
    allow_keys(place, {"missing"}, "a missing condition");
    Test test;
    test.kind = TestKind::event;
    test.events = {read_event(member(place, "missing"))};
    return negation_of(test_of(std::move(test)));
}

std::vector<EventKind> read_events(Place list, std::string_view what, std::size_t least, std::size_t most) {
    expect(list, JsonKind::array, what);
    const std::size_t count = list.node.items.size();
    if (count < least || count > most) {
        list.refuse(least == most ? fmt::format("{} takes {} events", what, least)
                                  : fmt::format("{} takes {} to {} events", what, least, most));
    }
    std::vector<EventKind> events;
    for (const JsonNode& item : list.node.items) events.push_back(read_event(list.at(item)));
    return events;
}

Condition parse_in_order(Place place) {
    allow_keys(place, {"in_order", "within_s"}, "an in_order condition");
    Test test;
    test.kind = TestKind::in_order;
    test.events = read_events(member(place, "in_order"), "in_order", 2, kMostSteps);
    if (const JsonNode* within = place.node.find("within_s")) {
        test.within_s = read_number(place.at(*within), "within_s");
        if (test.within_s < 0) place.at(*within).refuse("within_s must not be negative");
    }
    return test_of(std::move(test));
}

Condition parse_gap(Place place) {
    Test test;
    test.kind = TestKind::gap_between;
    test.events = read_events(member(place, "gap_between"), "gap_between", 2, 2);
    const JsonMember& against = comparison_in(place, "gap_between", "gap_between");
    test.bound = read_bound(place.at(against.value), *comparison_from(against.key));
    return test_of(std::move(test));
}

Condition parse_group(Place place, std::string_view key, Condition::Kind kind) {
    allow_keys(place, {key}, fmt::format("a condition with \"{}\"", key));
    const Place list = member(place, key);
    expect(list, JsonKind::array, key);
    if (list.node.items.empty()) list.refuse(fmt::format("{} must hold at least one condition", key));
    Condition condition;
    condition.kind = kind;
    for (const JsonNode& item : list.node.items) condition.parts.push_back(parse_condition(list.at(item)));
    return condition;
}

Condition parse_not(Place place) {
    allow_keys(place, {"not"}, "a condition with \"not\"");
    return negation_of(parse_condition(member(place, "not")));
}

}  // namespace

Condition parse_condition(Place place) {
    expect(place, JsonKind::object, "a condition");
    const auto has = [&place](std::string_view key) { return place.node.find(key) != nullptr; };
    if (has("all")) return parse_group(place, "all", Condition::Kind::all);
    if (has("any")) return parse_group(place, "any", Condition::Kind::any);
    if (has("not")) return parse_not(place);
    if (has("fact")) return parse_fact(place);
    if (has("known")) return parse_known(place);
    if (has("event")) return parse_event(place);
    if (has("missing")) return parse_missing(place);
    if (has("in_order")) return parse_in_order(place);
    if (has("gap_between")) return parse_gap(place);
    place.refuse(fmt::format("a condition must hold one of {}", kForms));
}

}  // namespace abm
