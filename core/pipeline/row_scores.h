// What a model says of each feature row by itself, before any label: all that is dear about scoring.
#pragma once

#include <Eigen/Core>

#include "core/base/progress.h"
#include "core/data/feature_tables.h"
#include "core/detect/leaf_ids.h"
#include "core/pipeline/journal_model.h"

namespace abm {

/// Of n rows; each depends on its row and the model alone, bit for bit.
struct RowScores {
    Eigen::VectorXd forest;  ///< [n]
    Eigen::VectorXd lifts;   ///< [n] what the channels add to it
    LeafIds ids;             ///< [trees, n]
    Eigen::VectorXd votes;   ///< [n] margins of the model's votes; empty: it has none
};

/// Throws Error{Mismatch} for another schema, Error{Cancelled}.
RowScores score_rows(const JournalModel& model, const FeatureTable& table, int threads, const Progress& progress);

/// The same, where `known` are the scores of the rows of `before` by this model: rows both tables have at the front and at the
/// back are not scored again. So a file that is added, or has grown, costs what is new in it.
RowScores score_rows(const JournalModel& model, const FeatureTable& table, const FeatureTable& before, const RowScores& known,
                     int threads, const Progress& progress);

}  // namespace abm
