// The models' part of an investigation: fitting on its sessions, scoring every record, explaining one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/data/explanation.h"
#include "core/data/investigation.h"
#include "core/decide/combine.h"
#include "core/pipeline/journal_model.h"

namespace abm {

/// What a score of the model's forest says.
ModelEvidence evidence_of(const JournalModel& model, double forest_score);

/// [n] evidence of each row. Throws Error{Mismatch} for another schema, Error{Cancelled}.
std::vector<ModelEvidence> score_records(const FeatureMatrix& features, const JournalModel& model, int threads,
                                         const Progress& progress);

/// The machine of each row of investigation.features, as fit_journal_model() wants it.
std::vector<MachineIndex> machines_of_rows(const Investigation& investigation);

/// Sets tail_probability, provisional, score and, where only the models speak, type `unusual` of every record; records without a
/// feature row get the score of their tier. model null: rules alone. Can be called again with another model.
/// Expects type and severity as the findings say. Throws Error{Mismatch} for another schema, Error{Cancelled}; then nothing was
/// changed.
void score_investigation(Investigation& investigation, const JournalModel* model, int threads, const Progress& progress);

/// Numbers behind one record; without contributions when it has no feature row or model is null.
Explanation explain_record(const Investigation& investigation, const JournalModel* model, RecordIndex record);

}  // namespace abm
