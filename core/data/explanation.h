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

/// A step from one line of a record to the next that the model of sequences did not expect.
struct OddStep {
    std::size_t position = 0;   ///< of `to` among the steps of the record; their number: the end
    std::string from, to;       ///< "NOTES PRESENTED", "CARD TAKEN"; START, END
    std::string expected;       ///< what follows `from` most often; empty when `from` was never seen
    double expected_share = 0;  ///< how often, 0..1
    double bits = 0;            ///< surprisal, -log2 of how often `to` comes here
};

/// What a channel beside the forest says of a record.
struct ChannelShare {
    std::string name;      ///< "stats", "knn", "sequence"
    double raw_score = 0;  ///< its own score: deviations of the most extreme value; distance to the k-th neighbour; bits
    double surprise = 0;   ///< -log10 of the share of training records at least so odd for it
    double weight = 0;
    double lift = 0;       ///< what it adds, weight included, in deviations of the forest's score; 0: silent
    double share = 0;      ///< of what raises the record above the mean: of Explanation::deviations, when positive, and all lifts
    std::string sentence;  ///< "Single extreme value: the longest gap was 383 s (usual here 4-21 s)."; empty when silent
    std::vector<Contribution> contributions;  ///< largest margin first; they sum to raw_score; none of sequences
    std::vector<OddStep> steps;               ///< of sequences: most surprising first; the first has raw_score bits
    std::size_t length = 0;                   ///< of sequences: steps of the record
};

/// From the raw scores to the displayed one, in standard deviations of the forest's score: `deviations`, and the lift of each
/// channel, sum to `raised`, the model's word. Labels add `correction` and, where that points to normal, leave `lift` of the
/// channels (docs/learning.md): `deviations` + `correction` + `lift` is `taught`. That has the tail probability
/// `tail_probability` among the training records; findings and that probability give `displayed_score`. Without labels `taught`
/// is `raised`.
struct Explanation {
    std::string detector;         ///< "iforest"
    double raw_score = 0;         ///< the detector's own score
    double deviations = 0;        ///< of it from the mean of the training records
    double share = 0;             ///< of what raises the record, see ChannelShare::share
    double raised = 0;            ///< with the lifts of all channels
    double correction = 0;        ///< of the labels: their terms and the votes of the classifier
    double lift = 0;              ///< of all channels together, as far as labels leave it
    double taught = 0;            ///< what counts
    double tail_probability = 1;  ///< of `taught`
    double displayed_score = 0;
    /// That an expert would call it an anomaly, as among the reviewed records; only with labels enough to tell.
    std::optional<double> probability = std::nullopt;
    std::vector<Contribution> contributions;  ///< largest margin first; they sum to the raw margin
    std::vector<ChannelShare> channels;       ///< largest lift first, silent ones too
    std::vector<LabelInfluence> labels;       ///< largest size first; empty without labels
};

}  // namespace abm
