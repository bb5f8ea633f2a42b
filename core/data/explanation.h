// Why a record stands where it stands, in numbers the window, the tables and the exports share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"

namespace abm {

struct Contribution {
    std::string feature;   ///< "longest_gap_s"
    double value = 0;      ///< of this record; NaN: unknown
    double usual_low = 0;  ///< 5th and 95th percentile on this machine
    double usual_high = 0;
    double margin = 0;  ///< part of the detector's raw margin; positive pushes towards anomalous
    double share = 0;   ///< margin / sum of the positive margins, 0..1
};

/// What one label adds to a record that is like it: "+2.1 because it is like label #17".
struct LabelInfluence {
    std::size_t label = 0;  ///< of Investigation::labels
    double margin = 0;      ///< in standard deviations of the forest's score; positive pushes towards anomalous
    double alike = 0;       ///< kernel of the two records, 0..1: share of trees that put both into the same leaf
};

/// A record near another.
struct AlikeRecord {
    RecordIndex record{};
    double alike = 0;  ///< as in LabelInfluence; NaN: models do not look at such records, the same rule found both
};

struct Explanation {
    std::string detector;         ///< "iforest"
    double raw_score = 0;         ///< the detector's own score
    double tail_probability = 1;  ///< its calibrated tail
    double displayed_score = 0;
    /// That an expert would call it an anomaly, as among the reviewed records; only with labels enough to tell.
    std::optional<double> probability = std::nullopt;
    std::vector<Contribution> contributions;  ///< largest margin first; they sum to the raw margin
    std::vector<LabelInfluence> labels;       ///< largest size first; empty without labels
};

}  // namespace abm
