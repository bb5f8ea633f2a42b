#include "core/detect/dbscan_detector.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/error.h"
#include "core/base/order_statistic.h"
#include "core/detect/detector_params.h"
#include "core/detect/neighbour_shares.h"

namespace abm {
namespace {

constexpr int kDbscanFormat = 1;
constexpr double kMostEps = 1e9;  // farther than any two scaled rows are apart

/// A distance that equals eps is within it, whatever squaring does to its last bits.
double square_of(double eps) { return eps * eps * (1 + 1e-12); }

/// [m] squared distance of each reference row to its `each`-th neighbour.
std::vector<double> squares_to_neighbour(const ReferenceRows& reference, std::size_t each, int threads,
                                         const Progress& progress) {
    std::vector<double> squares(static_cast<std::size_t>(reference.size()));
    std::vector<std::int32_t> itself(squares.size());
    std::iota(itself.begin(), itself.end(), 0);
    reference.neighbours().nearest(reference.neighbours().rows(), each, itself, threads, progress,
                                   [&](Eigen::Index row, std::span<const Neighbour> nearest) {
                                       if (!nearest.empty()) squares[static_cast<std::size_t>(row)] = nearest.back().square;
                                   });
    return squares;
}

double usual_eps(std::vector<double> squares) { return std::sqrt(value_at_rank(squares, (squares.size() * 9 + 9) / 10 - 1)); }

/// Disjoint sets in which the lowest member stands for all; what comes out does not depend on the order of joining.
class Sets {
public:
    explicit Sets(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0); }
    std::int32_t root(std::int32_t member) {
        while (parent_[static_cast<std::size_t>(member)] != member) {
            std::int32_t& parent = parent_[static_cast<std::size_t>(member)];
            parent = parent_[static_cast<std::size_t>(parent)];
            member = parent;
        }
        return member;
    }
    void join(std::int32_t a, std::int32_t b) {
        a = root(a);
        b = root(b);
        parent_[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    }

private:
    std::vector<std::int32_t> parent_;
};

void require_params(const DbscanParams& params) {
    require_neighbour_count(DbscanDetector::kKind, params.min_samples);
    if (!(params.eps >= 0) || params.eps > kMostEps)
        throw Error(ErrorCode::Invalid, fmt::format("dbscan cannot be fitted: eps = {}, allowed are numbers from 0 (chosen from "
                                                    "the data) to {}.",
                                                    params.eps, kMostEps));
}

}  // namespace

DbscanParams DbscanDetector::params(const Json& params) {
    DetectorParams given(kKind, params);
    DbscanParams chosen;
    chosen.eps = given.positive("eps", chosen.eps);
    chosen.min_samples = given.integer("min_samples", 1, kMostNeighbours, chosen.min_samples);
    chosen.reference = given.integer("reference", 0, kMostReferenceRows, chosen.reference);
    chosen.seed = given.seed(chosen.seed);
    given.finish();
    return chosen;
}

DbscanDetector DbscanDetector::fit(const FeatureMatrix& data, const DbscanParams& params, int threads, const Progress& progress) {
    require_params(params);
    const ReferenceRows all = ReferenceRows::choose(kKind, data, params.reference, params.seed);
    const std::vector<double> squares = squares_to_neighbour(all, all.neighbours_each(params.min_samples - 1), threads, progress);
    const double eps = params.eps > 0 ? params.eps : usual_eps(squares);
    std::vector<std::int32_t> core;
    for (std::size_t row = 0; row < squares.size(); ++row) {
        if (squares[row] <= square_of(eps)) core.push_back(static_cast<std::int32_t>(row));
    }
    if (core.empty())
        throw Error(ErrorCode::Invalid,
                    fmt::format("dbscan cannot be fitted: no row has {} rows within eps = {}. Allow a larger eps "
                                "or fewer min_samples; without eps one is chosen.",
                                params.min_samples, eps));
    DbscanDetector detector(all.only(core), eps);
    detector.min_samples_ = params.min_samples;
    detector.seed_ = params.seed;
    detector.find_clusters(threads, progress);
    return detector;
}

void DbscanDetector::find_clusters(int threads, const Progress& progress) {
    Sets sets(static_cast<std::size_t>(core_.size()));
    std::mutex joining;
    core_.neighbours().within(core_.neighbours().rows(), square_of(eps_), threads, progress,
                              [&](Eigen::Index row, std::span<const std::int32_t> near) {
                                  const std::lock_guard lock(joining);
                                  for (const std::int32_t other : near) sets.join(static_cast<std::int32_t>(row), other);
                              });
    cluster_of_.assign(static_cast<std::size_t>(core_.size()), 0);
    int next = 0;
    for (std::int32_t row = 0; row < core_.size(); ++row) {
        const std::int32_t first = sets.root(row);
        cluster_of_[static_cast<std::size_t>(row)] = first == row ? next++ : cluster_of_[static_cast<std::size_t>(first)];
    }
}

int DbscanDetector::clusters() const { return 1 + *std::max_element(cluster_of_.begin(), cluster_of_.end()); }

Eigen::VectorXd DbscanDetector::score(const Dataset& data, int threads, const Progress& progress) const {
    const RowMatrix scaled = core_.columns().apply(data.features);
    Eigen::VectorXd scores(scaled.rows());
    core_.neighbours().nearest(scaled, 1, {}, threads, progress, [&](Eigen::Index row, std::span<const Neighbour> nearest) {
        scores[row] = std::sqrt(nearest.front().square);
    });
    return scores;
}

Eigen::VectorXd DbscanDetector::contributions(const Dataset& data, Eigen::Index row) const {
    const RowMatrix scaled = core_.columns().apply(data.features, row);
    Neighbour nearest;
    core_.neighbours().nearest(scaled, 1, {}, 1, {},
                               [&](Eigen::Index, std::span<const Neighbour> found) { nearest = found.front(); });
    return distance_shares(core_, scaled, {&nearest, 1}, std::sqrt(nearest.square));
}

std::vector<int> DbscanDetector::labels(const Dataset& data, int threads, const Progress& progress) const {
    const RowMatrix scaled = core_.columns().apply(data.features);
    std::vector<int> labels(static_cast<std::size_t>(scaled.rows()), kNoise);
    core_.neighbours().within(scaled, square_of(eps_), threads, progress,
                              [&](Eigen::Index row, std::span<const std::int32_t> near) {
                                  int& label = labels[static_cast<std::size_t>(row)];
                                  for (const std::int32_t core : near) {
                                      const int cluster = cluster_of_[static_cast<std::size_t>(core)];
                                      label = label == kNoise ? cluster : std::min(label, cluster);
                                  }
                              });
    return labels;
}

Json DbscanDetector::save() const {
    Json document = model_document(kKind, kDbscanFormat);
    document["eps"] = eps_;
    document["min_samples"] = min_samples_;
    document["seed"] = seed_;
    document["core"] = core_.save();
    document["clusters"] = cluster_of_;
    return document;
}

DbscanDetector DbscanDetector::load(const Json& document) {
    check_model_header(document, kKind, kDbscanFormat);
    DbscanDetector detector(ReferenceRows::load(member(document, "core")), finite_number(document, "eps"));
    detector.min_samples_ = integer(document, "min_samples", 1, kMostNeighbours);
    detector.seed_ = saved_seed(document);
    for (const std::int64_t cluster : integers(document, "clusters", 0, detector.core_.size() - 1))
        detector.cluster_of_.push_back(static_cast<int>(cluster));
    if (static_cast<Eigen::Index>(detector.cluster_of_.size()) != detector.core_.size() || detector.eps_ < 0 ||
        detector.eps_ > kMostEps)
        throw Error(ErrorCode::Corrupt,
                    "The saved clusters are damaged: their parts do not fit together. Train the model again.");
    return detector;
}

}  // namespace abm
