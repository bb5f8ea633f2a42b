// Forest and labels behind the one interface of detectors: feedback.h with what it needs to stand alone.
#pragma once

#include <vector>

#include "core/detect/detector.h"
#include "core/detect/feedback.h"
#include "core/detect/isolation_forest.h"
#include "core/features/scaler.h"

namespace abm {

class FeedbackDetector final : public Detector {
public:
    static constexpr std::string_view kKind = "feedback";
    static constexpr std::size_t kMostLabels = 10'000;  ///< the exact solution keeps 4 L^2 bytes

    /// data.features fit forest and scaler, data.labels teach; none: f(x) = z(x). params: those of the forest.
    /// Throws Error{Invalid} for labels that name no row or one twice, more than kMostLabels, and for what IsolationForest::fit
    /// refuses; Error{Cancelled}.
    static FeedbackDetector fit(const Dataset& data, const ForestParams& params, int threads, const Progress& progress);
    /// Throws Error{Mismatch} for another kind or a newer format, Error{Corrupt} for anything damaged.
    static FeedbackDetector load(const Json& document);

    /// f(x), in standard deviations of the forest's score.
    Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const override;
    /// Sums to score(row). z(x) is shared as the forest shares its margin, less the margin of the mean score in proportion to the
    /// size of the shares; what a leaf adds is shared evenly by the splits on the way to it; the linear part is a sum over
    /// features already.
    Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const override;
    Json save() const override;

    const std::vector<std::string>& names() const { return forest_.names(); }

private:
    FeedbackDetector(IsolationForest forest, Scaler scaler, double mean, double deviation)
        : forest_(std::move(forest)), scaler_(std::move(scaler)), mean_(mean), deviation_(deviation), feedback_(scaler_, {}) {}
    void teach(FeatureMatrix rows, std::vector<bool> anomaly);
    double standardised(double score) const { return (score - mean_) / deviation_; }
    /// [d] parts of z, of a row with this score.
    Eigen::VectorXd prior_parts(const FeatureMatrix& one, double score) const;
    void add_leaf_parts(const FeatureMatrix& one, Eigen::VectorXd& parts) const;

    IsolationForest forest_;
    Scaler scaler_;
    double mean_;  // of the forest's training scores
    double deviation_;
    FeatureMatrix labelled_;     // [labels, d]
    std::vector<bool> anomaly_;  // [labels]
    Feedback feedback_;
};

}  // namespace abm
