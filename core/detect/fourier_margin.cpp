#include "core/detect/fourier_margin.h"

#include <fmt/format.h>

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <vector>

#include "core/base/error.h"
#include "core/base/order_statistic.h"
#include "core/detect/damaged_model.h"
#include "core/detect/split_mix.h"
#include "core/detect/steady_dot.h"

namespace abm {
namespace {

constexpr std::size_t kVisits = 131'072;
constexpr std::size_t kBatch = 64;
constexpr std::size_t kSteps = kVisits / kBatch;
constexpr std::size_t kFirst = 4'096;  // rows whose mean is where the way begins

/// [d, m] directions with the lengths of Gaussian vectors, orthogonal in blocks of at most d.
RowMatrix draw_projections(Eigen::Index columns, Eigen::Index frequencies, double gamma, SplitMix& random) {
    RowMatrix projections(columns, frequencies);
    for (Eigen::Index first = 0; first < frequencies; first += columns) {
        const Eigen::Index width = std::min(columns, frequencies - first);
        Eigen::MatrixXd gaussian(columns, width);
        for (double& value : gaussian.reshaped()) value = random.normal();
        const Eigen::VectorXd lengths = gaussian.colwise().norm();  // independent of the directions
        const Eigen::MatrixXd directions = gaussian.householderQr().householderQ() * Eigen::MatrixXd::Identity(columns, width);
        for (Eigen::Index at = 0; at < width; ++at) {
            const double sign = random.below(2) == 0 ? -1.0 : 1.0;
            projections.col(first + at) = (sign * std::sqrt(2 * gamma) * lengths[at] * directions.col(at)).cast<float>();
        }
    }
    return projections;
}

/// Rows in a random order, beginning anew where all were seen.
class Order {
public:
    Order(Eigen::Index rows, SplitMix& random) : rows_(static_cast<std::size_t>(rows)), random_(random) {
        std::iota(rows_.begin(), rows_.end(), Eigen::Index{0});
    }
    Eigen::Index next() {
        if (at_ == rows_.size()) at_ = 0;
        std::swap(rows_[at_], rows_[at_ + random_.below(rows_.size() - at_)]);
        return rows_[at_++];
    }

private:
    std::vector<Eigen::Index> rows_;
    std::size_t at_ = 0;
    SplitMix& random_;
};

constexpr double kMostSize = 1e9;  // of a saved number: angles stay finite

float checked(double value) {
    if (!(std::abs(value) <= kMostSize)) refuse_damaged("one-class machine", "a number is beyond all bounds");
    return static_cast<float>(value);
}

}  // namespace

void FourierMargin::features(const float* row, Eigen::VectorXf& out) const {
    const Eigen::Index m = frequencies();
    out.resize(2 * m);
    auto angles = out.tail(m).array();
    angles.setZero();
    for (Eigen::Index column = 0; column < columns(); ++column)
        angles += row[column] * projections_.row(column).transpose().array();
    const float norm = 1.0F / std::sqrt(static_cast<float>(m));
    out.head(m) = angles.cos() * norm;
    out.tail(m) = angles.sin() * norm;
}

/// Minimises nu / 2 |w|^2 - nu rho + mean of max(0, rho - <w, phi>).
class FourierMargin::Descent {
public:
    Descent(const RowMatrix& rows, double nu, FourierMargin& margin, SplitMix& random)
        : rows_(rows), nu_(nu), margin_(margin), order_(rows.rows(), random) {}

    /// Where nu is 1 the mean is the solution; for less it is a good place to begin.
    void start() {
        Eigen::VectorXd sum = Eigen::VectorXd::Zero(2 * margin_.frequencies());
        for (std::size_t visit = 0; visit < kFirst; ++visit) sum += next().cast<double>();
        weights_ = (sum / static_cast<double>(kFirst)).cast<float>();
        std::vector<double> inside(kFirst);
        for (double& value : inside) value = inside_of(next());
        rho_ = lower_quantile(inside, nu_);
    }

