// Control charts of one series in its order: shifts of the mean that no single value shows.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace abm {

/// What the series does while nothing is wrong, in its own units.
struct ChartTarget {
    double centre = 0;
    double deviation = 1;  ///< standard deviation, > 0
};

/// Median and 1.4826 MAD of the known, finite values: a shift in less than half of the series does not move its own yardstick.
/// The standard deviation stands in for a MAD of 0, and 1 for that of a constant series. Throws Error{Invalid} when no value is
/// known.
ChartTarget robust_target(std::span<const double> series);

struct CusumParams {
    double allowance = 0.5;  ///< k, in deviations: half the shift to be found; >= 0
    double limit = 5.0;      ///< h, in deviations; > 0
};

struct CusumChart {
    std::vector<double> high;         ///< [n] evidence of a shift upwards, in deviations, >= 0
    std::vector<double> low;          ///< [n] the same downwards, >= 0
    std::vector<std::size_t> alarms;  ///< rising positions where one of them exceeds the limit
};

/// Page's tabular CUSUM (Biometrika 1954): high_t = max(0, high_(t-1) + z_t - k), low_t = max(0, low_(t-1) - z_t - k). Both begin
/// again at 0 after an alarm, so that every alarm is evidence of its own. An unknown value (NaN) changes nothing; z is held
/// within
/// +-1e6. Throws Error{Invalid} for a parameter out of its range or a target that is not finite.
CusumChart cusum(std::span<const double> series, const ChartTarget& target, const CusumParams& params = {});

struct EwmaParams {
    double weight = 0.2;  ///< lambda of the newest value, in (0, 1]
    double limit = 3.0;   ///< L, in deviations of the average; > 0
};

struct EwmaChart {
    std::vector<double> average;  ///< [n] in units of the series
    std::vector<double> low;      ///< [n] limits the average should keep
    std::vector<double> high;
    std::vector<std::size_t> alarms;  ///< rising positions where it does not
};

/// Roberts' exponentially weighted moving average (Technometrics 1959) with the exact limits of a series that has just begun:
/// centre +- L deviation sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^(2t))), t counting known values. An unknown value (NaN)
/// changes nothing; values are held within +-1e6 deviations. Throws Error{Invalid} for a parameter out of its range or a target
/// that is not finite.
EwmaChart ewma(std::span<const double> series, const ChartTarget& target, const EwmaParams& params = {});

}  // namespace abm
