// A fault of a series in words, with the rows that prove it.
#pragma once

#include "core/data/finding.h"
#include "core/series/series_analysis.h"

namespace abm {

/// low for a spike within twice the limit that is usual for spikes, else medium: a metric proves that something happened, not
/// that money is missing. Evidence: the first, the farthest and the last row; of a gap the rows on both sides.
Finding finding_of(const Series& series, const SeriesAnalysis& analysis, const SeriesFault& fault);

/// The usual range at a time: the level and three deviations to either side.
struct UsualRange {
    double low = 0, high = 0;
};
UsualRange usual_range(const UsualLevel& level, Time time);

}  // namespace abm
