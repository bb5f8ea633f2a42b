#include "widgets/score_index.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace abm {
namespace {

Lane::Extreme joined(Lane::Extreme a, Lane::Extreme b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }

void build_levels(Lane& lane) {
    lane.levels.clear();
    std::vector<Lane::Extreme> below;
    below.reserve(lane.scores.size());
    for (const float score : lane.scores) below.push_back({score, score});
    while (below.size() > 1) {
        std::vector<Lane::Extreme> level((below.size() + Lane::kFan - 1) / Lane::kFan, {INFINITY, -INFINITY});
        for (std::size_t at = 0; at < below.size(); ++at) level[at / Lane::kFan] = joined(level[at / Lane::kFan], below[at]);
        lane.levels.push_back(level);
        below = std::move(level);
    }
}

// Extremes of [first, last): ragged ends record by record, the middle from the level above, again and again.
Lane::Extreme extreme_of(const Lane& lane, std::size_t first, std::size_t last) {
    Lane::Extreme found{INFINITY, -INFINITY};
    const auto take = [&](std::size_t depth, std::size_t at) {
        found = joined(found, depth == 0 ? Lane::Extreme{lane.scores[at], lane.scores[at]} : lane.levels[depth - 1][at]);
    };
    for (std::size_t depth = 0; first < last; ++depth) {
        const bool top = depth >= lane.levels.size();
        while (first < last && (top || first % Lane::kFan != 0)) take(depth, first++);
        while (first < last && last % Lane::kFan != 0) take(depth, --last);
        first /= Lane::kFan;
        last /= Lane::kFan;
    }
    return found;
}

void fill(Lane& lane, const Investigation& investigation, const std::vector<std::uint32_t>& by_time) {
    for (const std::uint32_t at : by_time) {
        const Record& record = investigation.records[at];
        if (record.label != LabelClass::none) lane.labels.push_back({record.start, record.label});
        if (record.severity != Severity::none) {
            lane.anomalies[static_cast<std::size_t>(record.severity)].push_back({record.start, record.score, at});
            continue;
        }
        lane.times.push_back(record.start);
        lane.scores.push_back(record.score);
        lane.records.push_back(at);
    }
    build_levels(lane);
}

TimeRange with_air(Time first, Time last, const TimeFold& fold) {
    const auto air = std::max<std::chrono::microseconds>(fold.folded({first, last}).length() / 50, std::chrono::minutes(1));
    return {first - air, last + air};
}

}  // namespace

std::shared_ptr<const ScoreIndex> ScoreIndex::build(const Investigation& investigation) {
    auto index = std::make_shared<ScoreIndex>();
    std::vector<std::uint32_t> by_time;
    for (std::uint32_t at = 0; at < investigation.records.size(); ++at) {
        const Record& record = investigation.records[at];
        if (record.trivial && record.severity == Severity::none) continue;
        if (known(record.start)) {
            by_time.push_back(at);
        } else {
            ++index->without_time;
        }
    }
    const auto& records = investigation.records;
    std::stable_sort(by_time.begin(), by_time.end(), [&](auto a, auto b) { return records[a].start < records[b].start; });
    std::map<std::uint32_t, std::vector<std::uint32_t>> by_machine;
    for (const std::uint32_t at : by_time) by_machine[raw(records[at].machine)].push_back(at);
    for (const auto& [machine, its_records] : by_machine) {
        Lane& lane = index->lanes.emplace_back();
        lane.machine = MachineIndex(machine);
        fill(lane, investigation, its_records);
    }
    std::stable_sort(index->lanes.begin(), index->lanes.end(), [&](const Lane& a, const Lane& b) {
        return investigation.machines[raw(a.machine)] < investigation.machines[raw(b.machine)];
    });
    fill(index->together, investigation, by_time);
    std::vector<Time> times;
    times.reserve(by_time.size());
    for (const std::uint32_t at : by_time) times.push_back(records[at].start);
    index->fold = TimeFold(times);
    index->whole =
        by_time.empty() ? TimeRange{Time{}, Time{} + std::chrono::hours(24)} : with_air(times.front(), times.back(), index->fold);
    return index;
}

std::vector<Column> columns_of(const Lane& lane, const TimeScale& scale) {
    std::vector<Column> columns(static_cast<std::size_t>(std::max(scale.width, 0)));
    const auto first_at_or_after = [&](std::size_t from, int column) {
        const auto found = std::partition_point(lane.times.begin() + static_cast<std::ptrdiff_t>(from), lane.times.end(),
                                                [&](Time time) { return scale.column_of(time) < column; });
        return static_cast<std::size_t>(found - lane.times.begin());
    };
    std::size_t first = first_at_or_after(0, 0);
    while (first < lane.times.size()) {
        const int column = scale.column_of(lane.times[first]);
        if (column >= scale.width) break;
        const std::size_t last = first_at_or_after(first, column + 1);
        const Lane::Extreme extreme = extreme_of(lane, first, last);
        columns[static_cast<std::size_t>(column)] = {extreme.low, extreme.high, static_cast<std::uint32_t>(last - first)};
        first = last;
    }
    return columns;
}

int score_y(float score, int height) {
    constexpr int kAir = 8;  // so that a shape at .00 or 1.00 stays within its lane
    return kAir + static_cast<int>(
                      std::lround((1.0F - std::clamp(score, 0.0F, 1.0F)) * static_cast<float>(std::max(height - 2 * kAir, 1))));
}

std::vector<Mark> marks_of(const Lane& lane, const TimeScale& scale, int height) {
    std::vector<Mark> marks;
    std::vector<bool> taken;
    const int width = scale.width + 1;
    for (int severity = 1; severity < kSeverityCount; ++severity) {
        const auto& anomalies = lane.anomalies[static_cast<std::size_t>(severity)];
        taken.assign(static_cast<std::size_t>(width * std::max(height, 1)), false);
        auto at = std::partition_point(anomalies.begin(), anomalies.end(),
                                       [&](const auto& anomaly) { return anomaly.time < scale.view.begin; });
        for (; at != anomalies.end() && at->time <= scale.view.end; ++at) {
            const int x = std::clamp(scale.column_of(at->time), 0, scale.width);
            const int y = std::clamp(score_y(at->score, height), 0, std::max(height - 1, 0));
            const auto cell = static_cast<std::size_t>(y * width + x);
            if (taken[cell]) continue;
            taken[cell] = true;
            marks.push_back({x, y, static_cast<Severity>(severity), at->record});
        }
    }
    return marks;
}

}  // namespace abm
