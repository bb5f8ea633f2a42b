// What is usual on a machine: the yardstick beside every value of an explanation.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "core/base/ids.h"
#include "core/data/feature_matrix.h"
#include "core/features/model_document.h"

namespace abm {

/// The 5th and 95th percentile of every feature among the known training values of each machine; those of all rows where a
/// machine has fewer than 20 rows, or no row with the feature known. NaN where no row knows the feature.
class UsualRanges {
public:
    static constexpr Eigen::Index kLeastRows = 20;

    struct Range {
        double low;
        double high;
    };

    UsualRanges() = default;
    /// machines: [n], of each row. Throws Error{Invalid} when its length is not n.
    UsualRanges(const FeatureMatrix& data, std::span<const MachineIndex> machines);
    /// Throws Error{Mismatch} for another kind or a newer format, Error{Corrupt} for anything damaged.
    static UsualRanges load(const Json& document);
    Json save() const;

    /// A machine never seen in training gets the range of all rows.
    Range of(MachineIndex machine, Eigen::Index feature) const;
    std::size_t features() const { return all_.size(); }
    /// Machines beyond have no range of their own.
    std::size_t machines() const { return by_machine_.size(); }

private:
    using Ranges = std::vector<Range>;  // [d]
    Ranges all_;
    std::vector<Ranges> by_machine_;  // empty: use all_
};

}  // namespace abm
