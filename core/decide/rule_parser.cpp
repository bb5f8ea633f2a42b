#include "core/decide/rule_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/nearest_name.h"
#include "core/decide/condition_parser.h"

namespace abm {
namespace {

constexpr int kVersion = 1;

/// One of a few words; the index of the one that was written.
template <std::size_t N>
std::size_t read_choice(Place place, std::string_view what, const std::array<std::string_view, N>& choices) {
    const std::string text = read_text(place, what);
    const auto found = std::find(choices.begin(), choices.end(), text);
    if (found == choices.end()) place.refuse(fmt::format("unknown {} \"{}\"{}", what, text, hint_for(text, choices)));
    return static_cast<std::size_t>(found - choices.begin());
}

/// Ids stand in tables, exports and labels: small letters, digits and hyphens, so that no table has to quote them.
std::string read_id(Place place) {
    std::string id = read_text(place, "id");
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    if (!std::all_of(id.begin(), id.end(), plain)) {
        place.refuse(fmt::format("the id \"{}\" may hold small letters, digits and hyphens only", id));
    }
    return id;
}

std::bitset<kScopeKindCount> read_scopes(Place place) {
    std::bitset<kScopeKindCount> scopes;
    const auto add = [&scopes](Place one) { scopes.set(static_cast<std::size_t>(read_scope(one))); };
    if (place.node.kind != JsonKind::array) {
        add(place);
        return scopes;
    }
    if (place.node.items.empty()) place.refuse("applies_to must name at least one scope");
    for (const JsonNode& item : place.node.items) add(place.at(item));
    return scopes;
}

AmountOf read_amount(Place place) {
    AmountOf amount;
    if (place.node.kind == JsonKind::object) {
        allow_keys(place, {"fact", "absolute"}, "an amount");
        amount.fact = read_fact(member(place, "fact"));
        if (const JsonNode* absolute = place.node.find("absolute")) amount.absolute = read_flag(place.at(*absolute), "absolute");
    } else {
        amount.fact = read_fact(place);
    }
    if (!is_money(amount.fact)) {
        place.refuse(
            fmt::format("the fact \"{}\" is not an amount of money; its name would end in _amount", name_of(amount.fact)));
    }
    return amount;
}

EvidencePick read_pick(Place place) {
    constexpr std::array<std::string_view, 3> kWhich{"first", "last", "all"};
    expect(place, JsonKind::object, "a piece of evidence");
    allow_keys(place, {"event", "which", "note"}, "a piece of evidence");
    EvidencePick pick;
    pick.event = read_event(member(place, "event"));
    if (const JsonNode* which = place.node.find("which")) {
        pick.which = static_cast<EvidencePick::Which>(read_choice(place.at(*which), "which", kWhich));
    }
    if (const JsonNode* note = place.node.find("note")) pick.note = SentenceTemplate::parse(place.at(*note), "note");
    return pick;
}

Raise read_raise(Place place, Severity base) {
    expect(place, JsonKind::object, "a raise");
    allow_keys(place, {"to", "when", "because"}, "a raise");
    Raise raise;
    const Place to = member(place, "to");
    raise.to = read_severity(to);
    if (raise.to <= base) {
        to.refuse(fmt::format("a raise makes a finding graver: \"{}\" is not above \"{}\"", name_of(raise.to), name_of(base)));
    }
    raise.when = parse_condition(member(place, "when"));
    raise.because = SentenceTemplate::parse(member(place, "because"), "because");
    return raise;
}

/// Calls read(place of item) for each item of an optional list.
template <class Read>
void read_list(Place object, std::string_view key, const Read& read) {
    const JsonNode* list = object.node.find(key);
    if (list == nullptr) return;
    expect(object.at(*list), JsonKind::array, key);
    for (const JsonNode& item : list->items) read(object.at(item));
}

Rule read_rule(Place place) {
    constexpr std::array<std::string_view, 2> kSpans{"scope", "evidence"};
    expect(place, JsonKind::object, "a rule");
    allow_keys(place,
               {"id", "applies_to", "type", "severity", "when", "sentence", "action", "amount", "evidence", "raise", "span"},
               "a rule");
    Rule rule;
    rule.id = read_id(member(place, "id"));
    rule.place = fmt::format("{}:{}", place.file, place.node.line);
    rule.applies_to = read_scopes(member(place, "applies_to"));
    rule.type = read_type(member(place, "type"));
    rule.severity = read_severity(member(place, "severity"));
    if (const JsonNode* when = place.node.find("when")) rule.when = parse_condition(place.at(*when));
    rule.sentence = SentenceTemplate::parse(member(place, "sentence"), "sentence");
    if (const JsonNode* action = place.node.find("action")) rule.action = SentenceTemplate::parse(place.at(*action), "action");
    if (const JsonNode* amount = place.node.find("amount")) rule.amount = read_amount(place.at(*amount));
    if (const JsonNode* span = place.node.find("span")) {
        rule.span_of_evidence = read_choice(place.at(*span), "span", kSpans) == 1;
    }
    read_list(place, "evidence", [&rule](Place item) { rule.evidence.push_back(read_pick(item)); });
    read_list(place, "raise", [&rule](Place item) { rule.raises.push_back(read_raise(item, rule.severity)); });
    // The gravest raise that holds counts: so the gravest are asked first.
    std::stable_sort(rule.raises.begin(), rule.raises.end(), [](auto& a, auto& b) { return a.to > b.to; });
    return rule;
}

}  // namespace

std::vector<Rule> parse_rules(std::string_view json, std::string_view file_name) {
    const JsonNode root = parse_located_json(json, file_name);
    const Place place{file_name, root};
    expect(place, JsonKind::object, "a rule file");
    allow_keys(place, {"version", "title", "rules"}, "a rule file");
    const Place version = member(place, "version");
    if (read_number(version, "version") != kVersion) {
        version.refuse(
            fmt::format("rules of version {} are written for another release; allowed: {}", version.node.number, kVersion));
    }
    if (const JsonNode* title = root.find("title")) read_text(place.at(*title), "title");
    const Place list = member(place, "rules");
    expect(list, JsonKind::array, "rules");
    std::vector<Rule> rules;
    for (const JsonNode& item : list.node.items) rules.push_back(read_rule(list.at(item)));
    return rules;
}

}  // namespace abm
