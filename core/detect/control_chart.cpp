#include "core/detect/control_chart.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/base/error.h"
#include "core/features/scaler.h"

namespace abm {
namespace {

constexpr double kFarthestDeviations = 1e6;

void require_chart(bool holds, const char* problem) {
    if (!holds) throw Error(ErrorCode::Invalid, problem);
}

void require_target(const ChartTarget& target) {
    require_chart(std::isfinite(target.centre) && std::isfinite(target.deviation) && target.deviation > 0,
                  "A control chart needs a finite centre and a deviation above 0.");
}

/// NaN stays NaN.
double standardised(double value, const ChartTarget& target) {
    return std::clamp((value - target.centre) / target.deviation, -kFarthestDeviations, kFarthestDeviations);
}

}  // namespace

ChartTarget robust_target(std::span<const double> series) {
    std::vector<double> known;
    std::copy_if(series.begin(), series.end(), std::back_inserter(known), [](double value) { return std::isfinite(value); });
    require_chart(!known.empty(), "A control chart needs a value that is known.");
    const auto [centre, deviation] = centre_and_scale(std::move(known), Scaling::robust);
    return {centre, deviation};
}

CusumChart cusum(std::span<const double> series, const ChartTarget& target, const CusumParams& params) {
    require_target(target);
    require_chart(std::isfinite(params.allowance) && params.allowance >= 0,
                  "The allowance of a CUSUM chart must not be negative.");
    require_chart(std::isfinite(params.limit) && params.limit > 0, "The limit of a CUSUM chart must be above 0.");
    CusumChart chart;
    double high = 0;
    double low = 0;
    for (std::size_t at = 0; at < series.size(); ++at) {
        if (const double z = standardised(series[at], target); !std::isnan(z)) {
            high = std::max(0.0, high + z - params.allowance);
            low = std::max(0.0, low - z - params.allowance);
        }
        chart.high.push_back(high);
        chart.low.push_back(low);
        if (high <= params.limit && low <= params.limit) continue;
        chart.alarms.push_back(at);
        high = low = 0;
    }
    return chart;
}

EwmaChart ewma(std::span<const double> series, const ChartTarget& target, const EwmaParams& params) {
    require_target(target);
    require_chart(params.weight > 0 && params.weight <= 1, "The weight of an EWMA chart must lie above 0 and not above 1.");
    require_chart(std::isfinite(params.limit) && params.limit > 0, "The limit of an EWMA chart must be above 0.");
    EwmaChart chart;
    double average_z = 0;
    double remembered = 1;  // (1 - lambda)^(2t)
    for (std::size_t at = 0; at < series.size(); ++at) {
        const double z = standardised(series[at], target);
        if (!std::isnan(z)) {
            average_z += params.weight * (z - average_z);
            remembered *= (1 - params.weight) * (1 - params.weight);
        }
        const double limit_z = params.limit * std::sqrt(params.weight / (2 - params.weight) * (1 - remembered));
        chart.average.push_back(target.centre + average_z * target.deviation);
        chart.low.push_back(target.centre - limit_z * target.deviation);
        chart.high.push_back(target.centre + limit_z * target.deviation);
        if (!std::isnan(z) && std::abs(average_z) > limit_z) chart.alarms.push_back(at);
    }
    return chart;
}

}  // namespace abm
