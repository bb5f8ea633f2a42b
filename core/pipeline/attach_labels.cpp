#include "core/pipeline/attach_labels.h"

#include <algorithm>
#include <numeric>

namespace abm {
namespace {

/// Sources may be many and labels too: found by bisection.
std::optional<SourceIndex> source_of(const std::vector<SourceId>& ids, SourceId id) {
    const auto found = std::lower_bound(ids.begin(), ids.end(), id);
    if (found == ids.end() || *found != id) return std::nullopt;
    return static_cast<SourceIndex>(found - ids.begin());
}

}  // namespace

std::optional<RecordIndex> record_of(const Investigation& investigation, const std::vector<SourceId>& ids, const RecordKey& key) {
    const auto source = source_of(ids, key.source);
    if (!source) return std::nullopt;
    const auto& records = investigation.records;
    const auto behind = std::upper_bound(records.begin(), records.end(), key, [&](const RecordKey&, const Record& record) {
        return record.source != *source ? raw(*source) < raw(record.source) : key.start_offset < record.span.offset;
    });
    for (auto at = behind; at != records.begin();) {
        --at;
        if (at->source != *source) break;
        if (at->kind == key.kind && (at->span.offset == key.start_offset || key.start_offset < at->span.end()))
            return static_cast<RecordIndex>(at - records.begin());
        if (at->span.end() < key.start_offset) break;
    }
    return std::nullopt;
}

RecordKey key_of(const Investigation& investigation, const std::vector<SourceId>& ids, RecordIndex index) {
    const Record& record = investigation.records.at(raw(index));
    return {ids.at(raw(record.source)), record.kind, record.span.offset};
}

std::int64_t attach_labels(Investigation& investigation, const std::vector<SourceId>& ids,
                           std::span<const StandingVerdict> verdicts) {
    for (const StandingLabel& label : investigation.labels) investigation.records[raw(label.record)].label = LabelClass::none;
    investigation.labels.clear();
    std::int64_t lost = 0;
    for (const StandingVerdict& verdict : verdicts) {
        if (!verdict.counts) continue;
        if (const auto record = record_of(investigation, ids, verdict.key)) {
            investigation.labels.push_back({*record, verdict.event, verdict.label, verdict.disputed});
        } else {
            ++lost;
        }
    }
    auto& labels = investigation.labels;
    // Where a newer reader made one record of two, the later verdict counts.
    std::ranges::sort(labels, [](const StandingLabel& a, const StandingLabel& b) {
        return a.record != b.record ? a.record < b.record : a.label.when > b.label.when;
    });
    const auto twice = std::ranges::unique(labels, {}, &StandingLabel::record);
    labels.erase(twice.begin(), twice.end());
    for (const StandingLabel& label : labels) investigation.records[raw(label.record)].label = label.label.label;
    return lost;
}

std::vector<TrainingLabel> training_labels(const Investigation& investigation, std::size_t table,
                                           std::vector<std::size_t>* places) {
    std::vector<std::size_t> order(investigation.labels.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::size_t at) { return investigation.labels[at].event; });
    std::vector<TrainingLabel> training;
    for (const std::size_t at : order) {
        const StandingLabel& label = investigation.labels[at];
        const std::int32_t row = investigation.records[raw(label.record)].feature_row;
        if (row < 0 || !trains(label.label.label)) continue;
        const FeatureTables::Place place = investigation.features.place_of(row);
        if (place.table != table) continue;
        training.push_back({place.row, label.label.label == LabelClass::anomaly});
        if (places) places->push_back(at);
    }
    return training;
}

}  // namespace abm