    /// Steps of 1 / (nu t), because the objective is strongly convex in w.
    void step(std::size_t index) {
        Eigen::VectorXf pull = Eigen::VectorXf::Zero(weights_.size());
        int below = 0;
        for (std::size_t at = 0; at < kBatch; ++at) {
            if (const Eigen::VectorXf& phi = next(); inside_of(phi) < rho_) {
                pull += phi;
                ++below;
            }
        }
        const double t = static_cast<double>(index + kFirst / kBatch);
        weights_ = static_cast<float>(1 - 1 / t) * weights_ + static_cast<float>(1 / (nu_ * t * kBatch)) * pull;
        rho_ += (nu_ - static_cast<double>(below) / kBatch) / (nu_ * t);
    }

    const Eigen::VectorXf& weights() const { return weights_; }
    double rho() const { return rho_; }

private:
    const Eigen::VectorXf& next() {
        margin_.features(rows_.row(order_.next()).data(), phi_);
        return phi_;
    }
    double inside_of(const Eigen::VectorXf& phi) const {
        return steady_dot(weights_.data(), phi.data(), static_cast<std::size_t>(phi.size()));
    }

    const RowMatrix& rows_;
    double nu_;
    FourierMargin& margin_;
    Order order_;
    Eigen::VectorXf phi_;
    Eigen::VectorXf weights_;
    double rho_ = 0;
};

FourierMargin FourierMargin::fit(const RowMatrix& rows, double nu, double gamma, int frequencies, std::uint64_t seed,
                                 const Progress& progress) {
    SplitMix random = stream_of(seed, 0);
    FourierMargin fitted;
    fitted.gamma_ = gamma;
    fitted.projections_ = draw_projections(rows.cols(), frequencies, gamma, random);
    Descent descent(rows, nu, fitted, random);
    descent.start();
    Eigen::VectorXd weight_sum = Eigen::VectorXd::Zero(2 * frequencies);
    double rho_sum = 0;
    for (std::size_t step = 0; step < kSteps; ++step) {
        progress.checkpoint(static_cast<double>(step) / kSteps, "fitting");
        descent.step(step);
        if (step < kSteps / 2) continue;
        weight_sum += descent.weights().cast<double>();
        rho_sum += descent.rho();
    }
    constexpr double kAveraged = kSteps - kSteps / 2;
    fitted.weights_ = (weight_sum / kAveraged).cast<float>();
    fitted.rho_ = rho_sum / kAveraged;
    return fitted;
}

double FourierMargin::score(const float* row) const {
    Eigen::VectorXf phi;
    features(row, phi);
    return rho_ - steady_dot(weights_.data(), phi.data(), static_cast<std::size_t>(phi.size()));
}

Eigen::VectorXd FourierMargin::gradient(const Eigen::VectorXd& point) const {
    const Eigen::Index m = frequencies();
    const Eigen::VectorXf row = point.cast<float>();
    Eigen::VectorXf phi;
    features(row.data(), phi);
    const Eigen::VectorXf slopes = weights_.head(m).cwiseProduct(phi.tail(m)) - weights_.tail(m).cwiseProduct(phi.head(m));
    return projections_.cast<double>() * slopes.cast<double>();
}

Json FourierMargin::save() const {
    return {{"gamma", gamma_},
            {"rho", rho_},
            {"projections", std::vector<float>(projections_.data(), projections_.data() + projections_.size())},
            {"weights", std::vector<float>(weights_.begin(), weights_.end())}};
}

FourierMargin FourierMargin::load(const Json& document, Eigen::Index columns) {
    const std::vector<double> projections = finite_numbers(document, "projections");
    const std::vector<double> weights = finite_numbers(document, "weights");
    const auto m = static_cast<Eigen::Index>(weights.size() / 2);
    if (m < 1 || m > kMostFrequencies || weights.size() % 2 != 0)
        refuse_damaged("one-class machine", "it has no weights, or too many");
    if (projections.size() != static_cast<std::size_t>(columns * m))
        refuse_damaged("one-class machine", "its lists differ in length");
    FourierMargin loaded;
    loaded.gamma_ = finite_number(document, "gamma");
    loaded.rho_ = finite_number(document, "rho");
    if (loaded.gamma_ <= 0) refuse_damaged("one-class machine", "\"gamma\" is not above zero");
    loaded.projections_.resize(columns, m);
    loaded.weights_.resize(2 * m);
    std::transform(projections.begin(), projections.end(), loaded.projections_.data(), checked);
    std::transform(weights.begin(), weights.end(), loaded.weights_.data(), checked);
    return loaded;
}

}  // namespace abm
