#include "core/report/timeline_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "core/report/html_text.h"
#include "core/report/time_axis.h"

namespace abm {
namespace {

constexpr int kLeft = 70;  // room for the names of the machines
constexpr int kColumns = 1'000;
constexpr int kLaneHeight = 54;
constexpr int kLaneGap = 6;
constexpr int kTop = 8;
constexpr int kAxisHeight = 26;
constexpr double kPadding = 7;  // so that a mark at score 0 or 1 stays inside its lane

struct Range {
    double low = 2, high = -1;
    bool empty() const { return high < 0; }
};

struct Mark {
    RecordIndex record{};  ///< the first of those it stands for
    std::size_t count = 0;
};

struct Lane {
    std::vector<Range> ordinary = std::vector<Range>(kColumns);
    std::map<int, RecordIndex> low;                        ///< by column, the highest
    std::map<std::tuple<Severity, int, int>, Mark> marks;  ///< by severity, column and height in pixels
};

double height_of(double score) { return kPadding + (1.0 - std::clamp(score, 0.0, 1.0)) * (kLaneHeight - 2 * kPadding); }

class Drawing {
public:
    Drawing(const Investigation& investigation, std::size_t most_lanes, const std::function<std::string(RecordIndex)>& link)
        : investigation_(investigation), link_(link) {
        choose_machines(most_lanes);
        find_span();
    }

    Timeline draw() {
        Timeline timeline;
        timeline.machines = machines_.size();
        timeline.machines_left_out = left_out_;
        if (!known(first_)) return timeline;
        std::vector<Lane> lanes(machines_.size());
        timeline.without_time = fill(lanes);
        const int height = kTop + static_cast<int>(lanes.size()) * (kLaneHeight + kLaneGap) + kAxisHeight;
        timeline.svg = fmt::format(R"(<svg class="timeline" viewBox="0 0 {} {}" role="img" aria-label="Scores over time">)",
                                   kLeft + kColumns + 10, height);
        timeline.svg += axis(height);
        for (std::size_t i = 0; i < lanes.size(); ++i) timeline.svg += lane(lanes[i], i);
        timeline.svg += "</svg>\n";
        return timeline;
    }

private:
    void choose_machines(std::size_t most_lanes) {
        std::vector<float> highest(investigation_.machines.size(), 0);
        for (const Record& record : investigation_.records) {
            if (known(record.start)) highest[raw(record.machine)] = std::max(highest[raw(record.machine)], record.score);
        }
        for (std::size_t i = 0; i < highest.size(); ++i) {
            if (highest[i] > 0) machines_.push_back(i);
        }
        const std::size_t with_records = machines_.size();
        std::ranges::stable_sort(machines_, std::ranges::greater{}, [&](std::size_t machine) { return highest[machine]; });
        if (machines_.size() > most_lanes) machines_.resize(most_lanes);
        left_out_ = with_records - machines_.size();
        std::ranges::sort(machines_);
        lane_of_.assign(highest.size(), -1);
        for (std::size_t i = 0; i < machines_.size(); ++i) lane_of_[machines_[i]] = static_cast<int>(i);
    }

    void find_span() {
        for (const Record& record : investigation_.records) {
            if (!known(record.start) || lane_of_[raw(record.machine)] < 0) continue;
            first_ = known(first_) ? std::min(first_, record.start) : record.start;
            last_ = known(last_) ? std::max(last_, record.start) : record.start;
        }
        if (known(first_) && last_ - first_ < std::chrono::minutes(1)) last_ = first_ + std::chrono::minutes(1);
    }

    double position(Time time) const {
        return static_cast<double>((time - first_).count()) / static_cast<double>((last_ - first_).count()) * (kColumns - 1);
    }

    /// Returns how many records have no time.
    std::size_t fill(std::vector<Lane>& lanes) const {
        std::size_t without_time = 0;
        for (std::size_t i = 0; i < investigation_.records.size(); ++i) {
            const Record& record = investigation_.records[i];
            const int lane = lane_of_[raw(record.machine)];
            if (lane < 0 || (record.trivial && record.finding_count == 0)) continue;
            if (known(record.start)) {
                place(lanes[static_cast<std::size_t>(lane)], static_cast<RecordIndex>(i));
            } else {
                ++without_time;
            }
        }
        return without_time;
    }

