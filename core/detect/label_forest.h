// Random forest of classification trees (Breiman, Machine Learning 2001) for few and unequal labels.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "core/base/progress.h"
#include "core/data/feature_matrix.h"
#include "core/features/model_document.h"

namespace abm {

struct LabelForestParams {
    int trees = 100;  ///< 1..1,000
    std::uint64_t seed = 1;
    bool operator==(const LabelForestParams&) const = default;
};

/// Each tree is grown to the end from a bootstrap sample with as many of either class (Chen, Liaw, Breiman 2004 balance the same
/// way), so that ten anomalies among a thousand labels count; a split looks at sqrt(columns) columns. Immutable once fitted.
class LabelForest {
public:
    static constexpr int kMostTrees = 1'000;

    /// rows: [n, c] finite; anomaly: [n], with both classes. Tree t depends on seed and t only. Throws Error{Invalid} when a
    /// class is missing or trees are out of range, Error{Cancelled}.
    static LabelForest fit(const RowMatrix& rows, const std::vector<bool>& anomaly, const LabelForestParams& params, int threads,
                           const Progress& progress);
    /// Throws Error{Corrupt}.
    static LabelForest load(const Json& document, Eigen::Index columns);
    Json save() const;

    /// [n] mean share of anomalies in the leaves of a row: 0..1, as if both classes were equally frequent. rows: [n, c] finite.
    Eigen::VectorXd probabilities(const RowMatrix& rows, int threads, const Progress& progress) const;
    /// [c] what each column adds on the paths of a row (Saabas 2014): sums to its probability less base_rate().
    Eigen::VectorXd contributions(const float* row) const;
    /// Mean share of anomalies in the samples of the trees: one half, but for the chance of nothing.
    double base_rate() const;

private:
    /// The left child stands behind its parent.
    struct Node {
        std::int32_t column = -1;  ///< -1: a leaf
        float threshold = 0;       ///< right when value >= threshold
        std::uint32_t right = 0;
        float share = 0;  ///< of anomalies among the rows of the sample that came here
    };
    using Tree = std::vector<Node>;
    class Grower;

    static std::size_t next_of(const Tree& tree, std::size_t node, const float* row) {
        return row[tree[node].column] >= tree[node].threshold ? tree[node].right : node + 1;
    }
    static Tree loaded_tree(const Json& document, Eigen::Index columns);

    Eigen::Index columns_ = 0;
    std::vector<Tree> trees_;
};

}  // namespace abm
