#include "core/series/series_analysis.h"

#include <algorithm>
#include <cmath>

#include "core/base/order_statistic.h"
#include "core/base/unknown.h"
#include "core/series/series_faults.h"

namespace abm {
namespace {

constexpr double kFarthest = 1e6;
constexpr std::size_t kHalfWindow = 7;  // of the running median: spikes of up to seven samples stand out of it

double within_bounds(double z) { return std::clamp(z, -kFarthest, kFarthest); }

std::vector<double> from_level(const Series& series, const UsualLevel& level) {
    std::vector<double> z;
    z.reserve(series.samples.size());
    for (const Sample& sample : series.samples) z.push_back(within_bounds(level.deviations(sample)));
    return z;
}

// Each value less the median of the fifteen around it, in robust deviations of these differences.
std::vector<double> from_neighbours(const std::vector<double>& z) {
    std::vector<double> rest(z.size(), kUnknown), around;
    bool any = false;
    for (std::size_t i = 0; i < z.size(); ++i) {
        if (std::isnan(z[i])) continue;
        around.clear();
        for (std::size_t at = i - std::min(i, kHalfWindow); at < std::min(z.size(), i + kHalfWindow + 1); ++at) {
            if (!std::isnan(z[at])) around.push_back(z[at]);
        }
        rest[i] = z[i] - upper_median(around);
        any = true;
    }
    if (!any) return rest;
    const ChartTarget target = robust_target(rest);
    for (double& value : rest) value = within_bounds((value - target.centre) / target.deviation);
    return rest;
}

/// How much wider averages of this series spread than those of independent values: sqrt((1 + r) / (1 - r)) with r the
/// correlation of neighbours within short stretches, the median of them, so that the faults themselves do not count.
double inflation(const std::vector<double>& z) {
    constexpr std::size_t kStretch = 60;
    constexpr double kMost = 3;
    std::vector<double> correlations;
    for (std::size_t first = 0; first + kStretch <= z.size(); first += kStretch) {
        double mean = 0, both = 0, square = 0;
        bool whole = true;
        for (std::size_t i = first; i < first + kStretch; ++i) {
            whole = whole && !std::isnan(z[i]);
            mean += z[i] / kStretch;
        }
        if (!whole) continue;
        for (std::size_t i = first; i < first + kStretch; ++i) {
            square += (z[i] - mean) * (z[i] - mean);
            if (i > first) both += (z[i] - mean) * (z[i - 1] - mean);
        }
        if (square > 0) correlations.push_back(both / square);
    }
    if (correlations.empty()) return 1;
    const double r = std::clamp(upper_median(correlations), 0.0, 0.99);
    return std::min(kMost, std::sqrt((1 + r) / (1 - r)));
}

// z for the drift chart: what spikes and drops explain is unknown to it.
std::vector<double> unexplained(const SeriesAnalysis& analysis) {
    std::vector<double> z = analysis.z;
    const double divisor = inflation(z);
    for (double& value : z) value /= divisor;
    for (const SeriesFault& fault : analysis.faults) {
        for (std::size_t i = fault.first; i <= fault.last; ++i) z[i] = kUnknown;
    }
    return z;
}

void add_drifts(SeriesAnalysis& analysis, const SeriesLimits& limits) {
    std::vector<SeriesFault> drifts = find_drifts(unexplained(analysis), limits);
    std::size_t drifting = 0;
    for (const SeriesFault& drift : drifts) drifting += drift.last - drift.first + 1;
    analysis.wandering = static_cast<double>(drifting) > limits.wandering_share * static_cast<double>(analysis.z.size());
    if (analysis.wandering) return;
    for (SeriesFault& drift : drifts) {
        drift.deviations = analysis.z[drift.peak];
        analysis.faults.push_back(drift);
    }
}

}  // namespace

SeriesAnalysis analyse_series(const Series& series, const SeriesLimits& limits, Time until) {
    SeriesAnalysis analysis;
    analysis.level = UsualLevel::learn(series);
    analysis.interval_s = sampling_interval_s(series);
    analysis.z = from_level(series, analysis.level);
    analysis.local_z = from_neighbours(analysis.z);
    analysis.cusum = cusum(analysis.z, {0, 1});
    analysis.ewma = ewma(analysis.z, {0, 1});
    const auto known = std::count_if(analysis.z.begin(), analysis.z.end(), [](double z) { return !std::isnan(z); });
    if (static_cast<std::size_t>(known) >= limits.least_samples) {
        analysis.faults = find_spikes(analysis.local_z, limits);
        const auto drops = find_drops(series, analysis, limits);
        // The edge of a drop may look like a spike.
        std::erase_if(analysis.faults, [&](const SeriesFault& spike) {
            return std::any_of(drops.begin(), drops.end(), [&](const SeriesFault& drop) {
                return spike.first <= drop.last + 2 && drop.first <= spike.last + 2;
            });
        });
        analysis.faults.insert(analysis.faults.end(), drops.begin(), drops.end());
        add_drifts(analysis, limits);
    }
    const auto gaps = find_gaps(series, analysis.interval_s, limits, until);
    analysis.faults.insert(analysis.faults.end(), gaps.begin(), gaps.end());
    std::stable_sort(analysis.faults.begin(), analysis.faults.end(),
                     [](const SeriesFault& a, const SeriesFault& b) { return a.first < b.first; });
    return analysis;
}

}  // namespace abm
