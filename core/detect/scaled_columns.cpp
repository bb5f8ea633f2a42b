#include "core/detect/scaled_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/detect/fit_input.h"

namespace abm {
namespace {

constexpr Eigen::Index kMostColumns = 4096;

/// An infinite value beside known ones varies, too.
bool varies(const FeatureMatrix& data, Eigen::Index column) {
    const auto differs = [&](float value) { return !std::isnan(value); };
    const auto values = data.values.col(column);
    const auto first = std::find_if(values.begin(), values.end(), differs);
    return std::any_of(first, values.end(), [&](float value) { return !std::isnan(value) && value != *first; });
}

float plain(double scaled) {
    if (std::isnan(scaled)) return 0;
    const double farthest = kFarthest;
    return static_cast<float>(std::clamp(scaled, -farthest, farthest)) + 0.0F;  // -0 becomes 0: equal rows have equal bits
}

}  // namespace

ScaledColumns ScaledColumns::fit(std::string_view detector, const FeatureMatrix& data, Scaling scaling) {
    require_table(detector, data, kMostColumns);
    require_fit(data.values.array().isFinite().any(), detector, "no value is known.");
    ScaledColumns columns(Scaler::fit(data, scaling));
    columns.names_ = data.names;
    for (Eigen::Index column = 0; column < data.columns(); ++column) {
        if (varies(data, column)) columns.used_.push_back(column);
    }
    return columns;
}

RowMatrix ScaledColumns::apply(const FeatureMatrix& data) const {
    if (data.columns() != columns() || data.names != names_)
        throw Error(ErrorCode::Mismatch,
                    fmt::format("The model was fitted on {} other features than these {} columns. Train it again.", columns(),
                                data.columns()));
    RowMatrix scaled(data.rows(), used());
    for (Eigen::Index row = 0; row < data.rows(); ++row) {
        for (Eigen::Index at = 0; at < used(); ++at) {
            const Eigen::Index column = used_[static_cast<std::size_t>(at)];
            scaled(row, at) =
                plain((static_cast<double>(data.values(row, column)) - scaler_.centre()[column]) / scaler_.scale()[column]);
        }
    }
    return scaled;
}

RowMatrix ScaledColumns::apply(const FeatureMatrix& data, Eigen::Index row) const {
    return apply(FeatureMatrix{data.values.row(row), data.names});
}

Eigen::VectorXd ScaledColumns::spread(const Eigen::VectorXd& parts) const {
    Eigen::VectorXd all = Eigen::VectorXd::Zero(columns());
    for (Eigen::Index at = 0; at < used(); ++at) all[used_[static_cast<std::size_t>(at)]] = parts[at];
    return all;
}

Json ScaledColumns::save() const { return Json{{"names", names_}, {"used", used_}, {"scaler", scaler_.save()}}; }

ScaledColumns ScaledColumns::load(const Json& document) {
    ScaledColumns columns(Scaler::load(member(document, "scaler")));
    columns.names_ = strings(document, "names");
    const auto corrupt = [](const char* what) {
        return Error(ErrorCode::Corrupt, fmt::format("The saved model is damaged: {}. Train the model again.", what));
    };
    if (columns.names_.empty() || columns.columns() > kMostColumns) throw corrupt("it has no features, or too many");
    if (columns.scaler_.centre().size() != columns.columns()) throw corrupt("its scaler and its features differ in number");
    const FeatureMatrix schema{{}, columns.names_};
    if (member(member(document, "scaler"), "schema") != hex_text(schema.schema()))
        throw Error(ErrorCode::Mismatch, "The saved model was scaled for other features than it names. Train the model again.");
    for (const std::int64_t column : integers(document, "used", 0, columns.columns() - 1)) {
        if (!columns.used_.empty() && column <= columns.used_.back()) throw corrupt("\"used\" does not rise");
        columns.used_.push_back(column);
    }
    return columns;
}

}  // namespace abm
