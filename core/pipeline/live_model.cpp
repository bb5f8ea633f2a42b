#include "core/pipeline/live_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/detect/parallel.h"
#include "core/pipeline/label_votes.h"
#include "core/pipeline/score.h"

namespace abm {
namespace {

constexpr Eigen::Index kRowsPerTask = 4096;

double standardised(const JournalModel& model, double score) { return (score - model.prior_mean) / model.prior_deviation; }

/// The first `most` in the order of `before`; ties are broken by it too, so the result does not depend on how they came.
template <class T, class Before>
void keep_first(std::vector<T>& all, std::size_t most, const Before& before) {
    const auto kept = all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size()));
    std::partial_sort(all.begin(), kept, all.end(), before);
    all.erase(kept, all.end());
}

/// The labels that teach and that the model's forest can place.
FeatureMatrix features_of(std::span<const LearnedLabel> labels, const std::vector<std::string>& names,
                          std::vector<std::size_t>& places) {
    for (std::size_t place = 0; place < labels.size(); ++place) {
        if (labels[place].features.empty()) continue;
        if (labels[place].features.size() != names.size())
            throw Error(ErrorCode::Mismatch, fmt::format("A label the model remembers has {} features, the model {}.",
                                                         labels[place].features.size(), names.size()));
        places.push_back(place);
    }
    FeatureMatrix rows;
    rows.names = names;
    rows.values.resize(static_cast<Eigen::Index>(places.size()), static_cast<Eigen::Index>(names.size()));
    for (std::size_t row = 0; row < places.size(); ++row) {
        const std::vector<float>& from = labels[places[row]].features;
        std::copy(from.begin(), from.end(), rows.values.row(static_cast<Eigen::Index>(row)).data());
    }
    return rows;
}

}  // namespace

LiveModel::LiveModel(std::shared_ptr<const JournalModel> model, Shared<FeatureTable> table, int threads, const Progress& progress,
                     std::span<const LearnedLabel> remembered, const LiveModel* before)
    : model_(std::move(model)),
      table_(std::move(table)),
      threads_(threads),
      rows_(before ? score_rows(*model_, *table_, *before->table_, before->rows_, threads, progress)
                   : score_rows(*model_, *table_, threads, progress)),
      feedback_(model_->scaler, {}) {
    assert(!before || before->model_ == model_);
    remember(remembered);
    update();
}

KernelPoint LiveModel::point_of(std::int32_t feature_row) const {
    const auto d = static_cast<std::size_t>(features().columns());
    return feedback_.kernel().point(rows_.ids.of_row(static_cast<std::size_t>(feature_row)),
                                    {features().values.row(feature_row).data(), d});
}

void LiveModel::remember(std::span<const LearnedLabel> labels) {
    const FeatureMatrix rows = features_of(labels, model_->forest.names(), remembered_);
    const Eigen::VectorXd scores = model_->forest.score(rows, 1, {});
    const LeafIds ids = leaf_ids(model_->forest, rows, 1, {});
    std::vector<LabelledPoint> points;
    for (std::size_t row = 0; row < remembered_.size(); ++row) {
        const LearnedLabel& label = labels[remembered_[row]];
        points.push_back({feedback_.kernel().point(ids.of_row(row), label.features),
                          standardised(*model_, scores[static_cast<Eigen::Index>(row)]), label.anomaly});
    }
    feedback_.append_all(std::move(points));
}

void LiveModel::set_labels(std::span<const TrainingLabel> labels) {
    const auto differs = std::mismatch(labels.begin(), labels.end(), labels_.begin(), labels_.end()).first;
    const auto same = static_cast<std::size_t>(differs - labels.begin());
    if (same == labels.size() && same == labels_.size()) return;
    feedback_.truncate(remembered_.size() + same);
    std::vector<LabelledPoint> points;
    for (const TrainingLabel& label : labels.subspan(same)) {
        assert(label.feature_row >= 0 && label.feature_row < features().rows());
        points.push_back({point_of(label.feature_row), standardised(*model_, rows_.forest[label.feature_row]), label.anomaly});
    }
    feedback_.append_all(std::move(points));
    labels_.assign(labels.begin(), labels.end());
    update();
}

