#include "widgets/time_fold.h"

#include <algorithm>

namespace abm {
namespace {

using std::chrono::microseconds;

constexpr int kLeastPart = 10;  // gaps longer than a tenth of the rest are folded
constexpr int kShownPart = 30;  // to a thirtieth of the rest

microseconds scaled(microseconds part, microseconds from, microseconds to) {
    return microseconds(static_cast<std::int64_t>(static_cast<double>(part.count()) * static_cast<double>(to.count()) /
                                                  static_cast<double>(from.count())));
}

}  // namespace

TimeFold::TimeFold(std::span<const Time> sorted) {
    std::vector<TimeRange> gaps;
    for (std::size_t at = 1; at < sorted.size(); ++at) {
        if (sorted[at] - sorted[at - 1] >= kLeast) gaps.push_back({sorted[at - 1], sorted[at]});
    }
    if (gaps.empty()) return;
    std::sort(gaps.begin(), gaps.end(), [](const TimeRange& a, const TimeRange& b) { return a.length() > b.length(); });
    microseconds rest = sorted.back() - sorted.front();
    std::size_t count = 0;
    while (count < gaps.size() && gaps[count].length() > rest / kLeastPart) rest -= gaps[count++].length();
    gaps.resize(count);
    std::sort(gaps.begin(), gaps.end(), [](const TimeRange& a, const TimeRange& b) { return a.begin < b.begin; });
    const microseconds shown = std::max<microseconds>(rest / kShownPart, std::chrono::minutes(1));
    microseconds cut{0};
    for (const TimeRange& gap : gaps) {
        cut += gap.length() - shown;
        folds_.push_back({gap, shown, cut});
    }
}

Time TimeFold::folded(Time time) const {
    microseconds cut{0};
    for (const Fold& fold : folds_) {
        if (time <= fold.range.begin) break;
        if (time < fold.range.end)
            return fold.range.begin - cut + scaled(time - fold.range.begin, fold.range.length(), fold.shown);
        cut = fold.cut;
    }
    return time - cut;
}

Time TimeFold::unfolded(Time time) const {
    microseconds cut{0};
    for (const Fold& fold : folds_) {
        const Time begin = fold.range.begin - cut;
        if (time <= begin) break;
        if (time < begin + fold.shown) return fold.range.begin + scaled(time - begin, fold.shown, fold.range.length());
        cut = fold.cut;
    }
    return time + cut;
}

std::vector<TimeRange> TimeFold::parts(TimeRange range) const {
    std::vector<TimeRange> parts;
    Time begin = range.begin;
    for (const Fold& fold : folds_) {
        if (fold.range.end <= range.begin || fold.range.begin >= range.end) continue;
        if (begin < fold.range.begin) parts.push_back({begin, fold.range.begin});
        begin = fold.range.end;
    }
    if (begin < range.end || parts.empty()) parts.push_back({std::min(begin, range.end), range.end});
    return parts;
}

}  // namespace abm
