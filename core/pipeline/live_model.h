// A model and the labels that stand now: what scores the list, and learns from one label in a moment.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/data/explanation.h"
#include "core/data/investigation.h"
#include "core/decide/combine.h"
#include "core/detect/feedback.h"
#include "core/pipeline/row_scores.h"

namespace abm {

struct AlikeRow {
    std::int32_t feature_row = 0;
    double alike = 0;  ///< share of trees that put both into the same leaf, 0..1
};

/// Keeps the leaf of every feature row in every tree, so that a label costs one pass over them: 1 byte a row and tree. What it
/// says depends on model, rows and labels in their order alone, bit for bit. Not thread-safe. See docs/learning.md.
class LiveModel {
public:
    /// table: shared with the investigation. threads 0: as many as the machine has. remembered: labels of records that are not
    /// among the rows, as JournalModel::labels keeps them; those without features are passed over. They teach like labels that
    /// came before all others. before: one of the same model, whose rows are not scored again where they are the same; only what
    /// no label changes is taken from it, so that it may be in use meanwhile. Throws Error{Mismatch} for another schema,
    /// Error{Cancelled}.
    LiveModel(std::shared_ptr<const JournalModel> model, Shared<FeatureTable> table, int threads, const Progress& progress,
              std::span<const LearnedLabel> remembered = {}, const LiveModel* before = nullptr);

    /// The labels that stand, each row at most once, in any order; best that of giving, for what follows the first difference to
    /// the last call is learned anew. An appended label costs O(L^2 + n T).
    void set_labels(std::span<const TrainingLabel> labels);
    /// [n] evidence of every feature row under model and labels; without any label, given or remembered, that of the model
    /// alone, bit for bit.
    std::vector<ModelEvidence> evidence() const;
    /// [n] f(x), in standard deviations of the forest's score. When the model has votes and each class still has
    /// RankedVotes::kLeastOfEach labels, the mean of f(x) and the votes.
    const Eigen::VectorXd& margins() const { return margins_; }
    /// [n] what labels add to the standardised score of the forest: margins() less it.
    const Eigen::VectorXd& corrections() const { return corrections_; }
    /// [n] f(x) alone.
    Eigen::VectorXd ridge_margins() const;
    /// That an expert would call the row an anomaly, as among the reviewed records when the model was trained; none without
    /// labels or when the model is not calibrated.
    std::optional<double> probability(std::int32_t feature_row) const;
    /// The terms of the labels in f(x) of a row, largest size first, at most `most`; LabelInfluence::label counts in the span
    /// last given to set_labels(). All of them and all remembered ones sum to f(x) - z(x), of which half counts beside votes.
    std::vector<LabelInfluence> influences(std::int32_t feature_row, std::size_t most) const;
    /// The same for the remembered labels; LabelInfluence::label counts in the span given when made.
    std::vector<LabelInfluence> remembered_influences(std::int32_t feature_row, std::size_t most) const;
    /// Rows most alike to a row by the kernel of the forest, itself left out, from `least` on; most alike first.
    std::vector<AlikeRow> alike(std::int32_t feature_row, double least, std::size_t most) const;

    const JournalModel& model() const { return *model_; }
    std::shared_ptr<const JournalModel> shared_model() const { return model_; }

private:
    const FeatureMatrix& features() const { return table_->features; }
    KernelPoint point_of(std::int32_t feature_row) const;
    void remember(std::span<const LearnedLabel> labels);
    void update();
    bool voting() const;
    std::vector<LabelInfluence> terms(std::int32_t feature_row, std::size_t first, std::size_t last, std::size_t most) const;

    std::shared_ptr<const JournalModel> model_;
    Shared<FeatureTable> table_;
    int threads_;
    RowScores rows_;                       // never changed once made
    Feedback feedback_;                    // remembered labels first, then those that stand
    std::vector<std::size_t> remembered_;  // places of the former in the span they came in
    std::vector<TrainingLabel> labels_;
    Eigen::VectorXd ridge_;        // [n] f - z
    Eigen::VectorXd corrections_;  // [n] margins - z
    Eigen::VectorXd margins_;      // [n]
};

}  // namespace abm
