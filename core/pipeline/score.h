// The models' part of an investigation: fitting on its sessions, scoring every record, explaining one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/data/explanation.h"
#include "core/data/investigation.h"
#include "core/decide/calibration.h"
#include "core/decide/combine.h"
#include "core/decide/explain.h"
#include "core/detect/isolation_forest.h"

namespace abm {

/// Immutable once fitted; may be shared between threads.
struct SessionModel {
    IsolationForest forest;
    Calibration calibration;  ///< of the forest's scores of its training rows, at most 32,768 evenly spaced
    UsualRanges ranges;
};

/// features: [n, d]; machines: [n], of each row. Works from one row on; below Calibration::kFirmReference rows it is provisional.
/// Throws Error{Invalid} when there are no rows or no value is known, Error{Cancelled}.
SessionModel fit_session_model(const FeatureMatrix& features, std::span<const MachineIndex> machines, std::uint64_t seed,
                               int threads, const Progress& progress);

/// [n] evidence of each row. Throws Error{Mismatch} for another schema, Error{Cancelled}.
std::vector<ModelEvidence> score_records(const FeatureMatrix& features, const SessionModel& model, int threads,
                                         const Progress& progress);

/// The machine of each row of investigation.features, as fit_session_model() wants it.
std::vector<MachineIndex> machines_of_rows(const Investigation& investigation);

/// Sets tail_probability, provisional, score and, where only the models speak, type `unusual` of every record; records without a
/// feature row get the score of their tier. model null: rules alone. Can be called again with another model.
/// Expects type and severity as the findings say. Throws Error{Mismatch} for another schema, Error{Cancelled}; then nothing was
/// changed.
void score_investigation(Investigation& investigation, const SessionModel* model, int threads, const Progress& progress);

/// Numbers behind one record; without contributions when it has no feature row or model is null.
Explanation explain_record(const Investigation& investigation, const SessionModel* model, RecordIndex record);

}  // namespace abm
