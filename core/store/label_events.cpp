#include "core/store/label_events.h"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/card_mask.h"
#include "core/base/error.h"
#include "core/base/letters.h"
#include "core/base/text_encoding.h"

namespace abm {
namespace {

constexpr std::size_t kMostTypeCharacters = 64;

/// Later than all this workspace has recorded, so that a clock set back never lets an older verdict of an expert stand.
Time next_moment(SQLite::Database& database) {
    SQLite::Statement last(database, "SELECT recorded_at FROM label_events ORDER BY id DESC LIMIT 1");
    if (!last.executeStep()) return utc_now();
    return std::max(utc_now(), Time(std::chrono::microseconds(last.getColumn(0).getInt64() + 1)));
}

std::int64_t next_id(SQLite::Database& database) {
    // Nothing is ever deleted, so this is what AUTOINCREMENT would take; a step needs to know it before its first event.
    return database.execAndGet("SELECT coalesce(max(id), 0) + 1 FROM label_events").getInt64();
}

/// Verdicts dated ahead of `now`: a clock was wrong, or a time without its zone. What is said now is dated behind them, or nobody
/// could overrule them before that day comes.
std::map<RecordKey, Time> dated_ahead(SQLite::Database& database, Time now) {
    SQLite::Statement query(database,
                            "SELECT source_id, kind, start_offset, max(at) FROM label_events WHERE action = 'set' AND at >= ? "
                            "GROUP BY source_id, kind, start_offset");
    query.bind(1, now.time_since_epoch().count());
    std::map<RecordKey, Time> latest;
    while (query.executeStep()) {
        const RecordKey key{SourceId{query.getColumn(0).getInt64()}, static_cast<RecordKind>(query.getColumn(1).getInt()),
                            query.getColumn(2).getInt64()};
        latest[key] = Time(std::chrono::microseconds(query.getColumn(3).getInt64()));
    }
    return latest;
}

void require_sayable(const Label& label) {
    if (label.label == LabelClass::none) throw Error(ErrorCode::Invalid, "a label must be anomaly, normal or unsure");
    if (label.who.empty()) throw Error(ErrorCode::Invalid, "a label must say who gave it");
    if (!is_type(label.type))
        throw Error(ErrorCode::Invalid,
                    fmt::format("the type of a label is one line of at most {} characters", kMostTypeCharacters));
}

class EventInsert {
public:
    explicit EventInsert(SQLite::Database& database)
        : insert_(database,
                  "INSERT INTO label_events(id, step, action, source_id, kind, start_offset, label, type, note, who, at, "
                  "recorded_at, model_id, suggestion, decided_ms) VALUES(?, ?, 'set', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)") {}

    /// label.when is known.
    void run(std::int64_t id, std::int64_t step, const NewLabel& given, const Label& label, Time now) {
        insert_.reset();
        insert_.bind(1, id);
        insert_.bind(2, step);
        insert_.bind(3, raw(given.key.source));
        insert_.bind(4, static_cast<int>(given.key.kind));
        insert_.bind(5, given.key.start_offset);
        insert_.bind(6, std::string(name_of(label.label)));
        insert_.bind(7, label.type);
        insert_.bind(8, label.note);
        insert_.bind(9, label.who);
        insert_.bind(10, label.when.time_since_epoch().count());
        insert_.bind(11, now.time_since_epoch().count());
        bind_context(given.context);
        insert_.exec();
    }

private:
    void bind_context(const LabelContext& context) {
        std::int64_t ignored = 0;
        if (raw(context.model) != 0) {
            insert_.bind(12, raw(context.model));
        } else {
            insert_.bind(12);
        }
        insert_.bind(13, storable(context.suggestion, ignored));
        if (context.decided_ms >= 0) {
            insert_.bind(14, context.decided_ms);
        } else {
            insert_.bind(14);
        }
    }

