#include "core/pipeline/live_scores.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "core/decide/suggest.h"
#include "core/pipeline/attach_labels.h"
#include "core/pipeline/learned_labels.h"
#include "core/pipeline/score.h"

namespace abm {
namespace {

constexpr std::size_t kMostInfluences = 64;

std::string_view gravest_rule(const Investigation& investigation, const Record& record) {
    return record.finding_count > 0 ? std::string_view(investigation.findings[record.first_finding].rule) : std::string_view();
}

// [feature rows] the record of each.
std::vector<RecordIndex> records_of_rows(const Investigation& investigation) {
    std::vector<RecordIndex> record_of_row(static_cast<std::size_t>(investigation.features.rows()));
    for (std::size_t at = 0; at < investigation.records.size(); ++at) {
        if (const std::int32_t row = investigation.records[at].feature_row; row >= 0)
            record_of_row[static_cast<std::size_t>(row)] = static_cast<RecordIndex>(at);
    }
    return record_of_row;
}

// Those the same rule names, in their order.
std::vector<AlikeRecord> of_same_rule(const Investigation& investigation, RecordIndex index, std::size_t most) {
    const std::string_view rule = gravest_rule(investigation, investigation.records.at(raw(index)));
    std::vector<AlikeRecord> found;
    for (std::size_t at = 0; !rule.empty() && at < investigation.records.size() && found.size() < most; ++at) {
        if (at != raw(index) && gravest_rule(investigation, investigation.records[at]) == rule)
            found.push_back({static_cast<RecordIndex>(at), std::numeric_limits<double>::quiet_NaN()});
    }
    return found;
}

bool may_share(const Record& one, const Record& other) {
    return other.label == LabelClass::none && !other.trivial && one.kind == other.kind && one.type == other.type;
}

}  // namespace

LiveScores::LiveScores(std::shared_ptr<const ModelSet> models, const Investigation& investigation, int threads,
                       const Progress& progress, const LiveScores* before)
    : models_(std::move(models)), rows_(investigation.features.rows()) {
    const FeatureTables& tables = investigation.features;
    for (const auto& model : models_->parts) {
        const std::vector<LearnedLabel> elsewhere = labels_from_elsewhere(*model, investigation);
        remembered_.insert(remembered_.end(), elsewhere.begin(), elsewhere.end());
        const auto table = tables.find(model->forest.names());
        if (!table || tables[*table].features.rows() == 0) continue;
        LiveModel live(model, tables.shared(*table), threads, progress, elsewhere,
                       before ? before->live_of(model.get()) : nullptr);
        parts_.push_back({*table, tables.first_row(*table), std::move(live), {}});
    }
}

RuleWeights LiveScores::rule_weights(const Investigation& investigation) const {
    std::vector<LearnedLabel> labels = learned_labels(investigation, investigation.labels);
    labels.insert(labels.end(), remembered_.begin(), remembered_.end());
    return rule_weights_of(labels);
}

std::vector<ModelEvidence> LiveScores::evidence(const Investigation& investigation) {
    std::vector<ModelEvidence> all(static_cast<std::size_t>(rows_));
    const std::scoped_lock lock(guard_);
    for (Part& part : parts_) {
        std::vector<std::size_t> places;
        part.live.set_labels(training_labels(investigation, part.table, &places));
        part.events.clear();
        for (const std::size_t place : places) part.events.push_back(investigation.labels[place].event);
        std::ranges::copy(part.live.evidence(), all.begin() + part.first_row);
    }
    return all;
}

std::vector<double> LiveScores::margins() const {
    std::vector<double> all(static_cast<std::size_t>(rows_));
    const std::scoped_lock lock(guard_);
    for (const Part& part : parts_) std::ranges::copy(part.live.margins(), all.begin() + part.first_row);
    return all;
}

/// Of this very model; null: none. Which parts there are never changes.
const LiveModel* LiveScores::live_of(const JournalModel* model) const {
    const auto part = std::ranges::find_if(parts_, [&](const Part& one) { return &one.live.model() == model; });
    return part == parts_.end() ? nullptr : &part->live;
}

const LiveScores::Part* LiveScores::part_of(std::int32_t feature_row) const {
    for (const Part& part : parts_) {
        if (feature_row >= part.first_row && feature_row - part.first_row < part.live.margins().size()) return &part;
    }
    return nullptr;
}

// The labels may have changed since the snapshot was made; terms of those it does not know are left out.
std::vector<LabelInfluence> LiveScores::influences(const Investigation& investigation, const Record& record) const {
    const std::scoped_lock lock(guard_);
    const Part* const part = record.feature_row < 0 ? nullptr : part_of(record.feature_row);
    if (part == nullptr) return {};
    std::vector<LabelInfluence> known;
    for (LabelInfluence term : part->live.influences(record.feature_row - part->first_row, kMostInfluences)) {
        const auto label = std::ranges::find(investigation.labels, part->events.at(term.label), &StandingLabel::event);
        if (label == investigation.labels.end()) continue;
        term.label = static_cast<std::size_t>(label - investigation.labels.begin());
        known.push_back(term);
    }
    return known;
}

void LiveScores::explain(const Investigation& investigation, const Record& record, Explanation& explanation) const {
    explanation.labels = influences(investigation, record);
    const std::scoped_lock lock(guard_);
    const Part* const part = record.feature_row < 0 ? nullptr : part_of(record.feature_row);
    if (part == nullptr) return;
    const std::int32_t row = record.feature_row - part->first_row;
    explain_correction(part->live.model(), part->live.corrections()[row], explanation);
    explanation.probability = part->live.probability(row);
}

std::vector<AlikeRow> LiveScores::alike(std::int32_t feature_row, double least, std::size_t most) const {
    const std::scoped_lock lock(guard_);
    const Part* const part = part_of(feature_row);
    if (part == nullptr) return {};
    std::vector<AlikeRow> rows = part->live.alike(feature_row - part->first_row, least, most);
    for (AlikeRow& row : rows) row.feature_row += part->first_row;
    return rows;
}

std::int64_t LiveScores::new_labels(const Investigation& investigation) const {
    std::set<std::tuple<std::string_view, RecordKind, std::int64_t, bool>> learned;
    for (const auto& model : models_->parts) {
        for (const LearnedLabel& label : model->labels)
            learned.insert({label.source, label.kind, label.start_offset, label.anomaly});
    }
    return std::ranges::count_if(investigation.labels, [&](const StandingLabel& label) {
        const Record& record = investigation.records[raw(label.record)];
        return trains(label.label.label) && !learned.contains({investigation.source_of(record).identity, record.kind,
                                                               record.span.offset, label.label.label == LabelClass::anomaly});
    });
}

Explanation LiveScored::explain(RecordIndex index) const {
    Explanation explanation = explain_record(*investigation_, live_ ? live_->models().get() : nullptr, index);
    if (live_) {
        live_->explain(*investigation_, investigation_->records.at(raw(index)), explanation);
    }
    return explanation;
}

std::vector<std::string> LiveScored::rule_notes(RecordIndex index) const {
    const auto findings = investigation_->findings_of(investigation_->records.at(raw(index)));
    const RuleWeights weights = live_ && !findings.empty() ? live_->rule_weights(*investigation_) : RuleWeights();
    std::vector<std::string> notes;
    for (const Finding& finding : findings) notes.push_back(weights.note(finding));
    return notes;
}

std::vector<AlikeRecord> LiveScored::nearest(RecordIndex index, std::size_t most) const {
    const Record& record = investigation_->records.at(raw(index));
    if (record.feature_row < 0) return of_same_rule(*investigation_, index, most);
    if (!live_) return {};
    const std::vector<AlikeRow> rows = live_->alike(record.feature_row, kMuchAlike, most);
    std::vector<AlikeRecord> found;
    const std::vector<RecordIndex> record_of_row = rows.empty() ? std::vector<RecordIndex>() : records_of_rows(*investigation_);
    for (const AlikeRow& row : rows) found.push_back({record_of_row[static_cast<std::size_t>(row.feature_row)], row.alike});
    return found;
}

std::vector<RecordIndex> alike_records(const Investigation& investigation, const LiveScores* live, RecordIndex index,
                                       std::size_t most) {
    const Record& record = investigation.records.at(raw(index));
    std::vector<RecordIndex> found;
    const auto add = [&](std::size_t other) {
        if (found.size() < most && other != raw(index) && may_share(record, investigation.records[other]))
            found.push_back(static_cast<RecordIndex>(other));
    };
    if (record.feature_row < 0) {
        const std::string_view rule = gravest_rule(investigation, record);
        for (std::size_t at = 0; !rule.empty() && at < investigation.records.size(); ++at) {
            if (gravest_rule(investigation, investigation.records[at]) == rule) add(at);
        }
        return found;
    }
    if (live == nullptr) return found;
    const std::vector<RecordIndex> record_of_row = records_of_rows(investigation);
    for (const AlikeRow& row : live->alike(record.feature_row, kMuchAlike, record_of_row.size()))
        add(raw(record_of_row[static_cast<std::size_t>(row.feature_row)]));
    return found;
}

}  // namespace abm
