#include "core/store/workspace.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <array>
#include <thread>

#include "core/store/migrations.h"
#include "core/store/schema.h"
#include "core/store/words.h"
#include "tests/core/store_test_support.h"

namespace abm {
namespace {

using test::names_in;
using test::refusal_of;
using test::TemporaryFolder;

std::int64_t number(const Workspace& workspace, const std::string& query) {
    return workspace.database().execAndGet(query).getInt64();
}

TEST(Workspace, IsMadeWithItsFoldersAndIsOneFileWhenClosed) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "a" / "b" / "w.abmw";
    {
        const Workspace workspace = Workspace::open(path);
        EXPECT_EQ(number(workspace, "PRAGMA application_id"), kApplicationId);
        EXPECT_EQ(number(workspace, "PRAGMA user_version"), kSchemaVersion);
        EXPECT_EQ(number(workspace, "SELECT count(*) FROM audit WHERE action = 'create'"), 1);
        EXPECT_EQ(workspace.database().execAndGet("PRAGMA journal_mode").getString(), "wal");
    }
    EXPECT_EQ(names_in(path.parent_path()), std::vector<std::string>{"w.abmw"});
}

TEST(Workspace, IsOneFileAfterReadingToo) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    Workspace::open(path).set_setting("k", "v", "ada");
    EXPECT_EQ(Workspace::open(path, Workspace::Access::read_only).setting("k"), "v");
    EXPECT_EQ(names_in(folder.path()), std::vector<std::string>{"w.abmw"});
}

TEST(Workspace, KeepsSettingsAndAuditsThem) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    Workspace::open(path).set_setting("threshold", "0.5", "ada");
    Workspace workspace = Workspace::open(path);
    workspace.set_setting("threshold", "0.7", "grace");
    EXPECT_EQ(workspace.setting("threshold"), "0.7");
    EXPECT_EQ(workspace.setting("other"), std::nullopt);
    EXPECT_EQ(number(workspace, "SELECT count(*) FROM audit WHERE action = 'setting' AND subject = 'threshold'"), 2);
}

TEST(Workspace, ReadOnlyWritesNothing) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    Workspace::open(path);
    const std::string before = test::read_whole(path);
    {
        Workspace workspace = Workspace::open(path, Workspace::Access::read_only);
        const auto refused = refusal_of([&] { workspace.set_setting("a", "b", "ada"); });
        EXPECT_EQ(refused.code, ErrorCode::Io);
        EXPECT_SAYS(refused, "read-only");
    }
    EXPECT_EQ(test::read_whole(path), before);
}

TEST(Workspace, SeesThatAnotherConnectionHasWritten) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    Workspace one = Workspace::open(path);
    Workspace other = Workspace::open(path);
    const std::int64_t before = one.data_version();
    EXPECT_EQ(one.data_version(), before);
    other.set_setting("a", "b", "ada");
    EXPECT_NE(one.data_version(), before);
}

TEST(Workspace, TheAuditTrailAndWhatWasSaidCannotBeChanged) {
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    for (const char* sql : {"UPDATE audit SET who = 'x'", "DELETE FROM audit"}) {
        const auto refused = refusal_of([&] { stored(workspace.path(), [&] { workspace.database().exec(sql); }); });
        EXPECT_EQ(refused.code, ErrorCode::Invalid);
        EXPECT_SAYS(refused, "append-only");
    }
}

TEST(Workspace, ManyMayMakeItAtTheSameTime) {
    for (int round = 0; round < 10; ++round) {
        const TemporaryFolder folder;
        const auto path = folder.path() / "w.abmw";
        std::array<std::string, 4> failures;
        {
            std::vector<std::jthread> threads;
            for (std::string& failure : failures) {
                threads.emplace_back([&] {
                    try {
                        Workspace::open(path).set_setting("a", "b", "ada");
                    } catch (const Error& error) {
                        failure = error.what();
                    }
                });
            }
        }
        for (const std::string& failure : failures) EXPECT_EQ(failure, "");
        const Workspace workspace = Workspace::open(path);
        EXPECT_EQ(number(workspace, "SELECT count(*) FROM audit WHERE action = 'create'"), 1);
        EXPECT_EQ(number(workspace, "SELECT count(*) FROM audit WHERE action = 'setting'"), 4);
    }
}

