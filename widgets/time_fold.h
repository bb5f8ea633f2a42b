// A time axis without the long stretches in which nothing was recorded: journals of two days eleven days apart stand side by
// side.
#pragma once

#include <span>
#include <vector>

#include "widgets/snapshot.h"

namespace abm {

/// Maps machine time to folded time, in which every fold is short, and back. Strictly within a fold the way back is only about
/// right; everywhere else it is exact. Default: nothing is folded.
class TimeFold {
public:
    struct Fold {
        TimeRange range;                  ///< between two records
        std::chrono::microseconds shown;  ///< its length in folded time
        std::chrono::microseconds cut;    ///< what this and the folds before take away
    };
    static constexpr std::chrono::microseconds kLeast = std::chrono::hours(12);

    TimeFold() = default;
    /// sorted: known times. Gaps of kLeast and more are folded while they are longer than a tenth of what is left.
    explicit TimeFold(std::span<const Time> sorted);

    Time folded(Time time) const;
    Time unfolded(Time time) const;
    TimeRange folded(TimeRange range) const { return {folded(range.begin), folded(range.end)}; }
    TimeRange unfolded(TimeRange range) const { return {unfolded(range.begin), unfolded(range.end)}; }

    const std::vector<Fold>& folds() const { return folds_; }
    /// The parts of the range between the folds, at least one.
    std::vector<TimeRange> parts(TimeRange range) const;

private:
    std::vector<Fold> folds_;
};

}  // namespace abm
