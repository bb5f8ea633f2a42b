// Saved models come from outside. Whatever the bytes: either an Error, or a model that can be used and saved again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/error.h"
#include "core/decide/calibration.h"
#include "core/detect/classifier.h"
#include "core/detect/feedback_detector.h"
#include "core/detect/isolation_forest.h"
#include "core/detect/one_class_svm.h"
#include "core/features/scaler.h"

namespace {

void use_forest(const abm::Json& document) {
    const abm::IsolationForest forest = abm::IsolationForest::load(document);
    abm::FeatureMatrix data;
    data.names = forest.names();
    data.values.setZero(9, static_cast<Eigen::Index>(data.names.size()));
    data.values.row(1).setConstant(1e38F);
    data.values.row(2).setConstant(-1e38F);
    const Eigen::VectorXd scores = forest.score(data, 1, {});
    if (!scores.allFinite()) std::abort();
    if (!forest.contributions({data.values.data(), data.names.size()}).allFinite()) std::abort();
    if (abm::IsolationForest::load(forest.save()).score(data, 1, {}) != scores) std::abort();
}

/// Detectors of every other kind: nothing but the interface is known of them.
void use_any(const abm::Json& document) {
    const std::unique_ptr<const abm::Detector> detector = abm::load_detector(document);
    const abm::Json* columns = &document;
    for (const char* part : {"reference", "core", "columns"}) {
        if (columns->contains(part)) columns = &columns->at(part);
    }
    if (!columns->contains("names")) return;
    abm::FeatureMatrix data;
    data.names = columns->at("names").get<std::vector<std::string>>();
    data.values.setZero(9, static_cast<Eigen::Index>(data.names.size()));
    data.values.row(1).setConstant(1e38F);
    data.values.row(2).setConstant(-1e38F);
    const Eigen::VectorXd scores = detector->score(data, 1, {});
    if (!scores.allFinite() || !detector->contributions(data, 1).allFinite()) std::abort();
    if (abm::load_detector(detector->save())->score(data, 1, {}) != scores) std::abort();
}

template <class Kind>
void use_detector(const abm::Json& document) {
    const Kind detector = Kind::load(document);
    abm::FeatureMatrix data;
    data.names = detector.names();
    data.values.setZero(4, static_cast<Eigen::Index>(data.names.size()));
    data.values.row(1).setConstant(1e38F);
    data.values.row(2).setConstant(-1e38F);
    data.values.row(3).setConstant(std::numeric_limits<float>::quiet_NaN());
    const Eigen::VectorXd scores = detector.score(data, 1, {});
    if (!scores.allFinite()) std::abort();
    if (detector.contributions(data, 1).size() != data.columns()) std::abort();
    if (Kind::load(detector.save()).score(data, 1, {}) != scores) std::abort();
}

void use_calibration(const abm::Json& document) {
    const abm::Calibration calibration = abm::Calibration::load(document);
    for (const double score : {-1e308, 0.0, 0.5, 1e308}) {
        const double p = calibration.tail_probability(score);
        if (!(p > 0 && p <= 1) || !(calibration.surprise(score) >= 0)) std::abort();
    }
}

void attempt(const auto& work) {
    try {
        work();
    } catch (const abm::Error&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    attempt([&] {
        const abm::Json document = abm::parse_model_text({reinterpret_cast<const char*>(bytes), size});
        attempt([&] { use_forest(document); });
        attempt([&] { use_any(document); });
        attempt([&] { use_detector<abm::OneClassSvm>(document); });
        attempt([&] { use_detector<abm::Classifier>(document); });
        attempt([&] { use_detector<abm::FeedbackDetector>(document); });
        attempt([&] { use_calibration(document); });
        attempt([&] { abm::Scaler::load(document); });
    });
    return 0;
}
