#include "core/pipeline/score.h"

namespace abm {
namespace {

/// Above it a row is isolated sooner than a row of data without any structure would be: its margin is positive. Liu et al.
/// (2008), section 3: where all scores are about 0.5 there is no distinct anomaly. Of 44 normal columns one row in 1,000 gets
/// there.
constexpr double kDistinctScore = 0.5;

/// What the findings said before a model gave the record a name of its own.
void forget_model(Record& record) {
    if (record.type == RecordType::unusual && record.finding_count == 0) {
        record.type = RecordType::normal;
        record.severity = Severity::none;
    }
    record.tail_probability = 1.0F;
    record.provisional = false;
}

}  // namespace

ModelEvidence evidence_of(const JournalModel& model, double forest_score) {
    return {model.calibration.tail_probability(forest_score), model.calibration.surprise(forest_score),
            forest_score > kDistinctScore};
}

std::vector<ModelEvidence> score_records(const FeatureMatrix& features, const JournalModel& model, int threads,
                                         const Progress& progress) {
    std::vector<ModelEvidence> evidence;
    evidence.reserve(static_cast<std::size_t>(features.rows()));
    for (const double score : model.forest.score(features, threads, progress)) evidence.push_back(evidence_of(model, score));
    return evidence;
}

std::vector<MachineIndex> machines_of_rows(const Investigation& investigation) {
    std::vector<MachineIndex> machines(static_cast<std::size_t>(investigation.features->rows()));
    for (const Record& record : investigation.records) {
        if (record.feature_row >= 0) machines.at(static_cast<std::size_t>(record.feature_row)) = record.machine;
    }
    return machines;
}

void score_investigation(Investigation& investigation, const JournalModel* model, int threads, const Progress& progress) {
    std::vector<ModelEvidence> scored;
    if (model != nullptr) scored = score_records(*investigation.features, *model, threads, progress);
    for (Record& record : investigation.records) {
        forget_model(record);
        ModelEvidence evidence;
        if (model != nullptr && record.feature_row >= 0) {
            evidence = scored.at(static_cast<std::size_t>(record.feature_row));
            record.provisional = model->calibration.provisional();
        }
        const Verdict verdict = combine(record.type, record.severity, evidence);
        record.type = verdict.type;
        record.severity = verdict.severity;
        record.tail_probability = static_cast<float>(evidence.tail_probability);
        record.score = static_cast<float>(verdict.score);
    }
}

Explanation explain_record(const Investigation& investigation, const JournalModel* model, RecordIndex index) {
    const Record& record = investigation.records.at(raw(index));
    Explanation explanation;
    if (model != nullptr && record.feature_row >= 0) {
        FeatureMatrix one;
        one.names = investigation.features->names;
        one.values = investigation.features->values.row(record.feature_row);
        const double score = model->forest.score(one, 1, {})[0];
        const std::span<const float> row(one.values.data(), static_cast<std::size_t>(one.values.size()));
        explanation = explain_row(model->forest, IsolationForest::kKind, model->calibration, model->ranges, one.names, row,
                                  record.machine, score);
    }
    explanation.displayed_score = static_cast<double>(record.score);
    return explanation;
}

}  // namespace abm
