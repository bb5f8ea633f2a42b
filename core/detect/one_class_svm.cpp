#include "core/detect/one_class_svm.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/detect/fit_input.h"
#include "core/detect/parallel.h"

namespace abm {
namespace {

constexpr int kOneClassFormat = 1;
constexpr double kMostGamma = 1e6;
constexpr Eigen::Index kMostSvmColumns = 100'000;
constexpr Eigen::Index kSvmRowsPerTask = 64;

constexpr std::string_view kAMachine = "A one-class machine";

void check_svm_input(const FeatureMatrix& data, const OneClassParams& params) {
    require_table(kAMachine, data, kMostSvmColumns);
    require_fit(data.values.array().isFinite().any(), kAMachine, "no value is known.");
    require_fit(params.nu > 0 && params.nu <= 1, kAMachine, fmt::format("nu = {}, allowed are values above 0, to 1.", params.nu));
    require_fit(params.gamma >= 0 && params.gamma <= kMostGamma, kAMachine,
                fmt::format("gamma = {}, allowed are 0 to 1e6.", params.gamma));
    require_fit(params.exact_rows >= 0 && params.exact_rows <= SupportVectors::kMostRows, kAMachine,
                fmt::format("exact_rows = {}, allowed are 0 to {}.", params.exact_rows, SupportVectors::kMostRows));
    require_fit(params.frequencies >= 1 && params.frequencies <= FourierMargin::kMostFrequencies, kAMachine,
                fmt::format("frequencies = {}, allowed are 1 to {}.", params.frequencies, FourierMargin::kMostFrequencies));
}

/// Unknown is the mean: as ordinary as can be.
RowMatrix scaled_rows(const Scaler& scaler, const FeatureMatrix& data) {
    RowMatrix rows = scaler.transform(data);
    for (float& value : rows.reshaped()) value = std::isnan(value) ? 0.0F : std::clamp(value, -kFarthestScaled, kFarthestScaled);
    return rows;
}

double scale_gamma(const RowMatrix& rows) {
    const Eigen::ArrayXXd values = rows.cast<double>().array();
    const double variance = (values - values.mean()).square().mean();
    return variance > 0 ? std::min(1.0 / (static_cast<double>(rows.cols()) * variance), kMostGamma) : 1.0;
}

int whole(const std::string& name, const Json& value) {
    if (!value.is_number_integer())
        throw Error(ErrorCode::Invalid, fmt::format("One-class parameter \"{}\" must be a whole number.", name));
    return static_cast<int>(std::clamp<std::int64_t>(value.get<std::int64_t>(), INT32_MIN, INT32_MAX));
}

double number(const std::string& name, const Json& value) {
    if (!value.is_number()) throw Error(ErrorCode::Invalid, fmt::format("One-class parameter \"{}\" must be a number.", name));
    return value.get<double>();
}

}  // namespace

OneClassParams one_class_params(const Json& params) {
    OneClassParams chosen;
    if (params.is_null()) return chosen;
    if (!params.is_object()) throw Error(ErrorCode::Invalid, "The parameters of a one-class machine must be an object.");
    for (const auto& [name, value] : params.items()) {
        if (name == "nu")
            chosen.nu = number(name, value);
        else if (name == "gamma")
            chosen.gamma = value == "scale" ? 0.0 : number(name, value);
        else if (name == "exact_rows")
            chosen.exact_rows = whole(name, value);
        else if (name == "frequencies")
            chosen.frequencies = whole(name, value);
        else if (name == "seed" && value.is_number_integer())
            chosen.seed = value.get<std::uint64_t>();
        else
            throw Error(ErrorCode::Invalid, fmt::format("A one-class machine has no parameter \"{}\" of this kind.", name));
    }
    return chosen;
}

OneClassSvm OneClassSvm::fit(const FeatureMatrix& data, const OneClassParams& params, const Progress& progress) {
    check_svm_input(data, params);
    progress.checkpoint(0.0, "fitting");
    Scaler scaler = Scaler::fit(data, Scaling::z_score);
    const RowMatrix rows = scaled_rows(scaler, data);
    const double gamma = params.gamma > 0 ? params.gamma : scale_gamma(rows);
    Margin margin = rows.rows() <= params.exact_rows
                        ? Margin(SupportVectors::fit(rows, params.nu, gamma))
                        : Margin(FourierMargin::fit(rows, params.nu, gamma, params.frequencies, params.seed, progress));
    progress.checkpoint(1.0, "fitting");
    return {data.names, std::move(scaler), std::move(margin)};
}

void OneClassSvm::require_schema(const FeatureMatrix& data) const {
    if (data.columns() == static_cast<Eigen::Index>(names_.size()) && data.names == names_) return;
    throw Error(ErrorCode::Mismatch,
                fmt::format("The model was fitted on {} other features than these {} columns. Train it again.", names_.size(),
                            data.columns()));
}

double OneClassSvm::score_of(const float* scaled) const {
    return std::visit([&](const auto& margin) { return margin.score(scaled); }, margin_);
}

Eigen::VectorXd OneClassSvm::gradient(const Eigen::VectorXd& point) const {
    return std::visit([&](const auto& margin) { return margin.gradient(point); }, margin_);
}

double OneClassSvm::gamma() const {
    return std::visit([](const auto& margin) { return margin.gamma(); }, margin_);
}

double OneClassSvm::score_of_mean() const { return score_of(std::vector<float>(names_.size()).data()); }

Eigen::VectorXd OneClassSvm::score(const Dataset& data, int threads, const Progress& progress) const {
    require_schema(data.features);
    const RowMatrix rows = scaled_rows(scaler_, data.features);
    Eigen::VectorXd scores(rows.rows());
    parallel_blocks(rows.rows(), kSvmRowsPerTask, threads, progress, "scoring", [&](Eigen::Index begin, Eigen::Index end) {
        for (Eigen::Index row = begin; row < end; ++row) scores[row] = score_of(rows.row(row).data());
    });
    return scores;
}

Eigen::VectorXd OneClassSvm::contributions(const Dataset& data, Eigen::Index row) const {
    require_schema(data.features);
    FeatureMatrix one;
    one.names = names_;
    one.values = data.features.values.row(row);
    const RowMatrix scaled = scaled_rows(scaler_, one);
    const Eigen::VectorXd target = scaled.row(0).transpose().cast<double>();
    // Training rows lie within some 1 / sqrt(gamma) of the mean; further out nothing changes any more, and points would be lost.
    constexpr int kPoints = 64;
    const double reach = std::min(1.0, 8.0 / (std::sqrt(gamma()) * std::max(target.norm(), 1e-12)));
    Eigen::VectorXd slopes = Eigen::VectorXd::Zero(target.size());
    for (int point = 0; point < kPoints; ++point) slopes += gradient(target * (reach * (point + 0.5) / kPoints));
    Eigen::VectorXd parts = slopes.cwiseProduct(target) * (reach / kPoints);
    const double missing = score_of(scaled.data()) - score_of_mean() - parts.sum();
    if (const double size = parts.cwiseAbs().sum(); size > 0) return parts + parts.cwiseAbs() * (missing / size);
    return parts.array() + missing / static_cast<double>(parts.size());
}

Json OneClassSvm::save() const {
    Json document = model_document(kKind, kOneClassFormat);
    document["names"] = names_;
    document["scaler"] = scaler_.save();
    document[exact() ? "support_vectors" : "fourier"] = std::visit([](const auto& margin) { return margin.save(); }, margin_);
    return document;
}

OneClassSvm OneClassSvm::load(const Json& document) {
    check_model_header(document, kKind, kOneClassFormat);
    FeatureMatrix schema;
    schema.names = strings(document, "names");
    Scaler scaler = Scaler::load(member(document, "scaler"));
    const auto columns = static_cast<Eigen::Index>(schema.names.size());
    if (columns == 0 || columns > kMostSvmColumns || scaler.centre().size() != columns)
        throw Error(ErrorCode::Corrupt,
                    "The saved one-class machine is damaged: its columns do not fit together. Train it again.");
    schema.values.resize(0, columns);
    scaler.transform(schema);  // refuses the scaler of other features
    if (document.contains("support_vectors"))
        return {std::move(schema.names), std::move(scaler), SupportVectors::load(document["support_vectors"], columns)};
    return {std::move(schema.names), std::move(scaler), FourierMargin::load(member(document, "fourier"), columns)};
}

}  // namespace abm
