// Where the lanes of the score chart lie: equal heights while they fit, never too low to read, some collapsed or one alone.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace abm {

/// Pixels from the top of the first lane; what does not fit into the room is scrolled to. Immutable.
class LaneLayout {
public:
    static constexpr int kLeast_px = 30;      ///< of an open lane, with the gap below it
    static constexpr int kCollapsed_px = 18;  ///< its shapes side by side, without their scores
    static constexpr int kGap_px = 2;

    LaneLayout() = default;
    /// collapsed: one entry a lane. single: the only lane that is shown, open.
    /// left_out: lanes that are not shown unless singled out; empty: none.
    LaneLayout(std::vector<bool> collapsed, std::optional<std::size_t> single, int room, const std::vector<bool>& left_out = {});

    std::size_t count() const { return collapsed_.size(); }
    bool shown(std::size_t lane) const { return tops_[lane + 1] > tops_[lane]; }
    bool open(std::size_t lane) const { return shown(lane) && !collapsed_[lane]; }
    int top(std::size_t lane) const { return tops_[lane]; }
    int height(std::size_t lane) const;  ///< without the gap; 0 when it is not shown
    int whole() const { return tops_.back(); }
    int furthest() const;  ///< how far one can scroll; 0: everything fits
    /// The lane at y, or the one nearest to it; nullopt without lanes.
    std::optional<std::size_t> at(int y) const;

private:
    std::vector<bool> collapsed_;
    std::vector<int> tops_{0};  ///< [count + 1]
    int room_ = 0;
};

}  // namespace abm
