// The rules in force, compiled for speed. Language: docs/rule-language.md.
#pragma once

#include <array>
#include <cstdint>
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
    /// Of the texts they were read from, in their order: the same rules say the same of the same journal.
    std::uint64_t fingerprint() const { return fingerprint_; }

private:
    /// Up to 64 rules of one kind of scope, in order; a rule is asked when its bit is raised by a fact that is not 0.
    struct Group {
        struct Trigger {
            Fact fact;
            std::uint64_t rules;
        };
        std::uint64_t always = 0;  ///< rules that no fact can rule out
        std::vector<Trigger> triggers;
        std::vector<std::uint32_t> rules;  ///< index into rules_ by bit
    };

    RuleSet(std::vector<Rule> rules, std::uint64_t fingerprint);
    static void add_to(std::vector<Group>& groups, const Rule& rule, std::uint32_t index);
    static std::uint64_t candidates(const Group& group, const Facts& facts);
    Finding judge(std::uint32_t rule, JudgedScope& judged, const Scope& scope, const RuleContext& context) const;

    std::vector<Rule> rules_;
    std::uint64_t fingerprint_ = 0;
    std::vector<ConditionProgram::Entry> conditions_;           ///< parallel to rules_
    std::vector<std::vector<ConditionProgram::Entry>> raises_;  ///< parallel to rules_ and their raises
    std::array<std::vector<Group>, kScopeKindCount> groups_;    ///< by kind of scope
    ConditionProgram program_;
};

}  // namespace abm
