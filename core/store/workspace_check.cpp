#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>

#include "core/store/workspace.h"
#include "core/store/workspace_care.h"

namespace abm {
namespace {

using Kind = WorkspaceProblem::Kind;

/// A query that counts rows that must not be there.
struct Rule {
    const char* sql;
    const char* message;  ///< {}: how many
};

constexpr std::array kRules{
    Rule{"SELECT count(*) FROM (SELECT id, (SELECT count(*) FROM records r WHERE r.source_id = s.id) AS n,"
         " (SELECT coalesce(sum(record_count), 0) FROM record_columns c WHERE c.source_id = s.id) AS m FROM sources s) WHERE n "
         "<> m",
         "{} sources have other records by row than by column"},
    Rule{"SELECT count(*) FROM record_columns WHERE length(data) <> 65 * record_count",
         "{} blocks of records have the wrong length"},
    Rule{"SELECT count(*) FROM features f JOIN sources s ON s.id = f.source_id LEFT JOIN feature_schemas n ON n.schema = "
         "s.feature_schema"
         " WHERE n.names IS NULL OR length(f.data) <> 4 * f.row_count * json_array_length(n.names)",
         "{} blocks of features have the wrong length"},
    Rule{"SELECT count(*) FROM (SELECT first_row, coalesce(sum(row_count) OVER (PARTITION BY source_id ORDER BY first_row"
         " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS due FROM features) WHERE first_row <> due",
         "{} blocks of features do not follow the one before"},
    Rule{"SELECT count(*) FROM (SELECT source_id, max(feature_row) AS last FROM records GROUP BY source_id) r WHERE last >="
         " (SELECT coalesce(sum(row_count), 0) FROM features f WHERE f.source_id = r.source_id)",
         "{} sources have records without their features"},
    Rule{"SELECT count(*) FROM course_words WHERE NOT json_valid(words)",
         "the words of the courses of {} sources cannot be read"},
    Rule{"SELECT count(*) FROM (SELECT c.source_id, sum(row_count) AS n, (SELECT sum(row_count) FROM features f WHERE "
         "f.source_id ="
         " c.source_id) AS due FROM courses c GROUP BY c.source_id) WHERE n <> coalesce(due, 0)",
         "{} sources have other courses than feature rows"},
    Rule{"SELECT count(*) FROM (SELECT first_row, coalesce(sum(row_count) OVER (PARTITION BY source_id ORDER BY first_row"
         " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS due FROM courses) WHERE first_row <> due",
         "{} blocks of courses do not follow the one before"},
    Rule{"SELECT count(*) FROM courses WHERE length(data) < 4 * row_count OR source_id NOT IN (SELECT source_id FROM "
         "course_words)",
         "{} blocks of courses have the wrong length, or no words"},
    Rule{"SELECT count(*) FROM first_scores WHERE length(offsets) <> 8 * length(kinds) OR length(scores) <> 4 * length(kinds)",
         "{} batches of first scores have the wrong length"},
    Rule{"SELECT count(*) FROM session_prints WHERE length(data) % 8 <> 0",
         "{} lists of session fingerprints have the wrong length"},
    Rule{"SELECT count(*) FROM scores s JOIN (SELECT source_id, count(*) AS n FROM records GROUP BY source_id) r USING(source_id)"
         " WHERE length(score) <> 4 * n OR length(tail) <> 4 * n OR length(type) <> n OR length(severity) <> n OR "
         "length(provisional) <> n",
         "{} blocks of scores have the wrong length"},
    Rule{"SELECT count(*) FROM findings f JOIN (SELECT source_id, count(*) AS n FROM records GROUP BY source_id) r "
         "USING(source_id)"
         " WHERE record_position < 0 OR record_position >= n",
         "{} findings are about records that do not exist"},
    Rule{"SELECT count(*) FROM movements m JOIN (SELECT source_id, count(*) AS n FROM records GROUP BY source_id) r "
         "USING(source_id)"
         " WHERE record_position < 0 OR record_position >= n",
         "{} cash movements are of records that do not exist"},
    Rule{"SELECT count(*) FROM records WHERE kind NOT IN (SELECT code FROM words WHERE list = 'kind')"
         " OR type NOT IN (SELECT code FROM words WHERE list = 'type')"
         " OR severity NOT IN (SELECT code FROM words WHERE list = 'severity')"
         " OR activity NOT IN (SELECT code FROM words WHERE list = 'activity')",
         "{} records have codes that stand for no word"},
    Rule{"SELECT count(*) FROM findings WHERE NOT json_valid(evidence)", "the evidence of {} findings cannot be read"},
    Rule{"SELECT count(*) FROM sources WHERE NOT (json_valid(problems) AND json_valid(first_not_understood))",
         "the account of {} sources cannot be read"},
    Rule{"SELECT count(*) FROM sources WHERE taken_out_at IS NOT NULL AND id IN (SELECT source_id FROM record_columns)",
         "{} sources were taken out and still have records"},
    Rule{"SELECT count(*) FROM failed_files WHERE NOT json_valid(problems)", "the problems of {} files cannot be read"},
    Rule{"SELECT count(*) FROM models WHERE NOT (json_valid(document) AND json_valid(metrics))", "{} models cannot be read"},
    Rule{"SELECT count(*) FROM audit WHERE NOT json_valid(details)", "{} entries of the audit trail cannot be read"},
};

constexpr std::array kTriggers{"label_events_are_never_changed", "label_events_are_never_deleted", "models_are_never_changed",
                               "models_are_never_deleted",       "audit_is_never_changed",         "audit_is_never_deleted"};

class Check {
public:
    Check(const Workspace& workspace, const Progress& progress) : database_(workspace.database()), progress_(progress) {}

