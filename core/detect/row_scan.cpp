#include "core/detect/row_scan.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace abm {
namespace {

constexpr Eigen::Index kGroup = 4;               // queries that share the loads of a tile
constexpr Eigen::Index kChunkBytes = 16 * 1024;  // of tiles that stay in the first cache while all queries pass

/// The squares of one query to two vectors of rows.
template <int kBytes>
struct Sums {
    using Floats [[gnu::vector_size(kBytes)]] = float;
    using Mask [[gnu::vector_size(kBytes)]] = std::int32_t;
    Floats first{};
    Floats second{};

    [[gnu::always_inline]] void add(const Floats& rows, const Floats& more, float value) {
        const Floats apart = rows - value;
        const Floats further = more - value;
        first += apart * apart;
        second += further * further;
    }
    /// Writes the squares; a sign bit is left in `beyond` only where all of them so far were above their bound.
    [[gnu::always_inline]] void finish(float bound, float* squares, Mask& beyond) const {
        std::memcpy(squares, &first, sizeof first);
        std::memcpy(squares + sizeof first / sizeof(float), &second, sizeof second);
        const Floats room = bound - first;
        const Floats more_room = bound - second;
        beyond &= __builtin_bit_cast(Mask, room) & __builtin_bit_cast(Mask, more_room);
    }
};

/// Writes the squares [kGroup][kTileRows]; true when one of them is not above the bound of its query. kBytes: width of a vector.
/// Two vectors a query and four queries are eight independent sums, named one by one so that they stay in registers.
template <int kBytes>
[[gnu::always_inline]] inline bool squares_of(const float* tile, Eigen::Index features, const float* const* queries,
                                              const float* bounds, float* squares) {
    using Floats = typename Sums<kBytes>::Floats;
    using Mask = typename Sums<kBytes>::Mask;
    constexpr Eigen::Index kWidth = kBytes / static_cast<int>(sizeof(float));
    Mask beyond = ~Mask{};
    for (Eigen::Index part = 0; part < kTileRows; part += 2 * kWidth) {
        Sums<kBytes> a, b, c, d;
        for (Eigen::Index feature = 0; feature < features; ++feature) {
            Floats rows, more;
            std::memcpy(&rows, tile + feature * kTileRows + part, sizeof rows);
            std::memcpy(&more, tile + feature * kTileRows + part + kWidth, sizeof more);
            a.add(rows, more, queries[0][feature]);
            b.add(rows, more, queries[1][feature]);
            c.add(rows, more, queries[2][feature]);
            d.add(rows, more, queries[3][feature]);
        }
        a.finish(bounds[0], squares + part, beyond);
        b.finish(bounds[1], squares + kTileRows + part, beyond);
        c.finish(bounds[2], squares + 2 * kTileRows + part, beyond);
        d.finish(bounds[3], squares + 3 * kTileRows + part, beyond);
    }
    std::array<std::int32_t, static_cast<std::size_t>(kWidth)> signs;
    std::memcpy(signs.data(), &beyond, sizeof beyond);
    std::int32_t all = -1;
    for (const std::int32_t sign : signs) all &= sign;
    return all >= 0;
}

using SquaresOf = bool (*)(const float*, Eigen::Index, const float* const*, const float*, float*);

bool squares_16(const float* tile, Eigen::Index features, const float* const* queries, const float* bounds, float* squares) {
    return squares_of<16>(tile, features, queries, bounds, squares);
}

#if defined(__x86_64__)
[[gnu::target("avx2,fma")]] bool squares_32(const float* tile, Eigen::Index features, const float* const* queries,
                                            const float* bounds, float* squares) {
    return squares_of<32>(tile, features, queries, bounds, squares);
}
[[gnu::target("avx512f")]] bool squares_64(const float* tile, Eigen::Index features, const float* const* queries,
                                           const float* bounds, float* squares) {
    return squares_of<64>(tile, features, queries, bounds, squares);
}
#endif

SquaresOf widest() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return squares_64;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return squares_32;
#endif
    return squares_16;
}

bool any_within(const float* squares, float bound) {
    return std::any_of(squares, squares + kTileRows, [bound](float square) { return square <= bound; });
}

}  // namespace

RowTiles::RowTiles(const RowMatrix& rows)
    : features_(rows.cols()),
      tiles_((rows.rows() + kTileRows - 1) / kTileRows),
      values_(static_cast<std::size_t>(tiles_ * kTileRows * features_)) {
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
        const Eigen::Index tile = row / kTileRows;
        for (Eigen::Index feature = 0; feature < features_; ++feature)
            values_[static_cast<std::size_t>((tile * features_ + feature) * kTileRows + row % kTileRows)] = rows(row, feature);
    }
}

void RowTiles::scan_tile(const float* const* queries, Eigen::Index first_query, Eigen::Index count, Eigen::Index tile,
                         std::span<float> bounds, const OnTile& on_tile) const {
    static const SquaresOf squares_of_group = widest();
    std::array<float, kGroup> group_bounds;
    for (Eigen::Index query = 0; query < kGroup; ++query)
        group_bounds[static_cast<std::size_t>(query)] =
            query < count ? bounds[static_cast<std::size_t>(first_query + query)] : -1.0F;
    std::array<float, static_cast<std::size_t>(kGroup * kTileRows)> squares;
    const float* values = values_.data() + tile * features_ * kTileRows;
    if (!squares_of_group(values, features_, queries, group_bounds.data(), squares.data())) return;
    for (Eigen::Index query = 0; query < count; ++query) {
        float& bound = bounds[static_cast<std::size_t>(first_query + query)];
        const float* own = squares.data() + query * kTileRows;
        if (any_within(own, bound)) bound = on_tile(first_query + query, tile * kTileRows, own);
    }
}

void RowTiles::scan(const float* queries, Eigen::Index count, std::span<float> bounds, const OnTile& on_tile) const {
    const Eigen::Index tile_bytes = std::max<Eigen::Index>(1, features_ * kTileRows * static_cast<int>(sizeof(float)));
    const Eigen::Index chunk = std::max<Eigen::Index>(1, kChunkBytes / tile_bytes);
    for (Eigen::Index begin = 0; begin < tiles_; begin += chunk) {
        const Eigen::Index end = std::min(begin + chunk, tiles_);
        for (Eigen::Index first = 0; first < count; first += kGroup) {
            std::array<const float*, kGroup> group;
            for (Eigen::Index query = 0; query < kGroup; ++query)
                group[static_cast<std::size_t>(query)] = queries + std::min(first + query, count - 1) * features_;
            const Eigen::Index present = std::min(kGroup, count - first);
            for (Eigen::Index tile = begin; tile < end; ++tile) scan_tile(group.data(), first, present, tile, bounds, on_tile);
        }
    }
}

}  // namespace abm
