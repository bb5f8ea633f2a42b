// The models' part of an investigation: fitting on its sessions, scoring every record, explaining one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/progress.h"
#include "core/data/explanation.h"
#include "core/data/investigation.h"
#include "core/decide/combine.h"
#include "core/decide/rule_weights.h"
#include "core/pipeline/model_set.h"

namespace abm {

/// What the taught score of a record says, see taught_score(). Distinct is what the forest and the labels find so: lifts tell the
/// rank among other records, and in any file without structure some record is the first.
ModelEvidence evidence_of(const JournalModel& model, double forest_score, double lift, double correction);
/// [n] scores of the forest, each raised by what the channels say: score + prior_deviation * channel_lifts(). One scale, so that
/// one calibration serves forest and channels. forest_scores: [n], of these rows. Where all
/// channels are silent it is the forest's score, to the bit. Throws as channel_lifts().
Eigen::VectorXd raised_scores(const JournalModel& model, const Dataset& rows, const Eigen::VectorXd& forest_scores, int threads,
                              const Progress& progress);
/// The raised score of one record after labels spoke: lift and correction in deviations of the forest's score. A correction
/// towards normal takes from the channels what it takes from the forest: the lift shrinks by e^(2 correction). Else a record an
/// expert called normal would stay raised. Without a correction it is the raised score, to the bit.
double taught_score(const JournalModel& model, double forest_score, double lift, double correction);

/// [n] evidence of each row. Throws Error{Mismatch} for another schema, Error{Cancelled}.
std::vector<ModelEvidence> score_records(const Dataset& rows, const JournalModel& model, int threads, const Progress& progress);
/// Of every row of all tables; none for tables no model was fitted on.
std::vector<ModelEvidence> score_tables(const FeatureTables& tables, const ModelSet& models, int threads,
                                        const Progress& progress);

/// The machine of each row of a table of investigation.features, as fit_journal_model() wants it.
std::vector<MachineIndex> machines_of_rows(const Investigation& investigation, std::size_t table);

/// Gives every record type, severity and amount at risk of its gravest finding under the weights (without weights exactly as
/// roll_up() does), then combines that with the evidence: tail_probability, provisional, score and, where only the models speak,
/// type `unusual`. evidence: [n] of the feature rows, from score_tables() or a LiveModel; empty: rules alone. Records without a
/// feature row get the score of their tier. Can be called again with other evidence. One pass, about 10 ns a record.
/// Throws Error{Mismatch} when there is evidence for another number of rows; then nothing was changed.
void score_investigation(Investigation& investigation, std::span<const ModelEvidence> evidence, const RuleWeights& weights = {});

/// What score_investigation() says of one record.
Verdict verdict_of(const Investigation& investigation, const Record& record, const ModelEvidence& evidence, RuleWeigher& weigher);

/// Says what labels do to an explanation: correction in deviations of the forest's score, as taught_score() takes it.
void explain_correction(const JournalModel& model, double correction, Explanation& explanation);

/// Numbers behind one record; without contributions when it has no feature row or no model knows its kind (null: none at all).
/// The usual ranges are those of the machine of the same name when the model was fitted.
Explanation explain_record(const Investigation& investigation, const ModelSet* models, RecordIndex record);

}  // namespace abm
