#include "core/detect/training_labels.h"

#include <fmt/format.h>

#include <vector>

#include "core/base/error.h"

namespace abm {

LabelCounts checked_labels(const Dataset& data) {
    LabelCounts counts;
    std::vector<bool> labelled(static_cast<std::size_t>(data.features.rows()));
    for (const TrainingLabel& label : data.labels) {
        if (label.feature_row < 0 || label.feature_row >= data.features.rows())
            throw Error(ErrorCode::Invalid,
                        fmt::format("A label is about row {}, but there are {}.", label.feature_row, data.features.rows()));
        const auto row = static_cast<std::size_t>(label.feature_row);
        if (labelled[row]) throw Error(ErrorCode::Invalid, fmt::format("Row {} has two labels.", row));
        labelled[row] = true;
        ++(label.anomaly ? counts.anomalies : counts.normals);
    }
    return counts;
}

}  // namespace abm
