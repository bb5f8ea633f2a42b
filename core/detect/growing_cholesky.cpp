#include "core/detect/growing_cholesky.h"

#include <cassert>
#include <cmath>

#include "core/detect/steady_dot.h"

namespace abm {

/// L(i, at) of a new row i whose entries before `at` are known.
double GrowingCholesky::entry(std::size_t at, double of_matrix, const double* fresh) const {
    return (of_matrix - steady_dot(row(at), fresh, at)) / row(at)[at];
}

void GrowingCholesky::append(std::span<const std::vector<double>> rows) {
    const std::size_t before = size_;
    size_ += rows.size();
    packed_.resize(size_ * (size_ + 1) / 2);
    std::vector<double*> fresh;
    for (std::size_t index = before; index < size_; ++index) fresh.push_back(packed_.data() + index * (index + 1) / 2);
    for (std::size_t at = 0; at < before; ++at) {
        for (std::size_t place = 0; place < rows.size(); ++place) fresh[place][at] = entry(at, rows[place][at], fresh[place]);
    }
    for (std::size_t place = 0; place < rows.size(); ++place) {
        const std::size_t index = before + place;
        assert(rows[place].size() == index + 1);
        for (std::size_t at = before; at < index; ++at) fresh[place][at] = entry(at, rows[place][at], fresh[place]);
        const double left = rows[place][index] - steady_dot(fresh[place], fresh[place], index);
        assert(left > 0);
        fresh[place][index] = std::sqrt(left);
    }
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
