#include "core/series/usual_level.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/order_statistic.h"
#include "core/features/scaler.h"

namespace abm {
namespace {

using std::chrono::hours;
constexpr hours kDay{24}, kWeek{168};
constexpr double kBetter = 0.8;
constexpr std::size_t kLeastABin = 8;  // fewer, and a median follows its own values

double phase(Time time, hours period) {
    const auto length = std::chrono::microseconds(period).count();
    auto within = time.time_since_epoch().count() % length;
    if (within < 0) within += length;
    return static_cast<double>(within) / static_cast<double>(length);
}

double span_s(const Series& series) {
    return std::chrono::duration<double>(series.samples.back().time - series.samples.front().time).count();
}

/// Half an hour of the day, an hour of the week, or longer where samples are rarer.
std::size_t bins_of(hours period, double interval_s) {
    const double seconds = std::chrono::duration<double>(period).count();
    const double shortest = period == kDay ? 1'800 : 3'600;
    return static_cast<std::size_t>(seconds / std::max(shortest, interval_s));
}

// What 90 of 100 values stay within: sees a season that fills less than half of the time, as the median deviation does not.
double spread_around(const UsualLevel& level, const Series& series) {
    std::vector<double> rest;
    for (const Sample& sample : series.samples) {
        if (!std::isnan(sample.value)) rest.push_back(std::abs(sample.value - level.at(sample.time)));
    }
    return lower_quantile(rest, 0.9);
}

std::size_t known_values(const Series& series) {
    return static_cast<std::size_t>(std::count_if(series.samples.begin(), series.samples.end(),
                                                  [](const Sample& sample) { return !std::isnan(sample.value); }));
}

}  // namespace

double UsualLevel::at(Time time) const {
    if (bins_.empty()) return centre_;
    const auto count = static_cast<double>(bins_.size());
    double place = phase(time, period_) * count - 0.5;
    if (place < 0) place += count;
    const auto before = std::min(static_cast<std::size_t>(place), bins_.size() - 1);
    const double part = place - static_cast<double>(before);
    return centre_ + bins_[before] * (1 - part) + bins_[(before + 1) % bins_.size()] * part;
}

// The deviation around the level, and what of a centre the bins left.
void UsualLevel::measure(const Series& series) {
    std::vector<double> rest;
    for (const Sample& sample : series.samples) {
        if (!std::isnan(sample.value)) rest.push_back(sample.value - at(sample.time));
    }
    const auto [centre, deviation] = centre_and_scale(std::move(rest), Scaling::robust);
    centre_ += centre;
    deviation_ = std::isfinite(deviation) && deviation > 0 ? deviation : 1;
}

UsualLevel UsualLevel::flat(const Series& series) {
    UsualLevel level;
    level.measure(series);
    return level;
}

UsualLevel UsualLevel::periodic(const Series& series, hours period, std::size_t bins) {
    std::vector<std::vector<double>> values(bins);
    std::vector<double> all;
    for (const Sample& sample : series.samples) {
        if (std::isnan(sample.value)) continue;
        const auto bin = static_cast<std::size_t>(phase(sample.time, period) * static_cast<double>(bins));
        values[std::min(bin, bins - 1)].push_back(sample.value);
        all.push_back(sample.value);
    }
    const double everywhere = upper_median(all);
    UsualLevel level;
    level.period_ = period;
    for (std::vector<double>& bin : values) level.bins_.push_back(bin.size() < 3 ? everywhere : upper_median(bin));
    level.measure(series);
    return level;
}

UsualLevel UsualLevel::learn(const Series& series) {
    const std::size_t values = known_values(series);
    if (values == 0) return {};
    UsualLevel best = flat(series);
    const double interval_s = sampling_interval_s(series);
    for (const hours period : {kDay, kWeek}) {
        const std::size_t bins = std::min(bins_of(period, interval_s), values / kLeastABin);
        const bool long_enough = span_s(series) >= 2.9 * std::chrono::duration<double>(period).count();
        if (!long_enough || bins < 4) continue;
        UsualLevel level = periodic(series, period, bins);
        const bool steadier = level.deviation_ < kBetter * best.deviation_;
        const bool nearer =
            level.deviation_ < 1.1 * best.deviation_ && spread_around(level, series) < kBetter * spread_around(best, series);
        if (steadier || nearer) best = std::move(level);
    }
    return best;
}

}  // namespace abm
