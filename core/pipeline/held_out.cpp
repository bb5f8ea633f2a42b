#include "core/pipeline/held_out.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "core/data/sequence_joiner.h"
#include "core/detect/classifier.h"
#include "core/detect/feedback.h"
#include "core/detect/parallel.h"
#include "core/pipeline/label_votes.h"
#include "core/pipeline/learned_labels.h"
#include "core/pipeline/score.h"

namespace abm {
namespace {

using LabelPlace = std::tuple<std::string_view, RecordKind, std::int64_t>;

LabelPlace place_of(const LearnedLabel& label) { return {label.source, label.kind, label.start_offset}; }

std::uint64_t hash_of(const LearnedLabel& label) {
    const std::string text = fmt::format("{}#{}#{}", label.source, name_of(label.kind), label.start_offset);
    return XXH3_64bits(text.data(), text.size());
}

/// Features as bytes, to be found again; empty when there are none.
std::string_view bytes_of(const LearnedLabel& label) {
    return {reinterpret_cast<const char*>(label.features.data()), label.features.size() * sizeof(float)};
}

/// The labels models can place, as rows, with their scores and leaves under one forest.
struct PlacedLabels {
    std::vector<int> row_of;  ///< [labels]; -1: no features
    FeatureMatrix rows;
    Eigen::VectorXd scores;
    Eigen::VectorXd lifts;  ///< of the channels
    LeafIds ids;
};

PlacedLabels place(std::span<const LearnedLabel> labels, const JournalModel& model) {
    PlacedLabels placed;
    placed.rows.names = model.forest.names();
    int rows = 0;
    for (const LearnedLabel& label : labels) placed.row_of.push_back(label.features.empty() ? -1 : rows++);
    SequenceJoiner happened;
    placed.rows.values.resize(rows, static_cast<Eigen::Index>(placed.rows.names.size()));
    for (std::size_t at = 0; at < labels.size(); ++at) {
        if (placed.row_of[at] < 0) continue;
        if (labels[at].features.size() != placed.rows.names.size())
            throw Error(ErrorCode::Mismatch, fmt::format("A label has {} features, the model {}. Train the model again.",
                                                         labels[at].features.size(), placed.rows.names.size()));
        happened.take(labels[at].course);
        std::copy(labels[at].features.begin(), labels[at].features.end(), placed.rows.values.row(placed.row_of[at]).data());
    }
    placed.scores = model.forest.score(placed.rows, 1, {});
    const TokenSequences courses = happened.finish();
    placed.lifts = channel_lifts(model.channels, {placed.rows, courses.size() == 0 ? nullptr : &courses}, 1, {});
    placed.ids = leaf_ids(model.forest, placed.rows, 1, {});
    return placed;
}

/// What a fold must not be told.
class HeldOut {
public:
    HeldOut(std::span<const LearnedLabel> labels, std::span<const int> folds, int fold) {
        for (std::size_t at = 0; at < labels.size(); ++at) {
            if (folds[at] != fold) continue;
            places_.insert(place_of(labels[at]));
            if (!labels[at].features.empty()) features_.insert(bytes_of(labels[at]));
        }
    }
    bool holds(const LearnedLabel& label) const {
        return places_.contains(place_of(label)) || (!label.features.empty() && features_.contains(bytes_of(label)));
    }

private:
    std::set<LabelPlace> places_;
    std::set<std::string_view> features_;
};

/// What is taught to one fold: the kernel ridge and the rule weights of the labels left.
struct Teaching {
    Feedback feedback;
    RuleWeights weights;
    std::optional<RankedVotes> votes;
};

Teaching teach(const Investigation& investigation, const JournalModel& model, std::span<const LearnedLabel> taught,
               const PlacedLabels& placed, const HeldOut& held, const Progress& progress) {
    Teaching teaching{Feedback(model.scaler, {}), {}, {}};
    std::vector<LearnedLabel> left;
    for (std::size_t at = 0; at < taught.size(); ++at) {
        const LearnedLabel& label = taught[at];
        if (held.holds(label)) continue;
        left.push_back(label);
        if (placed.row_of[at] < 0) continue;
        const auto row = static_cast<std::size_t>(placed.row_of[at]);
        const double prior = (placed.scores[placed.row_of[at]] - model.prior_mean) / model.prior_deviation;
        teaching.feedback.append(
            {teaching.feedback.kernel().point(placed.ids.of_row(row), label.features), prior, label.anomaly});
    }
    teaching.feedback.solve();
    teaching.weights = rule_weights_of(left);
    const auto table = investigation.features.find(model.forest.names());
    if (model.votes && table) teaching.votes = fit_votes(model, investigation.features[*table].features, left, 1, progress);
    return teaching;
}

}  // namespace

std::vector<int> folds_of(std::span<const LearnedLabel> labels) {
    const auto anomalies = std::count_if(labels.begin(), labels.end(), [](const LearnedLabel& label) { return label.anomaly; });
    const auto least = std::min<std::int64_t>(anomalies, static_cast<std::int64_t>(labels.size()) - anomalies);
    if (least < kLeastOfEach) return {};
    const int count = static_cast<int>(std::min<std::int64_t>(least, kMostFolds));
    std::vector<std::size_t> order(labels.size());
    for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t at) { return std::tuple(hash_of(labels[at]), place_of(labels[at])); };
        return key(a) < key(b);
    });
    std::vector<int> folds(labels.size());
    std::map<std::string_view, int> fold_of_features;
    std::array<int, 2> next{};
    for (const std::size_t at : order) {
        int& dealt = next[labels[at].anomaly ? 1 : 0];
        folds[at] = dealt;
        if (!labels[at].features.empty()) folds[at] = fold_of_features.try_emplace(bytes_of(labels[at]), dealt).first->second;
        dealt = (dealt + 1) % count;
    }
    return folds;
}

