#include "core/detect/forest_score.h"

#include "core/detect/forest_walk.h"
#include "core/detect/parallel.h"

namespace abm {
namespace {

/// Sums the path lengths of a block of rows, tree after tree.
class PathSum {
public:
    PathSum(const ForestTable& table, Eigen::VectorXd& mean) : table_(table), mean_(mean) {}

    void start(Eigen::Index first, Eigen::Index last) {
        first_ = first;
        last_ = last;
        paths_.fill(0);
    }
    void take(std::size_t tree, std::size_t group, const LeafSlots& slots) {
        const float* leaves = table_.leaves.data() + tree * kForestLeaves;
        double* paths = paths_.data() + group * kForestLanes;
        for (std::size_t lane = 0; lane < kForestLanes; ++lane) paths[lane] += static_cast<double>(leaves[slots[lane]]);
    }
    void finish() {
        for (Eigen::Index row = first_; row < last_; ++row)
            mean_[row] = paths_[static_cast<std::size_t>(row - first_)] / table_.trees;
    }

private:
    const ForestTable& table_;
    Eigen::VectorXd& mean_;
    Eigen::Index first_ = 0;
    Eigen::Index last_ = 0;
    std::array<double, kForestBlockRows> paths_{};
};

}  // namespace

Eigen::VectorXd mean_paths(const ForestTable& table, const std::vector<float>& medians, const RowMatrix& values, int threads,
                           const Progress& progress) {
    Eigen::VectorXd mean(values.rows());
    parallel_blocks(values.rows(), kForestRowsPerTask, threads, progress, "scoring", [&](Eigen::Index begin, Eigen::Index end) {
        PathSum sum(table, mean);
        walk_forest(table, medians, values, begin, end, sum);
    });
    return mean;
}

}  // namespace abm
