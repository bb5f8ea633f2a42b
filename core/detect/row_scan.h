// Squared distances of a few queries to every row of a table: what is left when a table has too many columns for a tree.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/data/feature_matrix.h"

namespace abm {

inline constexpr Eigen::Index kTileRows = 32;

/// Rows laid out for wide instructions: tiles of kTileRows rows, in a tile one feature of all its rows after the other.
class RowTiles {
public:
    /// rows: [m, d].
    explicit RowTiles(const RowMatrix& rows);

    /// The first row of a tile and its kTileRows squares (those beyond the last row mean nothing); returns the new bound of the
    /// query.
    using OnTile = std::function<float(Eigen::Index query, Eigen::Index first_row, const float* squares)>;

    /// queries: [n, d]; bounds: [n]. Calls on_tile for every query and tile with a square that is not above the bound of the
    /// query, tiles in rising order. Squares are sums of floats: see square_slack(). Instructions are chosen by the machine.
    void scan(const float* queries, Eigen::Index count, std::span<float> bounds, const OnTile& on_tile) const;

private:
    void scan_tile(const float* const* queries, Eigen::Index first_query, Eigen::Index count, Eigen::Index tile,
                   std::span<float> bounds, const OnTile& on_tile) const;

    Eigen::Index features_;
    Eigen::Index tiles_;
    std::vector<float> values_;  // [tile][feature][row in tile]
};

/// A square s of scan() belongs to a true square within s * (1 +- slack) +- kSquareSpeck: each of the d terms is rounded three
/// times at most, and sums of positive numbers lose no more than d roundings.
inline float square_slack(Eigen::Index features) { return static_cast<float>(features + 8) * 0x1.0p-23F; }
inline constexpr float kSquareSpeck = 1e-30F;  ///< what underflow may take

}  // namespace abm
