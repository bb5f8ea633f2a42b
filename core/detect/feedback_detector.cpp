#include "core/detect/feedback_detector.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/detect/damaged_model.h"
#include "core/detect/forest_grow.h"
#include "core/detect/training_labels.h"

namespace abm {
namespace {

constexpr int kFeedbackFormat = 1;

/// JSON knows neither unknown nor infinite: null, and the largest float, which models treat alike.
Json saved_value(float value) {
    constexpr float kMost = std::numeric_limits<float>::max();
    return std::isnan(value) ? Json() : Json(std::clamp(value, -kMost, kMost));
}

float loaded_value(const Json& value) {
    if (value.is_null()) return std::numeric_limits<float>::quiet_NaN();
    if (!value.is_number()) refuse_damaged("model of labels", "a feature of a label is not a number");
    const auto wide = value.get<double>();
    if (!(std::abs(wide) <= static_cast<double>(std::numeric_limits<float>::max())))
        refuse_damaged("model of labels", "a feature of a label is too large");
    return static_cast<float>(wide);
}

FeatureMatrix one_row(const FeatureMatrix& data, Eigen::Index row) {
    FeatureMatrix one;
    one.names = data.names;
    one.values = data.values.row(row);
    return one;
}

}  // namespace

FeedbackDetector FeedbackDetector::fit(const Dataset& data, const ForestParams& params, int threads, const Progress& progress) {
    checked_labels(data);
    if (data.labels.size() > kMostLabels)
        throw Error(ErrorCode::Invalid, fmt::format("{} labels, at most {} are possible.", data.labels.size(), kMostLabels));
    IsolationForest forest = IsolationForest::fit(data.features, params, threads, progress);
    const Eigen::VectorXd scores = forest.score(data, threads, progress);
    const double mean = scores.mean();
    const double deviation = std::sqrt((scores.array() - mean).square().mean());
    FeedbackDetector fitted(std::move(forest), Scaler::fit(data.features, Scaling::z_score), mean,
                            deviation > 1e-12 ? deviation : 1.0);
    FeatureMatrix rows;
    rows.names = data.features.names;
    rows.values.resize(std::ssize(data.labels), data.features.columns());
    std::vector<bool> anomaly;
    for (const TrainingLabel& label : data.labels) {
        rows.values.row(std::ssize(anomaly)) = data.features.values.row(label.feature_row);
        anomaly.push_back(label.anomaly);
    }
    fitted.teach(std::move(rows), std::move(anomaly));
    return fitted;
}

void FeedbackDetector::teach(FeatureMatrix rows, std::vector<bool> anomaly) {
    labelled_ = std::move(rows);
    anomaly_ = std::move(anomaly);
    const Eigen::VectorXd scores = forest_.score(labelled_, 1, {});
    const LeafIds ids = leaf_ids(forest_, labelled_, 1, {});
    std::vector<LabelledPoint> points;
    for (std::size_t at = 0; at < anomaly_.size(); ++at) {
        const auto row = static_cast<Eigen::Index>(at);
        const std::span<const float> values(labelled_.values.row(row).data(), labelled_.names.size());
        points.push_back({feedback_.kernel().point(ids.of_row(at), values), standardised(scores[row]), anomaly_[at]});
    }
    feedback_.append_all(std::move(points));
    feedback_.solve();
}

Eigen::VectorXd FeedbackDetector::score(const Dataset& data, int threads, const Progress& progress) const {
    const Eigen::VectorXd scores = forest_.score(data, threads, progress);
    const LeafIds ids = leaf_ids(forest_, data.features, threads, progress);
    return (scores.array() - mean_) / deviation_ + feedback_.corrections(ids, data.features.values, threads).array();
}

Eigen::VectorXd FeedbackDetector::prior_parts(const FeatureMatrix& one, double score) const {
    const Eigen::VectorXd margins = forest_.contributions(one, 0);
    const double size = margins.cwiseAbs().sum();
    const double usual = forest_.margin_of(mean_);
    const double beyond = forest_.margin_of(score) - usual;
    // Contributions and score agree to about 1e-5: nothing to divide by below that.
    if (!(size > 0) || std::abs(beyond) < 1e-4)
        return Eigen::VectorXd::Constant(margins.size(), standardised(score) / static_cast<double>(margins.size()));
    const Eigen::VectorXd parts = (margins - margins.cwiseAbs() * (usual / size)) * (standardised(score) / beyond);
    return parts + margins.cwiseAbs() * ((standardised(score) - parts.sum()) / size);
}

void FeedbackDetector::add_leaf_parts(const FeatureMatrix& one, Eigen::VectorXd& parts) const {
    const ForestTable& table = forest_.table();
    const LeafIds ids = leaf_ids(forest_, one, 1, {});
    std::vector<float> plain(one.names.size());
    for (std::size_t feature = 0; feature < plain.size(); ++feature)
        plain[feature] = plain_value(one.values(0, static_cast<Eigen::Index>(feature)), forest_.medians()[feature]);
    std::vector<std::size_t> splits;
    for (std::size_t tree = 0; tree < static_cast<std::size_t>(table.trees); ++tree) {
        const double weight = feedback_.leaf_weight(tree, ids.at(tree, 0));
        splits.clear();
        for (std::size_t node = 1; !table.is_leaf(tree, node);) {
            splits.push_back(node);
            const float threshold = table.splits[tree * kForestNodes + node].threshold;
            node = 2 * node + static_cast<std::size_t>(table.projection(tree, node, plain.data()) >= threshold);
        }
        if (splits.empty()) parts.array() += weight / static_cast<double>(parts.size());
        for (const std::size_t node : splits) {
            const double each = weight / static_cast<double>(splits.size());
            if (table.terms_per_split == 1) parts[table.splits[tree * kForestNodes + node].lane_offset / kForestLanes] += each;
            if (table.terms_per_split == 1) continue;
            for (const ForestTerm& term : table.terms_of(tree, node)) parts[term.feature] += each / table.terms_per_split;
        }
    }
}

Eigen::VectorXd FeedbackDetector::contributions(const Dataset& data, Eigen::Index row) const {
    forest_.require_schema(data.features);
    const FeatureMatrix one = one_row(data.features, row);
    Eigen::VectorXd parts = prior_parts(one, forest_.score(one, 1, {})[0]);
    add_leaf_parts(one, parts);
    std::vector<float> scaled(one.names.size());
    feedback_.kernel().scale(one.values.data(), scaled.data());
    for (std::size_t feature = 0; feature < scaled.size(); ++feature)
        parts[static_cast<Eigen::Index>(feature)] += static_cast<double>(scaled[feature]) * feedback_.linear_weight(feature);
    return parts;
}

Json FeedbackDetector::save() const {
    Json document = model_document(kKind, kFeedbackFormat);
    document["forest"] = forest_.save();
    document["scaler"] = scaler_.save();
    document["prior_mean"] = mean_;
    document["prior_deviation"] = deviation_;
    Json& labels = document["labels"] = Json::array();
    for (std::size_t at = 0; at < anomaly_.size(); ++at) {
        Json features = Json::array();
        for (const float value : labelled_.values.row(static_cast<Eigen::Index>(at))) features.push_back(saved_value(value));
        labels.push_back({{"anomaly", static_cast<bool>(anomaly_[at])}, {"features", std::move(features)}});
    }
    return document;
}

FeedbackDetector FeedbackDetector::load(const Json& document) {
    check_model_header(document, kKind, kFeedbackFormat);
    FeedbackDetector loaded(IsolationForest::load(member(document, "forest")), Scaler::load(member(document, "scaler")),
                            finite_number(document, "prior_mean"), finite_number(document, "prior_deviation"));
    const auto columns = std::ssize(loaded.names());
    if (loaded.scaler_.centre().size() != columns)
        refuse_damaged("model of labels", "its parts were made for different features");
    // The score of a forest lies between 0 and 1, and so does its spread.
    if (!(loaded.mean_ > 0 && loaded.mean_ <= 1)) refuse_damaged("model of labels", "\"prior_mean\" is no score");
    if (!(loaded.deviation_ >= 1e-12 && loaded.deviation_ <= 1))
        refuse_damaged("model of labels", "\"prior_deviation\" is no spread of scores");
    const Json& labels = member(document, "labels");
    if (!labels.is_array() || labels.size() > kMostLabels)
        refuse_damaged("model of labels", "\"labels\" is not a list of at most 10,000");
    FeatureMatrix rows;
    rows.names = loaded.names();
    rows.values.resize(static_cast<Eigen::Index>(labels.size()), columns);
    std::vector<bool> anomaly;
    for (const Json& label : labels) {
        const Json& verdict = member(label, "anomaly");
        const Json& features = member(label, "features");
        if (!verdict.is_boolean()) refuse_damaged("model of labels", "a label is neither anomaly nor normal");
        if (!features.is_array() || std::ssize(features) != columns)
            refuse_damaged("model of labels", "a label has another number of features");
        for (Eigen::Index column = 0; column < columns; ++column)
            rows.values(std::ssize(anomaly), column) = loaded_value(features[static_cast<std::size_t>(column)]);
        anomaly.push_back(verdict.get<bool>());
    }
    loaded.teach(std::move(rows), std::move(anomaly));
    return loaded;
}

}  // namespace abm
