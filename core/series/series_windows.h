// Sliding windows over one series: records, features, findings.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "core/data/finding.h"
#include "core/data/record.h"
#include "core/series/series_analysis.h"

namespace abm {

inline constexpr std::size_t kSeriesFeatures = 12;
/// Levels in deviations of the series from what is usual, so that series of any unit share one model.
const std::vector<std::string>& series_feature_names();

struct SeriesWindow {
    Record record;  ///< span: from its first row to its last one, rows of other series between them
    std::array<float, kSeriesFeatures> features;
    std::vector<Finding> findings;  ///< gravest first; Finding::record is not set
    Time start;                     ///< of the window; it ends `length` later
};

/// The shortest of 10 s, 1, 5, 15 min, 1, 6 h, 1 day, 1 week, 30 days, 1 year that holds 30 samples.
std::chrono::microseconds default_window(double interval_s);

/// Windows begin at multiples of length / 2 since 1970 and overlap by half. Empty ones are left out, and those whose samples are
/// all in the next or the last one. By time; each with its own start offset. Every fault is a finding of one window: that whose
/// middle is nearest to where the fault begins (a drift: is farthest).
std::vector<SeriesWindow> series_windows(const Series& series, const SeriesAnalysis& analysis, std::chrono::microseconds length);

}  // namespace abm
