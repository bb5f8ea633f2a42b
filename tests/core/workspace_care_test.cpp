#include "core/store/workspace_care.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "tests/core/store_test_support.h"

namespace abm {
namespace {

using test::GeneratedInvestigation;
using test::names_in;
using test::put_all;
using test::refusal_of;
using test::TemporaryFolder;

/// A workspace with two sources, a label, a model and its scores.
std::filesystem::path make_workspace(const TemporaryFolder& folder, const Investigation& read) {
    const auto path = folder.path() / "w.abmw";
    Workspace workspace = Workspace::open(path);
    const std::vector<SourceId> ids = put_all(workspace, read);
    workspace.database().exec(
        "INSERT INTO label_events(id, step, action, source_id, kind, start_offset, label, who, at, recorded_at)"
        " VALUES(1, 1, 'set', 1, 0, 100, 'normal', 'ada', 0, 0), (2, 1, 'set', 1, 0, 200, 'normal', 'ada', 0, 0);"
        "INSERT INTO label_events(id, step, action, target_step, who, at, recorded_at)"
        " VALUES(3, 3, 'undo', 1, 'ada', 0, 0), (4, 4, 'redo', 1, 'ada', 0, 0);"
        "INSERT INTO models(created_at, who, seed, feature_schema, records, labels, last_event, metrics, document)"
        " VALUES(0, 'ada', 1, '', 0, 0, 0, '{}', '{}')");
    SourceStore(workspace).put_scores(read, ids, {ModelId{1}, 4});
    return path;
}

/// Behind the back of the program: no foreign keys, no checks.
void tamper(const std::filesystem::path& path, const std::string& sql) {
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON");
    database.exec(sql);
}

class WorkspaceCare : public ::testing::Test {
protected:
    static void SetUpTestSuite() { journals = std::make_unique<GeneratedInvestigation>("care", 2, 2); }
    static void TearDownTestSuite() { journals.reset(); }
    inline static std::unique_ptr<GeneratedInvestigation> journals;

    TemporaryFolder folder;
    std::filesystem::path path = make_workspace(folder, journals->read);
};

TEST_F(WorkspaceCare, AWholeWorkspaceIsCleanAndCounted) {
    const WorkspaceCheck check = check_workspace(path, Progress());
    EXPECT_TRUE(check.clean()) << check.problems[0].message;
    EXPECT_EQ(check.sources, 2);
    EXPECT_EQ(check.records, static_cast<std::int64_t>(journals->read.records.size()));
    EXPECT_EQ(check.findings, static_cast<std::int64_t>(journals->read.findings.size() + journals->read.source_findings.size()));
    EXPECT_EQ(check.movements, static_cast<std::int64_t>(journals->read.movements.size()));
    EXPECT_EQ(check.label_events, 4);
    EXPECT_EQ(check.models, 1);
    EXPECT_GE(check.audit_entries, 3);
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"w.abmw"});
}

TEST_F(WorkspaceCare, FindsWhatIsWrong) {
    using Kind = WorkspaceProblem::Kind;
    struct Damage {
        const char* sql;
        const char* says;
        Kind kind = Kind::damage;
    };
    const std::string labels = "INSERT INTO label_events(id, step, action, target_step, who, at, recorded_at) VALUES";
    const std::string undo_twice = labels + "(5, 5, 'undo', 1, 'a', 0, 0), (6, 6, 'undo', 1, 'a', 0, 0)";
    const std::string redo_standing = labels + "(5, 5, 'redo', 1, 'a', 0, 0)";
    const std::string undo_nothing = labels + "(5, 5, 'undo', 77, 'a', 0, 0)";
    const std::string strange_step = labels + "(5, 2, 'undo', 1, 'a', 0, 0)";
    const Damage damages[] = {
        {"DELETE FROM sources WHERE id = 2", "refer to sources"},
        {"DELETE FROM machines", "refer to machines"},
        {"UPDATE features SET data = substr(data, 2) WHERE source_id = 1", "features have the wrong length"},
        {"DELETE FROM feature_schemas", "features have the wrong length"},
        {"UPDATE features SET first_row = first_row + 1 WHERE source_id = 1", "do not follow"},
        {"DELETE FROM features WHERE source_id = 1", "without their features"},
        {"UPDATE course_words SET words = '[' WHERE source_id = 1", "words of the courses of 1 sources"},
        {"DELETE FROM courses WHERE source_id = 1; INSERT INTO courses VALUES(1, 0, 1, x'00000000')", "other courses than"},
        {"UPDATE courses SET first_row = first_row + 1 WHERE source_id = 1", "blocks of courses do not follow"},
        {"DELETE FROM course_words WHERE source_id = 1", "or no words"},
        {"UPDATE first_scores SET scores = x'00'", "first scores have the wrong length"},
        {"UPDATE session_prints SET data = x'01'", "fingerprints"},
        {"UPDATE scores SET type = x'00'", "scores have the wrong length"},
        {"UPDATE findings SET record_position = 1000000 WHERE position = 0", "findings are about"},
        {"UPDATE movements SET record_position = -1 WHERE position = 0", "movements are of"},
        {"UPDATE records SET type = 250 WHERE ordinal = 1", "stand for no word"},
        {"UPDATE findings SET evidence = '[[' WHERE position = 0", "evidence of"},
        {"UPDATE sources SET problems = 'none' WHERE id = 1", "account of 1 sources"},
        {"DROP TRIGGER models_are_never_changed; UPDATE models SET document = '{'", "models cannot be read"},
        {"DROP TRIGGER label_events_are_never_deleted", "guard label_events_are_never_deleted", Kind::tampered},
        {"DROP TRIGGER audit_is_never_changed", "guard audit_is_never_changed", Kind::tampered},
        {undo_twice.c_str(), "event 6 cannot undo step 1", Kind::tampered},
        {redo_standing.c_str(), "event 5 cannot redo step 1", Kind::tampered},
        {undo_nothing.c_str(), "event 5 cannot undo step 77", Kind::tampered},
        {strange_step.c_str(), "event 5 belongs to step 2", Kind::tampered},
    };
    for (const Damage& damage : damages) {
        const auto copy = folder.path() / "copy.abmw";
        std::filesystem::copy_file(path, copy, std::filesystem::copy_options::overwrite_existing);
        tamper(copy, damage.sql);
        const WorkspaceCheck check = check_workspace(copy, Progress());
        const bool found = std::any_of(check.problems.begin(), check.problems.end(), [&](const WorkspaceProblem& problem) {
            return problem.kind == damage.kind && problem.message.find(damage.says) != std::string::npos;
        });
        EXPECT_TRUE(found) << damage.sql << ": " << (check.clean() ? "clean" : check.problems[0].message);
    }
}

