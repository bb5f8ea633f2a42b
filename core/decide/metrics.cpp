#include "core/decide/metrics.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>

namespace abm {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Rows of one score: how many, and how many of them positive.
struct Tie {
    double rows = 0;
    double positives = 0;
};

/// Highest score first.
std::vector<Tie> ties_of(std::span<const double> scores, const std::vector<bool>& positive) {
    assert(scores.size() == positive.size());
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    std::vector<Tie> ties;
    for (std::size_t at = 0; at < order.size(); ++at) {
        if (at == 0 || scores[order[at]] < scores[order[at - 1]]) ties.emplace_back();
        ties.back().rows += 1;
        ties.back().positives += positive[order[at]] ? 1 : 0;
    }
    return ties;
}

double positives_within(std::span<const double> scores, const std::vector<bool>& positive, double k) {
    double found = 0;
    for (const Tie& tie : ties_of(scores, positive)) {
        if (k <= 0) break;
        found += tie.positives * std::min(1.0, k / tie.rows);
        k -= tie.rows;
    }
    return found;
}

double count_of(const std::vector<bool>& positive) {
    return static_cast<double>(std::count(positive.begin(), positive.end(), true));
}

}  // namespace

double Confusion::precision() const {
    const auto flagged = static_cast<double>(true_positives + false_positives);
    return flagged > 0 ? static_cast<double>(true_positives) / flagged : kNone;
}

double Confusion::recall() const {
    const auto positives = static_cast<double>(true_positives + false_negatives);
    return positives > 0 ? static_cast<double>(true_positives) / positives : kNone;
}

double auroc(std::span<const double> scores, const std::vector<bool>& positive) {
    const double positives = count_of(positive);
    const double negatives = static_cast<double>(scores.size()) - positives;
    if (positives == 0 || negatives == 0) return kNone;
    double above = 0;  // positives met so far
    double wins = 0;
    for (const Tie& tie : ties_of(scores, positive)) {
        wins += (tie.rows - tie.positives) * (above + tie.positives / 2.0);
        above += tie.positives;
    }
    return wins / (positives * negatives);
}

double average_precision(std::span<const double> scores, const std::vector<bool>& positive) {
    const double positives = count_of(positive);
    if (positives == 0) return kNone;
    double rows = 0;
    double found = 0;
    double sum = 0;
    for (const Tie& tie : ties_of(scores, positive)) {
        rows += tie.rows;
        found += tie.positives;
        sum += tie.positives * found / rows;
    }
    return sum / positives;
}

double precision_at(std::span<const double> scores, const std::vector<bool>& positive, std::size_t k) {
    const auto asked = static_cast<double>(std::min(k, scores.size()));
    return asked > 0 ? positives_within(scores, positive, asked) / asked : kNone;
}

double recall_at(std::span<const double> scores, const std::vector<bool>& positive, std::size_t k) {
    const double positives = count_of(positive);
    const auto asked = static_cast<double>(std::min(k, scores.size()));
    return asked > 0 && positives > 0 ? positives_within(scores, positive, asked) / positives : kNone;
}

Confusion confusion_at(std::span<const double> scores, const std::vector<bool>& positive, double threshold) {
    assert(scores.size() == positive.size());
    Confusion table;
    for (std::size_t row = 0; row < scores.size(); ++row) {
        const bool flagged = scores[row] >= threshold;
        if (positive[row])
            ++(flagged ? table.true_positives : table.false_negatives);
        else
            ++(flagged ? table.false_positives : table.true_negatives);
    }
    return table;
}

}  // namespace abm
