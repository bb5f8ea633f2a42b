// How far a rule's word is to be trusted, learned from labels: w = (confirmed + a * prior) / (labelled + a).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/data/investigation.h"

namespace abm {

struct RuleRecord {
    std::int64_t confirmed = 0;  ///< labelled anomaly
    std::int64_t labelled = 0;   ///< anomaly or normal
};

/// Without labels a rule's severity is its word (the prior is the middle of its band). One label never mutes a rule: see
/// docs/decisions/0006 for `a`, and for the floor below which no rule falls.
class RuleWeights {
public:
    RuleWeights() = default;
    explicit RuleWeights(std::map<std::string, RuleRecord, std::less<>> records) : records_(std::move(records)) {}

    /// Of the labels that stand: each rule counts once for each labelled record it has a finding about.
    static RuleWeights of(const Investigation& investigation, std::span<const StandingLabel> labels);

    /// The severity of a finding once the labels on its rule were weighed. Never above the rule's own word.
    Severity weighed(const Finding& finding) const;
    /// "2 of 12 confirmed by experts: medium instead of high"; empty when the word stands.
    std::string note(const Finding& finding) const;
    const std::map<std::string, RuleRecord, std::less<>>& records() const { return records_; }

private:
    std::map<std::string, RuleRecord, std::less<>> records_;
};

}  // namespace abm
