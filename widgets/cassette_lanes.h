// The course of each cassette over time: what the books expected of its counter, and what the machine counted.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "widgets/snapshot.h"

namespace abm {

struct CassettePoint {
    Time time{};
    std::int32_t expected = kNoCount;  ///< kNoCount: not known then
    std::int32_t counted = kNoCount;
    std::uint32_t movement = 0;  ///< index into Investigation::movements
    bool discrepancy = false;
};

struct CassetteLane {
    MachineIndex machine{};
    int cassette = -1;               ///< -1: acceptor
    Money denomination = kNoAmount;  ///< the last one known
    bool running = false;            ///< nothing counts it: `counted` is the sum of the notes taken in so far
    Money difference = 0;
    std::int64_t discrepancies = 0;
    std::vector<CassettePoint> points;  ///< by time; of many only those that shape the line, and every discrepancy
};

/// Takes movements in any order. The investigation must outlive it.
class LaneMaker {
public:
    static constexpr std::size_t kMostPoints = 4096;  ///< of a lane, besides its discrepancies

    explicit LaneMaker(const Investigation& investigation) : investigation_(investigation) {}
    void add(std::uint32_t movement);    ///< those without a time are on no lane
    std::vector<CassetteLane> finish();  ///< by machine and cassette, the acceptor last

private:
    const Investigation& investigation_;
    std::map<std::pair<MachineIndex, int>, CassetteLane> lanes_;
};

/// The time from the first point of all lanes to behind the last; nullopt without points.
std::optional<TimeRange> time_of_lanes(const std::vector<CassetteLane>& lanes);

}  // namespace abm
