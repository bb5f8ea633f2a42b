#include "core/pipeline/record_reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "core/decide/combine.h"
#include "core/decide/explain.h"

namespace abm {
namespace {

/// Each sentence once: an interval of maintenance may hold twenty restarts.
std::string joined_sentences(std::span<const Finding> findings) {
    std::vector<std::pair<std::string_view, int>> sentences;
    for (const Finding& finding : findings) {
        const auto same =
            std::ranges::find(sentences, std::string_view(finding.sentence), &std::pair<std::string_view, int>::first);
        if (same != sentences.end()) {
            ++same->second;
        } else {
            sentences.emplace_back(finding.sentence, 1);
        }
    }
    std::string text;
    for (const auto& [sentence, times] : sentences) {
        if (!text.empty()) text += "; ";
        text += sentence;
        if (times > 1) text += fmt::format(" ({} times)", times);
    }
    return text;
}

}  // namespace

std::string reasons_of(const ScoredInvestigation& scored, RecordIndex index) {
    const Investigation& investigation = *scored.investigation();
    const Record& record = investigation.records[raw(index)];
    std::string reasons = joined_sentences(investigation.findings_of(record));
    if (!reasons.empty() || record.feature_row < 0) return reasons;
    if (record.score < static_cast<float>(band_of(Severity::low).low)) return reasons;
    return unusual_sentence(scored.explain(index), record.provisional);
}

}  // namespace abm
