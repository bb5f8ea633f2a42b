// Searches for neighbours against the plainest search there is.
#include "core/detect/neighbours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/core/feature_test_data.h"

namespace abm {
namespace {

using Search = Neighbours::Search;

std::vector<Neighbour> plainly_nearest(const RowMatrix& rows, const Eigen::RowVectorXf& query, std::size_t each,
                                       std::int32_t skipped) {
    std::vector<Neighbour> all;
    for (std::int32_t row = 0; row < rows.rows(); ++row) {
        if (row != skipped) all.push_back({(rows.row(row).cast<double>() - query.cast<double>()).squaredNorm(), row});
    }
    std::sort(all.begin(), all.end());
    all.resize(each);
    return all;
}

std::vector<std::vector<Neighbour>> nearest(const Neighbours& neighbours, const RowMatrix& queries, std::size_t each,
                                            const std::vector<std::int32_t>& skipped, int threads = 1) {
    std::vector<std::vector<Neighbour>> found(static_cast<std::size_t>(queries.rows()));
    neighbours.nearest(queries, each, skipped, threads, {}, [&](Eigen::Index query, std::span<const Neighbour> rows) {
        found[static_cast<std::size_t>(query)].assign(rows.begin(), rows.end());
    });
    return found;
}

/// Whole numbers from 0 to 3: squares are exact, and many are equal.
RowMatrix coarse_rows(Eigen::Index rows, Eigen::Index columns, unsigned seed) {
    return (test::normal_table(rows, columns, seed).values.array() + 2.0F).round().max(0.0F).min(3.0F).matrix();
}

TEST(Neighbours, BothSearchesFindWhatThePlainOneFindsTiesIncluded) {
    for (const Eigen::Index columns : {1, 2, 5, 8, 13}) {
        for (const Eigen::Index count : {1, 31, 33, 500}) {
            const RowMatrix rows = coarse_rows(count, columns, 3);
            const RowMatrix queries = coarse_rows(67, columns, 4);
            const auto each = static_cast<std::size_t>(std::min<Eigen::Index>(count, 7));
            const auto by_tree = nearest(Neighbours(rows, Search::tree), queries, each, {});
            EXPECT_EQ(by_tree, nearest(Neighbours(rows, Search::scan), queries, each, {})) << columns << " " << count;
            for (Eigen::Index query = 0; query < queries.rows(); ++query)
                ASSERT_EQ(by_tree[static_cast<std::size_t>(query)], plainly_nearest(rows, queries.row(query), each, kNoRow));
        }
    }
}

TEST(Neighbours, ARowIsNotItsOwnNeighbourWhenSkipped) {
    RowMatrix rows = coarse_rows(300, 6, 3);
    rows.row(9) = rows.row(8);  // a duplicate stays a neighbour
    std::vector<std::int32_t> itself(300);
    std::iota(itself.begin(), itself.end(), 0);
    for (const Search search : {Search::tree, Search::scan}) {
        const auto found = nearest(Neighbours(rows, search), rows, 5, itself);
        for (std::int32_t row = 0; row < 300; ++row)
            ASSERT_EQ(found[static_cast<std::size_t>(row)], plainly_nearest(rows, rows.row(row), 5, row));
    }
}

TEST(Neighbours, AreTheSameToTheBitForBothSearchesAndAnyThreads) {
    for (const Eigen::Index columns : {3, 20, 70}) {
        const RowMatrix rows = test::normal_table(1500, columns).values;
        const RowMatrix queries = test::normal_table(777, columns, 9).values;
        const auto alone = nearest(Neighbours(rows, Search::tree), queries, 21, {});
        for (const int threads : {1, 2, 5, 0})
            EXPECT_EQ(alone, nearest(Neighbours(rows, Search::scan), queries, 21, {}, threads)) << columns;
    }
}

TEST(Neighbours, StayExactFarFromTheOthersAndAmongDuplicates) {
    RowMatrix rows = test::normal_table(400, 12).values;
    rows.row(5).setConstant(1e6F);
    rows.row(6).setConstant(-1e6F);
    for (Eigen::Index row = 100; row < 300; ++row) rows.row(row) = rows.row(99);
    for (Eigen::Index row = 300; row < 350; ++row) rows.row(row) = rows.row(5) * (1.0F - static_cast<float>(row) * 1e-7F);
    EXPECT_EQ(nearest(Neighbours(rows, Search::scan), rows, 30, {}), nearest(Neighbours(rows, Search::tree), rows, 30, {}));
}

TEST(Neighbours, WithinFindsEveryRowUpToTheSquareAndNoOther) {
    for (const Eigen::Index columns : {2, 11}) {
        const RowMatrix rows = coarse_rows(500, columns, 3);
        for (const Search search : {Search::tree, Search::scan}) {
            std::vector<std::vector<std::int32_t>> found(500);
            Neighbours(rows, search).within(rows, 2.0, 3, {}, [&](Eigen::Index query, std::span<const std::int32_t> near) {
                found[static_cast<std::size_t>(query)].assign(near.begin(), near.end());
            });
            for (Eigen::Index query = 0; query < 500; ++query) {
                std::vector<std::int32_t> plain;
                for (std::int32_t row = 0; row < 500; ++row) {
                    if ((rows.row(row) - rows.row(query)).squaredNorm() <= 2.0F) plain.push_back(row);
                }
                auto& sorted = found[static_cast<std::size_t>(query)];
                std::sort(sorted.begin(), sorted.end());
                ASSERT_EQ(sorted, plain) << query;
            }
        }
    }
}

}  // namespace
}  // namespace abm
