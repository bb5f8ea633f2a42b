// Which acts of the experts stand: replays sets, undos and redos in the order they were stored.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

#include "core/data/label.h"

namespace abm {

/// Each event costs O(1) as long as undo takes the latest step that stands and redo the one undone last, as LabelStore does.
/// Events that fit nothing (undo of what does not stand) change nothing.
class StepHistory {
public:
    void set(StepId step) {
        standing_.push_back(step);
        redoable_.clear();  // another course was taken
    }
    void undo(StepId target) {
        if (!take(standing_, target)) return;
        redoable_.push_back(target);
        undone_.insert(raw(target));
    }
    void redo(StepId target) {
        if (!take(redoable_, target)) return;
        standing_.push_back(target);
        undone_.erase(raw(target));
    }

    bool stands(StepId step) const { return !undone_.contains(raw(step)); }
    std::optional<StepId> to_undo() const { return last(standing_); }
    std::optional<StepId> to_redo() const { return last(redoable_); }

private:
    static std::optional<StepId> last(const std::vector<StepId>& steps) {
        return steps.empty() ? std::nullopt : std::optional(steps.back());
    }
    static bool take(std::vector<StepId>& steps, StepId step) {
        const auto found = std::find(steps.rbegin(), steps.rend(), step);
        if (found == steps.rend()) return false;
        steps.erase(std::next(found).base());
        return true;
    }

    std::vector<StepId> standing_, redoable_;  ///< latest at the back
    std::unordered_set<std::int64_t> undone_;
};

}  // namespace abm
