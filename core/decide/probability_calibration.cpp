#include "core/decide/probability_calibration.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <numeric>
#include <utility>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr std::string_view kProbabilityKind = "probability";
constexpr int kProbabilityFormat = 1;

/// 1 / (1 + e^at) without overflow.
double falling_logistic(double at) { return at >= 0 ? std::exp(-at) / (1 + std::exp(-at)) : 1 / (1 + std::exp(at)); }

struct Curve {
    double slope = 0;
    double offset = 0;
};

/// Cross entropy of the targets under a curve, and its descent: Lin, Lin, Weng (Machine Learning 2007), algorithm 1.
class PlattFit {
public:
    PlattFit(std::span<const double> margins, const std::vector<bool>& anomaly) : margins_(margins) {
        const auto positives = static_cast<double>(std::count(anomaly.begin(), anomaly.end(), true));
        const double negatives = static_cast<double>(anomaly.size()) - positives;
        for (const bool positive : anomaly)
            targets_.push_back(positive ? (positives + 1) / (positives + 2) : 1 / (negatives + 2));
        constant_ = {0, std::log((negatives + 1) / (positives + 1))};
    }

    Curve run() const {
        Curve curve = constant_;
        double loss = loss_of(curve);
        for (int round = 0; round < 100; ++round) {
            const auto [gradient, step] = newton(curve);
            if (std::abs(gradient.slope) < 1e-9 && std::abs(gradient.offset) < 1e-9) break;
            const double slope_of_loss = gradient.slope * step.slope + gradient.offset * step.offset;
            double length = 1;
            for (; length >= 1e-10; length /= 2) {
                const Curve tried{curve.slope + length * step.slope, curve.offset + length * step.offset};
                const double new_loss = loss_of(tried);
                if (new_loss >= loss + 1e-4 * length * slope_of_loss) continue;
                curve = tried;
                loss = new_loss;
                break;
            }
            if (length < 1e-10) break;
        }
        return curve.slope <= 0 ? curve : constant_;  // margins that rank the wrong way say nothing
    }

private:
    double loss_of(const Curve& curve) const {
        double loss = 0;
        for (std::size_t at = 0; at < margins_.size(); ++at) {
            const double z = margins_[at] * curve.slope + curve.offset;
            loss += z >= 0 ? targets_[at] * z + std::log1p(std::exp(-z)) : (targets_[at] - 1) * z + std::log1p(std::exp(z));
        }
        return loss;
    }

    std::pair<Curve, Curve> newton(const Curve& curve) const {
        Curve gradient;
        double h11 = 1e-12, h22 = 1e-12, h21 = 0;  // a ridge keeps the matrix invertible
        for (std::size_t at = 0; at < margins_.size(); ++at) {
            const double p = falling_logistic(margins_[at] * curve.slope + curve.offset);
            const double weight = p * (1 - p);
            h11 += margins_[at] * margins_[at] * weight;
            h22 += weight;
            h21 += margins_[at] * weight;
            gradient.slope += margins_[at] * (targets_[at] - p);
            gradient.offset += targets_[at] - p;
        }
        const double determinant = h11 * h22 - h21 * h21;
        return {gradient,
                {-(h22 * gradient.slope - h21 * gradient.offset) / determinant,
                 -(-h21 * gradient.slope + h11 * gradient.offset) / determinant}};
    }

    std::span<const double> margins_;
    std::vector<double> targets_;
    Curve constant_;
};

/// Labels pooled because their order contradicts, or cannot tell.
struct Pool {
    double first = 0, last = 0;  ///< margins
    double anomalies = 0, labels = 0;
    double share() const { return anomalies / labels; }
};

