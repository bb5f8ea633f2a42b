#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/random.h"
#include "core/decide/metrics.h"
#include "core/pipeline/held_out.h"

namespace abm {
namespace {

constexpr int kResamples = 1'000;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

struct Figures {
    double auroc = kNone, average_precision = kNone, found_in_first = kNone, false_alarms = kNone;
};

/// The figures of metrics.h in one sweep over records sorted once: a resample only changes how often each counts.
class RankedLabels {
public:
    RankedLabels(std::span<const double> scores, const std::vector<bool>& anomaly, double threshold)
        : scores_(scores), anomaly_(anomaly), threshold_(threshold), order_(scores.size()) {
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return scores_[a] > scores_[b]; });
    }

    /// times: [n] how often each record counts; as many anomalies and normal ones as there are.
    Figures figures(const std::vector<int>& times) const {
        double anomalies = 0;
        double normals = 0;
        double alarms = 0;
        for (std::size_t at = 0; at < times.size(); ++at) {
            (anomaly_[at] ? anomalies : normals) += times[at];
            if (!anomaly_[at] && scores_[at] >= threshold_) alarms += times[at];
        }
        double above = 0;  // anomalies met so far
        double rows = 0;
        double wins = 0;
        double precisions = 0;
        double found = 0;
        for (std::size_t at = 0; at < order_.size();) {
            double tied_anomalies = 0;
            double tied_normals = 0;
            for (const double score = scores_[order_[at]]; at < order_.size() && scores_[order_[at]] == score; ++at)
                (anomaly_[order_[at]] ? tied_anomalies : tied_normals) += times[order_[at]];
            const double tied = tied_anomalies + tied_normals;
            if (tied == 0) continue;
            wins += tied_normals * (above + tied_anomalies / 2.0);
            found += tied_anomalies * std::clamp((anomalies - rows) / tied, 0.0, 1.0);
            above += tied_anomalies;
            rows += tied;
            precisions += tied_anomalies * above / rows;
        }
        Figures all;
        if (anomalies > 0 && normals > 0) all.auroc = wins / (anomalies * normals);
        if (anomalies > 0) all.average_precision = precisions / anomalies;
        if (anomalies > 0) all.found_in_first = found / anomalies;
        if (normals > 0) all.false_alarms = alarms / normals;
        return all;
    }

private:
    std::span<const double> scores_;
    const std::vector<bool>& anomaly_;
    double threshold_;
    std::vector<std::size_t> order_;  // highest score first
};

/// Each class by itself: every resample has as many anomalies as there are.
void resample(const std::vector<std::size_t>& members, Random& random, std::vector<int>& times) {
    for (std::size_t draw = 0; draw < members.size(); ++draw)
        ++times[members[random.below(static_cast<std::uint32_t>(members.size()))]];
}

Estimate estimate(double value, std::vector<double> resampled) {
    if (std::isnan(value)) return {kNone, kNone, kNone};
    std::sort(resampled.begin(), resampled.end());
    const std::size_t cut = resampled.size() / 40;  // 2.5 %
    return {value, resampled[cut], resampled[resampled.size() - 1 - cut]};
}

std::array<std::vector<std::size_t>, 2> classes_of(const std::vector<bool>& anomaly) {
    std::array<std::vector<std::size_t>, 2> classes;
    for (std::size_t at = 0; at < anomaly.size(); ++at) classes[anomaly[at] ? 1 : 0].push_back(at);
    return classes;
}

double deviation_around(const std::vector<double>& values, double centre) {
    double sum = 0;
    for (const double value : values) sum += (value - centre) * (value - centre);
    return std::sqrt(sum / static_cast<double>(values.size()));
}

