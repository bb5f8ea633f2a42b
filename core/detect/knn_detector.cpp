#include "core/detect/knn_detector.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/detect/detector_params.h"
#include "core/detect/neighbour_shares.h"

namespace abm {
namespace {

constexpr int kKnnFormat = 1;

}  // namespace

KnnParams KnnDetector::params(const Json& params) {
    DetectorParams given(kKind, params);
    KnnParams chosen;
    chosen.k = given.integer("k", 1, kMostNeighbours, chosen.k);
    chosen.reference = given.integer("reference", 0, kMostReferenceRows, chosen.reference);
    chosen.seed = given.seed(chosen.seed);
    given.finish();
    return chosen;
}

KnnDetector KnnDetector::fit(const FeatureMatrix& data, const KnnParams& params, const Progress& progress) {
    require_neighbour_count(kKind, params.k);
    progress.checkpoint(0.0, "reference rows");
    KnnDetector detector(ReferenceRows::choose(kKind, data, params.reference, params.seed), params.k, params.seed);
    progress.checkpoint(1.0, "reference rows");
    return detector;
}

Eigen::VectorXd KnnDetector::score(const Dataset& data, int threads, const Progress& progress) const {
    const RowMatrix scaled = reference_.columns().apply(data.features);
    Eigen::VectorXd scores = Eigen::VectorXd::Zero(scaled.rows());
    const auto farthest = [&](Eigen::Index row, std::span<const Neighbour> nearest) {
        if (!nearest.empty()) scores[row] = std::sqrt(nearest.back().square);
    };
    reference_.neighbours().nearest(scaled, reference_.neighbours_each(k_), reference_.same_rows(scaled), threads, progress,
                                    farthest);
    return scores;
}

Eigen::VectorXd KnnDetector::contributions(const Dataset& data, Eigen::Index row) const {
    const RowMatrix scaled = reference_.columns().apply(data.features, row);
    const auto nearest = nearest_of_one(reference_, scaled, k_);
    if (nearest.empty()) return Eigen::VectorXd::Zero(reference_.columns().columns());
    return distance_shares(reference_, scaled, {&nearest.back(), 1}, std::sqrt(nearest.back().square));
}

Json KnnDetector::save() const {
    Json document = model_document(kKind, kKnnFormat);
    document["k"] = k_;
    document["seed"] = seed_;
    document["reference"] = reference_.save();
    return document;
}

KnnDetector KnnDetector::load(const Json& document) {
    check_model_header(document, kKind, kKnnFormat);
    return {ReferenceRows::load(member(document, "reference")), integer(document, "k", 1, kMostNeighbours), saved_seed(document)};
}

}  // namespace abm
