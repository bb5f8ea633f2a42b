// What the models panel shows: words and numbers, filled in by the window.
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace abm {

struct ShownMeasure {
    QString name, before, after, difference;  ///< "average precision", ".92 ±.03", ..., "+.03"; empty: not known
    QString interval;                         ///< of `after`, in words
    int better = 0;                           ///< of the difference: 1 better, -1 worse, 0 neither
};

/// Held-out labels at the threshold; changes against the model before.
struct ShownConfusion {
    std::int64_t anomaly_found = 0, anomaly_missed = 0, normal_flagged = 0, normal_passed = 0;
    std::optional<std::int64_t> found_change, missed_change, flagged_change, passed_change;
};

struct ShownChange {
    RecordIndex record{};
    float before = 0, after = 0;
    QString because;
};

struct ShownComparison {
    QString summary;  ///< "On held-out labels: 60 × anomaly, 164 ✓ normal · 5 folds"
    QString caveat;
    QString before_name, after_name;     ///< "model 7"; before is empty when there was none
    std::vector<ShownMeasure> measures;  ///< empty: too few labels to hold any out
    std::optional<ShownConfusion> confusion;
    std::int64_t changed_sides = 0;
    std::vector<ShownChange> changes;  ///< largest first; of a model trained in this sitting
};

enum class ShownModelState : std::uint8_t { candidate, current, earlier, discarded };

struct ShownModel {
    std::int64_t version = 0;
    Time created = kUnknownTime;  ///< UTC
    QString who;
    std::int64_t records = 0, labels = 0;
    QString detectors;  ///< "iforest; stats; knn (k 10)"; empty: not known
    QString held_out;   ///< average precision with its interval; "too few labels"
    ShownModelState state = ShownModelState::candidate;
    ShownComparison comparison;
};

}  // namespace abm
