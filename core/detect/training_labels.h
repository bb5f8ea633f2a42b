// What every detector that learns from labels asks of them first.
#pragma once

#include <cstdint>

#include "core/data/dataset.h"

namespace abm {

struct LabelCounts {
    std::int64_t anomalies = 0;
    std::int64_t normals = 0;
};

/// Throws Error{Invalid} when a label names no row of the data, or a row has two.
LabelCounts checked_labels(const Dataset& data);

}  // namespace abm
