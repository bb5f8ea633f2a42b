// A small search for better settings of a model: a few candidates, each judged on held-out labels beside the current ones.
#pragma once

#include <string>
#include <vector>

#include "core/pipeline/train.h"

namespace abm {

struct SearchCandidate {
    ModelSettings settings;
    std::string change;  ///< "knn k 10": against the current settings; "current settings" for those
    HeldOutMetrics metrics;
    /// Average precision less that of the current settings, on the same resamples of the labels. The 95 % interval holds for all
    /// candidates together, so that the best of many is not taken for good because there were many.
    Estimate difference;
    bool better = false;  ///< the interval lies above 0
};

struct SettingsSearch {
    std::vector<SearchCandidate> candidates;  ///< the current settings first, then in the order they were tried
    std::size_t planned = 0;                  ///< candidates there would have been
    /// Of `candidates`: the largest difference among those that are better; 0, the current settings, when none is.
    std::size_t suggested = 0;
    std::int64_t labels = 0, anomalies = 0, normals = 0;
    int folds = 0;
    std::string verdict;  ///< what to make of it, in one sentence
    std::string caveat;   ///< what the figures describe, in one sentence

    bool cut_short() const { return candidates.size() < planned; }
};

inline constexpr double kSearchSeconds = 60;

/// Trees of the forest, k of neighbours, weights of channels, and a one-class machine (two nu) and a local outlier factor as
/// further channels: one change at a time, last the best of each together. Pure: stores and adopts nothing; train_models() with
/// the settings of a candidate makes a model of it. Equal input gives equal figures of each candidate; `seconds` of the clock
/// decide only how many are tried: the current settings always, then until the time is up, a candidate that is not ready by
/// then not at all. Throws Error{Invalid} as train_models() and with fewer than kLeastOfEach labels of a class,
/// Error{Cancelled}.
SettingsSearch search_settings(const TrainingInput& input, double seconds, const Progress& progress);

}  // namespace abm
