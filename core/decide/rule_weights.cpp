#include "core/decide/rule_weights.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/decide/combine.h"

namespace abm {
namespace {

constexpr double kPriorLabels = 10;       ///< a: the rule's own word weighs as much as so many labels
constexpr std::int64_t kLeastLabels = 3;  ///< fewer on a rule change nothing
constexpr std::int64_t kLabelsForOneTier =
    20;  ///< a further tier may be lost from so many labels on, and again from twice as many

double middle_of(Severity severity) {
    const auto [low, high] = band_of(severity);
    return (low + high) / 2.0;
}

int tier(Severity severity) { return static_cast<int>(severity); }

Severity tier_of(double weight) {
    int at = kSeverityCount - 1;
    while (at > 0 && weight < band_of(static_cast<Severity>(at)).low) --at;
    return static_cast<Severity>(at);
}

bool proven(const Finding& finding) { return finding.amount > 0; }  // kNoAmount is the least number

}  // namespace

Severity weighed_severity(const RuleRecord& record, Severity word, bool proven_amount) {
    if (word <= Severity::low || record.labelled < kLeastLabels) return word;
    const double weight = (static_cast<double>(record.confirmed) + kPriorLabels * middle_of(word)) /
                          (static_cast<double>(record.labelled) + kPriorLabels);
    const auto most_lost = static_cast<int>(std::min<std::int64_t>(1 + record.labelled / kLabelsForOneTier, kSeverityCount));
    const Severity floor = proven_amount && word >= Severity::high ? Severity::medium : Severity::low;
    const int least = std::max(tier(word) - most_lost, tier(floor));
    return static_cast<Severity>(std::clamp(tier(tier_of(weight)), least, tier(word)));
}

std::vector<std::string_view> rules_of(std::span<const Finding> findings) {
    std::vector<std::string_view> rules;
    for (const Finding& finding : findings) {
        if (std::find(rules.begin(), rules.end(), finding.rule) == rules.end()) rules.push_back(finding.rule);
    }
    return rules;
}

RuleWeights::RuleWeights(Records records) : records_(std::move(records)) {
    for (const auto& [rule, record] : records_) {
        if (record.confirmed < 0 || record.confirmed > record.labelled)
            throw Error(ErrorCode::Invalid,
                        fmt::format("Rule {} cannot be confirmed by {} of {} labels.", rule, record.confirmed, record.labelled));
    }
}

RuleWeights RuleWeights::of(const Investigation& investigation, std::span<const StandingLabel> labels) {
    Records records;
    for (const StandingLabel& standing : labels) {
        const bool anomaly = standing.label.label == LabelClass::anomaly;
        if (!anomaly && standing.label.label != LabelClass::normal) continue;
        const Record& labelled = investigation.records.at(raw(standing.record));
        for (const std::string_view rule : rules_of(investigation.findings_of(labelled))) {
            RuleRecord& record = records[std::string(rule)];
            ++record.labelled;
            record.confirmed += anomaly ? 1 : 0;
        }
    }
    return RuleWeights(std::move(records));
}

Severity RuleWeights::weighed(const Finding& finding) const {
    const auto found = records_.find(finding.rule);
    return found == records_.end() ? finding.severity : weighed_severity(found->second, finding.severity, proven(finding));
}

std::string RuleWeights::note(const Finding& finding) const {
    const Severity severity = weighed(finding);
    if (severity == finding.severity) return {};
    const RuleRecord& record = records_.find(finding.rule)->second;
    return fmt::format("{} of {} confirmed by experts: {} instead of {}", record.confirmed, record.labelled, name_of(severity),
                       name_of(finding.severity));
}

RuleWeigher::RuleWeigher(const RuleWeights& weights) {
    for (const auto& [rule, record] : weights.records()) {
        Table table{};
        bool demotes = false;
        for (int word = 0; word < kSeverityCount; ++word) {
            for (const bool with_amount : {false, true}) {
                const Severity severity = weighed_severity(record, static_cast<Severity>(word), with_amount);
                table[static_cast<std::size_t>(word)][with_amount ? 1 : 0] = severity;
                demotes = demotes || tier(severity) != word;
            }
        }
        if (demotes) demoting_.emplace(rule, table);
    }
    idle_ = demoting_.empty();
}

const RuleWeigher::Table* RuleWeigher::table_of(std::string_view rule) {
    const auto letter = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(rule[at])); };
    const std::size_t key =
        rule.empty() ? 0 : rule.size() * 31 + letter(0) * 7 + letter(rule.size() / 2) * 5 + letter(rule.size() - 1);
    Slot& slot = slots_[key % slots_.size()];
    if (slot.rule.data() == nullptr || slot.rule != rule) {
        const auto found = demoting_.find(rule);
        slot = {rule, found == demoting_.end() ? nullptr : &found->second};
    }
    return slot.table;
}

Severity RuleWeigher::weighed(const Finding& finding) {
    if (idle_) return finding.severity;
    const Table* table = table_of(finding.rule);
    return table == nullptr ? finding.severity : (*table)[static_cast<std::size_t>(finding.severity)][proven(finding) ? 1 : 0];
}

}  // namespace abm
