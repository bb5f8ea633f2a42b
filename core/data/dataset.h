// What detectors are fitted on and score: rows of features, and beside them what happened in each row and what experts said.
#pragma once

#include <cstdint>
#include <span>

#include "core/data/feature_matrix.h"
#include "core/data/token_sequences.h"

namespace abm {

/// A label that trains: `unsure` never does.
struct TrainingLabel {
    std::int32_t feature_row = 0;
    bool anomaly = false;
    bool operator==(const TrainingLabel&) const = default;
};

/// A view; what it refers to must outlive it. Most detectors look at the features alone.
struct Dataset {
    Dataset(const FeatureMatrix& rows) : features(rows) {}  // NOLINT: a matrix alone is a dataset
    Dataset(const FeatureMatrix& rows, const TokenSequences* happened, std::span<const TrainingLabel> given = {})
        : features(rows), sequences(happened), labels(given) {}

    const FeatureMatrix& features;              ///< [n, d]; d may be 0 where only sequences count
    const TokenSequences* sequences = nullptr;  ///< [n]; null: not known
    std::span<const TrainingLabel> labels;      ///< each row at most once
};

}  // namespace abm
