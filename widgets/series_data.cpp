#include "widgets/series_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/order_statistic.h"

namespace abm {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kGapIntervals = 3;  // as the finding "missing data"

SeriesData::Block block_of(const std::vector<SeriesPoint>& points, std::size_t begin, std::size_t end) {
    SeriesData::Block block{kInfinity, -kInfinity, kInfinity, -kInfinity};
    for (std::size_t i = begin; i < end; ++i) {
        const SeriesPoint& point = points[i];
        block.band_low = std::min(block.band_low, point.low);
        block.band_high = std::max(block.band_high, point.high);
        if (std::isnan(point.value)) continue;
        block.low = std::min(block.low, point.value);
        block.high = std::max(block.high, point.value);
    }
    return block;
}

void join(SeriesData::Block& all, const SeriesData::Block& part) {
    all.low = std::min(all.low, part.low);
    all.high = std::max(all.high, part.high);
    all.band_low = std::min(all.band_low, part.band_low);
    all.band_high = std::max(all.band_high, part.band_high);
}

double usual_distance_s(const std::vector<SeriesPoint>& points) {
    std::vector<double> distances;
    distances.reserve(points.size());
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double distance = std::chrono::duration<double>(points[i].time - points[i - 1].time).count();
        if (distance > 0) distances.push_back(distance);
    }
    return distances.empty() ? 1 : upper_median(distances);
}

SeriesData::Block extremes(const SeriesData& data, std::size_t begin, std::size_t end) {
    constexpr std::size_t kBlock = SeriesData::kBlock;
    const std::size_t first = (begin + kBlock - 1) / kBlock, last = end / kBlock;
    if (first >= last) return block_of(data.points, begin, end);
    SeriesData::Block all = block_of(data.points, begin, first * kBlock);
    for (std::size_t block = first; block < last; ++block) join(all, data.blocks[block]);
    join(all, block_of(data.points, last * kBlock, end));
    return all;
}

}  // namespace

std::shared_ptr<const SeriesData> SeriesData::of(QString name, std::vector<SeriesPoint> points) {
    auto data = std::make_shared<SeriesData>();
    data->name = std::move(name);
    data->points = std::move(points);
    data->interval_s = usual_distance_s(data->points);
    for (std::size_t at = 0; at < data->points.size(); at += kBlock)
        data->blocks.push_back(block_of(data->points, at, std::min(at + kBlock, data->points.size())));
    return data;
}

TimeRange SeriesData::whole() const {
    if (points.empty()) return {};
    return {points.front().time, std::max(points.back().time, points.front().time + std::chrono::seconds(1))};
}

bool SeriesData::gapBefore(std::size_t i) const {
    if (i == 0) return true;
    if (std::isnan(points[i].value) || std::isnan(points[i - 1].value)) return true;
    return std::chrono::duration<double>(points[i].time - points[i - 1].time).count() > kGapIntervals * interval_s;
}

std::size_t SeriesData::firstAt(Time time) const {
    const auto found = std::ranges::lower_bound(points, time, {}, &SeriesPoint::time);
    return static_cast<std::size_t>(found - points.begin());
}

std::size_t SeriesData::nearest(Time time) const {
    const std::size_t after = firstAt(time);
    if (after == 0) return 0;
    if (after == points.size()) return after - 1;
    return points[after].time - time < time - points[after - 1].time ? after : after - 1;
}

std::vector<SeriesColumn> SeriesData::columns(const TimeScale& scale) const {
    std::vector<SeriesColumn> columns(static_cast<std::size_t>(std::max(scale.width, 0)));
    std::size_t begin = firstAt(scale.view.begin);
    std::size_t before = points.size();  // the last known value drawn
    for (std::size_t x = 0; x < columns.size(); ++x) {
        SeriesColumn& column = columns[x];
        const std::size_t end = x + 1 == columns.size() ? firstAt(scale.view.end + std::chrono::microseconds(1))
                                                        : firstAt(scale.time_of(static_cast<double>(x + 1)));
        column.begin = begin;
        column.end = std::max(begin, end);
        begin = column.end;
        if (column.begin == column.end) continue;
        const Block all = extremes(*this, column.begin, column.end);
        column.band_low = all.band_low;
        column.band_high = all.band_high;
        column.known = all.low <= all.high;
        if (!column.known) continue;
        column.low = all.low;
        column.high = all.high;
        std::size_t first = column.begin, last = column.end - 1;
        while (std::isnan(points[first].value)) ++first;
        while (std::isnan(points[last].value)) --last;
        column.first = points[first].value;
        column.last = points[last].value;
        column.broken = before + 1 != first || gapBefore(first);
        before = last;
    }
    return columns;
}

}  // namespace abm
