// The live model of an open workspace, shared between the worker that labels and the readers that ask why.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/decide/rule_weights.h"
#include "core/pipeline/investigate.h"
#include "core/pipeline/live_model.h"
#include "core/pipeline/model_set.h"

namespace abm {

/// Thread-safe.
class LiveScores {
public:
    /// Labels the model was trained with and whose source is not in the investigation go on teaching. before: may be in use; rows
    /// it has scored by the same models are not scored again.
    LiveScores(std::shared_ptr<const ModelSet> models, const Investigation& investigation, int threads, const Progress& progress,
               const LiveScores* before = nullptr);

    /// Learns the labels of the investigation, then says what models and labels think of each of its feature rows.
    std::vector<ModelEvidence> evidence(const Investigation& investigation);
    /// How far rules are to be trusted, by the labels of the investigation and those the model brought along.
    RuleWeights rule_weights(const Investigation& investigation) const;
    /// [rows of all tables] f(x), in standard deviations of the forest's score; 0 where no model knows the rows.
    std::vector<double> margins() const;
    /// Terms of the labels of `investigation` in the score of one record, largest size first.
    std::vector<LabelInfluence> influences(const Investigation& investigation, const Record& record) const;
    /// Adds what labels do to the explanation of a record by its model alone: correction, terms of `investigation`'s labels,
    /// probability.
    void explain(const Investigation& investigation, const Record& record, Explanation& explanation) const;
    /// Rows of the same table, counted through all tables as feature_row is.
    std::vector<AlikeRow> alike(std::int32_t feature_row, double least, std::size_t most) const;
    /// Labels of the investigation the model was not trained with.
    std::int64_t new_labels(const Investigation& investigation) const;
    std::shared_ptr<const ModelSet> models() const { return models_; }

private:
    /// One kind of record that a model knows.
    struct Part {
        std::size_t table = 0;
        std::int32_t first_row = 0;
        LiveModel live;
        std::vector<std::int64_t> events;  ///< of the labels learned, in the order they were given
    };
    const Part* part_of(std::int32_t feature_row) const;
    const LiveModel* live_of(const JournalModel* model) const;

    std::shared_ptr<const ModelSet> models_;
    std::int32_t rows_;
    std::vector<LearnedLabel> remembered_;  ///< of all models: labels of records that are not here
    mutable std::mutex guard_;
    std::vector<Part> parts_;
};

/// A snapshot that can explain its records by the model and labels in force.
class LiveScored final : public ScoredInvestigation {
public:
    /// live null: rules alone.
    LiveScored(std::shared_ptr<const Investigation> investigation, std::shared_ptr<LiveScores> live)
        : investigation_(std::move(investigation)), live_(std::move(live)) {}

    std::shared_ptr<const Investigation> investigation() const override { return investigation_; }
    Explanation explain(RecordIndex record) const override;
    std::vector<std::string> rule_notes(RecordIndex record) const override;
    std::vector<AlikeRecord> nearest(RecordIndex record, std::size_t most) const override;

private:
    std::shared_ptr<const Investigation> investigation_;
    std::shared_ptr<LiveScores> live_;
};

/// Unlabelled records one verdict may serve together with `record`'s: of its kind and type, and much alike for the forest (see
/// kMuchAlike); for what models do not look at, with the same gravest rule. Most alike first. live null: by rules alone.
std::vector<RecordIndex> alike_records(const Investigation& investigation, const LiveScores* live, RecordIndex record,
                                       std::size_t most);

}  // namespace abm