    void place(Lane& lane, RecordIndex index) const {
        const Record& record = investigation_.records[raw(index)];
        const int column = static_cast<int>(std::lround(position(record.start)));
        const auto score = static_cast<double>(record.score);
        if (record.severity == Severity::none) {
            Range& range = lane.ordinary[static_cast<std::size_t>(column)];
            range.low = std::min(range.low, score);
            range.high = std::max(range.high, score);
        } else if (record.severity == Severity::low) {
            RecordIndex& highest = lane.low.try_emplace(column, index).first->second;
            if (investigation_.records[raw(highest)].score < record.score) highest = index;
        } else {
            Mark& mark = lane.marks[{record.severity, column, static_cast<int>(std::lround(height_of(score)))}];
            if (mark.count++ == 0) mark.record = index;
        }
    }

    static double top_of(std::size_t lane) { return kTop + static_cast<double>(lane) * (kLaneHeight + kLaneGap); }

    std::string axis(int height) const {
        std::string svg = R"(<g class="axis">)";
        for (std::size_t i = 0; i < machines_.size(); ++i) {
            svg += fmt::format(R"(<rect class="lane" x="{}" y="{:.0f}" width="{}" height="{}"/>)", kLeft, top_of(i), kColumns,
                               kLaneHeight);
        }
        for (const TimeTick& tick : time_ticks(first_, last_, 9)) {
            const double x = kLeft + position(tick.time);
            svg += fmt::format(R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/><text x="{0:.1f}" y="{3}">{4}</text>)", x,
                               kTop, height - kAxisHeight + 3, height - 8, html(tick.label));
        }
        return svg + "</g>\n";
    }

    std::string lane(const Lane& lane, std::size_t number) const {
        std::string svg =
            fmt::format(R"svg(<g transform="translate({} {:.0f})"><text class="machine" x="-12" y="{}">{}</text>)svg", kLeft,
                        top_of(number), kLaneHeight / 2 + 4, html(investigation_.machines[machines_[number]]));
        svg += ordinary_path(lane);
        for (const auto& [column, record] : lane.low) svg += linked_mark(record, 1);
        for (const auto& [key, mark] : lane.marks) svg += linked_mark(mark.record, mark.count);
        return svg + "</g>\n";
    }

    static std::string ordinary_path(const Lane& lane) {
        std::string path;
        for (int column = 0; column < kColumns; ++column) {
            const Range& range = lane.ordinary[static_cast<std::size_t>(column)];
            if (range.empty()) continue;
            // At least two pixels: a single record is seen too.
            path += fmt::format("M{} {:.1f}V{:.1f}", column, height_of(range.high) - 1, height_of(range.low) + 1);
        }
        return path.empty() ? path : fmt::format(R"(<path class="ordinary" d="{}"/>)", path);
    }

    std::string linked_mark(RecordIndex index, std::size_t count) const {
        const Record& record = investigation_.records[raw(index)];
        const std::string more = count > 1 ? fmt::format(" and {} more at this place", count - 1) : std::string();
        const std::string mark =
            fmt::format("<g><title>{} {} {}, score {:.2f}{}</title>{}</g>", iso8601(record.start), name_of(record.severity),
                        display_name(record.type), record.score, more,
                        severity_shape(record.severity, position(record.start), height_of(static_cast<double>(record.score)), 5));
        const std::string fragment = link_(index);
        return fragment.empty() ? mark : fmt::format(R"(<a href="#{}">{}</a>)", fragment, mark);
    }

    const Investigation& investigation_;
    const std::function<std::string(RecordIndex)>& link_;
    std::vector<std::size_t> machines_;  ///< [lanes]
    std::size_t left_out_ = 0;
    std::vector<int> lane_of_;  ///< [machines], -1: not drawn
    Time first_ = kUnknownTime, last_ = kUnknownTime;
};

}  // namespace

Timeline draw_timeline(const Investigation& investigation, std::size_t most_lanes,
                       const std::function<std::string(RecordIndex)>& link) {
    return Drawing(investigation, most_lanes, link).draw();
}

}  // namespace abm
