#include "core/store/watch_store.h"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr std::array<std::string_view, kWatchOutcomeCount> kOutcomes{"stored", "grown",    "replaced", "shrunk",  "known",
                                                                     "moved",  "left out", "failed",   "growing", "stopped"};
constexpr const char* kWatch = "SELECT id, folder, interval_ms, retrain_every, notify_from, running, untrained FROM watches";

WatchOutcome outcome_named(const std::string& name) {
    const auto* const found = std::ranges::find(kOutcomes, name);
    if (found == kOutcomes.end())
        throw Error(ErrorCode::Mismatch, fmt::format("'{}' is no outcome of a watched file this program knows", name));
    return static_cast<WatchOutcome>(found - kOutcomes.begin());
}

Watch watch_from(SQLite::Statement& row) {
    Watch watch;
    watch.id = WatchId{row.getColumn(0).getInt64()};
    watch.settings.folder = row.getColumn(1).getString();
    watch.settings.interval_ms = row.getColumn(2).getInt64();
    watch.settings.retrain_every = row.getColumn(3).getInt64();
    watch.settings.notify_from = severity_from_name(row.getColumn(4).getString()).value_or(Severity::critical);
    watch.settings.running = row.getColumn(5).getInt() != 0;
    watch.untrained = row.getColumn(6).getInt64();
    return watch;
}

std::string dumped(const nlohmann::json& document) {
    return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<Watch> watches_where(const Workspace& workspace, const char* condition, const std::string& folder = {}) {
    SQLite::Statement query(workspace.database(), fmt::format("{} {} ORDER BY id", kWatch, condition));
    if (!folder.empty()) query.bind(1, folder);
    std::vector<Watch> watches;
    while (query.executeStep()) watches.push_back(watch_from(query));
    return watches;
}

std::optional<Watch> first_of(std::vector<Watch> watches) {
    return watches.empty() ? std::nullopt : std::optional(std::move(watches.front()));
}

}  // namespace

bool is_news(WatchOutcome outcome) {
    using enum WatchOutcome;
    return outcome == stored || outcome == grown || outcome == replaced || outcome == shrunk || outcome == growing ||
           outcome == stopped;
}

std::string_view name_of(WatchOutcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }

std::vector<Watch> WatchStore::list() const {
    return stored(workspace_.path(), [&] { return watches_where(workspace_, ""); });
}

std::optional<Watch> WatchStore::find(const std::filesystem::path& folder) const {
    return stored(workspace_.path(), [&] { return first_of(watches_where(workspace_, "WHERE folder = ?", folder.string())); });
}

std::optional<Watch> WatchStore::running() const {
    return stored(workspace_.path(), [&] { return first_of(watches_where(workspace_, "WHERE running = 1")); });
}

Watch WatchStore::put(const WatchSettings& settings, std::string_view who) {
    return stored(workspace_.path(), [&] {
        SQLite::Database& database = workspace_.database();
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        const auto before = first_of(watches_where(workspace_, "WHERE folder = ?", settings.folder.string()));
        if (before && before->settings == settings) return *before;
        if (settings.running) database.exec("UPDATE watches SET running = 0 WHERE running = 1");
        SQLite::Statement put(
            database,
            "INSERT INTO watches(folder, interval_ms, retrain_every, notify_from, running) VALUES(?, ?, ?, ?, ?) "
            "ON CONFLICT(folder) DO UPDATE SET interval_ms = excluded.interval_ms, retrain_every = "
            "excluded.retrain_every, notify_from = excluded.notify_from, running = excluded.running");
        put.bind(1, settings.folder.string());
        put.bind(2, settings.interval_ms);
        put.bind(3, settings.retrain_every);
        put.bind(4, std::string(name_of(settings.notify_from)));
        put.bind(5, settings.running ? 1 : 0);
        put.exec();
        workspace_.audit(who, "watch", settings.folder.string(),
                         dumped({{"interval_ms", settings.interval_ms},
                                 {"retrain_every", settings.retrain_every},
                                 {"notify_from", name_of(settings.notify_from)},
                                 {"running", settings.running}}));
        const auto now = first_of(watches_where(workspace_, "WHERE folder = ?", settings.folder.string()));
        transaction.commit();
        return *now;
    });
}

std::vector<WatchedFile> WatchStore::files(WatchId id) const {
    return stored(workspace_.path(), [&] {
        SQLite::Statement query(workspace_.database(),
                                "SELECT name, file_bytes, file_time, change_time, outcome, reason, at FROM watched_files WHERE "
                                "watch_id = ? ORDER BY name");
        query.bind(1, raw(id));
        std::vector<WatchedFile> files;
        while (query.executeStep()) {
            WatchedFile& file = files.emplace_back();
            file.name = query.getColumn(0).getString();
            file.stamp = {query.getColumn(1).getInt64(), query.getColumn(2).getInt64()};
            file.change_time = query.getColumn(3).getInt64();
            file.outcome = outcome_named(query.getColumn(4).getString());
            file.reason = query.getColumn(5).getString();
            file.at = Time(std::chrono::microseconds(query.getColumn(6).getInt64()));
        }
        return files;
    });
}

void WatchStore::mark(WatchId id, std::span<const WatchedFile> files) {
    stored(workspace_.path(), [&] {
        SQLite::Transaction transaction(workspace_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement put(workspace_.database(), "INSERT OR REPLACE INTO watched_files VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
        for (const WatchedFile& file : files) {
            put.bind(1, raw(id));
            put.bind(2, file.name);
            put.bind(3, file.stamp.bytes);
            put.bind(4, file.stamp.time);
            put.bind(5, file.change_time);
            put.bind(6, std::string(name_of(file.outcome)));
            put.bind(7, file.reason);
            put.bind(8, file.at.time_since_epoch().count());
            put.exec();
            put.reset();
        }
        SQLite::Statement count(workspace_.database(), "UPDATE watches SET untrained = untrained + ? WHERE id = ?");
        count.bind(1, static_cast<std::int64_t>(std::ranges::count_if(files, [](const WatchedFile& file) {
                       return is_news(file.outcome) && file.outcome != WatchOutcome::stopped;
                   })));
        count.bind(2, raw(id));
        count.exec();
        transaction.commit();
    });
}

void WatchStore::trained(WatchId id, ModelId model, std::string_view decision, std::string_view because, std::string_view who) {
    stored(workspace_.path(), [&] {
        SQLite::Transaction transaction(workspace_.database(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement reset(workspace_.database(), "UPDATE watches SET untrained = 0 WHERE id = ?");
        reset.bind(1, raw(id));
        reset.exec();
        workspace_.audit(who, "watch-train", std::to_string(raw(model)),
                         dumped({{"watch", raw(id)}, {"decision", decision}, {"because", because}}));
        transaction.commit();
    });
}

}  // namespace abm
