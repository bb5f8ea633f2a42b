#include "core/detect/detector.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/detect/classifier.h"
#include "core/detect/dbscan_detector.h"
#include "core/detect/feedback_detector.h"
#include "core/detect/isolation_forest.h"
#include "core/detect/knn_detector.h"
#include "core/detect/lof_detector.h"
#include "core/detect/one_class_svm.h"
#include "core/detect/sequence_model.h"
#include "core/detect/stats_detector.h"

namespace abm {

std::unique_ptr<const Detector> fit_detector(std::string_view kind, const Json& params, const Dataset& data, int threads,
                                             const Progress& progress) {
    if (kind == IsolationForest::kKind)
        return std::make_unique<const IsolationForest>(
            IsolationForest::fit(data.features, forest_params(params), threads, progress));
    if (kind == KnnDetector::kKind)
        return std::make_unique<const KnnDetector>(KnnDetector::fit(data.features, KnnDetector::params(params), progress));
    if (kind == LofDetector::kKind)
        return std::make_unique<const LofDetector>(
            LofDetector::fit(data.features, LofDetector::params(params), threads, progress));
    if (kind == DbscanDetector::kKind)
        return std::make_unique<const DbscanDetector>(
            DbscanDetector::fit(data.features, DbscanDetector::params(params), threads, progress));
    if (kind == StatsDetector::kKind)
        return std::make_unique<const StatsDetector>(StatsDetector::fit(data.features, StatsDetector::params(params), progress));
    if (kind == SequenceModel::kKind) {
        if (!params.empty()) throw Error(ErrorCode::Invalid, "The sequence detector has no parameters.");
        return std::make_unique<const SequenceModel>(SequenceModel::fit(data, progress));
    }
    if (kind == OneClassSvm::kKind)
        return std::make_unique<const OneClassSvm>(OneClassSvm::fit(data.features, one_class_params(params), progress));
    if (kind == Classifier::kKind)
        return std::make_unique<const Classifier>(Classifier::fit(data, Classifier::params_of(params), threads, progress));
    if (kind == FeedbackDetector::kKind)
        return std::make_unique<const FeedbackDetector>(FeedbackDetector::fit(data, forest_params(params), threads, progress));
    throw Error(ErrorCode::Invalid, fmt::format("There is no detector \"{}\".", kind));
}

std::unique_ptr<const Detector> load_detector(const Json& document) {
    const std::string kind = model_kind(document);
    if (kind == IsolationForest::kKind) return std::make_unique<const IsolationForest>(IsolationForest::load(document));
    if (kind == KnnDetector::kKind) return std::make_unique<const KnnDetector>(KnnDetector::load(document));
    if (kind == LofDetector::kKind) return std::make_unique<const LofDetector>(LofDetector::load(document));
    if (kind == DbscanDetector::kKind) return std::make_unique<const DbscanDetector>(DbscanDetector::load(document));
    if (kind == StatsDetector::kKind) return std::make_unique<const StatsDetector>(StatsDetector::load(document));
    if (kind == SequenceModel::kKind) return std::make_unique<const SequenceModel>(SequenceModel::load(document));
    if (kind == OneClassSvm::kKind) return std::make_unique<const OneClassSvm>(OneClassSvm::load(document));
    if (kind == Classifier::kKind) return std::make_unique<const Classifier>(Classifier::load(document));
    if (kind == FeedbackDetector::kKind) return std::make_unique<const FeedbackDetector>(FeedbackDetector::load(document));
    throw Error(ErrorCode::Mismatch, fmt::format("The saved model is of kind \"{}\", which this version does not know.", kind));
}

}  // namespace abm
