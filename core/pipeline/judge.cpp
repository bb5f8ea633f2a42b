#include "core/pipeline/judge.h"

#include <algorithm>

#include "core/decide/rule_set.h"
#include "core/features/session_features.h"

namespace abm {

JudgedChunk judge(const JournalChunk* chunk, const LinkedChunk& linked, const RuleSet& rules, std::string_view machine) {
    JudgedChunk out;
    const std::size_t columns = session_feature_names().size();
    if (chunk) out.features.reserve(chunk->sessions.size() * columns);
    for (const LinkedScope& linked_scope : linked.scopes) {
        const SessionDraft* session =
            linked_scope.session >= 0 ? &chunk->sessions[static_cast<std::size_t>(linked_scope.session)] : nullptr;
        Scope scope;
        scope.kind = linked_scope.kind;
        scope.span = linked_scope.span;
        scope.facts = session ? &session->facts : &linked.facts[static_cast<std::size_t>(linked_scope.facts)];
        if (linked_scope.events.count > 0) {
            scope.events = std::span(chunk->lexed.events).subspan(linked_scope.events.first, linked_scope.events.count);
        }
        RuleContext context;
        context.machine = machine;
        if (session) {
            context.currency = session->currency.data();
            context.card = session->masked_card;
            if (!session->machine.empty()) context.machine = session->machine;
            out.features.resize(out.features.size() + columns);
            session_features(session->facts, std::span(out.features).last(columns));
            const std::size_t steps = out.courses.size();
            append_course(scope.events, out.courses);
            out.course_lengths.push_back(static_cast<std::uint32_t>(out.courses.size() - steps));
        }
        const std::size_t before = out.findings.size();
        rules.apply(scope, context, out.findings);
        for (std::size_t i = before; i < out.findings.size(); ++i) {
            out.findings[i].record = static_cast<RecordIndex>(linked_scope.record);
        }
    }
    return out;
}

void roll_up(std::vector<Record>& records, std::vector<Finding>& findings) {
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        if (a.record != b.record) return a.record < b.record;
        if (a.severity != b.severity) return a.severity > b.severity;
        return a.amount > b.amount;  // kNoAmount is the least
    });
    for (std::size_t first = 0; first < findings.size();) {
        std::size_t last = first;
        while (last < findings.size() && findings[last].record == findings[first].record) ++last;
        Record& record = records[raw(findings[first].record)];
        record.first_finding = static_cast<std::uint32_t>(first);
        record.finding_count = static_cast<std::uint32_t>(last - first);
        record.severity = findings[first].severity;
        record.type = findings[first].type;
        record.at_risk = findings[first].amount;
        first = last;
    }
}

}  // namespace abm
