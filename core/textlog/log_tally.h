// Gathers the lines of a log into its records: entities, or windows of one entity each.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/record.h"
#include "core/textlog/gap_histogram.h"
#include "core/textlog/line_clock.h"
#include "core/textlog/line_parser.h"
#include "core/textlog/template_miner.h"

namespace abm {

/// What a line was, for the sequence of its record.
struct LineToken {
    std::uint16_t shape = 0;  ///< ShapeId; TemplateMiner::kMostShapes fits
    std::int16_t event = -1;
};

/// A line findings may show.
struct MarkedLine {
    TextSpan line;
    EventRole role = EventRole::other;
};

/// A step of an entity's clock from one line to the next.
struct Step {
    double seconds = 0;
    TextSpan from, to;
};

/// Intervals between lines of one entity, forward steps only, in seconds.
struct Intervals {
    std::int64_t count = 0, rapid = 0;
    double mean = 0, squares = 0;  ///< Welford: squares of the distances from the mean
    double least = 0;
    void add(double seconds);
};

struct RecordTally {
    static constexpr std::size_t kMostMarked = 20;  ///< lines of one role a record keeps as evidence; all are counted

    Record record;
    std::uint32_t entity = 0;
    std::vector<LineToken> tokens;
    std::array<std::int64_t, kEventRoleCount> roles{};
    std::int64_t errors = 0, warnings = 0, not_understood = 0;
    std::vector<MarkedLine> marked;  ///< error lines have EventRole::error
    Tick first_tick = 0, last_tick = 0;
    std::int64_t timed = 0;  ///< lines with a tick
    Intervals intervals;
    std::int64_t refused_in_a_row = 0, most_refused_in_a_row = 0;  ///< failed attaches without a sign that one got in
    Step longest;               ///< gap that ended in this record; it may have begun in the one before
    std::int64_t backward = 0;  ///< steps back beyond the threshold
    Step furthest_back;         ///< seconds > 0

    std::int64_t lines() const { return static_cast<std::int64_t>(tokens.size()); }
    std::int64_t count(EventRole role) const { return roles[static_cast<std::size_t>(role)]; }
    /// Whoever does not log its requests is not without attempts: answers are attempts too.
    std::int64_t attach_attempts() const;
    /// Failures and timeouts among the attempts; NaN without any.
    double failure_rate() const;
    /// Between the first and the last line that say when.
    double duration_s() const { return static_cast<double>(last_tick - first_tick) * 1e-6; }
};

/// What is known of a masked message over the whole log.
struct ShapeTally {
    std::int64_t lines = 0;
    TextSpan first_line;
    std::int64_t first_number = 0;  ///< of the line, from 0, among those of records
    std::uint32_t first_record = 0;
    bool error = false;  ///< its first line is an error
};

/// How records are cut.
struct CutRule {
    bool by_entity = false;
    bool timed = true;  ///< the log says when: windows of window_s, else of window_lines
    double window_s = 60;
    std::int64_t window_lines = 200;
};

/// Not thread-safe. profile outlives it. Memory: 4 bytes a line, some hundred a record.
class LogTally {
public:
    /// only_entity: name of the entity of lines that name none.
    LogTally(const LogProfile& profile, const CutRule& cut, std::string only_entity);

    /// line: its place in the source. tick: nullopt when the line does not say when.
    void add(const ParsedLine& parsed, std::optional<Tick> tick, TextSpan line, ShapeId shape);

    std::vector<RecordTally>& records() { return records_; }  ///< by the offset of their first line
    const std::vector<RecordTally>& records() const { return records_; }
    const std::vector<ShapeTally>& shapes() const { return shapes_; }  ///< [ShapeId] as far as they were seen
    const std::vector<std::string>& entities() const { return names_; }
    const GapHistogram& gaps_of(std::uint32_t entity) const { return gaps_[cut_.by_entity ? 0 : entity]; }
    std::int64_t lines() const { return lines_; }

private:
    struct Entity {
        std::int64_t open = -1;  ///< record that takes its lines; -1: none
        std::int64_t window = 0;
        std::optional<Tick> last_tick;
        TextSpan last_line;
    };

    std::uint32_t entity_of(const ParsedLine& parsed);
    RecordTally& record_for(Entity& entity, std::uint32_t index, std::optional<Tick> tick);
    bool opens_record(const Entity& entity, std::optional<Tick> tick) const;
    void take_step(Entity& entity, RecordTally& record, std::optional<Tick> tick, TextSpan line);
    void note_shape(ShapeId shape, TextSpan line, std::uint32_t record, bool error);

    const LogProfile& profile_;
    CutRule cut_;
    std::string only_entity_;
    std::vector<RecordTally> records_;
    std::vector<ShapeTally> shapes_;
    std::deque<Entity> entities_;
    std::deque<GapHistogram> gaps_;  ///< by entity; where records are entities one for all: each alone has too few
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint32_t> ids_;  ///< by the whole id as it stands in the log
    std::string key_;
    std::int64_t last_entity_ = -1;
    std::int64_t lines_ = 0;
};

}  // namespace abm
