// The samples of a series, indexed for drawing: minimum and maximum of any pixel column without walking all of them.
#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "core/data/series_point.h"
#include "widgets/time_scale.h"

namespace abm {

struct SeriesColumn {
    double low = 0, high = 0;            ///< of the known values
    double first = 0, last = 0;          ///< the first and the last known one
    double band_low = 0, band_high = 0;  ///< the usual range, at its widest
    std::size_t begin = 0, end = 0;      ///< samples
    bool known = false;                  ///< there is a known value
    bool broken = false;                 ///< no line leads here from the column before: values are missing between
};

/// Immutable once built; shared between threads.
struct SeriesData {
    static constexpr std::size_t kBlock = 64;
    struct Block {
        double low, high, band_low, band_high;
    };

    QString name;
    std::vector<SeriesPoint> points;  ///< by time
    std::vector<Block> blocks;        ///< of kBlock points each
    double interval_s = 1;            ///< the usual distance of two samples

    /// points: by time. O(n); may run off the UI thread.
    static std::shared_ptr<const SeriesData> of(QString name, std::vector<SeriesPoint> points);

    TimeRange whole() const;
    /// Between neighbours i - 1 and i values are missing: one is unknown, or they are more than three intervals apart.
    bool gapBefore(std::size_t i) const;
    std::size_t firstAt(Time time) const;  ///< the first sample at or after it
    std::size_t nearest(Time time) const;  ///< 0 when there is none at all
    /// One entry per pixel column of the scale. O(columns x log samples), and samples of a column at most 2 kBlock.
    std::vector<SeriesColumn> columns(const TimeScale& scale) const;
};

}  // namespace abm
