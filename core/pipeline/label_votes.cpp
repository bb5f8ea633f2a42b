#include "core/pipeline/label_votes.h"

#include <algorithm>

#include "core/detect/classifier.h"
#include "core/pipeline/live_model.h"

namespace abm {
namespace {

constexpr Eigen::Index kVotesReference = 4'096;

FeatureMatrix reference_rows(const FeatureMatrix& features) {
    const Eigen::Index stride = even_stride(features.rows(), kVotesReference);
    FeatureMatrix chosen;
    chosen.names = features.names;
    chosen.values.resize((features.rows() + stride - 1) / stride, features.columns());
    for (Eigen::Index row = 0; row < chosen.rows(); ++row) chosen.values.row(row) = features.values.row(row * stride);
    return chosen;
}

}  // namespace

bool enough_to_vote(std::span<const LearnedLabel> labels) {
    std::int64_t anomalies = 0;
    std::int64_t normals = 0;
    for (const LearnedLabel& label : labels) {
        if (!label.features.empty()) ++(label.anomaly ? anomalies : normals);
    }
    return std::min(anomalies, normals) >= RankedVotes::kLeastOfEach;
}

std::optional<RankedVotes> fit_votes(const JournalModel& model, const FeatureMatrix& features,
                                     std::span<const LearnedLabel> labels, int threads, const Progress& progress) {
    if (!enough_to_vote(labels) || features.rows() == 0) return std::nullopt;
    const Shared<FeatureTable> reference = FeatureTable{reference_rows(features), {}};
    // The model outlives this call: nothing to own.
    const std::shared_ptr<const JournalModel> borrowed(std::shared_ptr<const JournalModel>(), &model);
    const LiveModel taught(borrowed, reference, threads, progress, labels);
    FeatureMatrix rows;
    rows.names = features.names;
    rows.values.resize(std::ssize(labels), features.columns());
    std::vector<bool> anomaly;
    for (const LearnedLabel& label : labels) {
        if (label.features.empty()) continue;
        std::copy(label.features.begin(), label.features.end(), rows.values.row(std::ssize(anomaly)).data());
        anomaly.push_back(label.anomaly);
    }
    rows.values.conservativeResize(std::ssize(anomaly), Eigen::NoChange);
    const auto seen = [&](const FeatureMatrix& of) {
        return classifier_rows(model.forest, of.values, model.forest.score(of, threads, progress));
    };
    return RankedVotes::fit(seen(rows), anomaly, seen(reference->features), taught.ridge_margins(), model.seed, threads,
                            progress);
}

Eigen::VectorXd blended_correction(const Eigen::VectorXd& correction, const Eigen::VectorXd& z, const Eigen::VectorXd& votes) {
    return (correction + votes - z) / 2;
}

}  // namespace abm
