#include "core/detect/row_scan.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace abm {
namespace {

constexpr Eigen::Index kGroup = 4;               // queries that share the loads of a tile
constexpr Eigen::Index kChunkBytes = 16 * 1024;  // of tiles that stay in the first cache while all queries pass

/// Writes the squares [kGroup][kTileRows]; true when one of them is not above the bound of its query. kBytes: width of a vector.
/// Two vectors a query and four queries keep eight independent sums in registers, enough to hide the latency of an addition.
template <int kBytes>
[[gnu::always_inline]] inline bool squares_of(const float* tile, Eigen::Index features, const float* const* queries,
                                              const float* bounds, float* squares) {
    using Floats [[gnu::vector_size(kBytes)]] = float;
    using Mask [[gnu::vector_size(kBytes)]] = std::int32_t;
    constexpr Eigen::Index kWidth = kBytes / static_cast<int>(sizeof(float));
    Mask near{};
    for (Eigen::Index part = 0; part < kTileRows; part += 2 * kWidth) {
        Floats sums[kGroup][2] = {};
        for (Eigen::Index feature = 0; feature < features; ++feature) {
            Floats rows[2];
            std::memcpy(rows, tile + feature * kTileRows + part, sizeof rows);
#pragma GCC unroll 4
            for (Eigen::Index query = 0; query < kGroup; ++query) {
                const Floats first = rows[0] - queries[query][feature];
                const Floats second = rows[1] - queries[query][feature];
                sums[query][0] += first * first;
                sums[query][1] += second * second;
            }
        }
#pragma GCC unroll 4
        for (Eigen::Index query = 0; query < kGroup; ++query) {
            near |= (sums[query][0] <= bounds[query]) | (sums[query][1] <= bounds[query]);
            std::memcpy(squares + query * kTileRows + part, sums[query], sizeof sums[query]);
        }
    }
    std::array<std::int64_t, kBytes / sizeof(std::int64_t)> words;
    std::memcpy(words.data(), &near, sizeof near);
    std::int64_t any = 0;
    for (const std::int64_t word : words) any |= word;
    return any != 0;
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
[[gnu::target("avx512f,avx512dq,prefer-vector-width=512")]] bool squares_64(const float* tile, Eigen::Index features,
                                                                            const float* const* queries, const float* bounds,
                                                                            float* squares) {
    return squares_of<64>(tile, features, queries, bounds, squares);
}
#endif

SquaresOf widest() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) return squares_64;
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
