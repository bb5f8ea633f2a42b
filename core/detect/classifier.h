// What the labels say of each row, once there are enough: a random forest on the features and on how odd the row is.
#pragma once

#include "core/detect/detector.h"
#include "core/detect/isolation_forest.h"
#include "core/detect/label_forest.h"

namespace abm {

/// [n, d + 1] what the trees of a classifier see: features as the isolation forest treats them (unknown: the median, infinity:
/// 1e30), then its score. values [n, d], scores [n].
RowMatrix classifier_rows(const IsolationForest& forest, const RowMatrix& values, const Eigen::VectorXd& scores);

class Classifier final : public Detector {
public:
    static constexpr std::string_view kKind = "classifier";
    static constexpr std::int64_t kLeastOfEach = 10;

    /// {"trees":, "seed":}, each optional. Throws Error{Invalid} naming the unknown or impossible member.
    static LabelForestParams params_of(const Json& params);

    /// Learns from data.labels; data.features fit the isolation forest. Throws Error{Invalid} with fewer than kLeastOfEach labels
    /// of a class, labels that name no row or one twice, and for what IsolationForest::fit refuses; Error{Cancelled}.
    static Classifier fit(const Dataset& data, const LabelForestParams& params, int threads, const Progress& progress);
    /// Throws Error{Mismatch} for another kind or a newer format, Error{Corrupt} for anything damaged.
    static Classifier load(const Json& document);

    /// Mean share of anomalies in the leaves, 0..1. It ranks; it is a probability only after calibration, since either class
    /// weighs the same. Of labelled rows it is too sure: use rows it was not given.
    Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const override;
    /// Sums to score(row) - base_rate(). What the trees read off the isolation score goes to the features that made the row odd,
    /// or ordinary, in proportion to their contributions there.
    Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const override;
    Json save() const override;

    double base_rate() const { return votes_.base_rate(); }
    const std::vector<std::string>& names() const { return forest_.names(); }

private:
    Classifier(IsolationForest forest, LabelForest votes) : forest_(std::move(forest)), votes_(std::move(votes)) {}

    IsolationForest forest_;
    LabelForest votes_;
};

}  // namespace abm
