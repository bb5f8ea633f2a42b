#include "core/decide/rule_set.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <fstream>
#include <iterator>
#include <map>

#include "core/base/error.h"
#include "core/decide/built_in_rules.h"
#include "core/decide/rule_parser.h"
#include "core/decide/triggers.h"

namespace abm {
namespace {

constexpr std::uintmax_t kLargestFile = 16U << 20U;

std::string read_file(const std::filesystem::path& path) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (error) throw Error(ErrorCode::Io, fmt::format("{}: the rules cannot be read: {}", path.string(), error.message()));
    if (size > kLargestFile) {
        throw Error(ErrorCode::Io, fmt::format("{}: {} bytes are too many for a rule file; allowed: 16 MB", path.string(), size));
    }
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) throw Error(ErrorCode::Io, fmt::format("{}: the rules cannot be read; check its permissions", path.string()));
    return text;
}

void refuse_doubles(std::span<const Rule> rules) {
    std::map<std::string_view, const Rule*> seen;
    for (const Rule& rule : rules) {
        const auto [first, fresh] = seen.emplace(rule.id, &rule);
        if (fresh) continue;
        throw Error(ErrorCode::Invalid, fmt::format("{}: the rule \"{}\" is already defined at {}; give it another id",
                                                    rule.place, rule.id, first->second->place));
    }
}

}  // namespace

RuleSet::RuleSet(std::vector<Rule> rules, std::uint64_t fingerprint)
    : rules_(std::move(rules)), fingerprint_(fingerprint), conditions_(rules_.size()), raises_(rules_.size()) {
    refuse_doubles(rules_);
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        conditions_[i] = program_.add(rules_[i].when);
        for (const Raise& raise : rules_[i].raises) raises_[i].push_back(program_.add(raise.when));
        for (std::size_t kind = 0; kind < groups_.size(); ++kind) {
            if (rules_[i].applies_to[kind]) add_to(groups_[kind], rules_[i], static_cast<std::uint32_t>(i));
        }
    }
}

void RuleSet::add_to(std::vector<Group>& groups, const Rule& rule, std::uint32_t index) {
    if (groups.empty() || groups.back().rules.size() == 64) groups.emplace_back();
    Group& group = groups.back();
    const std::uint64_t bit = std::uint64_t{1} << group.rules.size();
    group.rules.push_back(index);
    const auto triggers = triggers_of(rule.when);
    if (!triggers) {
        group.always |= bit;
        return;
    }
    for (const Fact fact : *triggers) {
        const auto same = [fact](const Group::Trigger& trigger) { return trigger.fact == fact; };
        const auto found = std::find_if(group.triggers.begin(), group.triggers.end(), same);
        if (found != group.triggers.end()) {
            found->rules |= bit;
        } else {
            group.triggers.push_back({fact, bit});
        }
    }
}

RuleSet RuleSet::parse(std::string_view json, std::string_view file_name) {
    return {parse_rules(json, file_name), XXH3_64bits(json.data(), json.size())};
}

RuleSet RuleSet::load(const std::filesystem::path& path) { return parse(read_file(path), path.string()); }

RuleSet RuleSet::load(std::span<const std::filesystem::path> paths) {
    RuleSet all;
    for (const auto& path : paths) all = all.with(load(path));
    return all;
}

const RuleSet& RuleSet::built_in() {
    static const RuleSet rules = parse(built_in_rules_text(), "ndc-journal.json");
    return rules;
}

RuleSet RuleSet::with(const RuleSet& more) const {
    std::vector<Rule> rules = rules_;
    rules.insert(rules.end(), more.rules_.begin(), more.rules_.end());
    const std::uint64_t both[] = {fingerprint_, more.fingerprint_};
    return {std::move(rules), XXH3_64bits(both, sizeof both)};
}

// Without branches: which facts of a session are 0 is hard to foresee.
std::uint64_t RuleSet::candidates(const Group& group, const Facts& facts) {
    std::uint64_t rules = group.always;
    for (const Group::Trigger& trigger : group.triggers) {
        rules |= trigger.rules & (0 - static_cast<std::uint64_t>(facts[trigger.fact] != 0));
    }
    return rules;
}

Finding RuleSet::judge(std::uint32_t rule, JudgedScope& judged, const Scope& scope, const RuleContext& context) const {
    const Raise* raised = nullptr;
    for (std::size_t i = 0; i < raises_[rule].size() && raised == nullptr; ++i) {
        if (program_.holds(raises_[rule][i], judged)) raised = &rules_[rule].raises[i];
    }
    return make_finding(rules_[rule], raised, scope, context);
}

void RuleSet::apply(const Scope& scope, const RuleContext& context, std::vector<Finding>& out) const {
    assert(scope.facts != nullptr);
    JudgedScope judged(scope);
    for (const Group& group : groups_[static_cast<std::size_t>(scope.kind)]) {
        for (std::uint64_t left = candidates(group, *scope.facts); left != 0; left &= left - 1) {
            const std::uint32_t rule = group.rules[static_cast<std::size_t>(std::countr_zero(left))];
            if (program_.holds(conditions_[rule], judged)) out.push_back(judge(rule, judged, scope, context));
        }
    }
}

}  // namespace abm