/// Those there are, and two more.
std::vector<const char*> steps_with(const char* last) {
    std::vector<const char*> steps(migration_steps().begin(), migration_steps().end());
    steps.push_back("ALTER TABLE settings ADD COLUMN note TEXT");
    steps.push_back(last);
    return steps;
}

TEST(Migrations, BringAnOlderSchemaUpToDateOnceAndAuditIt) {
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    workspace.set_setting("kept", "yes", "ada");
    const auto steps = steps_with("UPDATE settings SET note = 'new'");
    migrate(workspace.database(), steps);
    migrate(workspace.database(), steps);
    EXPECT_EQ(number(workspace, "PRAGMA user_version"), kSchemaVersion + 2);
    EXPECT_EQ(workspace.database().execAndGet("SELECT value || note FROM settings").getString(), "yesnew");
    EXPECT_EQ(workspace.database().execAndGet("SELECT details FROM audit WHERE action = 'migrate'").getString(),
              fmt::format(R"({{"from":{},"to":{}}})", kSchemaVersion, kSchemaVersion + 2));
    EXPECT_EQ(number(workspace, "SELECT count(*) FROM audit WHERE action = 'migrate'"), 1);
}

TEST(Migrations, AStepThatFailsChangesNothing) {
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    const auto steps = steps_with("INSERT INTO nowhere VALUES(1)");
    EXPECT_THROW(migrate(workspace.database(), steps), SQLite::Exception);
    EXPECT_EQ(number(workspace, "PRAGMA user_version"), kSchemaVersion);
    EXPECT_EQ(number(workspace, "SELECT count(*) FROM pragma_table_info('settings') WHERE name = 'note'"), 0);
}

TEST(Words, AreFoundByNameWhateverTheirCode) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    {
        const Workspace workspace = Workspace::open(path);
        workspace.database().exec("UPDATE words SET code = 90 + code WHERE list = 'severity'");
    }
    const Workspace workspace = Workspace::open(path);
    for (const Severity severity : {Severity::none, Severity::low, Severity::critical}) {
        const int code = workspace.words().severities.code(severity);
        EXPECT_EQ(code, 90 + static_cast<int>(severity));
        EXPECT_EQ(workspace.words().severities.value(code), severity);
    }
    EXPECT_THROW(workspace.words().severities.value(3), Error);
    EXPECT_THROW(workspace.words().severities.value(-1), Error);
}

TEST(Words, ThoseOfANewerProgramAreAddedBehindTheOthers) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    const auto high = [](const Workspace& workspace) { return workspace.words().severities.code(Severity::high); };
    int before = 0;
    {
        const Workspace workspace = Workspace::open(path);
        before = high(workspace);
        workspace.database().exec("DELETE FROM words WHERE name = 'low'");
    }
    const Workspace read = Workspace::open(path, Workspace::Access::read_only);
    EXPECT_EQ(read.words().severities.code(Severity::low), -1) << "reading adds nothing";
    const Workspace workspace = Workspace::open(path);
    EXPECT_EQ(high(workspace), before);
    EXPECT_EQ(workspace.words().severities.code(Severity::low), kSeverityCount);
}

TEST(Words, OfAProgramFromTheFutureAreRefused) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    Workspace::open(path).database().exec("INSERT INTO words VALUES('type', 200, 'notes_eaten')");
    const auto refused = refusal_of([&] { Workspace::open(path); });
    EXPECT_EQ(refused.code, ErrorCode::Mismatch);
    EXPECT_SAYS(refused, "notes_eaten");
    EXPECT_SAYS(refused, path.string());
}

}  // namespace
}  // namespace abm
