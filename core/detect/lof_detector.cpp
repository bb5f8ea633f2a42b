#include "core/detect/lof_detector.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/error.h"
#include "core/detect/detector_params.h"
#include "core/detect/neighbour_shares.h"

namespace abm {
namespace {

constexpr int kLofFormat = 1;
constexpr double kLeastReach = 1e-10;

std::vector<double> saved_numbers(const Json& document, const char* name, Eigen::Index count) {
    std::vector<double> numbers = finite_numbers(document, name);
    const bool sound = std::all_of(numbers.begin(), numbers.end(), [](double number) { return number >= 0 && number <= 1e30; });
    if (static_cast<Eigen::Index>(numbers.size()) != count || !sound)
        throw Error(ErrorCode::Corrupt, "The saved neighbour densities are damaged. Train the model again.");
    return numbers;
}

}  // namespace

LofParams LofDetector::params(const Json& params) {
    DetectorParams given(kKind, params);
    LofParams chosen;
    chosen.k = given.integer("k", 1, kMostNeighbours, chosen.k);
    chosen.reference = given.integer("reference", 0, kMostReferenceRows, chosen.reference);
    chosen.seed = given.seed(chosen.seed);
    given.finish();
    return chosen;
}

LofDetector LofDetector::fit(const FeatureMatrix& data, const LofParams& params, int threads, const Progress& progress) {
    require_neighbour_count(kKind, params.k);
    LofDetector detector(ReferenceRows::choose(kKind, data, params.reference, params.seed));
    detector.k_ = params.k;
    detector.seed_ = params.seed;
    detector.fit_densities(threads, progress);
    return detector;
}

void LofDetector::fit_densities(int threads, const Progress& progress) {
    const auto rows = static_cast<std::size_t>(reference_.size());
    const std::size_t each = reference_.neighbours_each(k_);
    std::vector<Neighbour> table(rows * each);
    const auto of = [&](std::size_t row) { return std::span<const Neighbour>(table).subspan(row * each, each); };
    reaches_.assign(rows, 0.0);
    densities_.assign(rows, 1.0);
    factors_.assign(rows, 1.0);
    std::vector<std::int32_t> itself(rows);
    std::iota(itself.begin(), itself.end(), 0);
    reference_.neighbours().nearest(reference_.neighbours().rows(), each, itself, threads, progress,
                                    [&](Eigen::Index row, std::span<const Neighbour> nearest) {
                                        std::copy(nearest.begin(), nearest.end(),
                                                  table.begin() + static_cast<std::ptrdiff_t>(each) * row);
                                        if (!nearest.empty())
                                            reaches_[static_cast<std::size_t>(row)] = std::sqrt(nearest.back().square);
                                    });
    if (each == 0) return;
    for (std::size_t row = 0; row < rows; ++row) densities_[row] = density(of(row));
    for (std::size_t row = 0; row < rows; ++row) factors_[row] = factor(of(row), densities_[row]);
}

double LofDetector::density(std::span<const Neighbour> nearest) const {
    double reach = 0;
    for (const Neighbour& neighbour : nearest)
        reach += std::max(reaches_[static_cast<std::size_t>(neighbour.row)], std::sqrt(neighbour.square));
    return 1.0 / (reach / static_cast<double>(nearest.size()) + kLeastReach);
}

double LofDetector::factor(std::span<const Neighbour> nearest, double own_density) const {
    double densities = 0;
    for (const Neighbour& neighbour : nearest) densities += densities_[static_cast<std::size_t>(neighbour.row)];
    return densities / static_cast<double>(nearest.size()) / own_density;
}

Eigen::VectorXd LofDetector::score(const Dataset& data, int threads, const Progress& progress) const {
    const RowMatrix scaled = reference_.columns().apply(data.features);
    const std::vector<std::int32_t> same = reference_.same_rows(scaled);
    Eigen::VectorXd scores = Eigen::VectorXd::Ones(scaled.rows());
    std::vector<Eigen::Index> fresh;
    for (Eigen::Index row = 0; row < scaled.rows(); ++row) {
        if (const std::int32_t known = same[static_cast<std::size_t>(row)]; known != kNoRow)
            scores[row] = factors_[static_cast<std::size_t>(known)];
        else
            fresh.push_back(row);
    }
    const RowMatrix queries = scaled(fresh, Eigen::all);
    reference_.neighbours().nearest(queries, reference_.neighbours_each(k_), {}, threads, progress,
                                    [&](Eigen::Index query, std::span<const Neighbour> nearest) {
                                        if (nearest.empty()) return;
                                        scores[fresh[static_cast<std::size_t>(query)]] = factor(nearest, density(nearest));
                                    });
    return scores;
}

Eigen::VectorXd LofDetector::contributions(const Dataset& data, Eigen::Index row) const {
    const RowMatrix scaled = reference_.columns().apply(data.features, row);
    const auto nearest = nearest_of_one(reference_, scaled, k_);
    if (nearest.empty()) return Eigen::VectorXd::Zero(reference_.columns().columns());
    const std::int32_t known = reference_.same_rows(scaled).front();
    const double score = known != kNoRow ? factors_[static_cast<std::size_t>(known)] : factor(nearest, density(nearest));
    return distance_shares(reference_, scaled, nearest, score - 1.0);
}

Json LofDetector::save() const {
    Json document = model_document(kKind, kLofFormat);
    document["k"] = k_;
    document["seed"] = seed_;
    document["reference"] = reference_.save();
    document["reaches"] = reaches_;
    document["densities"] = densities_;
    document["factors"] = factors_;
    return document;
}

LofDetector LofDetector::load(const Json& document) {
    check_model_header(document, kKind, kLofFormat);
    LofDetector detector(ReferenceRows::load(member(document, "reference")));
    detector.k_ = integer(document, "k", 1, kMostNeighbours);
    detector.seed_ = saved_seed(document);
    detector.reaches_ = saved_numbers(document, "reaches", detector.reference_.size());
    detector.densities_ = saved_numbers(document, "densities", detector.reference_.size());
    detector.factors_ = saved_numbers(document, "factors", detector.reference_.size());
    return detector;
}

}  // namespace abm