TEST_F(WorkspaceCare, ACheckCanBeCancelledAndNeedsAFile) {
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(refusal_of([&] { check_workspace(path, Progress(stop.get_token(), {})); }).code, ErrorCode::Cancelled);
    EXPECT_EQ(refusal_of([&] { check_workspace(folder.path() / "none", Progress()); }).code, ErrorCode::Io);
    const WorkspaceCheck other = check_workspace(folder.write("text.txt", "no workspace, but a text of some length"), Progress());
    ASSERT_EQ(other.problems.size(), 1u);
    EXPECT_EQ(other.problems[0].kind, WorkspaceProblem::Kind::mismatch);
}

TEST_F(WorkspaceCare, BacksUpWhileAnotherConnectionWrites) {
    std::atomic<int> written = 0;
    std::jthread writer([&](const std::stop_token& stop) {
        Workspace workspace = Workspace::open(path);
        while (!stop.stop_requested()) {
            workspace.set_setting("n" + std::to_string(written++), "x", "grace");
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    while (written < 3) std::this_thread::yield();
    for (int round = 0; round < 5; ++round) {
        const int before = written - 1;
        backup_workspace(path, folder.path() / "b.abmw", "ada", Progress());
        EXPECT_TRUE(check_workspace(folder.path() / "b.abmw", Progress()).clean());
        const Workspace backup = Workspace::open(folder.path() / "b.abmw", Workspace::Access::read_only);
        EXPECT_GE(backup.database().execAndGet("SELECT count(*) FROM settings").getInt(), before);
    }
    writer.request_stop();
    writer.join();
    EXPECT_EQ(names_in(folder.path()), (std::vector<std::string>{"b.abmw", "w.abmw"}));
    const Workspace workspace = Workspace::open(path);
    EXPECT_EQ(workspace.database().execAndGet("SELECT count(*) FROM audit WHERE action = 'backup' AND who = 'ada'").getInt(), 5);
    Workspace backup = Workspace::open(folder.path() / "b.abmw");
    test::expect_equal(journals->read, SourceStore(backup).load(Progress()).investigation);
}

TEST_F(WorkspaceCare, ABackupReplacesBackupsOnly) {
    const auto text = folder.write("thesis.txt", "years of work");
    EXPECT_EQ(refusal_of([&] { backup_workspace(path, text, "ada", Progress()); }).code, ErrorCode::Invalid);
    EXPECT_EQ(test::read_whole(text), "years of work");
    EXPECT_EQ(refusal_of([&] { backup_workspace(path, path, "ada", Progress()); }).code, ErrorCode::Invalid);
    EXPECT_EQ(refusal_of([&] { backup_workspace(folder.path() / "none", folder.path() / "b", "ada", Progress()); }).code,
              ErrorCode::Io);
    const auto nowhere = refusal_of([&] { backup_workspace(path, folder.path() / "no" / "b.abmw", "ada", Progress()); });
    EXPECT_EQ(nowhere.code, ErrorCode::Io);
}

TEST_F(WorkspaceCare, ACancelledBackupLeavesTheOlderOne) {
    const auto out = folder.path() / "b.abmw";
    backup_workspace(path, out, "ada", Progress());
    const std::string before = test::read_whole(out);
    std::stop_source stop;
    stop.request_stop();  // a small workspace is copied in one step; the look behind it is where this stops
    EXPECT_EQ(refusal_of([&] { backup_workspace(path, out, "ada", Progress(stop.get_token(), {})); }).code, ErrorCode::Cancelled);
    EXPECT_EQ(test::read_whole(out), before);
    EXPECT_EQ(names_in(folder.path()), (std::vector<std::string>{"b.abmw", "w.abmw"}));
}

// The trail of a workspace somebody else is writing to cannot take the entry.
TEST_F(WorkspaceCare, ABackupThatIsRefusedLeavesNone) {
    Workspace busy = Workspace::open(path);
    const SQLite::Transaction writing(busy.database(), SQLite::TransactionBehavior::IMMEDIATE);
    EXPECT_EQ(refusal_of([&] { backup_workspace(path, folder.path() / "b.abmw", "ada", Progress()); }).code, ErrorCode::Io);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "b.abmw"));
}

TEST_F(WorkspaceCare, RestoresABackupAndKeepsTheOldWorkspace) {
    const auto backup = folder.path() / "b.abmw";
    backup_workspace(path, backup, "ada", Progress());
    Workspace::open(path).set_setting("later", "yes", "ada");
    const auto refused = refusal_of([&] { restore_workspace(backup, path, false, "ada", Progress()); });
    EXPECT_EQ(refused.code, ErrorCode::Io);
    EXPECT_SAYS(refused, "is there already");
    EXPECT_EQ(Workspace::open(path).setting("later"), "yes");

    restore_workspace(backup, path, true, "grace", Progress());
    restore_workspace(backup, path, true, "grace", Progress());
    EXPECT_EQ(names_in(folder.path()),
              (std::vector<std::string>{"b.abmw", "w.abmw", "w.abmw.before-restore", "w.abmw.before-restore-2"}));
    Workspace restored = Workspace::open(path);
    EXPECT_EQ(restored.setting("later"), std::nullopt);
    test::expect_equal(journals->read, SourceStore(restored).load(Progress()).investigation);
    EXPECT_EQ(restored.database().execAndGet("SELECT count(*) FROM audit WHERE action = 'restore' AND who = 'grace'").getInt(),
              1);
    EXPECT_EQ(Workspace::open(path.string() + ".before-restore").setting("later"), "yes");
}

TEST_F(WorkspaceCare, RestoresToANewPlaceAndNotBesideAnOldLog) {
    const auto there = folder.path() / "new.abmw";
    folder.write("new.abmw-wal", std::string(5'000, 'x'));
    restore_workspace(path, there, false, "ada", Progress());
    EXPECT_TRUE(check_workspace(there, Progress()).clean());
    EXPECT_TRUE(std::filesystem::exists(there.string() + ".before-restore-wal"));
}

TEST_F(WorkspaceCare, DoesNotRestoreOverAWorkspaceInUse) {
    const auto backup = folder.path() / "b.abmw";
    backup_workspace(path, backup, "ada", Progress());
    Workspace open = Workspace::open(path);
    const auto refused = refusal_of([&] { restore_workspace(backup, path, true, "ada", Progress()); });
    EXPECT_EQ(refused.code, ErrorCode::Io);
    EXPECT_SAYS(refused, "in use");
    open.set_setting("still", "works", "ada");
    EXPECT_EQ(Workspace::open(path).setting("still"), "works");
}

TEST_F(WorkspaceCare, RefusesADamagedBackupAndReplacesADamagedWorkspace) {
    const auto backup = folder.path() / "b.abmw";
    backup_workspace(path, backup, "ada", Progress());
    const auto bad = folder.path() / "bad.abmw";
    std::filesystem::copy_file(backup, bad);
    tamper(bad, "DELETE FROM sources WHERE id = 1");
    const std::string before = test::read_whole(path);
    const auto refused = refusal_of([&] { restore_workspace(bad, path, true, "ada", Progress()); });
    EXPECT_EQ(refused.code, ErrorCode::Corrupt);
    EXPECT_SAYS(refused, "not a whole backup");
    EXPECT_EQ(test::read_whole(path), before);

    std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
    restore_workspace(backup, path, true, "ada", Progress());
    EXPECT_TRUE(check_workspace(path, Progress()).clean());
    EXPECT_EQ(std::filesystem::file_size(path.string() + ".before-restore"), before.size() / 2);

    folder.write("w.abmw", "something else altogether, of more than a hundred bytes: " + std::string(200, '.'));
    restore_workspace(backup, path, true, "ada", Progress());
    EXPECT_TRUE(check_workspace(path, Progress()).clean());
}

}  // namespace
}  // namespace abm
