#include "core/detect/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace abm {
namespace {

class BlockLoop {
public:
    BlockLoop(Eigen::Index count, Eigen::Index block, const std::function<void(Eigen::Index, Eigen::Index)>& work)
        : count_(count), block_(block), work_(work) {}

    /// Works until nothing is left or someone failed; before_block may throw.
    template <class Before>
    void run(const Before& before_block) noexcept {
        try {
            while (!failed_.load(std::memory_order_relaxed)) {
                const Eigen::Index begin = next_.fetch_add(block_);
                if (begin >= count_) return;
                before_block(begin);
                work_(begin, std::min(begin + block_, count_));
            }
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!error_) error_ = std::current_exception();
            failed_ = true;
        }
    }
    void rethrow() const {
        if (error_) std::rethrow_exception(error_);
    }

private:
    Eigen::Index count_;
    Eigen::Index block_;
    const std::function<void(Eigen::Index, Eigen::Index)>& work_;
    std::atomic<Eigen::Index> next_{0};
    std::atomic<bool> failed_{false};
    std::mutex mutex_;
    std::exception_ptr error_;
};

}  // namespace

void parallel_blocks(Eigen::Index count, Eigen::Index block, int threads, const Progress& progress, std::string_view stage,
                     const std::function<void(Eigen::Index, Eigen::Index)>& work) {
    progress.checkpoint(0.0, stage);
    const Eigen::Index blocks = (count + block - 1) / block;
    const auto wanted =
        threads > 0 ? static_cast<Eigen::Index>(threads) : static_cast<Eigen::Index>(std::thread::hardware_concurrency());
    const Eigen::Index helpers = std::clamp<Eigen::Index>(std::min(wanted, blocks) - 1, 0, 255);
    BlockLoop loop(count, block, work);
    {
        std::vector<std::jthread> pool;
        for (Eigen::Index helper = 0; helper < helpers; ++helper) {
            pool.emplace_back([&loop, &progress] {
                loop.run([&](Eigen::Index) {
                    if (progress.cancelled()) throw Error(ErrorCode::Cancelled, "cancelled");
                });
            });
        }
        loop.run(
            [&](Eigen::Index begin) { progress.checkpoint(static_cast<double>(begin) / static_cast<double>(count), stage); });
    }
    loop.rethrow();
    progress.checkpoint(1.0, stage);
}

}  // namespace abm
