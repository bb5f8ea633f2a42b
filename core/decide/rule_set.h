// The rules in force, compiled for speed. Language: docs/rule-language.md.
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "core/decide/condition_program.h"
#include "core/decide/rule.h"

namespace abm {

/// Immutable; apply() is thread-safe. Rules are asked in the order they were written, files in the order given, and findings
/// come out in that order. No rule removes the finding of another.
class RuleSet {
public:
    RuleSet() = default;  ///< no rules

    /// Throws Error{Invalid} "file:line: what is wrong, what is allowed". file_name is for messages only.
    static RuleSet parse(std::string_view json, std::string_view file_name);
    /// Throws Error{Io} naming a file that cannot be read, or is larger than 16 MB, and what parse() throws.
    static RuleSet load(const std::filesystem::path& path);
    static RuleSet load(std::span<const std::filesystem::path> paths);
    /// resources/rules/ndc-journal.json, part of the program.
    static const RuleSet& built_in();

    /// These rules, then those of `more`. Throws Error{Invalid} when both define an id, naming both places.
    RuleSet with(const RuleSet& more) const;

    /// Appends a finding for each rule that holds: everything but Finding::record is set. Allocates for findings only.
    /// REQUIRES: scope.facts is not null.
    void apply(const Scope& scope, const RuleContext& context, std::vector<Finding>& out) const;

    std::span<const Rule> rules() const { return rules_; }

private:
    explicit RuleSet(std::vector<Rule> rules);
    void compile(std::size_t rule);
    const Raise* raise_of(std::size_t rule, JudgedScope& scope) const;

    struct Check {
        ConditionProgram::Entry when;
        std::uint32_t rule;
    };
    std::vector<Rule> rules_;
    std::vector<std::vector<ConditionProgram::Entry>> raises_;  ///< parallel to rules_ and their raises
    std::array<std::vector<Check>, kScopeKindCount> checks_;    ///< by kind of scope
    ConditionProgram program_;
};

}  // namespace abm
