#include "core/pipeline/evaluate_taught.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/base/random.h"
#include "core/detect/detector.h"
#include "core/pipeline/elapsed.h"
#include "core/pipeline/held_out.h"

namespace abm {
namespace {

using Rows = std::vector<std::int32_t>;

/// Both classes, each in an order of its own.
std::array<Rows, 2> drawn_classes(const LabelledTable& table, std::uint64_t seed) {
    std::array<Rows, 2> classes;
    for (std::size_t row = 0; row < table.anomalous.size(); ++row)
        classes[table.anomalous[row] ? 1 : 0].push_back(static_cast<std::int32_t>(row));
    Random random(seed);
    for (Rows& rows : classes) {
        for (std::size_t left = rows.size(); left > 1; --left)
            std::swap(rows[left - 1], rows[random.below(static_cast<std::uint32_t>(left))]);
    }
    return classes;
}

int fold_count(std::string_view kind, const std::array<Rows, 2>& classes) {
    const std::size_t least = std::min(classes[0].size(), classes[1].size());
    if (least < 2)
        throw Error(ErrorCode::Invalid,
                    fmt::format("{} learns from labels: with {} row of a class none is left to judge it by.", kind, least));
    return static_cast<int>(std::min<std::size_t>(least, kMostFolds));
}

FeatureMatrix picked(const FeatureMatrix& all, const Rows& rows) {
    FeatureMatrix some;
    some.names = all.names;
    some.values.resize(std::ssize(rows), all.columns());
    for (std::size_t at = 0; at < rows.size(); ++at) some.values.row(static_cast<Eigen::Index>(at)) = all.values.row(rows[at]);
    return some;
}

/// The labels of all folds but one, at most kMostTaught: in their drawn order, as many of a class as its share, but no fewer
/// than a tenth where there are so many.
std::vector<TrainingLabel> taught(const std::array<Rows, 2>& classes, int folds, int held) {
    std::array<Rows, 2> left;
    for (std::size_t of = 0; of < classes.size(); ++of) {
        for (std::size_t at = 0; at < classes[of].size(); ++at) {
            if (static_cast<int>(at % static_cast<std::size_t>(folds)) != held) left[of].push_back(classes[of][at]);
        }
    }
    const std::int64_t all = std::ssize(left[0]) + std::ssize(left[1]);
    std::vector<TrainingLabel> labels;
    for (std::size_t of = 0; of < left.size(); ++of) {
        const std::int64_t share = std::max(kMostTaught * std::ssize(left[of]) / all, kMostTaught / 10);
        const std::int64_t count = all <= kMostTaught ? std::ssize(left[of]) : std::min(share, std::ssize(left[of]));
        for (std::int64_t at = 0; at < count; ++at) labels.push_back({left[of][static_cast<std::size_t>(at)], of == 1});
    }
    return labels;
}

}  // namespace

TaughtScores score_held_out(std::string_view kind, const Json& params, const LabelledTable& table, std::uint64_t seed,
                            int threads, const Progress& progress) {
    const std::array<Rows, 2> classes = drawn_classes(table, seed);
    const int folds = fold_count(kind, classes);
    TaughtScores all;
    all.scores.resize(table.features.rows());
    for (int fold = 0; fold < folds; ++fold) {
        const std::vector<TrainingLabel> labels = taught(classes, folds, fold);
        Rows asked;
        for (const Rows& rows : classes) {
            for (std::size_t at = static_cast<std::size_t>(fold); at < rows.size(); at += static_cast<std::size_t>(folds))
                asked.push_back(rows[at]);
        }
        std::unique_ptr<const Detector> detector;
        Eigen::VectorXd scores;
        all.fit_ms += milliseconds(
            [&] { detector = fit_detector(kind, params, Dataset(table.features, nullptr, labels), threads, progress); });
        all.score_ms += milliseconds([&] { scores = detector->score(picked(table.features, asked), threads, progress); });
        for (std::size_t at = 0; at < asked.size(); ++at) all.scores[asked[at]] = scores[static_cast<Eigen::Index>(at)];
    }
    return all;
}

}  // namespace abm
