#include "core/series/series_windows.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/unknown.h"
#include "core/series/series_findings.h"

namespace abm {
namespace {

using std::chrono::microseconds;
constexpr double kSamplesAWindow = 30;

double seconds(Time from, Time to) { return std::chrono::duration<double>(to - from).count(); }

/// Samples [first, last) in a window that begins at `start`.
struct Stretch {
    Time start;
    std::size_t first = 0, last = 0;
};

std::int64_t floor_to(std::int64_t value, std::int64_t step) { return value - (value % step + step) % step; }

// The windows of a series; those that share their first or last sample with a longer one are left out.
std::vector<Stretch> cut(const Series& series, microseconds length) {
    const std::int64_t hop = std::max<std::int64_t>(1, length.count() / 2);
    const auto& samples = series.samples;
    const auto time = [&](std::size_t i) { return samples[i].time.time_since_epoch().count(); };
    std::vector<Stretch> found;
    std::size_t first = 0;
    for (std::int64_t start = floor_to(time(0), hop) - hop; first < samples.size();) {
        while (first < samples.size() && time(first) < start) ++first;
        if (first == samples.size()) break;
        if (time(first) >= start + 2 * hop) start = floor_to(time(first), hop) - hop;  // over a gap
        std::size_t last = first;
        while (last < samples.size() && time(last) < start + 2 * hop) ++last;
        if (!found.empty() && found.back().first == first) found.pop_back();
        if (last > first && (found.empty() || last > found.back().last))
            found.push_back({Time(microseconds(start)), first, last});
        start += hop;
    }
    return found;
}

class WindowFeatures {
public:
    WindowFeatures(const Series& series, const SeriesAnalysis& analysis, const Stretch& stretch)
        : series_(series), analysis_(analysis), stretch_(stretch) {}

    std::array<float, kSeriesFeatures> compute(microseconds length) {
        take_samples();
        return {number(count_ > 0 ? mean_ : kUnknown),
                number(count_ > 1 ? std::sqrt(square_ / (count_ - 1)) : kUnknown),
                number(count_ > 0 ? least_ : kUnknown),
                number(count_ > 0 ? most_ : kUnknown),
                number(slope_per_hour()),
                number(count_ > 1 ? final_ - initial_ : kUnknown),
                number(missing_share(length)),
                number(count_ > 0 ? farthest_ : kUnknown),
                number(spike_),
                number(high_),
                number(low_),
                number(average_)};
    }

private:
    // Means and sums of squares by Welford's method: exact enough for levels far above their spread.
    void take_samples() {
        for (std::size_t i = stretch_.first; i < stretch_.last; ++i) {
            high_ = std::max(high_, analysis_.cusum.high[i]);
            low_ = std::max(low_, analysis_.cusum.low[i]);
            average_ = std::max(average_, std::abs(analysis_.ewma.average[i]));
            if (std::isnan(analysis_.z[i])) continue;
            spike_ = std::max(spike_, std::abs(analysis_.local_z[i]));
            farthest_ = std::max(farthest_, std::abs(analysis_.z[i]));
            take_value(analysis_.z[i], seconds(stretch_.start, series_.samples[i].time) / 3600);
        }
    }

    void take_value(double value, double hour) {
        if (count_ == 0) initial_ = value;
        final_ = value;
        least_ = std::min(least_, value);
        most_ = std::max(most_, value);
        count_ += 1;
        const double off = value - mean_, hour_off = hour - mean_hour_;
        mean_ += off / count_;
        mean_hour_ += hour_off / count_;
        square_ += off * (value - mean_);
        both_ += hour_off * (value - mean_);
        hours_ += hour_off * (hour - mean_hour_);
    }

    double slope_per_hour() const { return count_ > 1 && hours_ > 0 ? both_ / hours_ : kUnknown; }

    // Of the samples due in the window, as far as the series reaches.
    double missing_share(microseconds length) const {
        const double interval = analysis_.interval_s;
        const Time from = std::max(stretch_.start, series_.samples.front().time);
        const double until =
            std::min(seconds(from, stretch_.start + length), seconds(from, series_.samples.back().time) + interval);
        const double due = std::max(1.0, std::round(until / interval));
        return std::clamp(1 - count_ / due, 0.0, 1.0);
    }

    static float number(double value) { return static_cast<float>(value); }

