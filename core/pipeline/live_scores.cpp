#include "core/pipeline/live_scores.h"

#include <algorithm>
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

bool may_share(const Record& one, const Record& other) {
    return other.label == LabelClass::none && !other.trivial && one.kind == other.kind && one.type == other.type;
}

}  // namespace

LiveScores::LiveScores(std::shared_ptr<const JournalModel> model, const Investigation& investigation, int threads,
                       const Progress& progress)
    : model_(std::move(model)),
      remembered_(labels_from_elsewhere(*model_, investigation)),
      live_(model_, investigation.features, threads, progress, remembered_) {}

RuleWeights LiveScores::rule_weights(const Investigation& investigation) const {
    std::vector<LearnedLabel> labels = learned_labels(investigation, investigation.labels);
    labels.insert(labels.end(), remembered_.begin(), remembered_.end());
    return rule_weights_of(labels);
}

std::vector<ModelEvidence> LiveScores::evidence(const Investigation& investigation) {
    std::vector<std::size_t> places;
    const std::vector<TrainingLabel> labels = training_labels(investigation, &places);
    const std::scoped_lock lock(guard_);
    events_.clear();
    for (const std::size_t place : places) events_.push_back(investigation.labels[place].event);
    live_.set_labels(labels);
    return live_.evidence();
}

std::vector<double> LiveScores::margins() const {
    const std::scoped_lock lock(guard_);
    return {live_.margins().begin(), live_.margins().end()};
}

// The labels may have changed since the snapshot was made; terms of those it does not know are left out.
std::vector<LabelInfluence> LiveScores::influences(const Investigation& investigation, const Record& record) const {
    if (record.feature_row < 0) return {};
    const std::scoped_lock lock(guard_);
    std::vector<LabelInfluence> known;
    for (LabelInfluence term : live_.influences(record.feature_row, kMostInfluences)) {
        const auto label = std::ranges::find(investigation.labels, events_.at(term.label), &StandingLabel::event);
        if (label == investigation.labels.end()) continue;
        term.label = static_cast<std::size_t>(label - investigation.labels.begin());
        known.push_back(term);
    }
    return known;
}

std::optional<double> LiveScores::probability(const Record& record) const {
    if (record.feature_row < 0) return std::nullopt;
    const std::scoped_lock lock(guard_);
    return live_.probability(record.feature_row);
}

std::vector<AlikeRow> LiveScores::alike(std::int32_t feature_row, double least, std::size_t most) const {
    const std::scoped_lock lock(guard_);
    return live_.alike(feature_row, least, most);
}

std::int64_t LiveScores::new_labels(const Investigation& investigation) const {
    std::set<std::tuple<std::string_view, RecordKind, std::int64_t, bool>> learned;
    for (const LearnedLabel& label : model_->labels)
        learned.insert({label.source, label.kind, label.start_offset, label.anomaly});
    return std::ranges::count_if(investigation.labels, [&](const StandingLabel& label) {
        const Record& record = investigation.records[raw(label.record)];
        return trains(label.label.label) && !learned.contains({investigation.source_of(record).identity, record.kind,
                                                               record.span.offset, label.label.label == LabelClass::anomaly});
    });
}

Explanation LiveScored::explain(RecordIndex index) const {
    Explanation explanation = explain_record(*investigation_, live_ ? live_->model().get() : nullptr, index);
    if (live_) {
        const Record& record = investigation_->records.at(raw(index));
        explanation.labels = live_->influences(*investigation_, record);
        explanation.probability = live_->probability(record);
    }
    return explanation;
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
    std::vector<std::uint32_t> record_of_row(static_cast<std::size_t>(investigation.features->rows()));
    for (std::size_t at = 0; at < investigation.records.size(); ++at) {
        if (const std::int32_t row = investigation.records[at].feature_row; row >= 0)
            record_of_row[static_cast<std::size_t>(row)] = static_cast<std::uint32_t>(at);
    }
    for (const AlikeRow& row : live->alike(record.feature_row, kMuchAlike, static_cast<std::size_t>(record_of_row.size())))
        add(record_of_row[static_cast<std::size_t>(row.feature_row)]);
    return found;
}

}  // namespace abm
