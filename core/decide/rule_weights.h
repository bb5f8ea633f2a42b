// How far a rule's word is to be trusted, learned from labels: w = (confirmed + a * prior) / (labelled + a).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/investigation.h"

namespace abm {

struct RuleRecord {
    std::int64_t confirmed = 0;  ///< labelled anomaly
    std::int64_t labelled = 0;   ///< anomaly or normal
    bool operator==(const RuleRecord&) const = default;
};

/// Without labels a rule's severity is its word (the prior is the middle of its band). Labels can demote a finding, never mute it
/// and never raise it; docs/decisions/0006-rule-weights.md says how far, and why so carefully.
class RuleWeights {
public:
    using Records = std::map<std::string, RuleRecord, std::less<>>;

    RuleWeights() = default;
    /// Throws Error{Invalid} when a rule was confirmed more often than labelled, or either is negative.
    explicit RuleWeights(Records records);

    /// Of the labels that stand: each rule counts once for each labelled record it has a finding about; `unsure` never counts.
    static RuleWeights of(const Investigation& investigation, std::span<const StandingLabel> labels);

    /// The severity of a finding once the labels on its rule were weighed. Never above the rule's own word.
    Severity weighed(const Finding& finding) const;
    /// "2 of 12 confirmed by experts: medium instead of high"; empty when the word stands.
    std::string note(const Finding& finding) const;
    const Records& records() const { return records_; }

private:
    Records records_;
};

/// What the labels on one rule make of a severity. proven: an amount at risk is known and above zero.
Severity weighed_severity(const RuleRecord& record, Severity word, bool proven);

/// The rules that have a finding about a record, each once, in the order of their gravest finding.
std::vector<std::string_view> rules_of(std::span<const Finding> findings);

/// RuleWeights for a pass over very many findings: the same answers without a search by text for each. Not thread-safe; the
/// weights must outlive it, and so must the findings while it is used.
class RuleWeigher {
public:
    explicit RuleWeigher(const RuleWeights& weights);
    /// No finding of any rule would change: a pass may be left out.
    bool idle() const { return idle_; }
    Severity weighed(const Finding& finding);

private:
    using Table = std::array<std::array<Severity, 2>, kSeverityCount>;  // [word][proven]
    struct Slot {
        std::string_view rule;
        const Table* table = nullptr;  // null: the word stands
    };
    const Table* table_of(std::string_view rule);

    std::map<std::string_view, Table> demoting_;
    std::array<Slot, 256> slots_{};  // direct-mapped by a few characters of the id
    bool idle_ = true;
};

}  // namespace abm
