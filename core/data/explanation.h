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

/// What a channel beside the forest says of a record.
struct ChannelShare {
    std::string name;      ///< "stats", "knn"
    double raw_score = 0;  ///< its own score: deviations of the most extreme value; distance to the k-th neighbour
    double surprise = 0;   ///< -log10 of the share of training records at least so odd for it
    double weight = 0;
    double lift = 0;       ///< what it adds, weight included, in deviations of the forest's score; 0: silent
    std::string sentence;  ///< "Single extreme value: the longest gap was 383 s (usual here 4-21 s)."; empty when silent
    std::vector<Contribution> contributions;  ///< largest margin first; they sum to raw_score
};

/// From the raw scores to the displayed one: `deviations`, and the lift of each channel, sum to `raised`; that has the tail
/// probability `tail_probability` among the training records; findings and that probability give `displayed_score`. The
/// margins of labels come before that tail is taken (docs/learning.md): with them the record's own tail probability differs
/// from the one here.
struct Explanation {
    std::string detector;         ///< "iforest"
    double raw_score = 0;         ///< the detector's own score
    double deviations = 0;        ///< of it from the mean of the training records, in standard deviations
    double raised = 0;            ///< with the lifts of all channels
    double tail_probability = 1;  ///< of `raised`; the model's word, without labels
    double displayed_score = 0;
    /// That an expert would call it an anomaly, as among the reviewed records; only with labels enough to tell.
    std::optional<double> probability = std::nullopt;
    std::vector<Contribution> contributions;  ///< largest margin first; they sum to the raw margin
    std::vector<ChannelShare> channels;       ///< largest lift first, silent ones too
    std::vector<LabelInfluence> labels;       ///< largest size first; empty without labels
};

}  // namespace abm
