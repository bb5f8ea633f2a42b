#include "app/cli/record_reasons.h"

#include "core/decide/combine.h"
#include "core/decide/explain.h"

namespace abm::cli {

std::string reasons_of(const ScoredInvestigation& scored, RecordIndex index) {
    const Investigation& investigation = *scored.investigation();
    const Record& record = investigation.records[raw(index)];
    std::string reasons;
    for (const Finding& finding : investigation.findings_of(record)) {
        if (!reasons.empty()) reasons += "; ";
        reasons += finding.sentence;
    }
    if (!reasons.empty() || record.feature_row < 0) return reasons;
    if (record.score < static_cast<float>(band_of(Severity::low).low)) return reasons;
    return unusual_sentence(scored.explain(index), record.provisional);
}

}  // namespace abm::cli
