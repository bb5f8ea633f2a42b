#include "core/detect/stats_detector.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/detect/detector_params.h"

namespace abm {
namespace {

constexpr int kStatsFormat = 1;

Scaling scaling_of(std::string_view word) { return word == StatsDetector::kScalings[0] ? Scaling::robust : Scaling::z_score; }

std::string_view word_of(Scaling scaling) { return StatsDetector::kScalings[scaling == Scaling::robust ? 0 : 1]; }

}  // namespace

Scaling StatsDetector::params(const Json& params) {
    DetectorParams given(kKind, params);
    const Scaling scaling = scaling_of(given.word("scaling", StatsDetector::kScalings));
    given.finish();
    return scaling;
}

StatsDetector StatsDetector::fit(const FeatureMatrix& data, Scaling scaling, const Progress& progress) {
    progress.checkpoint(0.0, "statistics");
    StatsDetector detector(ScaledColumns::fit(kKind, data, scaling), scaling);
    progress.checkpoint(1.0, "statistics");
    return detector;
}

Eigen::VectorXd StatsDetector::score(const Dataset& data, int, const Progress& progress) const {
    progress.checkpoint(0.0, "statistics");
    const RowMatrix z = columns_.apply(data.features);
    progress.checkpoint(1.0, "statistics");
    if (z.cols() == 0) return Eigen::VectorXd::Zero(z.rows());
    return z.cwiseAbs().rowwise().maxCoeff().cast<double>();
}

Eigen::VectorXd StatsDetector::contributions(const Dataset& data, Eigen::Index row) const {
    const Eigen::VectorXd z = columns_.apply(data.features, row).row(0).transpose().cast<double>();
    const double squares = z.squaredNorm();
    if (!(squares > 0)) return Eigen::VectorXd::Zero(columns_.columns());
    return columns_.spread(z.cwiseAbs2() * (z.cwiseAbs().maxCoeff() / squares));
}

Json StatsDetector::save() const {
    Json document = model_document(kKind, kStatsFormat);
    document["scaling"] = std::string(word_of(scaling_));
    document["columns"] = columns_.save();
    return document;
}

StatsDetector StatsDetector::load(const Json& document) {
    check_model_header(document, kKind, kStatsFormat);
    const Json& scaling = member(document, "scaling");
    if (scaling != StatsDetector::kScalings[0] && scaling != StatsDetector::kScalings[1])
        throw Error(ErrorCode::Corrupt, "The saved model is damaged: \"scaling\" is unknown. Train the model again.");
    return {ScaledColumns::load(member(document, "columns")), scaling_of(scaling.get<std::string>())};
}

}  // namespace abm
