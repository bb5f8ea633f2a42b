#include "widgets/record_tally.h"

#include <algorithm>
#include <bit>

#include "widgets/format.h"
#include "widgets/radix_sort.h"

namespace abm {
namespace {

void count(RecordCounts& counts, const Investigation& all, const Record& record) {
    ++counts.severities[static_cast<std::size_t>(record.severity)];
    ++counts.types[static_cast<std::size_t>(record.type)];
    ++counts.labels[static_cast<std::size_t>(record.label)];
    ++counts.machines[raw(record.machine)];
    ++counts.sources[raw(record.source)];
    ++counts.views[static_cast<std::size_t>(view_of(all, record))];
}

}  // namespace

std::shared_ptr<const RecordTally> RecordTally::of(const Investigation& investigation) {
    auto tally = std::make_shared<RecordTally>();
    const auto& records = investigation.records;
    tally->records = std::ssize(records);
    for (RecordCounts* const counts : {&tally->all, &tally->listed}) {
        counts->machines.resize(investigation.machines.size());
        counts->sources.resize(investigation.sources.size());
    }
    tally->entities = entity_counts(investigation);
    tally->scores.reserve(records.size());
    for (std::size_t at = 0; at < records.size(); ++at) {
        const Record& record = records[at];
        tally->sessions += record.kind == RecordKind::session ? 1 : 0;
        const bool routine = record.trivial && record.severity == Severity::none;
        tally->routine += routine ? 1 : 0;
        count(tally->all, investigation, record);
        if (!routine) count(tally->listed, investigation, record);
        tally->provisional |= record.provisional;
        if (!tally->worst || record.score > records[raw(*tally->worst)].score)
            tally->worst = RecordIndex(static_cast<std::uint32_t>(at));
        tally->scores.push_back(std::max(record.score, 0.0F));
    }
    // Bits of floats that are not negative sort like the floats; + 0 makes one zero of two.
    radix_sort(tally->scores, [](float score) { return std::bit_cast<std::uint32_t>(score + 0.0F); });
    return tally;
}

std::int64_t RecordTally::atLeast(float score) const {
    return scores.end() - std::lower_bound(scores.begin(), scores.end(), score);
}

QString record_count_words(const RecordTally& tally) {
    const auto& views = tally.all.views;
    const std::int64_t others = tally.records - tally.sessions - views[static_cast<std::size_t>(RecordView::interval)];
    if (others == 0) return counted(tally.sessions, "session", "sessions");
    if (tally.sessions == 0) return counted(others, "record", "records");
    return counted(tally.sessions, "session", "sessions") + ", " + counted(others, "other record", "other records");
}

}  // namespace abm
