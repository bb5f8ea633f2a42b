#include "widgets/score_index.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "widgets/radix_sort.h"

namespace abm {
namespace {

Lane::Extreme joined(Lane::Extreme a, Lane::Extreme b) { return {std::min(a.low, b.low), std::max(a.high, b.high)}; }

void build_levels(Lane& lane) {
    lane.levels.clear();
    const auto next_size = [](std::size_t size) { return (size + Lane::kFan - 1) / Lane::kFan; };
    if (lane.scores.size() < 2) return;
    auto& first = lane.levels.emplace_back(next_size(lane.scores.size()), Lane::Extreme{INFINITY, -INFINITY});
    for (std::size_t at = 0; at < lane.scores.size(); ++at) {
        Lane::Extreme& above = first[at / Lane::kFan];
        above = joined(above, {lane.scores[at], lane.scores[at]});
    }
    while (lane.levels.back().size() > 1) {
        const auto& below = lane.levels.back();
        std::vector<Lane::Extreme> level(next_size(below.size()), {INFINITY, -INFINITY});
        for (std::size_t at = 0; at < below.size(); ++at) level[at / Lane::kFan] = joined(level[at / Lane::kFan], below[at]);
        lane.levels.push_back(std::move(level));
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

void add(Lane& lane, const Record& record, std::uint32_t at, bool noted) {
    if (record.label != LabelClass::none) lane.labels.push_back({record.start, record.label, noted, at});
    if (record.severity != Severity::none) {
        lane.anomalies[static_cast<std::size_t>(record.severity)].push_back({record.start, record.score, at});
        return;
    }
    lane.times.push_back(record.start);
    lane.scores.push_back(record.score);
    lane.records.push_back(at);
}

using Order = std::vector<std::uint32_t>;

std::shared_ptr<const Order> order_in_time(const std::vector<Record>& records) {
    struct Keyed {
        std::uint64_t key;
        std::uint32_t record;
    };
    std::vector<Keyed> keyed;
    keyed.reserve(records.size());
    for (std::uint32_t at = 0; at < records.size(); ++at) {
        const auto time = static_cast<std::uint64_t>(records[at].start.time_since_epoch().count());
        if (known(records[at].start)) keyed.push_back({time ^ (std::uint64_t{1} << 63), at});
    }
    radix_sort(keyed, [](const Keyed& one) { return one.key; });
    auto order = std::make_shared<Order>(keyed.size());
    std::transform(keyed.begin(), keyed.end(), order->begin(), [](const Keyed& one) { return one.record; });
    return order;
}

// The records in `order` differ from each other: when they are as many as have a time now, and in order, it is the order of now.
bool holds(const Order& order, const std::vector<Record>& records) {
    const auto timed = std::count_if(records.begin(), records.end(), [](const Record& record) { return known(record.start); });
    if (std::ssize(order) != timed) return false;
    for (std::size_t place = 0; place < order.size(); ++place) {
        if (order[place] >= records.size() || !known(records[order[place]].start)) return false;
        if (place == 0) continue;
        const Time one = records[order[place - 1]].start, next = records[order[place]].start;
        if (next < one || (next == one && order[place] < order[place - 1])) return false;
    }
    return true;
}

void sort_lanes(ScoreIndex& index, const std::vector<std::uint32_t>& group_of) {
    std::vector<std::size_t> order(index.lanes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t lane) -> const std::string& { return index.lanes[lane].name; });
    std::vector<Lane> sorted;
    index.lane_of_group.assign(index.groups.count(), -1);
    for (const std::size_t lane : order) {
        index.lane_of_group[group_of[lane]] = static_cast<std::int32_t>(sorted.size());
        sorted.push_back(std::move(index.lanes[lane]));
    }
    index.lanes = std::move(sorted);
}

// Each record into the lane of its group and into the one of all; groups without any get no lane.
void spread(ScoreIndex& index, const Investigation& investigation) {
    index.groups = LaneGroups(investigation);
    std::vector<Lane> lanes(index.groups.count());
    std::vector<LaneSpansBuilder> spans(lanes.size());
    for (const std::uint32_t at : *index.by_time) {
        const Record& record = investigation.records[at];
        if (record.trivial && record.severity == Severity::none) continue;
        const StandingLabel* const verdict = record.label == LabelClass::none ? nullptr : investigation.label_of(RecordIndex(at));
        const bool noted = verdict && !verdict->label.note.empty();
        const std::uint32_t group = index.groups.of(record);
        Lane& lane = lanes[group];
        lane.views |= 1U << static_cast<unsigned>(view_of(investigation, record));
        add(lane, record, at, noted);
        add(index.together, record, at, noted);
        if (!index.groups.isShared(group)) spans[group].add(record, at);  // others stand between the records of one
        lane.ranked.push_back(std::max(record.score, 0.0F));
    }
    std::vector<std::uint32_t> group_of;
    for (std::uint32_t group = 0; group < lanes.size(); ++group) {
        Lane& lane = lanes[group];
        const auto flagged = [](const auto& tier) { return !tier.empty(); };
        if (lane.times.empty() && std::none_of(lane.anomalies.begin(), lane.anomalies.end(), flagged)) continue;
        lane.shared = index.groups.isShared(group);
        if (!lane.shared) lane.machine = MachineIndex(group);
        lane.name = lane.shared ? investigation.sources[raw(index.groups.sourceOf(group))].name : investigation.machines[group];
        build_levels(lane);
        lane.spans = spans[group].take();
        radix_sort(lane.ranked, [](float score) { return std::bit_cast<std::uint32_t>(score + 0.0F); });  // as RecordTally does
        group_of.push_back(group);
        index.lanes.push_back(std::move(lane));
    }
    build_levels(index.together);
    sort_lanes(index, group_of);
}

// A little of the whole on either side; a minute when there is but one time, which says nothing of what is little.
TimeRange with_air(Time first, Time last, const TimeFold& fold) {
    const std::chrono::microseconds least = first == last ? std::chrono::minutes(1) : kShortestView / 2;
    const auto air = std::max(fold.folded({first, last}).length() / 50, least);
    return {first - air, last + air};
}

}  // namespace

std::int64_t Lane::at_least(float score) const { return ranked.end() - std::lower_bound(ranked.begin(), ranked.end(), score); }

const Lane::Anomaly* Lane::anomaly_beside(Time time, std::uint32_t record, bool after) const {
    const auto place = [](const Anomaly& one) { return std::pair(one.time, one.record); };
    const std::pair here(time, record);
    const Anomaly* nearest = nullptr;
    for (const auto& tier : anomalies) {
        const auto at = std::partition_point(tier.begin(), tier.end(),
                                             [&](const Anomaly& one) { return after ? place(one) <= here : place(one) < here; });
        if (after ? at == tier.end() : at == tier.begin()) continue;
        const Anomaly* const found = after ? &*at : &*std::prev(at);
        if (!nearest || (after ? place(*found) < place(*nearest) : place(*found) > place(*nearest))) nearest = found;
    }
    return nearest;
}

std::optional<std::size_t> ScoreIndex::laneOf(const Record& record) const {
    const std::int32_t lane = lane_of_group[groups.of(record)];
    return lane < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(lane));
}

std::shared_ptr<const ScoreIndex> ScoreIndex::build(const Investigation& investigation, const ScoreIndex* before) {
    auto index = std::make_shared<ScoreIndex>();
    const auto& records = investigation.records;
    const bool again = before && before->by_time && holds(*before->by_time, records);
    index->by_time = again ? before->by_time : order_in_time(records);
    const auto shown = [](const Record& record) { return !record.trivial || record.severity != Severity::none; };
    index->without_time = std::count_if(records.begin(), records.end(),
                                        [&](const Record& record) { return shown(record) && !known(record.start); });
    spread(*index, investigation);
    std::vector<Time> times;
    times.reserve(index->by_time->size());
    for (const std::uint32_t at : *index->by_time) {
        if (shown(records[at])) times.push_back(records[at].start);
    }
    index->fold = TimeFold(times);
    index->whole =
        times.empty() ? TimeRange{Time{}, Time{} + std::chrono::hours(24)} : with_air(times.front(), times.back(), index->fold);
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
