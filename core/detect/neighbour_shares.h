// What the detectors of neighbours have in common.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/detect/reference_rows.h"

namespace abm {

inline constexpr std::int64_t kMostNeighbours = 1000;

/// Throws Error{Invalid} unless k is 1..kMostNeighbours.
void require_neighbour_count(std::string_view detector, std::int64_t k);
/// "seed" of a saved model. Throws Error{Corrupt}.
std::uint64_t saved_seed(const Json& document);

/// Neighbours of scaled [1, used], nearest first, as score() finds them.
std::vector<Neighbour> nearest_of_one(const ReferenceRows& reference, const RowMatrix& scaled, std::int64_t k);

/// [d] parts that sum to `total`: each feature's share of the squared distances of scaled [1, used] to the given rows, taken
/// together. When all distances are 0 no feature is to blame and all have the same part.
Eigen::VectorXd distance_shares(const ReferenceRows& reference, const RowMatrix& scaled, std::span<const Neighbour> rows,
                                double total);

}  // namespace abm
