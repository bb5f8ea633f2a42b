// A rule as it was written: what it looks at, when it holds, and the finding it makes.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <vector>

#include "core/data/finding.h"
#include "core/decide/condition.h"
#include "core/decide/sentence_template.h"
#include "core/decide/vocabulary.h"

namespace abm {

/// Lines that prove the finding.
struct EvidencePick {
    enum class Which { first, last, all };
    EventKind event{};
    Which which = Which::all;
    SentenceTemplate note;
};

/// Makes a finding graver, never milder: `to` is above the severity of the rule.
struct Raise {
    Severity to{};
    Condition when;
    SentenceTemplate because;
};

struct AmountOf {
    Fact fact{};
    bool absolute = false;  ///< the size of a difference that may be negative
};

struct Rule {
    std::string id;
    std::string place;  ///< "file:line", for messages
    std::bitset<kScopeKindCount> applies_to;
    RecordType type{};
    Severity severity{};
    Condition when;
    SentenceTemplate sentence;
    SentenceTemplate action;
    std::optional<AmountOf> amount;
    std::vector<EvidencePick> evidence;
    std::vector<Raise> raises;
    bool span_of_evidence = false;  ///< the finding spans its evidence, not the whole scope
};

/// Of one pick with `which: all`, so that a loop of a thousand lines does not become a thousand marks.
inline constexpr std::size_t kMostLinesOfEvidence = 64;

/// Everything of a finding but the record. raised: the raise that holds, or null.
Finding make_finding(const Rule& rule, const Raise* raised, const Scope& scope, const RuleContext& context);

}  // namespace abm
