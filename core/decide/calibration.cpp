#include "core/decide/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr std::string_view kCalibrationKind = "calibration";
constexpr int kCalibrationFormat = 1;
constexpr double kTailShare = 0.05;
constexpr std::size_t kLeastTail = 5;  ///< exceedances; fewer tell nothing of a shape
constexpr double kMostShape = 0.5;
constexpr double kMostSurprise = 1e300;

struct ParetoTail {
    double threshold = 0;
    double shape = 0;
    double scale = 1;
};

/// A width for references without spread in their tail: their whole range, else a hundredth of their size.
double fallback_scale(const std::vector<double>& ascending) {
    const double range = ascending.back() - ascending.front();
    return range > 0 && std::isfinite(range) ? range : 0.01 * std::max(1.0, std::abs(ascending.back()));
}

ParetoTail fit_tail(const std::vector<double>& ascending) {
    const std::size_t n = ascending.size();
    const auto share = static_cast<std::size_t>(std::ceil(kTailShare * static_cast<double>(n)));
    const std::size_t k = std::min(std::max(share, kLeastTail), n - 1);
    ParetoTail tail;
    tail.threshold = ascending[n - 1 - k];
    double mean = 0;
    double weighted = 0;
    for (std::size_t at = 0; at < k; ++at) {
        const double excess = ascending[n - k + at] - tail.threshold;
        const double below = (static_cast<double>(at) + 0.65) / static_cast<double>(k);  // plotting position
        mean += excess / static_cast<double>(k);
        weighted += (1.0 - below) * excess / static_cast<double>(k);
    }
    if (!(mean > 1e-12 * std::max(1.0, std::abs(tail.threshold))) || !std::isfinite(mean)) {
        tail.scale = fallback_scale(ascending);
        return tail;
    }
    const double moment_shape = 2.0 - mean / (mean - 2.0 * weighted);
    tail.shape = std::isfinite(moment_shape) ? std::clamp(moment_shape, 0.0, kMostShape) : 0.0;
    tail.scale = mean * (1.0 - tail.shape);  // keeps the mean excess, whatever the clamp did
    return tail;
}

/// Natural logarithm of the survival beyond the threshold.
double log_survival(double excess, double shape, double scale) {
    const double relative = excess / scale;
    if (shape < 1e-9) return -relative;
    return -std::log1p(shape * relative) / shape;
}

}  // namespace

Calibration Calibration::fit(const Eigen::VectorXd& training_scores) {
    if (training_scores.size() == 0)
        throw Error(ErrorCode::Invalid, "Scores cannot be calibrated: there are no training scores.");
    if (!training_scores.allFinite())
        throw Error(ErrorCode::Invalid, "Scores cannot be calibrated: a training score is not finite.");
    Calibration calibration;
    calibration.reference_.assign(training_scores.begin(), training_scores.end());
    std::sort(calibration.reference_.begin(), calibration.reference_.end());
    const ParetoTail tail = fit_tail(calibration.reference_);
    calibration.threshold_ = tail.threshold;
    calibration.shape_ = tail.shape;
    calibration.scale_ = tail.scale;
    calibration.make_table();
    return calibration;
}

void Calibration::make_table() {
    surprises_.clear();
    for (std::size_t at_least = 0; at_least <= reference_.size(); ++at_least)
        surprises_.push_back(-std::log10(share_of(at_least)));
}

/// p where so many of the reference scores are at least as high.
double Calibration::share_of(std::size_t at_least) const {
    return (1.0 + static_cast<double>(at_least)) / (1.0 + static_cast<double>(reference_.size()));
}

/// Reference scores below this one. Without a branch: half of the steps of an ordinary search would be mispredicted, and a list
/// of a million records is judged anew with every label.
std::size_t Calibration::below(double score) const {
    const double* at = reference_.data();
    for (std::size_t left = reference_.size(); left > 1;) {
        const std::size_t half = left / 2;
        at += at[half - 1] < score ? half : 0;
        left -= half;
    }
    return static_cast<std::size_t>(at - reference_.data()) + (*at < score ? 1 : 0);
}

/// Natural logarithm of p beyond the largest reference score.
double Calibration::log_beyond(double score) const {
    const double beyond =
        log_survival(score - threshold_, shape_, scale_) - log_survival(reference_.back() - threshold_, shape_, scale_);
    return std::min(0.0, beyond) - std::log(static_cast<double>(reference_.size()) + 1.0);
}

Calibration::Tail Calibration::tail(double score) const {
    if (std::isnan(score)) return {};
    if (score <= reference_.back()) {
        const std::size_t at_least = reference_.size() - below(score);
        return {share_of(at_least), surprises_[at_least]};
    }
    constexpr auto kLeast = static_cast<double>(std::numeric_limits<float>::min());
    const double log_tail = log_beyond(score);
    return {std::clamp(std::exp(log_tail), kLeast, 1.0), std::clamp(-log_tail / std::numbers::ln10, 0.0, kMostSurprise)};
}

Json Calibration::save() const {
    Json document = model_document(kCalibrationKind, kCalibrationFormat);
    document["reference"] = reference_;
    document["threshold"] = threshold_;
    document["shape"] = shape_;
    document["scale"] = scale_;
    return document;
}

Calibration Calibration::load(const Json& document) {
    check_model_header(document, kCalibrationKind, kCalibrationFormat);
    Calibration calibration;
    calibration.reference_ = finite_numbers(document, "reference");
    calibration.threshold_ = finite_number(document, "threshold");
    calibration.shape_ = finite_number(document, "shape");
    calibration.scale_ = finite_number(document, "scale");
    const std::vector<double>& reference = calibration.reference_;
    const bool sane = !reference.empty() && std::is_sorted(reference.begin(), reference.end()) && calibration.scale_ > 0 &&
                      calibration.shape_ >= 0 && calibration.shape_ <= kMostShape && calibration.threshold_ <= reference.back();
    if (!sane)
        throw Error(ErrorCode::Corrupt,
                    "The saved calibration is damaged: its numbers do not fit together. Train the model again.");
    calibration.make_table();
    return calibration;
}

}  // namespace abm