    const Series& series_;
    const SeriesAnalysis& analysis_;
    const Stretch& stretch_;
    double count_ = 0, mean_ = 0, mean_hour_ = 0, square_ = 0, both_ = 0, hours_ = 0;
    double initial_ = 0, final_ = 0;
    double least_ = std::numeric_limits<double>::infinity(), most_ = -std::numeric_limits<double>::infinity();
    double farthest_ = 0, spike_ = 0, high_ = 0, low_ = 0, average_ = 0;
};

Record record_of(const Series& series, const Stretch& stretch) {
    Record record;
    record.kind = RecordKind::window;
    std::int64_t begin = std::numeric_limits<std::int64_t>::max(), end = 0;
    for (std::size_t i = stretch.first; i < stretch.last; ++i) {
        begin = std::min(begin, series.samples[i].row.offset);
        end = std::max(end, series.samples[i].row.end());
    }
    record.span = {begin, end - begin};
    record.start = series.samples[stretch.first].time;
    record.end = series.samples[stretch.last - 1].time;
    return record;
}

// In files out of order windows that overlap may begin with the same row: the one with fewer samples goes.
void keep_distinct_starts(std::vector<SeriesWindow>& windows, std::vector<Stretch>& stretches) {
    std::vector<std::size_t> order(windows.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto size = [&](std::size_t i) { return stretches[i].last - stretches[i].first; };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto a_start = windows[a].record.span.offset, b_start = windows[b].record.span.offset;
        return a_start != b_start ? a_start < b_start : size(a) != size(b) ? size(a) > size(b) : a < b;
    });
    std::vector<bool> drop(windows.size());
    for (std::size_t i = 1; i < order.size(); ++i)
        drop[order[i]] = windows[order[i]].record.span.offset == windows[order[i - 1]].record.span.offset;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < windows.size(); ++i) {
        if (drop[i]) continue;
        if (kept != i) {
            windows[kept] = std::move(windows[i]);
            stretches[kept] = stretches[i];
        }
        ++kept;
    }
    windows.resize(kept);
    stretches.resize(kept);
}

void place_findings(const Series& series, const SeriesAnalysis& analysis, microseconds length,
                    std::vector<SeriesWindow>& windows) {
    for (const SeriesFault& fault : analysis.faults) {
        const Time when = series.samples[fault.type == RecordType::drift ? fault.peak : fault.first].time;
        const auto distance = [&](const SeriesWindow& window) { return std::abs(seconds(window.start + length / 2, when)); };
        // Windows are by time: the nearest is one of two around the place.
        const auto behind = std::partition_point(windows.begin(), windows.end(),
                                                 [&](const SeriesWindow& window) { return window.start + length / 2 < when; });
        auto nearest = behind == windows.end() ? behind - 1 : behind;
        if (behind != windows.begin() && distance(*(behind - 1)) <= distance(*nearest)) nearest = behind - 1;
        nearest->findings.push_back(finding_of(series, analysis, fault));
    }
    for (SeriesWindow& window : windows) {
        std::stable_sort(window.findings.begin(), window.findings.end(),
                         [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
    }
}

}  // namespace

const std::vector<std::string>& series_feature_names() {
    static const std::vector<std::string> names{"mean_deviations", "std_deviations",         "min_deviations",
                                                "max_deviations",  "slope_deviations_per_h", "last_minus_first_deviations",
                                                "missing_share",   "robust_z_max",           "spike_z_max",
                                                "cusum_up_max",    "cusum_down_max",         "ewma_distance_max"};
    return names;
}

microseconds default_window(double interval_s) {
    using namespace std::chrono_literals;
    constexpr microseconds kLengths[] = {10s, 1min, 5min, 15min, 1h, 6h, 24h, 168h, 720h};
    for (const microseconds length : kLengths) {
        if (std::chrono::duration<double>(length).count() >= kSamplesAWindow * interval_s) return length;
    }
    return 8760h;
}

std::vector<SeriesWindow> series_windows(const Series& series, const SeriesAnalysis& analysis, microseconds length) {
    std::vector<Stretch> stretches = cut(series, length);
    std::vector<SeriesWindow> windows;
    for (const Stretch& stretch : stretches)
        windows.push_back(
            {record_of(series, stretch), WindowFeatures(series, analysis, stretch).compute(length), {}, stretch.start});
    keep_distinct_starts(windows, stretches);
    place_findings(series, analysis, length, windows);
    return windows;
}

}  // namespace abm
