#include "widgets/time_scale.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/format.h"

namespace abm {
namespace {

using std::chrono::microseconds;

TimeRange clamped(TimeRange view, TimeRange whole) {
    if (view.length() >= whole.length()) return whole;
    if (view.begin < whole.begin) return {whole.begin, whole.begin + view.length()};
    if (view.end > whole.end) return {whole.end - view.length(), whole.end};
    return view;
}

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kSteps[] = {1,     2,    5,        10,       15,        30,        60,        120,        300,
                                   600,   900,  1800,     3600,     7200,      10800,     14400,     21600,      28800,
                                   43200, kDay, 2 * kDay, 7 * kDay, 14 * kDay, 30 * kDay, 91 * kDay, 182 * kDay, 365 * kDay};

}  // namespace

double TimeScale::x_of(Time time) const {
    const TimeRange shown = fold ? fold->folded(view) : view;
    const double length = static_cast<double>(std::max<std::int64_t>(shown.length().count(), 1));
    return static_cast<double>(((fold ? fold->folded(time) : time) - shown.begin).count()) / length * width;
}

Time TimeScale::time_of(double x) const {
    const double part = width > 0 ? x / width : 0;
    const TimeRange shown = fold ? fold->folded(view) : view;
    const Time time = shown.begin + microseconds(static_cast<std::int64_t>(part * static_cast<double>(shown.length().count())));
    return fold ? fold->unfolded(time) : time;
}

int TimeScale::column_of(Time time) const {
    return static_cast<int>(std::clamp(std::floor(x_of(time)), -1.0, static_cast<double>(width)));
}

TimeRange zoomed(TimeRange view, double factor, double anchor, TimeRange whole) {
    const double length = static_cast<double>(view.length().count());
    const double longest = static_cast<double>(whole.length().count());
    const double next = std::clamp(length * factor, std::min(static_cast<double>(kShortestView.count()), longest), longest);
    const auto begin = view.begin + microseconds(static_cast<std::int64_t>((length - next) * anchor));
    return clamped({begin, begin + microseconds(static_cast<std::int64_t>(next))}, whole);
}

TimeRange panned(TimeRange view, double part, TimeRange whole) {
    const auto shift = microseconds(static_cast<std::int64_t>(static_cast<double>(view.length().count()) * part));
    return clamped({view.begin + shift, view.end + shift}, whole);
}

namespace {

std::int64_t step_for(std::int64_t seconds, int most) {
    const auto enough = std::find_if(std::begin(kSteps), std::end(kSteps),
                                     [&](std::int64_t step) { return seconds / step <= std::max(most, 1); });
    return enough == std::end(kSteps) ? (seconds / std::max(most, 1) / kDay + 1) * kDay : *enough;
}

void add_ticks(std::vector<Tick>& ticks, TimeRange part, std::int64_t step, bool names_first_day) {
    std::int64_t at = std::chrono::floor<std::chrono::seconds>(part.begin).time_since_epoch().count();
    at = static_cast<std::int64_t>(std::floor(static_cast<double>(at) / static_cast<double>(step))) * step;
    QString day;
    QString year = qstring(iso8601(part.begin)).left(4);
    for (;; at += step) {
        const Time time{std::chrono::seconds(at)};
        if (time < part.begin) continue;
        if (time > part.end) break;
        const QString full = qstring(day_clock_text(time));
        const QString this_day = full.chopped(6);
        const QString this_year = qstring(iso8601(time)).left(4);
        if (step >= kDay && this_year != std::exchange(year, this_year)) {
            ticks.push_back({time, day_text(time)});
            day = this_day;
            continue;
        }
        const QString clock = step < 60 ? qstring(clock_text(time)) : full.right(5);
        const bool new_day = this_day != day && (names_first_day || !day.isEmpty() || step >= kDay);
        ticks.push_back({time, step >= kDay || (new_day && at % kDay == 0) ? this_day : new_day ? full : clock});
        day = this_day;
    }
}

}  // namespace

std::vector<Tick> time_ticks(TimeRange view, int most, const TimeFold& fold) {
    const std::int64_t step = step_for(std::max<std::int64_t>(fold.folded(view).length().count() / 1'000'000, 1), most);
    const auto parts = fold.parts(view);
    std::vector<Tick> ticks;
    for (const TimeRange& part : parts) add_ticks(ticks, part, step, parts.size() > 1);
    return ticks;
}

}  // namespace abm
