// What detectors of neighbours remember: the scale of the columns, and the rows others are compared with.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/detect/neighbours.h"
#include "core/detect/scaled_columns.h"

namespace abm {

inline constexpr std::int64_t kReferenceRows = 16'384;  ///< unless asked otherwise
inline constexpr std::int64_t kMostReferenceRows = 2'000'000;

/// Immutable once made.
class ReferenceRows {
public:
    /// At most `most` rows of data (0: all of them), drawn without repetition by the seed and kept in their order, scaled by the
    /// z-scores of all rows. One row stands for all when no column varies. Throws Error{Invalid} as ScaledColumns::fit does and
    /// for more than kMostReferenceRows.
    static ReferenceRows choose(std::string_view detector, const FeatureMatrix& data, std::int64_t most, std::uint64_t seed);
    /// The same columns with some of the rows.
    ReferenceRows only(const std::vector<std::int32_t>& rows) const;
    /// Throws Error{Corrupt | Mismatch}.
    static ReferenceRows load(const Json& document);
    Json save() const;

    /// [n] for each scaled row the reference row that equals it bit for bit (the first of several), kNoRow where there is none.
    /// A row that was itself among the training rows must not count as its own neighbour; this is how it is known again.
    std::vector<std::int32_t> same_rows(const RowMatrix& scaled) const;

    const ScaledColumns& columns() const { return columns_; }
    const Neighbours& neighbours() const { return *neighbours_; }
    Eigen::Index size() const { return neighbours_->rows().rows(); }
    /// How many neighbours every row is given when `wanted` are asked for: no more than a reference row has beside itself.
    std::size_t neighbours_each(std::int64_t wanted) const;

private:
    ReferenceRows(ScaledColumns columns, RowMatrix rows);

    ScaledColumns columns_;
    std::unique_ptr<const Neighbours> neighbours_;
    std::vector<std::int32_t> by_bytes_;  // row numbers in the order of the rows' bytes, then of their own
};

}  // namespace abm
