#include "widgets/lane_layout.h"

#include <algorithm>

namespace abm {

LaneLayout::LaneLayout(std::vector<bool> collapsed, std::optional<std::size_t> single, int room,
                       const std::vector<bool>& left_out)
    : collapsed_(std::move(collapsed)), room_(std::max(room, 0)) {
    const std::size_t only = single.value_or(collapsed_.size());
    const bool alone = only < collapsed_.size();
    if (alone) collapsed_[only] = false;
    const auto hidden = [&](std::size_t lane) { return alone ? lane != only : !left_out.empty() && left_out[lane]; };
    int closed = 0, opened = 0;
    for (std::size_t lane = 0; lane < collapsed_.size(); ++lane) {
        if (!hidden(lane)) ++(collapsed_[lane] ? closed : opened);
    }
    const int each = opened > 0 ? std::max((room_ - closed * kCollapsed_px) / opened, kLeast_px) : 0;
    tops_.reserve(collapsed_.size() + 1);
    for (std::size_t lane = 0; lane < collapsed_.size(); ++lane) {
        tops_.push_back(tops_.back() + (hidden(lane) ? 0 : collapsed_[lane] ? kCollapsed_px : each));
    }
}

int LaneLayout::height(std::size_t lane) const { return std::max(tops_[lane + 1] - tops_[lane] - kGap_px, 0); }

int LaneLayout::furthest() const { return std::max(whole() - room_, 0); }

std::optional<std::size_t> LaneLayout::at(int y) const {
    if (collapsed_.empty()) return std::nullopt;
    const auto behind = std::upper_bound(tops_.begin() + 1, tops_.end(), std::clamp(y, 0, std::max(whole() - 1, 0)));
    return std::min(static_cast<std::size_t>(behind - tops_.begin()) - 1, count() - 1);
}

}  // namespace abm
