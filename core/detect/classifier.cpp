#include "core/detect/classifier.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/detect/forest_grow.h"
#include "core/detect/training_labels.h"

namespace abm {
namespace {

constexpr int kClassifierFormat = 1;

/// Shares `amount` among the parts that pull its way, in proportion; evenly when none does.
void share_out(double amount, const Eigen::VectorXd& parts, Eigen::VectorXd& shares) {
    const Eigen::VectorXd pulls = (amount >= 0 ? parts : Eigen::VectorXd(-parts)).cwiseMax(0.0);
    const double total = pulls.sum();
    if (total > 0)
        shares += pulls * (amount / total);
    else
        shares.array() += amount / static_cast<double>(shares.size());
}

}  // namespace

RowMatrix classifier_rows(const IsolationForest& forest, const RowMatrix& values, const Eigen::VectorXd& scores) {
    RowMatrix rows(values.rows(), values.cols() + 1);
    const std::vector<float>& medians = forest.medians();
    for (Eigen::Index row = 0; row < values.rows(); ++row) {
        for (Eigen::Index column = 0; column < values.cols(); ++column)
            rows(row, column) = plain_value(values(row, column), medians[static_cast<std::size_t>(column)]);
        rows(row, values.cols()) = static_cast<float>(scores[row]);
    }
    return rows;
}

LabelForestParams Classifier::params_of(const Json& params) {
    LabelForestParams chosen;
    if (params.is_null()) return chosen;
    if (!params.is_object()) throw Error(ErrorCode::Invalid, "The parameters of a classifier must be an object.");
    for (const auto& [name, value] : params.items()) {
        if (!value.is_number_integer())
            throw Error(ErrorCode::Invalid, fmt::format("Classifier parameter \"{}\" must be a whole number.", name));
        if (name == "trees")
            chosen.trees = static_cast<int>(std::clamp<std::int64_t>(value.get<std::int64_t>(), INT32_MIN, INT32_MAX));
        else if (name == "seed")
            chosen.seed = value.get<std::uint64_t>();
        else
            throw Error(ErrorCode::Invalid, fmt::format("A classifier has no parameter \"{}\".", name));
    }
    return chosen;
}

Classifier Classifier::fit(const Dataset& data, const LabelForestParams& params, int threads, const Progress& progress) {
    const LabelCounts counts = checked_labels(data);
    if (counts.anomalies < kLeastOfEach || counts.normals < kLeastOfEach)
        throw Error(ErrorCode::Invalid,
                    fmt::format("A classifier needs {} anomalies and {} normal records; labelled are {} and {}.", kLeastOfEach,
                                kLeastOfEach, counts.anomalies, counts.normals));
    IsolationForest forest = IsolationForest::fit(data.features, {.seed = params.seed}, threads, progress);
    FeatureMatrix labelled;
    labelled.names = data.features.names;
    labelled.values.resize(std::ssize(data.labels), data.features.columns());
    std::vector<bool> anomaly;
    for (const TrainingLabel& label : data.labels) {
        labelled.values.row(std::ssize(anomaly)) = data.features.values.row(label.feature_row);
        anomaly.push_back(label.anomaly);
    }
    const RowMatrix rows = classifier_rows(forest, labelled.values, forest.score(labelled, threads, progress));
    LabelForest votes = LabelForest::fit(rows, anomaly, params, threads, progress);
    return {std::move(forest), std::move(votes)};
}

Eigen::VectorXd Classifier::score(const Dataset& data, int threads, const Progress& progress) const {
    const Eigen::VectorXd odd = forest_.score(data, threads, progress);
    return votes_.probabilities(classifier_rows(forest_, data.features.values, odd), threads, progress);
}

Eigen::VectorXd Classifier::contributions(const Dataset& data, Eigen::Index row) const {
    forest_.require_schema(data.features);
    FeatureMatrix one;
    one.names = data.features.names;
    one.values = data.features.values.row(row);
    const RowMatrix seen = classifier_rows(forest_, one.values, forest_.score(one, 1, {}));
    const Eigen::VectorXd parts = votes_.contributions(seen.data());
    Eigen::VectorXd shares = parts.head(one.columns());
    share_out(parts[one.columns()], forest_.contributions(one, 0), shares);
    return shares;
}

Json Classifier::save() const {
    Json document = model_document(kKind, kClassifierFormat);
    document["forest"] = forest_.save();
    document["votes"] = votes_.save();
    return document;
}

Classifier Classifier::load(const Json& document) {
    check_model_header(document, kKind, kClassifierFormat);
    IsolationForest forest = IsolationForest::load(member(document, "forest"));
    LabelForest votes = LabelForest::load(member(document, "votes"), std::ssize(forest.names()) + 1);
    return {std::move(forest), std::move(votes)};
}

}  // namespace abm
