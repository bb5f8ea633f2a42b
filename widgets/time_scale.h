// From machine time to pixels and back, and where to write times on an axis.
#pragma once

#include <QString>
#include <vector>

#include "widgets/time_fold.h"

namespace abm {

/// The visible range on `width` pixels. Column k holds the times t with column_of(t) == k.
struct TimeScale {
    TimeRange view;
    int width = 0;
    const TimeFold* fold = nullptr;  ///< not owned; null: time runs evenly

    double x_of(Time time) const;  ///< 0 at view.begin, width at view.end; outside beyond
    Time time_of(double x) const;
    int column_of(Time time) const;  ///< floor of x_of
};

inline constexpr std::chrono::microseconds kShortestView = std::chrono::seconds(1);

/// Scales around the time under `anchor` (0..1 of the view); stays within `whole`. factor < 1 zooms in.
TimeRange zoomed(TimeRange view, double factor, double anchor, TimeRange whole);
/// Moves by a part of the view; stays within `whole`.
TimeRange panned(TimeRange view, double part, TimeRange whole);

struct Tick {
    Time time;
    QString text;
};
/// At most about `most` round times (1 s .. 1 year apart) within the view, with the day written where it changes; none within a
/// fold, and the day again behind it.
std::vector<Tick> time_ticks(TimeRange view, int most, const TimeFold& fold = {});
/// Room that a written time takes on the axis of a chart.
inline constexpr int kTimeTickEvery_px = 80;

}  // namespace abm
