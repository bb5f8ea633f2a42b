#include "core/series/series_faults.h"

#include <algorithm>
#include <cmath>

#include "core/base/order_statistic.h"

namespace abm {
namespace {

constexpr std::size_t kAround = 5;  // samples whose median is the level before and after a drop

// What one in five such series exceeds once, if P(|z| > x) = exp(-(x / a)^b) as its bulk has it (normal noise: 4.5 for 4,000
// samples): noise with heavy tails has far samples that mean nothing.
double expected_largest(std::vector<double>& sizes) {
    constexpr std::size_t kLeast = 200;
    constexpr double kSeries = 5, kLow = 0.8, kHigh = 0.98;
    if (sizes.size() < kLeast) return 0;
    const double low = lower_quantile(sizes, kLow), high = lower_quantile(sizes, kHigh);
    if (!(low > 0) || !(high > low)) return 0;
    const auto surprise = [](double share) { return -std::log(1 - share); };
    const double shape = std::clamp(std::log(surprise(kHigh) / surprise(kLow)) / std::log(high / low), 0.6, 2.0);
    const double rarest = std::log(kSeries * static_cast<double>(sizes.size()));
    return high * std::pow(rarest / surprise(kHigh), 1 / shape);
}

double limit_of_spikes(std::span<const double> local_z, const SeriesLimits& limits) {
    std::vector<double> sizes;
    for (const double z : local_z) {
        if (!std::isnan(z)) sizes.push_back(std::abs(z));
    }
    if (sizes.empty()) return limits.spike;
    // Three samples may always be spikes, however short the series.
    const auto share = static_cast<std::size_t>(limits.usual_share * static_cast<double>(sizes.size()));
    const std::size_t beyond = std::min(sizes.size() - 1, std::max<std::size_t>(3, share));
    return std::max({limits.spike, value_at_rank(sizes, sizes.size() - 1 - beyond), expected_largest(sizes)});
}

double median_between(const Series& series, std::size_t first, std::size_t last) {
    std::vector<double> values;
    for (std::size_t i = first; i < last; ++i) {
        if (!std::isnan(series.samples[i].value)) values.push_back(series.samples[i].value);
    }
    return values.empty() ? std::nan("") : upper_median(values);
}

// Whether the level falls at `first` by more than `least`, measured on a few samples of either side.
bool falls_at(const Series& series, std::size_t first, double least) {
    const double before = median_between(series, first - std::min(first, kAround), first);
    const double after = median_between(series, first, std::min(first + kAround, series.samples.size()));
    return before - after > least;
}

std::size_t lowest(std::span<const double> z, std::size_t first, std::size_t last) {
    std::size_t at = first;
    for (std::size_t i = first; i <= last; ++i) {
        if (z[i] < z[at]) at = i;
    }
    return at;
}

}  // namespace

std::vector<SeriesFault> find_spikes(std::span<const double> local_z, const SeriesLimits& limits) {
    const double limit = limit_of_spikes(local_z, limits);
    std::vector<SeriesFault> spikes;
    for (std::size_t i = 0; i < local_z.size(); ++i) {
        const double z = local_z[i];
        if (!(std::abs(z) > limit)) continue;
        if (!spikes.empty() && i - spikes.back().last <= 2 && std::signbit(z) == std::signbit(spikes.back().deviations)) {
            SeriesFault& spike = spikes.back();
            spike.last = i;
            if (std::abs(z) > std::abs(spike.deviations)) {
                spike.deviations = z;
                spike.peak = i;
            }
        } else {
            spikes.push_back({RecordType::spike, i, i, i, z});
        }
    }
    std::erase_if(spikes, [&](const SeriesFault& spike) { return spike.last - spike.first >= limits.longest_spike; });
    return spikes;
}

std::vector<SeriesFault> find_drops(const Series& series, const SeriesAnalysis& analysis, const SeriesLimits& limits) {
    const auto& samples = series.samples;
    const auto zeros = std::count_if(samples.begin(), samples.end(), [](const Sample& sample) { return sample.value == 0; });
    const bool zero_is_usual = 20 * zeros > static_cast<std::ptrdiff_t>(samples.size());
    const double deviation = analysis.level.deviation();
    std::vector<SeriesFault> drops;
    for (std::size_t i = 0; i < samples.size();) {
        const auto low = [&](std::size_t at) {
            return analysis.z[at] < -limits.drop ||
                   (!zero_is_usual && samples[at].value == 0 && analysis.z[at] < -limits.drop / 2);
        };
        if (!low(i)) {
            ++i;
            continue;
        }
        // One sample that is back, or unknown, does not end it.
        std::size_t last = i;
        for (std::size_t at = i + 1; at < samples.size() && at <= last + 2; ++at) {
            if (low(at)) last = at;
        }
        // Most of the way at once: a drift that passes the limit falls by less.
        const double fall = 0.75 * limits.drop * deviation;
        const bool abrupt = falls_at(series, i, fall) || (i + 1 < samples.size() && falls_at(series, i + 1, fall));
        if (last - i >= limits.longest_spike && abrupt) {
            const std::size_t peak = lowest(analysis.z, i, last);
            drops.push_back({RecordType::drop, i, last, peak, analysis.z[peak]});
        }
        i = last + 1;
    }
    return drops;
}

std::vector<SeriesFault> find_drifts(std::span<const double> z, const SeriesLimits& limits) {
    // A side of the chart on its own: where its evidence began, whether it is proven, when it is spent.
    struct Side {
        double sign = 1, evidence = 0;
        bool proven = false;
        SeriesFault open;
    };
    constexpr double kMostOfOneSample = 4;
    std::vector<SeriesFault> drifts;
    for (const double sign : {1.0, -1.0}) {
        Side side{sign, 0, false, {}};
        const auto close = [&] {
            if (side.proven) drifts.push_back(side.open);
            side.proven = false;
            side.evidence = 0;
        };
        for (std::size_t i = 0; i < z.size(); ++i) {
            if (std::isnan(z[i])) continue;
            const double away = std::clamp(sign * z[i], -kMostOfOneSample, kMostOfOneSample);
            if (side.evidence <= 0) side.open = {RecordType::drift, i, i, i, z[i]};
            // What is proven is not undone by more evidence than proved it: it ends soon after the level is back.
            side.evidence = std::clamp(side.evidence + away - limits.drift.allowance, 0.0, 1.5 * limits.drift.limit);
            if (side.evidence > limits.drift.limit) side.proven = true;
            if (away > limits.drift.allowance) side.open.last = i;
            if (away > limits.drift.allowance && sign * (z[i] - side.open.deviations) > 0) {
                side.open.peak = i;
                side.open.deviations = z[i];
            }
            if (side.evidence <= 0) close();
        }
        close();
    }
    std::sort(drifts.begin(), drifts.end(), [](const SeriesFault& a, const SeriesFault& b) { return a.first < b.first; });
    return drifts;
}

std::vector<SeriesFault> find_gaps(const Series& series, double interval_s, const SeriesLimits& limits, Time until) {
    const auto seconds = [](Time from, Time to) { return std::chrono::duration<double>(to - from).count(); };
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < series.samples.size(); ++i) {
        if (!std::isnan(series.samples[i].value)) known.push_back(i);
    }
    if (known.size() < 3) return {};
    std::vector<double> steps;
    for (std::size_t i = 1; i < known.size(); ++i)
        steps.push_back(seconds(series.samples[known[i - 1]].time, series.samples[known[i]].time));
    // Where samples come irregularly, a gap is longer than what 99 of 100 intervals stay under, too.
    std::vector<double> sorted = steps;
    const double most = value_at_rank(sorted, (sorted.size() - 1) * 99 / 100);
    const double limit =
        steps.size() < 100 ? limits.gap_intervals * interval_s : std::max(limits.gap_intervals * interval_s, 1.5 * most);
    std::vector<SeriesFault> gaps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i] > limit) gaps.push_back({RecordType::missing_data, known[i], known[i + 1], known[i], 0});
    }
    constexpr double kStopped = 10;  // intervals, of a series that the others outlast
    if (seconds(series.samples[known.back()].time, until) > std::max(limit, kStopped * interval_s))
        gaps.push_back({RecordType::missing_data, known.back(), known.back(), known.back(), 0, true});
    return gaps;
}

}  // namespace abm
