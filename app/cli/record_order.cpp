#include "app/cli/record_order.h"

#include <algorithm>
#include <functional>

#include "core/decide/combine.h"

namespace abm::cli {
namespace {

// A file nothing was understood of has one record, the whole of it: `abm inspect` speaks of that.
bool of_journal(const Investigation& investigation, const Record& record) {
    return investigation.source_of(record).format != "unknown";
}

/// [records] the time a record is listed under.
std::vector<Time> listed_times(const Investigation& investigation) {
    std::vector<Time> times;
    times.reserve(investigation.records.size());
    for (std::size_t i = 0; i < investigation.records.size(); ++i) {
        const Record& record = investigation.records[i];
        const bool follows = i > 0 && investigation.records[i - 1].source == record.source;
        times.push_back(known(record.start) ? record.start : follows ? times.back() : kUnknownTime);
    }
    return times;
}

bool asked_for(const Selection& selection, SourceIndex source) {
    return !selection.sources || std::ranges::binary_search(*selection.sources, source);
}

// Keeps the `top` first by score, then puts them into the order asked for. Items come in the order of the sources.
template <class Item, class Score, class When>
void cut_and_sort(std::vector<Item>& items, const Selection& selection, Score score, When when) {
    const bool cut = items.size() > selection.top;
    if (cut || selection.order == Order::score) std::ranges::stable_sort(items, std::ranges::greater{}, score);
    if (cut) items.resize(selection.top);
    if (selection.order == Order::time) std::ranges::stable_sort(items, std::ranges::less{}, when);
}

}  // namespace

std::vector<RecordIndex> select_records(const Investigation& investigation, const Selection& selection) {
    const auto threshold = static_cast<float>(selection.threshold);
    std::vector<RecordIndex> chosen;
    for (std::size_t i = 0; i < investigation.records.size(); ++i) {
        const Record& record = investigation.records[i];
        const bool hidden = record.trivial && record.kind == RecordKind::interval && !selection.trivial;
        if (!hidden && asked_for(selection, record.source) && of_journal(investigation, record) && record.score >= threshold)
            chosen.push_back(static_cast<RecordIndex>(i));
    }
    const std::vector<Time> times = selection.order == Order::time ? listed_times(investigation) : std::vector<Time>();
    cut_and_sort(
        chosen, selection, [&](RecordIndex index) { return investigation.records[raw(index)].score; },
        [&](RecordIndex index) { return times[raw(index)]; });
    return chosen;
}

bool about_source(const Investigation& investigation, const Finding& finding) {
    const auto& own = investigation.source_findings;
    return !own.empty() && !std::less<>()(&finding, own.data()) && std::less<>()(&finding, own.data() + own.size());
}

std::vector<const Finding*> select_findings(const Investigation& investigation, const Selection& selection) {
    const auto score = [&](const Finding* finding) {
        if (about_source(investigation, *finding)) return static_cast<float>(band_of(finding->severity).low);
        return investigation.records[raw(finding->record)].score;
    };
    const auto threshold = static_cast<float>(selection.threshold);
    std::vector<const Finding*> chosen;
    const auto source = [&](const Finding& finding) {
        return about_source(investigation, finding) ? static_cast<SourceIndex>(raw(finding.record))
                                                    : investigation.records[raw(finding.record)].source;
    };
    const auto choose = [&](const auto& findings) {
        for (const Finding& finding : findings) {
            if (asked_for(selection, source(finding)) && score(&finding) >= threshold) chosen.push_back(&finding);
        }
    };
    choose(investigation.source_findings);
    choose(investigation.findings);
    const std::vector<Time> times = selection.order == Order::time ? listed_times(investigation) : std::vector<Time>();
    cut_and_sort(chosen, selection, score, [&](const Finding* finding) {
        return about_source(investigation, *finding) ? kUnknownTime : times[raw(finding->record)];
    });
    return chosen;
}

}  // namespace abm::cli
