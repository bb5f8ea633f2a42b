#include "core/store/label_store.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "core/base/error.h"
#include "core/store/label_events.h"

namespace abm {
namespace {

using Action = LabelEvent::Action;

/// The acts only: the first event of each step.
StepHistory stored_history(SQLite::Database& database) {
    SQLite::Statement query(database, "SELECT id, action, target_step FROM label_events WHERE id = step ORDER BY id");
    StepHistory history;
    while (query.executeStep()) {
        const std::string action = query.getColumn(1).getString();
        const StepId target{query.getColumn(2).getInt64()};
        if (action == "undo") {
            history.undo(target);
        } else if (action == "redo") {
            history.redo(target);
        } else {
            history.set(StepId{query.getColumn(0).getInt64()});
        }
    }
    return history;
}

/// The events of a step follow each other, so that no index is needed to find them.
StepChange content_of(SQLite::Database& database, StepId step) {
    SQLite::Statement query(database,
                            "SELECT step, source_id, kind, start_offset, label, type, note, who, at FROM label_events "
                            "WHERE id >= ? ORDER BY id");
    query.bind(1, raw(step));
    StepChange change{step, {}, {}};
    while (query.executeStep() && query.getColumn(0).getInt64() == raw(step)) {
        if (change.keys.empty()) {
            change.label.label = label_class_from_name(query.getColumn(4).getString()).value_or(LabelClass::none);
            change.label.type = query.getColumn(5).getString();
            change.label.note = query.getColumn(6).getString();
            change.label.who = query.getColumn(7).getString();
            change.label.when = Time(std::chrono::microseconds(query.getColumn(8).getInt64()));
        }
        change.keys.push_back({SourceId{query.getColumn(1).getInt64()}, static_cast<RecordKind>(query.getColumn(2).getInt()),
                               query.getColumn(3).getInt64()});
    }
    return change;
}

void insert_turn(SQLite::Database& database, std::string_view action, StepId target, const std::string& who) {
    SQLite::Statement insert(database,
                             "INSERT INTO label_events(id, step, action, target_step, who, at, recorded_at) "
                             "SELECT next, next, ?, ?, ?, ?, max(?, last) FROM (SELECT coalesce(max(id), 0) + 1 AS next, "
                             "coalesce(max(recorded_at), 0) AS last FROM label_events)");
    const std::int64_t now = utc_now().time_since_epoch().count();
    insert.bind(1, std::string(action));
    insert.bind(2, raw(target));
    insert.bind(3, who);
    insert.bind(4, now);
    insert.bind(5, now);
    insert.exec();
}

/// undo and redo: both append an event that turns the step given by `choose`.
template <class Choose>
std::optional<StepChange> turn(Workspace& workspace, std::string_view action, std::string_view who, Choose choose) {
    return stored(workspace.path(), [&]() -> std::optional<StepChange> {
        SQLite::Database& database = workspace.database();
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        const std::optional<StepId> step = choose(stored_history(database));
        if (!step) return std::nullopt;
        std::int64_t masked = 0;
        const std::string name = storable(who, masked);
        if (name.empty()) throw Error(ErrorCode::Invalid, fmt::format("an {} must say who asked for it", action));
        StepChange change = content_of(database, *step);
        insert_turn(database, action, *step, name);
        workspace.audit(name, action, std::to_string(raw(*step)), fmt::format(R"({{"labels":{}}})", change.keys.size()));
        transaction.commit();
        return change;
    });
}

bool later(const LabelEvent& a, const LabelEvent& b) { return std::tie(a.label.when, a.id) > std::tie(b.label.when, b.id); }

/// Ties are broken by what was said, never by the order in which this workspace learned of it.
bool outweighs(const StandingVerdict& a, const StandingVerdict& b) {
    return std::tie(a.label.when, a.label.who, a.label.label) > std::tie(b.label.when, b.label.who, b.label.label);
}

/// verdicts: all of one record.
void weigh(std::span<StandingVerdict> verdicts) {
    StandingVerdict* first = verdicts.data();
    bool disputed = false;
    for (StandingVerdict& verdict : verdicts) {
        if (outweighs(verdict, *first)) first = &verdict;
        disputed = disputed || verdict.label.label != verdicts.front().label.label;
    }
    first->counts = true;
    for (StandingVerdict& verdict : verdicts) verdict.disputed = disputed;
}

}  // namespace

StepId LabelStore::append(std::span<const NewLabel> labels) {
    return stored(workspace_.path(), [&] {
        SQLite::Transaction transaction(workspace_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        const StoredStep step = insert_step(workspace_.database(), labels);
        if (step.card_numbers_masked > 0) {
            std::int64_t ignored = 0;
            workspace_.audit(storable(labels.front().label.who, ignored), "label", std::to_string(raw(step.step)),
                             details_of(step));
        }
        transaction.commit();
        return step.step;
    });
}

std::optional<StepChange> LabelStore::undo(std::string_view who) {
    return turn(workspace_, "undo", who, [](const StepHistory& history) { return history.to_undo(); });
}

std::optional<StepChange> LabelStore::redo(std::string_view who) {
    return turn(workspace_, "redo", who, [](const StepHistory& history) { return history.to_redo(); });
}

std::vector<LabelEvent> LabelStore::events(std::int64_t after) const {
    return stored(workspace_.path(), [&] { return read_events(workspace_.database(), after); });
}

std::int64_t LabelStore::last_event() const {
    return stored(workspace_.path(),
                  [&] { return workspace_.database().execAndGet("SELECT coalesce(max(id), 0) FROM label_events").getInt64(); });
}

std::vector<StandingVerdict> standing_verdicts(std::span<const LabelEvent> events) {
    const StepHistory history = history_of(events);
    std::map<std::pair<RecordKey, std::string_view>, const LabelEvent*> latest;
    for (const LabelEvent& event : events) {
        if (event.action != Action::set || !history.stands(event.step)) continue;
        const LabelEvent*& stands = latest[{event.key, event.label.who}];
        if (stands == nullptr || later(event, *stands)) stands = &event;
    }
    std::vector<StandingVerdict> verdicts;
    verdicts.reserve(latest.size());
    for (const auto& [by, event] : latest) verdicts.push_back({event->key, event->id, event->label});
    for (auto first = verdicts.begin(); first != verdicts.end();) {
        const auto end =
            std::find_if(first, verdicts.end(), [&](const StandingVerdict& other) { return other.key != first->key; });
        weigh({first, end});
        first = end;
    }
    return verdicts;
}

bool can_undo(std::span<const LabelEvent> events) { return history_of(events).to_undo().has_value(); }
bool can_redo(std::span<const LabelEvent> events) { return history_of(events).to_redo().has_value(); }

}  // namespace abm
