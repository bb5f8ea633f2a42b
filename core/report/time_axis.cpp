#include "core/report/time_axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace abm {
namespace {

using namespace std::chrono;

constexpr auto kSteps =
    std::to_array<minutes>({1min, 2min, 5min, 10min, 15min, 30min, 1h, 2h, 3h, 6h, 12h, 24h, 48h, 168h, 336h});

std::string label_of(Time time, bool with_year) {
    const auto day = floor<days>(time);
    if (time != day) return clock_text(time).substr(0, 5);
    const std::string text = day_clock_text(time);
    const std::string date = text.substr(0, text.size() - 6);
    return with_year ? fmt::format("{} {}", date, static_cast<int>(year_month_day(day).year())) : date;
}

minutes step_for(Time first, Time last, int wanted) {
    const auto needed = ceil<minutes>((last - first) / std::max(1, wanted));
    const auto found = std::ranges::find_if(kSteps, [&](minutes step) { return step >= needed; });
    if (found != kSteps.end()) return *found;
    return minutes(ceil<days>(needed));
}

}  // namespace

std::vector<TimeTick> time_ticks(Time first, Time last, int wanted) {
    const minutes step = step_for(first, last, wanted);
    const bool long_axis = last - first > days(300);
    std::vector<TimeTick> ticks;
    const auto behind_first = (first.time_since_epoch() + step - microseconds(1)) / step;
    for (Time at{behind_first * step}; at <= last; at += step) ticks.push_back({at, label_of(at, long_axis)});
    return ticks;
}

}  // namespace abm
