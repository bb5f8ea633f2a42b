#include "core/detect/growing_cholesky.h"

#include <cassert>
#include <cmath>

#include "core/detect/steady_dot.h"

namespace abm {

void GrowingCholesky::append(std::span<const double> column, double diagonal) {
    assert(column.size() == size_);
    const std::size_t first = packed_.size();
    packed_.resize(first + size_ + 1);
    double* fresh = packed_.data() + first;
    for (std::size_t at = 0; at < size_; ++at) fresh[at] = (column[at] - steady_dot(row(at), fresh, at)) / row(at)[at];
    const double left = diagonal - steady_dot(fresh, fresh, size_);
    assert(left > 0);
    fresh[size_] = std::sqrt(left);
    ++size_;
}

void GrowingCholesky::truncate(std::size_t size) {
    assert(size <= size_);
    size_ = size;
    packed_.resize(size * (size + 1) / 2);
}

std::vector<double> GrowingCholesky::solve(std::span<const double> right) const {
    assert(right.size() == size_);
    std::vector<double> solution(size_);
    for (std::size_t at = 0; at < size_; ++at)
        solution[at] = (right[at] - steady_dot(row(at), solution.data(), at)) / row(at)[at];
    // Backwards by columns of L^T, which are rows of L: memory is read in order.
    for (std::size_t at = size_; at-- > 0;) {
        solution[at] /= row(at)[at];
        for (std::size_t before = 0; before < at; ++before) solution[before] -= row(at)[before] * solution[at];
    }
    return solution;
}

}  // namespace abm
