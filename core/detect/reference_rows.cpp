#include "core/detect/reference_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/error.h"
#include "core/detect/damaged_model.h"
#include "core/detect/split_mix.h"

namespace abm {
namespace {

/// `count` of [0, rows), rising: the first steps of a shuffle, sorted.
std::vector<std::int32_t> drawn_rows(std::int64_t rows, std::int64_t count, std::uint64_t seed) {
    std::vector<std::int32_t> all(static_cast<std::size_t>(rows));
    std::iota(all.begin(), all.end(), 0);
    if (count >= rows) return all;
    SplitMix random(seed);
    for (std::int64_t at = 0; at < count; ++at) {
        const auto other = at + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(rows - at)));
        std::swap(all[static_cast<std::size_t>(at)], all[static_cast<std::size_t>(other)]);
    }
    all.resize(static_cast<std::size_t>(count));
    std::sort(all.begin(), all.end());
    return all;
}

RowMatrix picked(const RowMatrix& rows, const std::vector<std::int32_t>& wanted) {
    RowMatrix some(static_cast<Eigen::Index>(wanted.size()), rows.cols());
    for (Eigen::Index at = 0; at < some.rows(); ++at) some.row(at) = rows.row(wanted[static_cast<std::size_t>(at)]);
    return some;
}

/// < 0, 0, > 0 as memcmp. A row without columns equals every other.
int compare_bytes(const RowMatrix& a, Eigen::Index row_a, const RowMatrix& b, Eigen::Index row_b) {
    const auto bytes = static_cast<std::size_t>(a.cols()) * sizeof(float);
    return bytes == 0 ? 0 : std::memcmp(a.row(row_a).data(), b.row(row_b).data(), bytes);
}

}  // namespace

ReferenceRows::ReferenceRows(ScaledColumns columns, RowMatrix rows)
    : columns_(std::move(columns)), neighbours_(std::make_unique<const Neighbours>(std::move(rows))) {
    const RowMatrix& all = neighbours_->rows();
    by_bytes_.resize(static_cast<std::size_t>(all.rows()));
    std::iota(by_bytes_.begin(), by_bytes_.end(), 0);
    std::sort(by_bytes_.begin(), by_bytes_.end(), [&](std::int32_t a, std::int32_t b) {
        const int order = compare_bytes(all, a, all, b);
        return order != 0 ? order < 0 : a < b;
    });
}

ReferenceRows ReferenceRows::choose(std::string_view detector, const FeatureMatrix& data, std::int64_t most, std::uint64_t seed) {
    ScaledColumns columns = ScaledColumns::fit(detector, data, Scaling::z_score);
    const std::int64_t count = most == 0 ? data.rows() : std::min<std::int64_t>(most, data.rows());
    if (count > kMostReferenceRows)
        throw Error(ErrorCode::Invalid, fmt::format("{} cannot be fitted: {} reference rows, at most {} are possible. Set "
                                                    "\"reference\" to fewer.",
                                                    detector, count, kMostReferenceRows));
    RowMatrix scaled = columns.apply(data);
    if (columns.used() == 0) return {std::move(columns), RowMatrix(1, 0)};
    if (count < data.rows()) scaled = picked(scaled, drawn_rows(data.rows(), count, seed));
    return {std::move(columns), std::move(scaled)};
}

ReferenceRows ReferenceRows::only(const std::vector<std::int32_t>& rows) const {
    return {columns_, picked(neighbours_->rows(), rows)};
}

std::size_t ReferenceRows::neighbours_each(std::int64_t wanted) const {
    return static_cast<std::size_t>(std::min<std::int64_t>(wanted, size() - 1));
}

std::vector<std::int32_t> ReferenceRows::same_rows(const RowMatrix& scaled) const {
    const RowMatrix& all = neighbours_->rows();
    std::vector<std::int32_t> same(static_cast<std::size_t>(scaled.rows()), kNoRow);
    for (Eigen::Index row = 0; row < scaled.rows(); ++row) {
        const auto found = std::lower_bound(by_bytes_.begin(), by_bytes_.end(), row, [&](std::int32_t known, Eigen::Index asked) {
            return compare_bytes(all, known, scaled, asked) < 0;
        });
        if (found != by_bytes_.end() && compare_bytes(all, *found, scaled, row) == 0)
            same[static_cast<std::size_t>(row)] = *found;
    }
    return same;
}

Json ReferenceRows::save() const {
    const RowMatrix& all = neighbours_->rows();
    return Json{
        {"columns", columns_.save()}, {"count", all.rows()}, {"values", std::vector<float>(all.data(), all.data() + all.size())}};
}

ReferenceRows ReferenceRows::load(const Json& document) {
    ScaledColumns columns = ScaledColumns::load(member(document, "columns"));
    const std::int64_t count = integer(document, "count", 1, kMostReferenceRows);
    const std::vector<double> values = finite_numbers(document, "values");
    if (columns.used() == 0 && count != 1) refuse_damaged("table of reference rows", "rows without columns");
    if (static_cast<std::int64_t>(values.size()) != count * columns.used())
        refuse_damaged("table of reference rows",
                       fmt::format("{} values for {} rows of {} columns", values.size(), count, columns.used()));
    RowMatrix rows(count, columns.used());
    for (std::size_t at = 0; at < values.size(); ++at) {
        const auto narrow = static_cast<float>(values[at]);
        if (static_cast<double>(narrow) != values[at] || std::abs(narrow) > kFarthest || (narrow == 0 && std::signbit(narrow)))
            refuse_damaged("table of reference rows", "it holds a number that is never written");
        rows.data()[at] = narrow;
    }
    return {std::move(columns), std::move(rows)};
}

}  // namespace abm
