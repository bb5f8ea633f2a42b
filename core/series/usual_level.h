// What a series does while nothing is wrong.
#pragma once

#include <chrono>
#include <vector>

#include "core/series/series.h"

namespace abm {

/// The level of each time of the day, or of the week, where that explains the series better than one level; robust: medians
/// over the whole series and 1.4826 MAD around them, so faults in less than half of it do not move it. A day needs three days of
/// samples and must bring the deviation down by a fifth; a week three weeks, and a fifth below the day. Immutable.
class UsualLevel {
public:
    /// series: at least one known value, else the level is 0 +- 1.
    static UsualLevel learn(const Series& series);

    double at(Time time) const;
    double deviation() const { return deviation_; }  ///< > 0, in units of the series
    double deviations(const Sample& sample) const { return (sample.value - at(sample.time)) / deviation_; }  ///< NaN: unknown
    std::chrono::hours period() const { return period_; }                                                    ///< 0, 24 or 168

private:
    static UsualLevel flat(const Series& series);
    static UsualLevel periodic(const Series& series, std::chrono::hours period, std::size_t bins);
    void measure(const Series& series);

    double centre_ = 0, deviation_ = 1;
    std::chrono::hours period_{0};
    std::vector<double> bins_;  ///< of equal length over the period; levels at their middles
};

}  // namespace abm
