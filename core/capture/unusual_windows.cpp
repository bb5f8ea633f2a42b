#include "core/capture/unusual_windows.h"

#include <algorithm>
#include <cmath>

#include "core/base/order_statistic.h"

namespace abm {

UnusualWindows unusual_windows(std::span<const float> values, double factor, double least) {
    constexpr std::size_t kLeastValues = 10;
    constexpr double kDeviations = 6, kNormal = 1.4826;  // the median deviation of a normal distribution is 1 / 1.4826
    std::vector<double> logs;
    for (const float value : values) {
        if (!std::isnan(value)) logs.push_back(std::log(std::max(1.0, static_cast<double>(value))));
    }
    if (logs.size() < kLeastValues) return {};
    const double middle = upper_median(logs);
    for (double& value : logs) value = std::abs(value - middle);
    const double spread = kNormal * upper_median(logs);
    const double limit = std::max(least, std::exp(middle + std::max(std::log(factor), kDeviations * spread)));
    UnusualWindows found{std::exp(middle), {}};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (static_cast<double>(values[i]) >= limit) found.windows.push_back(i);
    }
    return found;
}

}  // namespace abm
