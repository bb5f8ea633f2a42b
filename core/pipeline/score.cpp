#include "core/pipeline/score.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/detect/sequence_model.h"

namespace abm {
namespace {

/// Above it a row is isolated sooner than a row of data without any structure would be: its margin is positive. Liu et al.
/// (2008), section 3: where all scores are about 0.5 there is no distinct anomaly. Of 44 normal columns one row in 1,000 gets
/// there.
constexpr double kDistinctScore = 0.5;

/// What the findings say of a record, before a model speaks.
struct Ruling {
    RecordType type = RecordType::normal;
    Severity severity = Severity::none;
    Money at_risk = kNoAmount;
};

bool graver(const Ruling& a, const Ruling& b) {
    return a.severity != b.severity ? a.severity > b.severity : a.at_risk > b.at_risk;
}

/// Findings come gravest first by their own word; weights change that order.
Ruling weighed_ruling(std::span<const Finding> findings, RuleWeigher& weigher) {
    Ruling gravest;
    for (std::size_t at = 0; at < findings.size(); ++at) {
        const Finding& finding = findings[at];
        if (at > 0 && finding.severity < gravest.severity) break;  // no weight raises it
        const Ruling ruling{finding.type, weigher.weighed(finding), finding.amount};
        if (at == 0 || graver(ruling, gravest)) gravest = ruling;
    }
    return gravest;
}

Ruling ruling_of(const Investigation& investigation, const Record& record, RuleWeigher& weigher) {
    if (record.finding_count == 0) {
        // An outcome the reader established (a decline, a cancellation) stays; a name a model gave goes.
        const bool named = record.type == RecordType::unusual;
        return {named ? RecordType::normal : record.type, Severity::none, kNoAmount};
    }
    if (!weigher.idle()) return weighed_ruling(investigation.findings_of(record), weigher);
    const Finding& gravest = investigation.findings[record.first_finding];
    return {gravest.type, gravest.severity, gravest.amount};
}

MachineIndex machine_in(const JournalModel& model, const std::string& name) {
    const auto found = std::find(model.machines.begin(), model.machines.end(), name);
    return static_cast<MachineIndex>(found - model.machines.begin());  // behind the last: never seen in training
}

constexpr std::size_t kMostSteps = 8;

/// The most surprising first.
std::vector<OddStep> odd_steps(const SequenceModel& model, const TokenSequences& happened) {
    std::vector<OddStep> odd;
    for (const Transition& step : model.explain(happened, 0))
        odd.push_back({step.position, step.from, step.to, step.likely, step.likely_share, step.surprisal_bits});
    std::ranges::stable_sort(odd, std::ranges::greater(), &OddStep::bits);
    odd.resize(std::min(odd.size(), kMostSteps));
    return odd;
}

FeatureTable row_of(const FeatureTable& table, std::int32_t row) {
    FeatureTable one;
    one.features.names = table.features.names;
    one.features.values = table.features.values.row(row);
    if (table.sequences.size() == 0) return one;
    one.sequences.words = table.sequences.words;
    const auto tokens = table.sequences.of(static_cast<std::size_t>(row));
    one.sequences.tokens.assign(tokens.begin(), tokens.end());
    one.sequences.end_sequence();
    return one;
}

ChannelShare share_of(const Channel& channel, const JournalModel& model, const Dataset& one, MachineIndex machine) {
    ChannelShare share;
    share.name = channel.name;
    share.weight = channel.weight;
    if (!speaks(channel, one, 0)) return share;
    share.raw_score = channel.detector->score(one, 1, {})[0];
    share.surprise = channel.calibration.surprise(share.raw_score);
    share.lift = lift_of(channel, share.surprise);
    if (const auto* sequences = dynamic_cast<const SequenceModel*>(channel.detector.get())) {
        share.steps = odd_steps(*sequences, *one.sequences);
        share.length = one.sequences->tokens.size();
        if (share.lift > 0) share.sentence = sequence_sentence(heading_of(channel), share.steps.front());
        return share;
    }
    share.contributions = contributions_of(*channel.detector, model.ranges, one, 0, machine);
    if (share.lift > 0) share.sentence = channel_sentence(heading_of(channel), share.contributions, values_named(channel));
    return share;
}

/// Of what raises the record above the mean.
void give_shares(Explanation& explanation) {
    double all = std::max(0.0, explanation.deviations);
    for (const ChannelShare& channel : explanation.channels) all += channel.lift;
    if (all <= 0) return;
    explanation.share = std::max(0.0, explanation.deviations) / all;
    for (ChannelShare& channel : explanation.channels) channel.share = channel.lift / all;
}

/// Row 0 of `one`, without labels.
void explain_model(const JournalModel& model, const Dataset& one, MachineIndex machine, Explanation& explanation) {
    if (model.settings.forest) {
        explanation.detector = IsolationForest::kKind;
        explanation.raw_score = model.forest.score(one, 1, {})[0];
        explanation.deviations = (explanation.raw_score - model.prior_mean) / model.prior_deviation;
        explanation.contributions = contributions_of(model.forest, model.ranges, one, 0, machine);
    }
    for (const Channel& channel : model.channels) explanation.channels.push_back(share_of(channel, model, one, machine));
    std::ranges::stable_sort(explanation.channels, std::ranges::greater(), &ChannelShare::lift);
    give_shares(explanation);
    explain_correction(model, 0.0, explanation);
    explanation.raised = explanation.taught;  // nobody has taught it anything yet
}

}  // namespace

ModelEvidence evidence_of(const JournalModel& model, double forest_score, double lift, double correction) {
    const Calibration::Tail tail = model.calibration.tail(taught_score(model, forest_score, lift, correction));
    // Where the forest was not asked for there is its word for it neither.
    const bool distinct = !model.settings.forest || forest_score + model.prior_deviation * correction > kDistinctScore;
    return {tail.probability, tail.surprise, distinct, model.calibration.provisional()};
}

Eigen::VectorXd raised_scores(const JournalModel& model, const Dataset& rows, const Eigen::VectorXd& forest_scores, int threads,
                              const Progress& progress) {
    const Eigen::VectorXd lifts = channel_lifts(model.channels, rows, threads, progress);
    Eigen::VectorXd raised(lifts.size());
    for (Eigen::Index row = 0; row < raised.size(); ++row)
        raised[row] = taught_score(model, forest_scores[row], lifts[row], 0.0);  // one formula: equal to the bit
    return raised;
}

void explain_correction(const JournalModel& model, double correction, Explanation& explanation) {
    double lift = 0;
    for (const ChannelShare& channel : explanation.channels) lift += channel.lift;
    const double score = taught_score(model, explanation.raw_score, lift, correction);
    explanation.correction = correction;
    explanation.lift = lift * std::exp(2 * std::min(0.0, correction));
    explanation.taught = (score - model.prior_mean) / model.prior_deviation;
    explanation.tail_probability = model.calibration.tail_probability(score);
}

double taught_score(const JournalModel& model, double forest_score, double lift, double correction) {
    // Added to the score, not computed from z: a row nothing touches must keep its score to the bit.
    const double base = model.settings.forest ? forest_score : model.prior_mean;
    return base + model.prior_deviation * (correction + lift * std::exp(2 * std::min(0.0, correction)));
}

std::vector<ModelEvidence> score_records(const Dataset& rows, const JournalModel& model, int threads, const Progress& progress) {
    std::vector<ModelEvidence> evidence;
    evidence.reserve(static_cast<std::size_t>(rows.features.rows()));
    const Eigen::VectorXd scores = model.forest.score(rows, threads, progress);
    const Eigen::VectorXd lifts = channel_lifts(model.channels, rows, threads, progress);
    for (Eigen::Index row = 0; row < scores.size(); ++row) evidence.push_back(evidence_of(model, scores[row], lifts[row], 0.0));
    return evidence;
}

std::vector<ModelEvidence> score_tables(const FeatureTables& tables, const ModelSet& models, int threads,
                                        const Progress& progress) {
    std::vector<ModelEvidence> evidence(static_cast<std::size_t>(tables.rows()));
    for (std::size_t table = 0; table < tables.size(); ++table) {
        const auto model = models.part_for(tables[table].features.names);
        if (!model) continue;
        const std::vector<ModelEvidence> said = score_records(tables[table].dataset(), *model, threads, progress);
        std::ranges::copy(said, evidence.begin() + tables.first_row(table));
    }
    return evidence;
}

std::vector<MachineIndex> machines_of_rows(const Investigation& investigation, std::size_t table) {
    const std::int32_t first = investigation.features.first_row(table);
    const std::int32_t last = investigation.features.first_row(table + 1);
    std::vector<MachineIndex> machines(static_cast<std::size_t>(last - first));
    for (const Record& record : investigation.records) {
        if (record.feature_row >= first && record.feature_row < last)
            machines[static_cast<std::size_t>(record.feature_row - first)] = record.machine;
    }
    return machines;
}

Verdict verdict_of(const Investigation& investigation, const Record& record, const ModelEvidence& evidence,
                   RuleWeigher& weigher) {
    const Ruling ruling = ruling_of(investigation, record, weigher);
    return combine(ruling.type, ruling.severity, evidence);
}

void score_investigation(Investigation& investigation, std::span<const ModelEvidence> evidence, const RuleWeights& weights) {
    if (!evidence.empty() && std::ssize(evidence) != investigation.features.rows())
        throw Error(ErrorCode::Mismatch, fmt::format("Evidence of {} rows for an investigation of {}.", evidence.size(),
                                                     investigation.features.rows()));
    RuleWeigher weigher(weights);
    for (Record& record : investigation.records) {
        const Ruling ruling = ruling_of(investigation, record, weigher);
        const bool seen = !evidence.empty() && record.feature_row >= 0;
        const ModelEvidence said = seen ? evidence[static_cast<std::size_t>(record.feature_row)] : ModelEvidence{};
        const Verdict verdict = combine(ruling.type, ruling.severity, said);
        record.type = verdict.type;
        record.severity = verdict.severity;
        record.at_risk = ruling.at_risk;
        record.provisional = said.provisional;
        record.tail_probability = static_cast<float>(said.tail_probability);
        record.score = static_cast<float>(verdict.score);
    }
}

Explanation explain_record(const Investigation& investigation, const ModelSet* models, RecordIndex index) {
    const Record& record = investigation.records.at(raw(index));
    Explanation explanation;
    explanation.displayed_score = static_cast<double>(record.score);
    if (models == nullptr || record.feature_row < 0) return explanation;
    const FeatureTables::Place place = investigation.features.place_of(record.feature_row);
    const auto model = models->part_for(investigation.features[place.table].features.names);
    if (!model) return explanation;
    const FeatureTable one = row_of(investigation.features[place.table], place.row);
    explain_model(*model, one.dataset(), machine_in(*model, investigation.machine_of(record)), explanation);
    return explanation;
}

}  // namespace abm
