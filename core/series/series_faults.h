// The single checks of analyse_series; each returns faults by first sample.
#pragma once

#include <span>
#include <vector>

#include "core/series/series_analysis.h"

namespace abm {

/// Runs of at most limits.longest_spike samples far from the median of the samples around them.
std::vector<SeriesFault> find_spikes(std::span<const double> local_z, const SeriesLimits& limits);

/// Longer runs below the usual level that begin within a sample or two, or that are 0 where 0 is not usual.
std::vector<SeriesFault> find_drops(const Series& series, const SeriesAnalysis& analysis, const SeriesLimits& limits);

/// Stretches on one side of the usual level, proven by CUSUM; z: what is explained otherwise is NaN.
std::vector<SeriesFault> find_drifts(std::span<const double> z, const SeriesLimits& limits);

/// Stretches without known values.
std::vector<SeriesFault> find_gaps(const Series& series, double interval_s, const SeriesLimits& limits, Time until);

}  // namespace abm