void LiveModel::update() {
    feedback_.solve();
    ridge_ = feedback_.corrections(rows_.ids, features().values, threads_);
    const Eigen::VectorXd z = (rows_.forest.array() - model_->prior_mean) / model_->prior_deviation;
    corrections_ = voting() ? blended_correction(ridge_, z, rows_.votes) : ridge_;
    margins_ = z + corrections_;
}

/// Labels may have been taken back since the model was trained.
bool LiveModel::voting() const {
    if (rows_.votes.size() == 0) return false;
    std::int64_t anomalies = 0;
    for (std::size_t at = 0; at < feedback_.size(); ++at) anomalies += feedback_.label(at).anomaly ? 1 : 0;
    return std::min(anomalies, std::ssize(labels_) + std::ssize(remembered_) - anomalies) >= RankedVotes::kLeastOfEach;
}

Eigen::VectorXd LiveModel::ridge_margins() const {
    return (rows_.forest.array() - model_->prior_mean) / model_->prior_deviation + ridge_.array();
}

std::optional<double> LiveModel::probability(std::int32_t feature_row) const {
    if (!model_->probability || feedback_.size() == 0) return std::nullopt;
    return model_->probability->probability(margins_[feature_row]);
}

std::vector<ModelEvidence> LiveModel::evidence() const {
    std::vector<ModelEvidence> evidence(static_cast<std::size_t>(rows_.forest.size()));
    parallel_blocks(rows_.forest.size(), kRowsPerTask, threads_, {}, "judging", [&](Eigen::Index begin, Eigen::Index end) {
        for (Eigen::Index row = begin; row < end; ++row) {
            evidence[static_cast<std::size_t>(row)] =
                evidence_of(*model_, rows_.forest[row], rows_.lifts[row], corrections_[row]);
        }
    });
    return evidence;
}

std::vector<LabelInfluence> LiveModel::terms(std::int32_t feature_row, std::size_t first, std::size_t last,
                                             std::size_t most) const {
    const KernelPoint at = point_of(feature_row);
    std::vector<LabelInfluence> all;
    for (std::size_t index = first; index < last; ++index)
        all.push_back({index - first, feedback_.term(index, at), ForestKernel::leaf_share(at, feedback_.label(index).point)});
    keep_first(all, most, [](const LabelInfluence& a, const LabelInfluence& b) {
        return std::pair(-std::abs(a.margin), a.label) < std::pair(-std::abs(b.margin), b.label);
    });
    return all;
}

std::vector<LabelInfluence> LiveModel::influences(std::int32_t feature_row, std::size_t most) const {
    return terms(feature_row, remembered_.size(), feedback_.size(), most);
}

std::vector<LabelInfluence> LiveModel::remembered_influences(std::int32_t feature_row, std::size_t most) const {
    std::vector<LabelInfluence> all = terms(feature_row, 0, remembered_.size(), most);
    for (LabelInfluence& influence : all) influence.label = remembered_[influence.label];
    return all;
}

std::vector<AlikeRow> LiveModel::alike(std::int32_t feature_row, double least, std::size_t most) const {
    std::vector<std::uint16_t> same(rows_.ids.rows);
    for (std::size_t tree = 0; tree < rows_.ids.trees; ++tree) {
        const std::uint8_t* slots = rows_.ids.of_tree(tree);
        const std::uint8_t own = slots[feature_row];
        for (std::size_t row = 0; row < rows_.ids.rows; ++row)
            same[row] = static_cast<std::uint16_t>(same[row] + (slots[row] == own));
    }
    std::vector<AlikeRow> rows;
    for (std::size_t row = 0; row < rows_.ids.rows; ++row) {
        const double share = static_cast<double>(same[row]) / static_cast<double>(rows_.ids.trees);
        if (share >= least && row != static_cast<std::size_t>(feature_row))
            rows.push_back({static_cast<std::int32_t>(row), share});
    }
    keep_first(rows, most, [](const AlikeRow& a, const AlikeRow& b) {
        return std::pair(-a.alike, a.feature_row) < std::pair(-b.alike, b.feature_row);
    });
    return rows;
}

}  // namespace abm
