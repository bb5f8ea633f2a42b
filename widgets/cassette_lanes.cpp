#include "widgets/cassette_lanes.h"

#include <algorithm>
#include <climits>

namespace abm {
namespace {

// The acceptor has no counters to set against the books: the notes it took in are added up.
void run_up(CassetteLane& lane, const Investigation& investigation) {
    std::int32_t sum = 0;
    for (CassettePoint& point : lane.points) {
        const CashMovement& movement = investigation.movements[point.movement];
        const bool in = movement.event == CashEvent::deposit || movement.event == CashEvent::recovery;
        sum += in ? movement.notes : 0;
        point.counted = sum;
    }
}

// Lowest, highest and last of each group, in their order, and every discrepancy: no step of the line is lost.
void thin(std::vector<CassettePoint>& points) {
    if (points.size() <= LaneMaker::kMostPoints) return;
    const std::size_t group = points.size() / (LaneMaker::kMostPoints / 3) + 1;
    std::vector<CassettePoint> kept;
    for (std::size_t first = 0; first < points.size(); first += group) {
        const std::size_t end = std::min(first + group, points.size());
        const auto from = points.begin() + static_cast<std::ptrdiff_t>(first);
        const auto to = points.begin() + static_cast<std::ptrdiff_t>(end);
        const auto [low, high] =
            std::minmax_element(from, to, [](const CassettePoint& a, const CassettePoint& b) { return a.counted < b.counted; });
        for (auto at = from; at != to; ++at) {
            if (at == low || at == high || at + 1 == to || at->discrepancy) kept.push_back(*at);
        }
    }
    points = std::move(kept);
}

}  // namespace

void LaneMaker::add(std::uint32_t index) {
    const CashMovement& movement = investigation_.movements[index];
    if (!known(movement.time)) return;
    // The acceptor comes last.
    CassetteLane& lane = lanes_[{movement.machine, movement.cassette < 0 ? INT_MAX : movement.cassette}];
    lane.machine = movement.machine;
    lane.cassette = movement.cassette < 0 ? -1 : movement.cassette;
    if (movement.denomination != kNoAmount && movement.denomination != 0) lane.denomination = movement.denomination;
    const bool differs = is_discrepancy(movement);
    lane.discrepancies += differs ? 1 : 0;
    if (movement.difference != kNoAmount) lane.difference += movement.difference;
    lane.points.push_back({movement.time, movement.expected, movement.counted, index, differs});
}

std::vector<CassetteLane> LaneMaker::finish() {
    std::vector<CassetteLane> made;
    for (auto& [key, lane] : lanes_) {
        const auto by_time = [](const CassettePoint& a, const CassettePoint& b) { return a.time < b.time; };
        if (!std::ranges::is_sorted(lane.points, by_time)) std::ranges::stable_sort(lane.points, by_time);
        lane.running = lane.cassette < 0;
        if (lane.running) run_up(lane, investigation_);
        thin(lane.points);
        made.push_back(std::move(lane));
    }
    lanes_.clear();
    return made;
}

std::optional<TimeRange> time_of_lanes(const std::vector<CassetteLane>& lanes) {
    std::optional<TimeRange> whole;
    for (const CassetteLane& lane : lanes) {
        if (lane.points.empty()) continue;
        const Time first = lane.points.front().time;
        const Time behind = lane.points.back().time + std::chrono::seconds(1);
        whole = whole ? TimeRange{std::min(whole->begin, first), std::max(whole->end, behind)} : TimeRange{first, behind};
    }
    return whole;
}

}  // namespace abm