    WorkspaceCheck run() {
        step(0.0, [&] { integrity(); });
        step(0.5, [&] { references(); });
        step(0.6, [&] { triggers(); });
        for (const Rule& rule : kRules) step(0.7, [&] { count_against(rule); });
        step(0.9, [&] { label_steps(); });
        step(0.95, [&] { counts(); });
        return std::move(result_);
    }

private:
    /// What cannot be read is a problem too; the other steps go on.
    template <class Work>
    void step(double fraction, Work&& work) {
        progress_.checkpoint(fraction, "checking");
        try {
            work();
        } catch (const SQLite::Exception& error) {
            add(Kind::damage, error.what());
        }
    }

    void add(Kind kind, std::string message) { result_.problems.push_back({kind, std::move(message)}); }
    std::int64_t count(const std::string& sql) { return database_.execAndGet(sql).getInt64(); }

    void integrity() {
        SQLite::Statement query(database_, "PRAGMA integrity_check(100)");
        while (query.executeStep()) {
            const std::string line = query.getColumn(0).getString();
            if (line != "ok") add(Kind::damage, line);
        }
    }

    void references() {
        SQLite::Statement query(database_, "PRAGMA foreign_key_check");
        std::map<std::string, std::int64_t> missing;
        while (query.executeStep())
            ++missing[fmt::format("{} of {}", query.getColumn(2).getString(), query.getColumn(0).getString())];
        for (const auto& [what, rows] : missing)
            add(Kind::damage, fmt::format("{} rows refer to {} that do not exist", rows, what));
    }

    void triggers() {
        for (const char* trigger : kTriggers) {
            SQLite::Statement query(database_, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND name = ?");
            query.bind(1, trigger);
            query.executeStep();
            if (query.getColumn(0).getInt() == 0) add(Kind::tampered, fmt::format("the guard {} is missing", trigger));
        }
    }

    void count_against(const Rule& rule) {
        const std::int64_t rows = count(rule.sql);
        if (rows > 0) add(Kind::damage, fmt::format(fmt::runtime(rule.message), rows));
    }

    /// Plays the events: what is undone must have stood, what is redone must have been undone.
    void label_steps() {
        SQLite::Statement query(database_, "SELECT id, step, action, target_step FROM label_events ORDER BY id");
        std::map<std::int64_t, bool> stands;  // by step of `set` events
        std::int64_t current = 0;
        while (query.executeStep()) {
            const std::int64_t id = query.getColumn(0).getInt64();
            const std::int64_t act = query.getColumn(1).getInt64();
            const std::string action = query.getColumn(2).getString();
            if (act != id && act != current)
                add(Kind::tampered, fmt::format("label event {} belongs to step {}, which is not its", id, act));
            current = act;
            if (action == "set") {
                stands[act] = true;
                continue;
            }
            const std::int64_t target = query.getColumn(3).getInt64();
            const auto step = stands.find(target);
            if (step == stands.end() || step->second == (action == "redo")) {
                add(Kind::tampered, fmt::format("label event {} cannot {} step {}", id, action, target));
                continue;
            }
            step->second = action == "redo";
        }
    }

    void counts() {
        result_.sources = count("SELECT count(*) FROM sources WHERE taken_out_at IS NULL");
        result_.records = count("SELECT count(*) FROM records");
        result_.findings = count("SELECT count(*) FROM findings");
        result_.movements = count("SELECT count(*) FROM movements");
        result_.label_events = count("SELECT count(*) FROM label_events");
        result_.models = count("SELECT count(*) FROM models");
        result_.audit_entries = count("SELECT count(*) FROM audit");
    }

    SQLite::Database& database_;
    const Progress& progress_;
    WorkspaceCheck result_;
};

}  // namespace

std::string_view name_of(WorkspaceProblem::Kind kind) {
    constexpr std::array<std::string_view, 3> kNames{"damage", "mismatch", "tampered"};
    return kNames[static_cast<std::size_t>(kind)];
}

WorkspaceCheck check_workspace(const std::filesystem::path& path, const Progress& progress) {
    return stored(path, [&] {
        try {
            const Workspace workspace = Workspace::open(path, Workspace::Access::read_only);
            const SQLite::Transaction one_state(workspace.database());
            return Check(workspace, progress).run();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::Corrupt && error.code() != ErrorCode::Mismatch) throw;
            WorkspaceCheck result;
            result.problems.push_back({error.code() == ErrorCode::Corrupt ? Kind::damage : Kind::mismatch, error.what()});
            return result;
        }
    });
}

}  // namespace abm
