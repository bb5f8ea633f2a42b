// The scores of an investigation, indexed for drawing: minimum, maximum and count of any time range in logarithmic time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "widgets/lane_groups.h"
#include "widgets/lane_spans.h"
#include "widgets/record_view.h"
#include "widgets/time_scale.h"

namespace abm {

/// Records of one machine in the order of time, or of all entities of one file: see LaneGroups.
struct Lane {
    /// What nothing is wrong with (Severity::none). levels[0] covers kFan records an entry, each next level kFan entries.
    struct Extreme {
        float low, high;
    };
    static constexpr std::size_t kFan = 16;

    std::string name;         ///< of the machine, or of the file
    MachineIndex machine{};   ///< unless it is shared
    bool shared = false;      ///< by the entities of a file
    std::uint32_t views = 0;  ///< bits of the RecordViews in it
    std::vector<Time> times;
    std::vector<float> scores;
    std::vector<std::uint32_t> records;  ///< indices into Investigation::records
    std::vector<std::vector<Extreme>> levels;

    /// Records something is wrong with: never aggregated, always drawn.
    struct Anomaly {
        Time time;
        float score;
        std::uint32_t record;
    };
    /// Records an expert has decided on, in the order of time.
    struct Labelled {
        Time time;
        LabelClass label;
        bool noted;  ///< the expert wrote a note
        std::uint32_t record;
    };
    std::vector<Labelled> labels;
    std::array<std::vector<Anomaly>, kSeverityCount> anomalies;  ///< by severity, each in the order of time; [none] is empty

    LaneSpans spans;            ///< empty for all machines together
    std::vector<float> ranked;  ///< scores of all its records, ascending; empty for all machines together

    /// Records of the lane with this score and higher. O(log n).
    std::int64_t at_least(float score) const;
    /// The record something is wrong with next to (time, record), after or before it; nullptr: there is none. O(log n).
    const Anomaly* anomaly_beside(Time time, std::uint32_t record, bool after) const;
};

/// Immutable once built; shared between views and threads.
struct ScoreIndex {
    std::vector<Lane> lanes;  ///< those that have records with a time, in the order of their names
    Lane together;            ///< all of them
    LaneGroups groups;
    std::vector<std::int32_t> lane_of_group;  ///< -1: it has no lane
    TimeRange whole;                          ///< of all records, with a little air; a day of nothing when there is none
    TimeFold fold;                            ///< long times without any record
    std::int64_t without_time = 0;            ///< records that cannot stand on a time axis

    std::shared_ptr<const std::vector<std::uint32_t>> by_time;  ///< every record with a time, in the order of time

    /// The lane the record is in; nullopt when it has none.
    std::optional<std::size_t> laneOf(const Record& record) const;

    /// Routine intervals (Record::trivial) without a finding are left out. O(n); may run off the UI thread.
    /// before: an index of the same records under other scores spares the sorting; one of other records does no harm.
    static std::shared_ptr<const ScoreIndex> build(const Investigation& investigation, const ScoreIndex* before = nullptr);
};

struct Column {
    float low = 0, high = 0;  ///< of the scores; meaningless when count is 0
    std::uint32_t count = 0;
    bool operator==(const Column&) const = default;
};
/// One entry per pixel column of the scale, records of Severity::none only.
std::vector<Column> columns_of(const Lane& lane, const TimeScale& scale);

/// One shape on the lane. Marks that fall on the same pixel with the same severity are one mark: nothing is lost to the eye.
struct Mark {
    int x, y;  ///< pixels from the left of the view and from the top of the lane
    Severity severity;
    std::uint32_t record;
};
/// Every anomaly of the view, gravest last, on a lane `height` pixels high.
std::vector<Mark> marks_of(const Lane& lane, const TimeScale& scale, int height);

/// Pixels from the top of a lane for a score of 0..1.
int score_y(float score, int height);

}  // namespace abm
