#include "core/detect/neighbour_shares.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace abm {

void require_neighbour_count(std::string_view detector, std::int64_t k) {
    if (k < 1 || k > kMostNeighbours)
        throw Error(ErrorCode::Invalid,
                    fmt::format("{} cannot be fitted: {} neighbours, allowed are 1 to {}.", detector, k, kMostNeighbours));
}

std::uint64_t saved_seed(const Json& document) {
    const Json& seed = member(document, "seed");
    if (!seed.is_number_integer())
        throw Error(ErrorCode::Corrupt, "The saved model is damaged: \"seed\" is not a whole number. Train the model again.");
    return seed.get<std::uint64_t>();
}

std::vector<Neighbour> nearest_of_one(const ReferenceRows& reference, const RowMatrix& scaled, std::int64_t k) {
    std::vector<Neighbour> found;
    reference.neighbours().nearest(
        scaled, reference.neighbours_each(k), reference.same_rows(scaled), 1, {},
        [&](Eigen::Index, std::span<const Neighbour> nearest) { found.assign(nearest.begin(), nearest.end()); });
    return found;
}

Eigen::VectorXd distance_shares(const ReferenceRows& reference, const RowMatrix& scaled, std::span<const Neighbour> rows,
                                double total) {
    Eigen::VectorXd squares = Eigen::VectorXd::Zero(reference.columns().used());
    for (const Neighbour& neighbour : rows) {
        const Eigen::VectorXd apart =
            (scaled.row(0).cast<double>() - reference.neighbours().rows().row(neighbour.row).cast<double>());
        squares += apart.cwiseAbs2();
    }
    const Eigen::Index features = reference.columns().columns();
    const double sum = squares.sum();
    if (!(sum > 0)) return Eigen::VectorXd::Constant(features, total / static_cast<double>(features));
    return reference.columns().spread(squares * (total / sum));
}

}  // namespace abm
