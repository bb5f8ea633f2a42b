#include "core/store/model_registry.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <array>
#include <bit>
#include <set>
#include <string_view>

#include "core/base/error.h"

namespace abm {
namespace {

/// What the events of the models say, replayed from the first to the last.
struct ModelHistory {
    std::vector<std::int64_t> adopted;  ///< the models one may go back through; the current one at the back
    std::set<std::int64_t> ever_adopted, discarded;

    std::int64_t current() const { return adopted.empty() ? 0 : adopted.back(); }

    void adopt(std::int64_t id) {
        adopted.push_back(id);
        ever_adopted.insert(id);
        discarded.erase(id);
    }
    void discard(std::int64_t id) { discarded.insert(id); }

    /// The current model goes, and with it those under it that were discarded in the meantime or are the current one again.
    void roll_back() {
        const std::int64_t left = current();
        while (!adopted.empty() && (adopted.back() == left || discarded.contains(adopted.back()))) adopted.pop_back();
    }

    ModelState state_of(std::int64_t id) const {
        if (id == current()) return ModelState::current;
        if (discarded.contains(id)) return ModelState::discarded;
        return ever_adopted.contains(id) ? ModelState::earlier : ModelState::candidate;
    }
};

/// A step back is stored as one more 'adopt', so that the last of these always names the current model; its row of the audit
/// trail, written in the same transaction, tells it from an adoption.
ModelHistory history_in(SQLite::Database& database) {
    SQLite::Statement query(database,
                            "SELECT model_id, action, id IN (SELECT json_extract(details, '$.model_event') FROM audit "
                            "WHERE action = 'rollback') FROM model_events ORDER BY id");
    ModelHistory history;
    while (query.executeStep()) {
        const std::int64_t id = query.getColumn(0).getInt64();
        if (query.getColumn(1).getString() == "discard") {
            history.discard(id);
        } else if (query.getColumn(2).getInt() != 0) {
            history.roll_back();
            if (history.current() != id) history.adopt(id);  // only when somebody else wrote the events
        } else {
            history.adopt(id);
        }
    }
    return history;
}

void require_model(SQLite::Database& database, ModelId id) {
    SQLite::Statement query(database, "SELECT 1 FROM models WHERE id = ?");
    query.bind(1, raw(id));
    if (!query.executeStep()) throw Error(ErrorCode::Invalid, fmt::format("there is no model {} in this workspace", raw(id)));
}

/// One event and its row of the audit trail. audited: what the trail calls it.
void add_event(Workspace& workspace, std::int64_t model, std::string_view action, std::string_view audited, std::string_view who,
               std::int64_t before) {
    SQLite::Database& database = workspace.database();
    SQLite::Statement insert(database, "INSERT INTO model_events(model_id, action, who, at) VALUES(?, ?, ?, ?)");
    insert.bind(1, model);
    insert.bind(2, std::string(action));
    insert.bind(3, std::string(who));
    insert.bind(4, utc_now().time_since_epoch().count());
    insert.exec();
    workspace.audit(who, audited, std::to_string(model),
                    fmt::format(R"({{"model_event":{},"current_before":{}}})", database.getLastInsertRowid(), before));
}

ModelInfo info_from(SQLite::Statement& row, const ModelHistory& history) {
    ModelInfo info;
    info.id = ModelId{row.getColumn(0).getInt64()};
    info.parent = ModelId{row.getColumn(1).getInt64()};
    info.state = history.state_of(raw(info.id));
    info.created = Time(std::chrono::microseconds(row.getColumn(2).getInt64()));
    info.who = row.getColumn(3).getString();
    info.seed = std::bit_cast<std::uint64_t>(row.getColumn(4).getInt64());
    info.feature_schema = row.getColumn(5).getString();
    info.records = row.getColumn(6).getInt64();
    info.labels = row.getColumn(7).getInt64();
    info.last_event = row.getColumn(8).getInt64();
    info.metrics = row.getColumn(9).getString();
    return info;
}

ModelId insert_model(SQLite::Database& database, const ModelInfo& info, const std::string& document) {
    SQLite::Statement insert(database,
                             "INSERT INTO models(parent_id, created_at, who, seed, feature_schema, records, labels, last_event, "
                             "metrics, document) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const std::int64_t parent = history_in(database).current();
    if (parent != 0) insert.bind(1, parent);
    insert.bind(2, utc_now().time_since_epoch().count());
    insert.bind(3, info.who);
    insert.bind(4, std::bit_cast<std::int64_t>(info.seed));
    insert.bind(5, info.feature_schema);
    insert.bind(6, info.records);
    insert.bind(7, info.labels);
    insert.bind(8, info.last_event);
    insert.bind(9, info.metrics.empty() ? "{}" : info.metrics);
    insert.bind(10, document);
    insert.exec();
    return ModelId{database.getLastInsertRowid()};
}

/// work(history) within one transaction.
template <class Work>
auto changing(Workspace& workspace, Work&& work) {
    return stored(workspace.path(), [&] {
        SQLite::Transaction transaction(workspace.database(), SQLite::TransactionBehavior::IMMEDIATE);
        const ModelId id = work(history_in(workspace.database()));
        transaction.commit();
        return id;
    });
}

}  // namespace

std::string_view name_of(ModelState state) {
    constexpr std::array<std::string_view, 4> kNames{"candidate", "current", "earlier", "discarded"};
    return kNames[static_cast<std::size_t>(state)];
}

ModelId ModelRegistry::add(const ModelInfo& info, const std::string& document) {
    return changing(workspace_, [&](const ModelHistory&) {
        const ModelId id = insert_model(workspace_.database(), info, document);
        workspace_.audit(info.who, "train", std::to_string(raw(id)),
                         fmt::format(R"({{"records":{},"labels":{}}})", info.records, info.labels));
        return id;
    });
}

std::vector<ModelInfo> ModelRegistry::list() const {
    return stored(workspace_.path(), [&] {
        SQLite::Transaction one_state(workspace_.database());  // models and events as of one moment
        const ModelHistory history = history_in(workspace_.database());
        SQLite::Statement query(workspace_.database(),
                                "SELECT id, parent_id, created_at, who, seed, feature_schema, records, labels, last_event, "
                                "metrics FROM models ORDER BY id");
        std::vector<ModelInfo> models;
        while (query.executeStep()) models.push_back(info_from(query, history));
        return models;
    });
}

std::optional<ModelInfo> ModelRegistry::current() const {
    for (const ModelInfo& info : list()) {
        if (info.state == ModelState::current) return info;
    }
    return std::nullopt;
}

std::string ModelRegistry::document(ModelId id) const {
    return stored(workspace_.path(), [&] {
        require_model(workspace_.database(), id);
        SQLite::Statement query(workspace_.database(), "SELECT document FROM models WHERE id = ?");
        query.bind(1, raw(id));
        query.executeStep();
        return query.getColumn(0).getString();
    });
}

void ModelRegistry::adopt(ModelId id, std::string_view who) {
    changing(workspace_, [&](const ModelHistory& history) {
        require_model(workspace_.database(), id);
        if (raw(id) != history.current()) add_event(workspace_, raw(id), "adopt", "adopt", who, history.current());
        return id;
    });
}

void ModelRegistry::discard(ModelId id, std::string_view who) {
    changing(workspace_, [&](const ModelHistory& history) {
        require_model(workspace_.database(), id);
        if (raw(id) == history.current()) {
            throw Error(ErrorCode::Invalid,
                        fmt::format("model {} is the current one; adopt another or roll back before discarding it", raw(id)));
        }
        if (!history.discarded.contains(raw(id))) add_event(workspace_, raw(id), "discard", "discard", who, history.current());
        return id;
    });
}

ModelId ModelRegistry::roll_back(std::string_view who) {
    return changing(workspace_, [&](ModelHistory history) {
        const std::int64_t before = history.current();
        if (before == 0) throw Error(ErrorCode::Invalid, "no model was adopted yet: there is nothing to roll back to");
        history.roll_back();
        if (history.current() == 0) {
            throw Error(ErrorCode::Invalid,
                        fmt::format("no model that is still kept was current before model {}: there is nothing to roll back to; "
                                    "adopt the one you want",
                                    before));
        }
        add_event(workspace_, history.current(), "adopt", "rollback", who, before);
        return ModelId{history.current()};
    });
}

}  // namespace abm
