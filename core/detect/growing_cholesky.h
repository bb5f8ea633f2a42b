// The Cholesky factor of a matrix that grows by a row and column at a time.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace abm {

/// Lower factor L of a symmetric positive definite matrix A = L L^T. Appending costs O(n^2), a fresh factorisation of the same
/// rows gives the same bits: rows are found one after the other either way.
class GrowingCholesky {
public:
    /// rows: of A, each up to and with its diagonal: [n + 1], [n + 2], ... A batch gives the bits its rows would give one by one,
    /// sooner: the factor is read once for all of them. REQUIRES: A stays positive definite (a ridge sees to that).
    void append(std::span<const std::vector<double>> rows);
    /// Forgets all rows from `size` on: the factor of a leading block is the leading block of the factor.
    void truncate(std::size_t size);
    std::size_t size() const { return size_; }
    /// A^-1 right, both [n]. O(n^2).
    std::vector<double> solve(std::span<const double> right) const;

private:
    const double* row(std::size_t index) const { return packed_.data() + index * (index + 1) / 2; }
    double entry(std::size_t at, double of_matrix, const double* fresh) const;

    std::size_t size_ = 0;
    std::vector<double> packed_;  // row i has i + 1 entries
};

}  // namespace abm
