#include "core/textlog/log_tally.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace abm {
namespace {

double seconds_of(Tick ticks) { return static_cast<double>(ticks) / static_cast<double>(kTicksPerSecond); }

void mark(RecordTally& record, TextSpan line, EventRole role) {
    const auto same = std::ranges::count(record.marked, role, &MarkedLine::role);
    if (static_cast<std::size_t>(same) < RecordTally::kMostMarked) record.marked.push_back({line, role});
}

// Whoever is accepted or detached got in.
void count_refusals(EventRole role, RecordTally& record) {
    if (role == EventRole::attach_failed) {
        record.most_refused_in_a_row = std::max(record.most_refused_in_a_row, ++record.refused_in_a_row);
    } else if (role == EventRole::attach_accepted || role == EventRole::detach || role == EventRole::abnormal_detach ||
               role == EventRole::forced_detach) {
        record.refused_in_a_row = 0;
    }
}

void count_line(const ParsedLine& parsed, TextSpan line, ShapeId shape, RecordTally& record) {
    record.tokens.push_back({static_cast<std::uint16_t>(shape), static_cast<std::int16_t>(parsed.event)});
    ++record.roles[static_cast<std::size_t>(parsed.role)];
    count_refusals(parsed.role, record);
    record.errors += parsed.error ? 1 : 0;
    record.warnings += parsed.warning ? 1 : 0;
    record.not_understood += parsed.understood ? 0 : 1;
    if (parsed.error) {
        mark(record, line, EventRole::error);
    } else if (parsed.role != EventRole::other && parsed.role != EventRole::error) {
        mark(record, line, parsed.role);
    }
    const std::int64_t end = std::max(record.record.span.end(), line.end());
    record.record.span.bytes = end - record.record.span.offset;
}

void count_time(Time time, std::optional<Tick> tick, RecordTally& tally) {
    Record& record = tally.record;
    if (known(time)) {
        record.start = known(record.start) ? std::min(record.start, time) : time;
        record.end = known(record.end) ? std::max(record.end, time) : time;
    }
    if (!tick) return;
    tally.first_tick = tally.timed == 0 ? *tick : std::min(tally.first_tick, *tick);
    tally.last_tick = tally.timed == 0 ? *tick : std::max(tally.last_tick, *tick);
    ++tally.timed;
}

}  // namespace

void Intervals::add(double seconds) {
    least = count == 0 ? seconds : std::min(least, seconds);
    ++count;
    const double from_mean = seconds - mean;
    mean += from_mean / static_cast<double>(count);
    squares += from_mean * (seconds - mean);
}

std::int64_t RecordTally::attach_attempts() const {
    const std::int64_t answers =
        count(EventRole::attach_accepted) + count(EventRole::attach_failed) + count(EventRole::attach_timeout);
    return std::max(count(EventRole::attach), answers);
}

double RecordTally::failure_rate() const {
    const std::int64_t failed = count(EventRole::attach_failed) + count(EventRole::attach_timeout);
    const std::int64_t attempts = attach_attempts();
    return attempts > 0 ? static_cast<double>(failed) / static_cast<double>(attempts) : std::numeric_limits<double>::quiet_NaN();
}

LogTally::LogTally(const LogProfile& profile, const CutRule& cut, std::string only_entity)
    : profile_(profile), cut_(cut), only_entity_(std::move(only_entity)) {}

void LogTally::add(const ParsedLine& parsed, std::optional<Tick> tick, TextSpan line, ShapeId shape) {
    const std::uint32_t index = entity_of(parsed);
    Entity& entity = entities_[index];
    RecordTally& record = record_for(entity, index, tick);
    if (record.tokens.empty()) record.record.span = line;
    note_shape(shape, line, static_cast<std::uint32_t>(entity.open), parsed.error);
    count_line(parsed, line, shape, record);
    count_time(parsed.time, tick, record);
    take_step(entity, record, tick, line);
    ++lines_;
}

// A line that names nobody goes on with what the line before was about.
std::uint32_t LogTally::entity_of(const ParsedLine& parsed) {
    if (parsed.entity.empty() && last_entity_ >= 0) return static_cast<std::uint32_t>(last_entity_);
    key_.assign(parsed.entity);
    const auto [found, fresh] = ids_.try_emplace(key_, static_cast<std::uint32_t>(names_.size()));
    if (fresh) {
        names_.push_back(parsed.entity.empty() ? only_entity_ : entity_name(profile_, parsed.entity));
        entities_.emplace_back();
        if (gaps_.empty() || !cut_.by_entity) gaps_.emplace_back();
    }
    last_entity_ = found->second;
    return found->second;
}

bool LogTally::opens_record(const Entity& entity, std::optional<Tick> tick) const {
    if (entity.open < 0) return true;
    if (cut_.by_entity) return false;
    const RecordTally& open = records_[static_cast<std::size_t>(entity.open)];
    if (!cut_.timed) return open.lines() >= cut_.window_lines;
    if (!tick) return false;
    if (open.timed == 0) return false;  // lines without a time wait for the first that has one
    const auto window = static_cast<std::int64_t>(std::floor(seconds_of(*tick) / cut_.window_s));
    if (window >= entity.window) return window > entity.window;
    const double back = seconds_of(*entity.last_tick - *tick);
    return back > profile_.thresholds.backwards_s;  // the clock was set; lines of threads cross by less
}

RecordTally& LogTally::record_for(Entity& entity, std::uint32_t index, std::optional<Tick> tick) {
    if (opens_record(entity, tick)) {
        entity.open = static_cast<std::int64_t>(records_.size());
        RecordTally& fresh = records_.emplace_back();
        fresh.entity = index;
        fresh.record.kind = cut_.by_entity ? RecordKind::entity : RecordKind::window;
        fresh.record.machine = MachineIndex{index};
        fresh.record.ordinal = static_cast<std::int32_t>(records_.size());
        fresh.record.feature_row = static_cast<std::int32_t>(records_.size()) - 1;
    }
    RecordTally& record = records_[static_cast<std::size_t>(entity.open)];
    if (tick && record.timed == 0) {
        entity.window = static_cast<std::int64_t>(std::floor(seconds_of(*tick) / cut_.window_s));
    }
    return record;
}

void LogTally::take_step(Entity& entity, RecordTally& record, std::optional<Tick> tick, TextSpan line) {
    if (!tick) return;
    if (entity.last_tick) {
        const double seconds = seconds_of(*tick - *entity.last_tick);
        const Step step{std::abs(seconds), entity.last_line, line};
        if (seconds >= 0) {
            record.intervals.add(seconds);
            if (seconds < profile_.thresholds.rapid_s) ++record.intervals.rapid;
            if (seconds > record.longest.seconds) record.longest = step;
            gaps_[cut_.by_entity ? 0 : record.entity].add(seconds);
        } else if (-seconds > profile_.thresholds.backwards_s) {
            ++record.backward;
            if (step.seconds > record.furthest_back.seconds) record.furthest_back = step;
        }
    }
    entity.last_tick = tick;
    entity.last_line = line;
}

void LogTally::note_shape(ShapeId shape, TextSpan line, std::uint32_t record, bool error) {
    const auto at = static_cast<std::size_t>(shape);
    if (at >= shapes_.size()) shapes_.resize(at + 1);
    ShapeTally& tally = shapes_[at];
    if (tally.lines++ == 0) tally = {1, line, lines_, record, error};
}

}  // namespace abm