HeldOutScores held_out_scores(const Investigation& investigation, std::span<const RecordIndex> records,
                              std::span<const LearnedLabel> labels, std::span<const int> folds, const JournalModel& model,
                              std::span<const LearnedLabel> taught, int threads, const Progress& progress) {
    const PlacedLabels asked = place(labels, model);
    const PlacedLabels known = place(taught, model);
    const int count = folds.empty() ? 0 : *std::max_element(folds.begin(), folds.end()) + 1;
    const RowMatrix seen = model.votes ? classifier_rows(model.forest, asked.rows.values, asked.scores) : RowMatrix();
    HeldOutScores scores{std::vector<double>(labels.size()),
                         std::vector<double>(labels.size(), std::numeric_limits<double>::quiet_NaN())};
    const auto score_fold = [&](int fold) {
        const Teaching teaching = teach(investigation, model, taught, known, HeldOut(labels, folds, fold), progress);
        const Eigen::VectorXd z = (asked.scores.array() - model.prior_mean) / model.prior_deviation;
        Eigen::VectorXd corrections = teaching.feedback.corrections(asked.ids, asked.rows.values, 1);
        if (teaching.votes) corrections = blended_correction(corrections, z, teaching.votes->margins(seen, 1, {}));
        RuleWeigher weigher(teaching.weights);
        for (std::size_t at = 0; at < labels.size(); ++at) {
            if (folds[at] != fold) continue;
            ModelEvidence evidence;
            if (const int row = asked.row_of[at]; row >= 0) {
                evidence = evidence_of(model, asked.scores[row], asked.lifts[row], corrections[row]);
                scores.margins[at] = z[row] + corrections[row];
            }
            scores.displayed[at] = verdict_of(investigation, investigation.records.at(raw(records[at])), evidence, weigher).score;
        }
    };
    parallel_blocks(count, 1, threads, progress, "comparing", [&](Eigen::Index begin, Eigen::Index end) {
        for (Eigen::Index fold = begin; fold < end; ++fold) score_fold(static_cast<int>(fold));
    });
    return scores;
}

}  // namespace abm
