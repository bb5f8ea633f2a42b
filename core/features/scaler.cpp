#include "core/features/scaler.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr std::string_view kKind = "scaler";
constexpr int kFormat = 1;
constexpr double kMadToSigma = 1.4826;  // of a normal distribution

std::vector<double> known_values(const FeatureMatrix& data, Eigen::Index column) {
    std::vector<double> values;
    values.reserve(static_cast<std::size_t>(data.rows()));
    for (Eigen::Index row = 0; row < data.rows(); ++row) {
        if (const float value = data.values(row, column); std::isfinite(value)) values.push_back(value);
    }
    return values;
}

double median(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2.0;
}

std::pair<double, double> mean_and_deviation(const std::vector<double>& values) {
    double mean = 0;
    for (const double value : values) mean += value;
    mean /= static_cast<double>(values.size());
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return {mean, std::sqrt(squares / static_cast<double>(values.size()))};
}

}  // namespace

std::pair<double, double> centre_and_scale(std::vector<double> values, Scaling scaling) {
    if (values.empty()) return {0.0, 1.0};
    auto [centre, scale] = mean_and_deviation(values);
    if (scaling == Scaling::robust) {
        centre = median(values);
        for (double& value : values) value = std::abs(value - centre);
        if (const double mad = median(values); mad > 0) scale = kMadToSigma * mad;
    }
    // Rounding leaves a speck of deviation in constant columns; dividing by it would blow noise up.
    const bool constant = !(scale > 1e-9 * std::abs(centre)) || scale <= 0;
    return {centre, constant ? 1.0 : scale};
}

Scaler Scaler::fit(const FeatureMatrix& data, Scaling scaling) {
    if (data.rows() == 0 || data.columns() == 0)
        throw Error(ErrorCode::Invalid, "A scaler cannot be fitted: there are no values.");
    if (static_cast<Eigen::Index>(data.names.size()) != data.columns())
        throw Error(ErrorCode::Invalid, "A scaler cannot be fitted: names and columns disagree.");
    Scaler scaler;
    scaler.schema_ = hex_text(data.schema());
    scaler.centre_.resize(data.columns());
    scaler.scale_.resize(data.columns());
    for (Eigen::Index column = 0; column < data.columns(); ++column)
        std::tie(scaler.centre_[column], scaler.scale_[column]) = centre_and_scale(known_values(data, column), scaling);
    return scaler;
}

RowMatrix Scaler::transform(const FeatureMatrix& data) const {
    if (data.columns() != centre_.size() || hex_text(data.schema()) != schema_)
        throw Error(ErrorCode::Mismatch, "The scaler was fitted on other features than these.");
    RowMatrix scaled(data.rows(), data.columns());
    for (Eigen::Index row = 0; row < data.rows(); ++row) {
        const Eigen::VectorXd values = data.values.row(row).cast<double>().transpose();
        scaled.row(row) = ((values - centre_).array() / scale_.array()).cast<float>().matrix().transpose();
    }
    return scaled;
}

Json Scaler::save() const {
    Json document = model_document(kKind, kFormat);
    document["schema"] = schema_;
    document["centre"] = std::vector<double>(centre_.begin(), centre_.end());
    document["scale"] = std::vector<double>(scale_.begin(), scale_.end());
    return document;
}

Scaler Scaler::load(const Json& document) {
    check_model_header(document, kKind, kFormat);
    const auto centre = finite_numbers(document, "centre");
    const auto scale = finite_numbers(document, "scale");
    const Json& schema = member(document, "schema");
    const bool positive = std::all_of(scale.begin(), scale.end(), [](double value) { return value > 0; });
    if (centre.empty() || centre.size() != scale.size() || !positive || !schema.is_string())
        throw Error(ErrorCode::Corrupt, "The saved scaler is damaged: its columns do not fit together. Train the model again.");
    Scaler scaler;
    scaler.schema_ = schema.get<std::string>();
    scaler.centre_ = Eigen::Map<const Eigen::VectorXd>(centre.data(), static_cast<Eigen::Index>(centre.size()));
    scaler.scale_ = Eigen::Map<const Eigen::VectorXd>(scale.data(), static_cast<Eigen::Index>(scale.size()));
    return scaler;
}

}  // namespace abm
