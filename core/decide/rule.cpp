#include "core/decide/rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace abm {
namespace {

void pick_lines(const EvidencePick& pick, const Scope& scope, const std::string& note, std::vector<Evidence>& out) {
    const auto is_kind = [&pick](const Event& event) { return event.kind == pick.event; };
    if (pick.which == EvidencePick::Which::last) {
        const auto found = std::find_if(scope.events.rbegin(), scope.events.rend(), is_kind);
        if (found != scope.events.rend()) out.push_back({found->span(), note});
        return;
    }
    const std::size_t most = pick.which == EvidencePick::Which::first ? 1 : kMostLinesOfEvidence;
    std::size_t picked = 0;
    for (const Event& event : scope.events) {
        if (!is_kind(event)) continue;
        out.push_back({event.span(), note});
        if (++picked == most) return;
    }
}

/// In the order of the file, each line once; of two picks of a line the first one's note is kept.
std::vector<Evidence> lines_of(const Rule& rule, const Scope& scope, const RuleContext& context) {
    std::vector<Evidence> lines;
    for (const EvidencePick& pick : rule.evidence) pick_lines(pick, scope, pick.note.fill(*scope.facts, context), lines);
    std::stable_sort(lines.begin(), lines.end(), [](auto& a, auto& b) { return a.line.offset < b.line.offset; });
    const auto same_line = [](auto& a, auto& b) { return a.line == b.line; };
    lines.erase(std::unique(lines.begin(), lines.end(), same_line), lines.end());
    return lines;
}

std::string raised_sentence(std::string sentence, const Raise& raise, const Facts& facts, const RuleContext& context) {
    if (sentence.ends_with('.')) sentence.pop_back();
    return fmt::format("{}; {} because {}.", sentence, name_of(raise.to), raise.because.fill(facts, context));
}

Money amount_of(const AmountOf& amount, const Facts& facts) {
    const Money money = money_of(facts[amount.fact]);
    return amount.absolute && money != kNoAmount ? std::abs(money) : money;
}

}  // namespace

Finding make_finding(const Rule& rule, const Raise* raised, const Scope& scope, const RuleContext& context) {
    Finding finding;
    finding.type = rule.type;
    finding.severity = raised != nullptr ? raised->to : rule.severity;
    if (rule.amount) finding.amount = amount_of(*rule.amount, *scope.facts);
    finding.rule = rule.id;
    finding.sentence = rule.sentence.fill(*scope.facts, context);
    if (raised != nullptr) finding.sentence = raised_sentence(std::move(finding.sentence), *raised, *scope.facts, context);
    finding.action = rule.action.fill(*scope.facts, context);
    finding.evidence = lines_of(rule, scope, context);
    finding.span = scope.span;
    if (rule.span_of_evidence && !finding.evidence.empty()) {
        const TextSpan first = finding.evidence.front().line;
        finding.span = {first.offset, finding.evidence.back().line.end() - first.offset};
    }
    return finding;
}

}  // namespace abm
