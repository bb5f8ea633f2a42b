// The k nearest of all rows that are offered, in whatever order they come.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace abm {

struct Neighbour {
    double square = 0;                                   ///< squared distance
    std::int32_t row = 0;                                ///< of the reference
    auto operator<=>(const Neighbour&) const = default;  // of equally near rows the first counts
};

inline constexpr std::int32_t kNoRow = -1;

class NearestList {
public:
    /// count > 0. skipped: a row that never counts, or kNoRow.
    explicit NearestList(std::size_t count, std::int32_t skipped = kNoRow) : count_(count), skipped_(skipped) {}

    void add(double square, std::int32_t row) {
        const Neighbour found{square, row};
        if (row == skipped_ || (full() && !(found < heap_.front()))) return;
        if (full()) {
            std::pop_heap(heap_.begin(), heap_.end());
            heap_.back() = found;
        } else {
            heap_.push_back(found);
        }
        std::push_heap(heap_.begin(), heap_.end());
    }
    std::size_t count() const { return count_; }
    std::int32_t skipped() const { return skipped_; }
    bool full() const { return heap_.size() == count_; }
    /// Nothing farther can still be taken; infinity until the list is full.
    double worst() const { return full() ? heap_.front().square : std::numeric_limits<double>::infinity(); }
    /// Nearest first. Ends the list.
    std::vector<Neighbour> sorted() && {
        std::sort_heap(heap_.begin(), heap_.end());
        return std::move(heap_);
    }

private:
    std::size_t count_;
    std::int32_t skipped_;
    std::vector<Neighbour> heap_;  // farthest in front
};

}  // namespace abm
