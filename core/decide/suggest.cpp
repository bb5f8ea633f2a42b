#include "core/decide/suggest.h"

#include <fmt/format.h>

#include <algorithm>

namespace abm {
namespace {

const LabelInfluence* most_alike(const Investigation& investigation, RecordIndex record, std::span<const LabelInfluence> alike) {
    const LabelInfluence* best = nullptr;
    for (const LabelInfluence& term : alike) {
        const StandingLabel& label = investigation.labels[term.label];
        if (!trains(label.label.label) || label.record == record || term.alike < kMuchAlike) continue;
        if (investigation.records[raw(label.record)].type != investigation.records[raw(record)].type) continue;
        if (best == nullptr || term.alike > best->alike) best = &term;
    }
    return best;
}

}  // namespace

Suggestion suggest(const Investigation& investigation, RecordIndex index, std::span<const LabelInfluence> alike) {
    const Record& record = investigation.records.at(raw(index));
    if (const LabelInfluence* term = most_alike(investigation, index, alike)) {
        const StandingLabel& like = investigation.labels[term->label];
        return {
            like.label.label, like.label.type,
            fmt::format("Like #{}, which {} called {}: {:.0f} % of the trees do not tell them apart.", like.event, like.label.who,
                        like.label.type.empty() ? std::string(name_of(like.label.label)) : like.label.type, 100 * term->alike)};
    }
    if (record.severity >= Severity::medium)
        return {LabelClass::anomaly, std::string(name_of(record.type)), sentence_of(investigation, record)};
    if (record.type == RecordType::unusual)
        return {LabelClass::anomaly, std::string(name_of(record.type)), "No rule speaks; the models find it unusual."};
    return {LabelClass::normal, {}, sentence_of(investigation, record)};
}

}  // namespace abm
