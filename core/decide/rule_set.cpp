#include "core/decide/rule_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <fstream>
#include <iterator>
#include <map>

#include "core/base/error.h"
#include "core/decide/built_in_rules.h"
#include "core/decide/rule_parser.h"

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

RuleSet::RuleSet(std::vector<Rule> rules) : rules_(std::move(rules)), raises_(rules_.size()) {
    refuse_doubles(rules_);
    // Last rule first, as the program grows from the back: tests then lie in memory in the order they are asked.
    for (std::size_t rule = rules_.size(); rule-- > 0;) compile(rule);
    for (auto& checks : checks_) std::reverse(checks.begin(), checks.end());
}

void RuleSet::compile(std::size_t rule) {
    for (const Raise& raise : rules_[rule].raises) raises_[rule].push_back(program_.add(raise.when));
    const ConditionProgram::Entry when = program_.add(rules_[rule].when);
    for (std::size_t kind = 0; kind < checks_.size(); ++kind) {
        if (rules_[rule].applies_to[kind]) checks_[kind].push_back({when, static_cast<std::uint32_t>(rule)});
    }
}

RuleSet RuleSet::parse(std::string_view json, std::string_view file_name) { return RuleSet(parse_rules(json, file_name)); }

RuleSet RuleSet::load(const std::filesystem::path& path) { return parse(read_file(path), path.string()); }

RuleSet RuleSet::load(std::span<const std::filesystem::path> paths) {
    std::vector<Rule> rules;
    for (const auto& path : paths) {
        std::vector<Rule> more = parse_rules(read_file(path), path.string());
        rules.insert(rules.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    return RuleSet(std::move(rules));
}

const RuleSet& RuleSet::built_in() {
    static const RuleSet rules = parse(built_in_rules_text(), "ndc-journal.json");
    return rules;
}

RuleSet RuleSet::with(const RuleSet& more) const {
    std::vector<Rule> rules = rules_;
    rules.insert(rules.end(), more.rules_.begin(), more.rules_.end());
    return RuleSet(std::move(rules));
}

const Raise* RuleSet::raise_of(std::size_t rule, JudgedScope& scope) const {
    for (std::size_t i = 0; i < raises_[rule].size(); ++i) {
        if (program_.holds(raises_[rule][i], scope)) return &rules_[rule].raises[i];
    }
    return nullptr;
}

void RuleSet::apply(const Scope& scope, const RuleContext& context, std::vector<Finding>& out) const {
    assert(scope.facts != nullptr);
    JudgedScope judged(scope);
    for (const Check& check : checks_[static_cast<std::size_t>(scope.kind)]) {
        if (!program_.holds(check.when, judged)) continue;
        out.push_back(make_finding(rules_[check.rule], raise_of(check.rule, judged), scope, context));
    }
}

}  // namespace abm
