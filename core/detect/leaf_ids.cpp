#include "core/detect/leaf_ids.h"

#include "core/detect/forest_walk.h"
#include "core/detect/parallel.h"

namespace abm {
namespace {

class SlotCopy {
public:
    explicit SlotCopy(LeafIds& ids) : ids_(ids) {}

    void start(Eigen::Index first, Eigen::Index last) {
        first_ = static_cast<std::size_t>(first);
        last_ = static_cast<std::size_t>(last);
    }
    void take(std::size_t tree, std::size_t group, const LeafSlots& slots) {
        const std::size_t from = first_ + group * kForestLanes;
        const std::size_t lanes = std::min<std::size_t>(kForestLanes, last_ - from);
        std::uint8_t* to = ids_.slots.data() + tree * ids_.rows + from;
        for (std::size_t lane = 0; lane < lanes; ++lane) to[lane] = static_cast<std::uint8_t>(slots[lane]);
    }
    void finish() {}

private:
    LeafIds& ids_;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
};

static_assert(kForestLeaves == 256, "a slot must fit a byte");

}  // namespace

std::vector<std::uint8_t> LeafIds::of_row(std::size_t row) const {
    std::vector<std::uint8_t> one(trees);
    for (std::size_t tree = 0; tree < trees; ++tree) one[tree] = at(tree, row);
    return one;
}

LeafIds leaf_ids(const IsolationForest& forest, const FeatureMatrix& data, int threads, const Progress& progress) {
    forest.require_schema(data);
    LeafIds ids;
    ids.trees = static_cast<std::size_t>(forest.table().trees);
    ids.rows = static_cast<std::size_t>(data.rows());
    ids.slots.resize(ids.trees * ids.rows);
    parallel_blocks(data.rows(), kForestRowsPerTask, threads, progress, "finding leaves",
                    [&](Eigen::Index begin, Eigen::Index end) {
                        SlotCopy copy(ids);
                        walk_forest(forest.table(), forest.medians(), data.values, begin, end, copy);
                    });
    return ids;
}

}  // namespace abm
