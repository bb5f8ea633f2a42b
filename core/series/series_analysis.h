// How far the samples of a series are from what is usual, and what that proves.
#pragma once

#include <cstddef>
#include <vector>

#include "core/data/record_type.h"
#include "core/detect/control_chart.h"
#include "core/series/series.h"
#include "core/series/usual_level.h"

namespace abm {

/// Limits, in standard deviations unless said otherwise. docs/tables.md says what each does.
struct SeriesLimits {
    double spike = 6;                  ///< from the samples around
    double usual_share = 0.005;        ///< what this share of samples exceeds is no spike
    std::size_t longest_spike = 5;     ///< samples; longer is another level
    double drop = 4;                   ///< below the usual level
    CusumParams drift{1.0, 8.0};       ///< k, h: an alarm in about 10^7 samples of white noise
    double wandering_share = 1.0 / 3;  ///< a series that drifts for more of its samples has no usual level
    double gap_intervals = 3;          ///< sampling intervals without a known value
    std::size_t least_samples = 30;    ///< known values; a shorter series proves nothing but its gaps
};

/// Samples [first, last] of a series.
struct SeriesFault {
    RecordType type = RecordType::normal;  ///< spike, drift, drop or missing_data (from the last sample to the next one)
    std::size_t first = 0, last = 0;
    std::size_t peak = 0;   ///< the farthest sample; of a drift also where it is proven
    double deviations = 0;  ///< of the peak, signed: of a spike from its neighbours, else from the usual level
    bool to_end = false;    ///< of missing_data: no sample follows though other series go on
};

struct SeriesAnalysis {
    UsualLevel level;
    double interval_s = 1;
    std::vector<double> z;            ///< [n] from the usual level, in deviations; NaN: unknown; within +-1e6
    std::vector<double> local_z;      ///< [n] from the median of the samples around
    CusumChart cusum;                 ///< of z, k = 0.5, h = 5
    EwmaChart ewma;                   ///< of z, weight 0.2
    std::vector<SeriesFault> faults;  ///< by first
    bool wandering = false;           ///< drifts were too many to mean something and are not among the faults
};

/// until: the last time of any series of the source. Deterministic; O(n log n).
SeriesAnalysis analyse_series(const Series& series, const SeriesLimits& limits, Time until);

}  // namespace abm