/// Pool adjacent violators.
std::vector<Pool> pooled(std::span<const double> margins, const std::vector<bool>& anomaly) {
    std::vector<std::size_t> order(margins.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return margins[a] < margins[b]; });
    std::vector<Pool> pools;
    for (std::size_t next = 0; next < order.size();) {
        Pool pool{margins[order[next]], margins[order[next]], 0, 0};
        for (; next < order.size() && margins[order[next]] == pool.first; ++next) {
            pool.anomalies += anomaly[order[next]] ? 1 : 0;
            pool.labels += 1;
        }
        for (; !pools.empty() && pools.back().share() >= pool.share(); pools.pop_back()) {
            pool.first = pools.back().first;
            pool.anomalies += pools.back().anomalies;
            pool.labels += pools.back().labels;
        }
        pools.push_back(pool);
    }
    return pools;
}

}  // namespace

std::optional<ProbabilityCalibration> ProbabilityCalibration::fit(std::span<const double> margins,
                                                                  const std::vector<bool>& anomaly) {
    assert(margins.size() == anomaly.size());
    const auto positives = static_cast<std::size_t>(std::count(anomaly.begin(), anomaly.end(), true));
    if (anomaly.size() < kLeastLabels || positives == 0 || positives == anomaly.size()) return std::nullopt;
    ProbabilityCalibration fitted;
    fitted.labels_ = anomaly.size();
    if (anomaly.size() <= kMostForPlatt) {
        const Curve curve = PlattFit(margins, anomaly).run();
        fitted.slope_ = curve.slope;
        fitted.offset_ = curve.offset;
        return fitted;
    }
    for (const Pool& pool : pooled(margins, anomaly)) {
        for (const double margin : {pool.first, pool.last}) {
            if (!fitted.margins_.empty() && fitted.margins_.back() == margin) continue;
            fitted.margins_.push_back(margin);
            fitted.probabilities_.push_back(pool.share());
        }
    }
    return fitted;
}

double ProbabilityCalibration::probability(double margin) const {
    const double least = 1.0 / (static_cast<double>(labels_) + 2);
    double p = 0;
    if (!isotonic()) {
        p = falling_logistic(margin * slope_ + offset_);
    } else if (margin <= margins_.front() || margin >= margins_.back()) {
        p = margin <= margins_.front() ? probabilities_.front() : probabilities_.back();
    } else {
        const auto right =
            static_cast<std::size_t>(std::upper_bound(margins_.begin(), margins_.end(), margin) - margins_.begin());
        const double way = (margin - margins_[right - 1]) / (margins_[right] - margins_[right - 1]);
        p = probabilities_[right - 1] + way * (probabilities_[right] - probabilities_[right - 1]);
    }
    return std::clamp(p, least, 1 - least);
}

Json ProbabilityCalibration::save() const {
    Json document = model_document(kProbabilityKind, kProbabilityFormat);
    document["labels"] = labels_;
    if (isotonic()) {
        document["margins"] = margins_;
        document["probabilities"] = probabilities_;
    } else {
        document["slope"] = slope_;
        document["offset"] = offset_;
    }
    return document;
}

ProbabilityCalibration ProbabilityCalibration::load(const Json& document) {
    check_model_header(document, kProbabilityKind, kProbabilityFormat);
    ProbabilityCalibration loaded;
    loaded.labels_ = static_cast<std::size_t>(integer(document, "labels", 1, std::int64_t{1} << 40U));
    bool sane = true;
    if (document.contains("margins")) {
        loaded.margins_ = finite_numbers(document, "margins");
        loaded.probabilities_ = finite_numbers(document, "probabilities");
        const auto& p = loaded.probabilities_;
        sane =
            !p.empty() && p.size() == loaded.margins_.size() && std::is_sorted(p.begin(), p.end()) && p.front() >= 0 &&
            p.back() <= 1 &&
            std::adjacent_find(loaded.margins_.begin(), loaded.margins_.end(), std::greater_equal<>()) == loaded.margins_.end();
    } else {
        loaded.slope_ = finite_number(document, "slope");
        loaded.offset_ = finite_number(document, "offset");
        sane = loaded.slope_ <= 0;
    }
    if (!sane)
        throw Error(ErrorCode::Corrupt, "The saved probabilities are damaged: their numbers do not fit together. Train again.");
    return loaded;
}

}  // namespace abm
