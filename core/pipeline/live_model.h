// A model and the labels that stand now: what scores the list, and learns from one label in a moment.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/data/explanation.h"
#include "core/data/investigation.h"
#include "core/pipeline/journal_model.h"

namespace abm {

/// A label that trains: `unsure` never does.
struct TrainingLabel {
    std::int32_t feature_row = 0;
    bool anomaly = false;
    bool operator==(const TrainingLabel&) const = default;
};

struct AlikeRow {
    std::int32_t feature_row = 0;
    double alike = 0;  ///< kernel, 0..1
};

/// Keeps the leaf of every feature row in every tree, so that a label costs one pass over them. Not thread-safe.
class LiveModel {
public:
    /// features: shared with the investigation. Throws Error{Mismatch} for another schema, Error{Cancelled}.
    LiveModel(std::shared_ptr<const JournalModel> model, Shared<FeatureMatrix> features, int threads, const Progress& progress);

    /// The labels that stand, in any order. Only what changed since the last call costs; an appended label costs O(L^2 + n T).
    void set_labels(std::span<const TrainingLabel> labels);
    /// [n] evidence of every feature row under model and labels; without labels that of the model alone, bit for bit.
    std::vector<ModelEvidence> evidence() const;
    /// [n] f(x), in standard deviations of the forest's score.
    const Eigen::VectorXd& margins() const;
    /// The terms of the labels in f(x) of a row, largest size first, at most `most`; LabelInfluence::label counts in the span
    /// last given to set_labels().
    std::vector<LabelInfluence> influences(std::int32_t feature_row, std::size_t most) const;
    /// Rows most alike to a row by the kernel of the forest, itself left out, from `least` on; most alike first.
    std::vector<AlikeRow> alike(std::int32_t feature_row, double least, std::size_t most) const;

    const JournalModel& model() const { return *model_; }
    std::shared_ptr<const JournalModel> shared_model() const { return model_; }

private:
    std::shared_ptr<const JournalModel> model_;
};

}  // namespace abm
