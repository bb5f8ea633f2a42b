// Learning from an expert: ridge regression in the kernel of the forest, with the forest's own score as what is believed before
// any label. See docs/learning.md.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "core/detect/forest_kernel.h"
#include "core/detect/growing_cholesky.h"
#include "core/detect/leaf_ids.h"

namespace abm {

/// One configuration for all data; measured in docs/decisions/0007-forest-kernel-ridge.md. Targets and prior are in standard
/// deviations of the forest's score.
struct FeedbackParams {
    double anomaly_target = 6;
    double normal_target = -1;
    double ridge = 0.1;   ///< lambda
    double linear = 0.1;  ///< b: weight of the linear part of the kernel
    float clip = 3;       ///< of z-scored features
};

/// What a label teaches at one point: a record somebody decided about, or one a model remembers.
struct LabelledPoint {
    KernelPoint point;
    double prior = 0;  ///< z: standardised score of the forest
    bool anomaly = false;
};

/// f(x) = z(x) + sum over labels of a_l k(x, l), a = (K + lambda I)^-1 (target - z). The result depends on the labels and their
/// order alone, bit for bit: not on the calls that led there, nor on the number of threads.
class Feedback {
public:
    Feedback(const Scaler& scaler, const FeedbackParams& params) : params_(params), kernel_(scaler, params.linear, params.clip) {}

    const ForestKernel& kernel() const { return kernel_; }
    std::size_t size() const { return labels_.size(); }
    const LabelledPoint& label(std::size_t index) const { return labels_[index]; }

    /// Keeps the first `size` labels.
    void truncate(std::size_t size);
    /// O(L^2 + L (T + d)) each; L^2 * 4 bytes are kept. The weights are those of before until solve().
    void append(LabelledPoint label);
    /// The same bits as one after the other, sooner for hundreds.
    void append_all(std::vector<LabelledPoint> labels);
    /// O(L^2 + L (T + d)).
    void solve();

    /// [n] f(x) - z(x) of rows of one forest, values [n, d]: one pass over their leaves, and over the values for the linear part.
    /// O(n (T + d)), whatever the number of labels.
    Eigen::VectorXd corrections(const LeafIds& ids, const RowMatrix& values, int threads) const;
    /// The part of label l in that, for one point: they sum to the correction.
    double term(std::size_t index, const KernelPoint& at) const { return weights_[index] * kernel_(at, labels_[index].point); }
    /// The same correction taken apart the other way: what a leaf adds, and a scaled feature for each unit. 0 without labels.
    double leaf_weight(std::size_t tree, std::size_t slot) const {
        return leaf_weights_.empty() ? 0 : leaf_weights_[tree * kForestLeaves + slot];
    }
    double linear_weight(std::size_t feature) const { return linear_weights_.empty() ? 0 : linear_weights_[feature]; }

private:
    std::vector<double> kernel_row(std::size_t index) const;
    double target(const LabelledPoint& label) const { return label.anomaly ? params_.anomaly_target : params_.normal_target; }

    FeedbackParams params_;
    ForestKernel kernel_;
    std::vector<LabelledPoint> labels_;
    GrowingCholesky factor_;
    std::vector<double> weights_;         // [L] a
    std::vector<double> leaf_weights_;    // [trees, kForestLeaves] sum of a_l / T of the labels in a leaf
    std::vector<double> linear_weights_;  // [d] b / d * sum of a_l x~_l
};

}  // namespace abm
