#include "core/detect/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace abm {
namespace {

TEST(ParallelBlocks, VisitsEveryIndexOnce) {
    for (const int threads : {0, 1, 2, 5, 100}) {
        for (const Eigen::Index count : {0, 1, 63, 64, 65, 1000}) {
            std::vector<int> visits(static_cast<std::size_t>(count), 0);
            parallel_blocks(count, 64, threads, {}, "test", [&](Eigen::Index begin, Eigen::Index end) {
                for (Eigen::Index at = begin; at < end; ++at) ++visits[static_cast<std::size_t>(at)];
            });
            EXPECT_EQ(std::count(visits.begin(), visits.end(), 1), count);
        }
    }
}

TEST(ParallelBlocks, PassesOnTheErrorOfABlockAndStops) {
    std::atomic<int> calls = 0;
    const auto failing = [&](Eigen::Index begin, Eigen::Index) {
        ++calls;
        if (begin == 0) throw std::runtime_error("block 0");
    };
    EXPECT_THROW(parallel_blocks(1'000'000, 1, 1, {}, "test", failing), std::runtime_error);
    EXPECT_EQ(calls, 1);
    EXPECT_THROW(parallel_blocks(1000, 1, 4, {}, "test", failing), std::runtime_error);
}

TEST(ParallelBlocks, ReportsFromTheCallersThreadUpToOne) {
    const auto caller = std::this_thread::get_id();
    double last = -1;
    const Progress progress({}, [&](double fraction, std::string_view stage) {
        EXPECT_EQ(std::this_thread::get_id(), caller);
        EXPECT_EQ(stage, "test");
        EXPECT_GE(fraction, last);
        last = fraction;
    });
    parallel_blocks(100, 3, 4, progress, "test", [](Eigen::Index, Eigen::Index) {});
    EXPECT_EQ(last, 1.0);
}

}  // namespace
}  // namespace abm