/// Such that 95 % of the rounds have no candidate farther from its value than so many of its deviations.
double joint_width(const std::vector<std::vector<double>>& rounds, const std::vector<double>& values,
                   const std::vector<double>& deviations) {
    std::vector<double> largest(kResamples, 0.0);
    for (std::size_t candidate = 0; candidate < values.size(); ++candidate) {
        if (deviations[candidate] == 0) continue;
        for (std::size_t round = 0; round < largest.size(); ++round)
            largest[round] =
                std::max(largest[round], std::abs(rounds[candidate][round] - values[candidate]) / deviations[candidate]);
    }
    std::sort(largest.begin(), largest.end());
    return largest[largest.size() - 1 - largest.size() / 20];  // 5 %
}

}  // namespace

std::vector<Estimate> precision_differences(std::span<const std::vector<double>> scores, const std::vector<bool>& anomaly,
                                            std::uint64_t seed) {
    std::vector<RankedLabels> ranked;
    for (const std::vector<double>& own : scores) ranked.emplace_back(own, anomaly, 0.5);
    const auto classes = classes_of(anomaly);
    Random random(seed);
    std::vector<std::vector<double>> rounds(scores.size());
    std::vector<int> times(anomaly.size());
    for (int round = 0; round < kResamples; ++round) {
        std::fill(times.begin(), times.end(), 0);
        for (const std::vector<std::size_t>& members : classes) resample(members, random, times);
        const double first = ranked.front().figures(times).average_precision;
        for (std::size_t candidate = 0; candidate < ranked.size(); ++candidate)
            rounds[candidate].push_back(ranked[candidate].figures(times).average_precision - first);
    }
    const std::vector<int> once(anomaly.size(), 1);
    std::vector<double> values;
    std::vector<double> deviations;
    for (std::size_t candidate = 0; candidate < ranked.size(); ++candidate) {
        values.push_back(ranked[candidate].figures(once).average_precision - ranked.front().figures(once).average_precision);
        deviations.push_back(deviation_around(rounds[candidate], values.back()));
    }
    const double width = joint_width(rounds, values, deviations);
    std::vector<Estimate> differences;
    for (std::size_t candidate = 0; candidate < values.size(); ++candidate) {
        const double half = width * deviations[candidate];
        differences.push_back({values[candidate], values[candidate] - half, values[candidate] + half});
    }
    return differences;
}

HeldOutMetrics no_metrics() {
    constexpr Estimate kUnknown{kNone, kNone, kNone};
    HeldOutMetrics metrics;
    metrics.auroc = metrics.average_precision = metrics.found_in_first = metrics.false_alarms = kUnknown;
    return metrics;
}

HeldOutMetrics held_out_metrics(std::span<const double> scores, const std::vector<bool>& anomaly, double threshold,
                                std::uint64_t seed) {
    const RankedLabels ranked(scores, anomaly, threshold);
    const auto classes = classes_of(anomaly);
    Random random(seed);
    std::array<std::vector<double>, 4> resampled;
    std::vector<int> times(scores.size());
    for (int round = 0; round < kResamples; ++round) {
        std::fill(times.begin(), times.end(), 0);
        for (const std::vector<std::size_t>& members : classes) resample(members, random, times);
        const Figures figures = ranked.figures(times);
        resampled[0].push_back(figures.auroc);
        resampled[1].push_back(figures.average_precision);
        resampled[2].push_back(figures.found_in_first);
        resampled[3].push_back(figures.false_alarms);
    }
    const Figures actual = ranked.figures(std::vector<int>(scores.size(), 1));
    HeldOutMetrics metrics;
    metrics.auroc = estimate(actual.auroc, std::move(resampled[0]));
    metrics.average_precision = estimate(actual.average_precision, std::move(resampled[1]));
    metrics.found_in_first = estimate(actual.found_in_first, std::move(resampled[2]));
    metrics.false_alarms = estimate(actual.false_alarms, std::move(resampled[3]));
    const Confusion table = confusion_at(scores, anomaly, threshold);
    metrics.true_positives = static_cast<std::int64_t>(table.true_positives);
    metrics.false_positives = static_cast<std::int64_t>(table.false_positives);
    metrics.true_negatives = static_cast<std::int64_t>(table.true_negatives);
    metrics.false_negatives = static_cast<std::int64_t>(table.false_negatives);
    return metrics;
}

}  // namespace abm