    SQLite::Statement insert_;
};

LabelEvent::Action action_from(const std::string& name) {
    if (name == "undo") return LabelEvent::Action::undo;
    return name == "redo" ? LabelEvent::Action::redo : LabelEvent::Action::set;
}

/// Columns as read_events() selects them.
LabelEvent event_from(SQLite::Statement& row) {
    LabelEvent event;
    event.id = row.getColumn(0).getInt64();
    event.step = StepId{row.getColumn(1).getInt64()};
    event.action = action_from(row.getColumn(2).getString());
    event.target = StepId{row.getColumn(3).getInt64()};
    event.key.source = SourceId{row.getColumn(4).getInt64()};
    event.key.kind = static_cast<RecordKind>(row.getColumn(5).getInt());
    event.key.start_offset = row.getColumn(6).getInt64();
    event.label.label = label_class_from_name(row.getColumn(7).getString()).value_or(LabelClass::none);
    event.label.type = row.getColumn(8).getString();
    event.label.note = row.getColumn(9).getString();
    event.label.who = row.getColumn(10).getString();
    event.label.when = Time(std::chrono::microseconds(row.getColumn(11).getInt64()));
    event.context.model = ModelId{row.getColumn(12).getInt64()};
    event.context.suggestion = row.getColumn(13).getString();
    event.context.decided_ms = row.isColumnNull(14) ? -1 : row.getColumn(14).getInt();
    return event;
}

}  // namespace

bool is_type(std::string_view text) {
    const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); });
    const bool controls = std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return static_cast<std::size_t>(characters) <= kMostTypeCharacters && !controls;
}

std::string storable(std::string_view text, std::int64_t& masked) {
    std::string clean = as_utf8(text);
    masked += mask_card_numbers(clean);
    return clean;
}

std::int64_t make_storable(Label& label) {
    std::int64_t masked = 0;
    label.type = trimmed_of_line_ends(storable(label.type, masked));
    label.note = storable(label.note, masked);
    label.who = trimmed_of_line_ends(storable(label.who, masked));
    return masked;
}

StoredStep insert_step(SQLite::Database& database, std::span<const NewLabel> labels) {
    if (labels.empty()) throw Error(ErrorCode::Invalid, "no labels to store");
    const std::int64_t step = next_id(database);
    const Time now = next_moment(database);
    StoredStep stored{StepId{step}};
    EventInsert insert(database);
    const std::map<RecordKey, Time> ahead = dated_ahead(database, now);
    std::int64_t id = step;
    for (const NewLabel& given : labels) {
        Label label = given.label;
        stored.card_numbers_masked += make_storable(label);
        require_sayable(label);
        if (!known(label.when)) {
            const auto latest = ahead.find(given.key);
            label.when = latest == ahead.end() ? now : latest->second + std::chrono::microseconds(1);
        }
        insert.run(id++, step, given, label, now);
    }
    return stored;
}

std::vector<LabelEvent> read_events(SQLite::Database& database, std::int64_t after) {
    SQLite::Statement query(database,
                            "SELECT id, step, action, target_step, source_id, kind, start_offset, label, type, note, who, at, "
                            "model_id, suggestion, decided_ms FROM label_events WHERE id > ? ORDER BY id");
    query.bind(1, after);
    std::vector<LabelEvent> events;
    while (query.executeStep()) events.push_back(event_from(query));
    return events;
}

StepHistory history_of(std::span<const LabelEvent> events) {
    StepHistory history;
    for (const LabelEvent& event : events) {
        if (event.action == LabelEvent::Action::undo) {
            history.undo(event.target);
        } else if (event.action == LabelEvent::Action::redo) {
            history.redo(event.target);
        } else if (event.id == raw(event.step)) {
            history.set(event.step);  // the first event of the step speaks for all
        }
    }
    return history;
}

std::string details_of(const StoredStep& step) {
    return fmt::format(R"({{"step":{},"card_numbers_masked":{}}})", raw(step.step), step.card_numbers_masked);
}

}  // namespace abm
