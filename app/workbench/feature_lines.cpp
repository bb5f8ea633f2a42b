#include "app/workbench/feature_lines.h"

#include <algorithm>
#include <array>

namespace abm {
namespace {

constexpr std::size_t kMostLinesOfFeature = 3;
constexpr int kDay_s = 24 * 60 * 60;

// Names of features, and of the events they count or measure between.
struct Shows {
    std::string_view feature;
    std::array<std::string_view, 2> events;
};

constexpr auto kShows = std::to_array<Shows>({
    {"card_to_pin_s", {"card_inserted", "pin_entered"}},
    {"present_to_taken_s", {"notes_presented", "notes_taken"}},
    {"host_to_present_s", {"notes_presented", ""}},
    {"pin_to_host_s", {"pin_entered", ""}},
    {"chip_attempts", {"chip_attempt", ""}},
    {"presented_notes", {"notes_presented", ""}},
    {"presented_difference_amount", {"notes_presented", "withdrawal_amount"}},
    {"withdrawn_amount", {"withdrawal_amount", ""}},
    {"unexplained_amount", {"counter_dispensed", "counter_remaining"}},
    {"items_inserted", {"items_inserted", ""}},
    {"items_refused", {"input_refused", ""}},
    {"refunds", {"deposit_refunded", ""}},
    {"note_errors", {"note_error", ""}},
    {"deposited_amount", {"deposit_amount", "deposit_value"}},
    {"escrow_left_amount", {"escrow_count", ""}},
    {"reset_inside_flag", {"power_up", ""}},
    {"cancelled_flag", {"customer_cancelled", ""}},
    {"timed_out_flag", {"timeout", ""}},
    {"chip_approved_flag", {"genac2_tc", ""}},
});

std::vector<std::int64_t> around_longest_gap(const std::vector<LogLine>& lines) {
    const LogLine* before = nullptr;
    std::vector<std::int64_t> found;
    int longest = 0;
    for (const LogLine& line : lines) {
        if (line.second_of_day < 0) continue;
        const int gap = before ? (line.second_of_day - before->second_of_day + kDay_s) % kDay_s : 0;
        // A line printed late steps back a little, which is no gap of a day.
        if (gap > longest && gap < kDay_s / 2) {
            longest = gap;
            found = {before->span.offset, line.span.offset};
        }
        before = &line;
    }
    return found;
}

bool shows(const Shows& what, const LogLine& line) {
    return !line.event.empty() && std::ranges::find(what.events, line.event) != what.events.end();
}

}  // namespace

std::vector<std::int64_t> feature_lines(std::string_view feature, const std::vector<LogLine>& lines) {
    if (feature == "longest_gap_s") return around_longest_gap(lines);
    const auto what = std::ranges::find(kShows, feature, &Shows::feature);
    if (what == kShows.end()) return {};
    std::vector<std::int64_t> found;
    for (const LogLine& line : lines) {
        if (found.size() < kMostLinesOfFeature && shows(*what, line)) found.push_back(line.span.offset);
    }
    return found;
}

}  // namespace abm
