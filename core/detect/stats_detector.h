// Single extreme values: how many deviations a row's most unusual feature lies from what is usual. A forest dilutes such a value
// among the features that are ordinary; here the others do not count.
#pragma once

#include <array>
#include <string_view>

#include "core/detect/detector.h"
#include "core/detect/scaled_columns.h"

namespace abm {

class StatsDetector final : public Detector {
public:
    static constexpr std::string_view kKind = "stats";
    static constexpr std::array<std::string_view, 2> kScalings = {"robust", "z_score"};

    /// From {"scaling": "robust" | "z_score"}, optional. Throws Error{Invalid}.
    static Scaling params(const Json& params);
    /// robust (unless asked otherwise): z = (x - median) / (1.4826 MAD), the standard deviation when the MAD is 0;
    /// z_score: (x - mean) / standard deviation. An unknown value and whatever stands in a constant column has z = 0, an infinite
    /// one +-1e6 (scaled_columns.h). Throws Error{Invalid} as ScaledColumns::fit does, Error{Cancelled}.
    static StatsDetector fit(const FeatureMatrix& data, Scaling scaling, const Progress& progress);
    /// Throws Error{Corrupt | Mismatch}.
    static StatsDetector load(const Json& document);

    /// The largest |z| of the row.
    Eigen::VectorXd score(const Dataset& data, int threads, const Progress& progress) const override;
    /// The score shared in proportion to z^2: features that are about as extreme as the largest are seen beside it.
    Eigen::VectorXd contributions(const Dataset& data, Eigen::Index row) const override;
    Json save() const override;

private:
    StatsDetector(ScaledColumns columns, Scaling scaling) : columns_(std::move(columns)), scaling_(scaling) {}

    ScaledColumns columns_;
    Scaling scaling_;
};

}  // namespace abm
