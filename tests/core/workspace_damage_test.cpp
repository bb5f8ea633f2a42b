// What a workspace is opened with that is none, is newer, is damaged, cannot be written to or is being written to.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <thread>

#include "core/base/random.h"
#include "core/store/workspace_care.h"
#include "store_test_support.h"

namespace abm {
namespace {

using test::GeneratedInvestigation;
using test::Refusal;
using test::refusal_of;
using test::TemporaryFolder;
using Access = Workspace::Access;

std::filesystem::path make_workspace(const TemporaryFolder& folder) {
    const auto path = folder.path() / "w.abmw";
    Workspace::open(path).set_setting("kept", "yes", "ada");
    return path;
}

/// Opening is refused for reading and writing alike, and leaves every byte as it was.
Refusal refused_untouched(const std::filesystem::path& path, ErrorCode code) {
    const std::string before = test::read_whole(path);
    Refusal refusal;
    for (const Access access : {Access::read_only, Access::read_write}) {
        refusal = refusal_of([&] { Workspace::open(path, access); });
        EXPECT_EQ(refusal.code, code) << refusal.message;
        EXPECT_SAYS(refusal, path.string());
        EXPECT_SAYS(refusal, "Nothing was changed");
        EXPECT_EQ(test::read_whole(path), before);
    }
    return refusal;
}

TEST(DamagedWorkspace, ANewerSchemaIsRefused) {
    const TemporaryFolder folder;
    const auto path = make_workspace(folder);
    SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 7");
    EXPECT_SAYS(refused_untouched(path, ErrorCode::Mismatch), "newer version");
}

TEST(DamagedWorkspace, ADatabaseOfAnotherProgramIsRefused) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "bookmarks.sqlite";
    SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE bookmarks(url TEXT)");
    EXPECT_SAYS(refused_untouched(path, ErrorCode::Mismatch), "another program");
}

TEST(DamagedWorkspace, AFileThatIsNoDatabaseIsRefused) {
    const TemporaryFolder folder;
    EXPECT_SAYS(refused_untouched(folder.write("journal.txt", test::sample_text(10'000)), ErrorCode::Mismatch),
                "not a workspace");
    EXPECT_SAYS(refused_untouched(folder.write("short.txt", "hello"), ErrorCode::Mismatch), "not a workspace");
}

TEST(DamagedWorkspace, AnEmptyFileBecomesAWorkspaceOnlyByWriting) {
    const TemporaryFolder folder;
    const auto path = folder.write("w.abmw", "");
    const auto refused = refusal_of([&] { Workspace::open(path, Access::read_only); });
    EXPECT_EQ(refused.code, ErrorCode::Mismatch);
    EXPECT_SAYS(refused, "empty");
    EXPECT_EQ(std::filesystem::file_size(path), 0u);
    Workspace::open(path);
    EXPECT_TRUE(check_workspace(path, Progress()).clean());
}

TEST(DamagedWorkspace, AFolderAndAMissingFileAreRefused) {
    const TemporaryFolder folder;
    for (const Access access : {Access::read_only, Access::read_write}) {
        const auto refused = refusal_of([&] { Workspace::open(folder.path(), access); });
        EXPECT_EQ(refused.code, ErrorCode::Io);
        EXPECT_SAYS(refused, "is a folder");
    }
    const auto missing = refusal_of([&] { Workspace::open(folder.path() / "none.abmw", Access::read_only); });
    EXPECT_EQ(missing.code, ErrorCode::Io);
    EXPECT_SAYS(missing, "does not exist");
    const auto file = folder.write("file", "x");
    EXPECT_EQ(refusal_of([&] { Workspace::open(file / "w.abmw"); }).code, ErrorCode::Io);
}

TEST(DamagedWorkspace, ATruncatedFileIsCorruptAndSaysWhatToDo) {
    const TemporaryFolder folder;
    const auto path = make_workspace(folder);
    const auto size = std::filesystem::file_size(path);
    for (const std::uintmax_t kept : {size - 4096, size / 2, std::uintmax_t{4096}, std::uintmax_t{60}}) {
        std::filesystem::resize_file(path, kept);
        const Refusal refusal = refused_untouched(path, ErrorCode::Corrupt);
        EXPECT_SAYS(refusal, "abm check");
        EXPECT_SAYS(refusal, "abm restore");
        EXPECT_FALSE(check_workspace(path, Progress()).clean());
    }
}

/// Each damage is found by check(), reported by load(), or harmless; nothing crashes and nothing is silently other than it was.
TEST(DamagedWorkspace, FlippedBytesAreFoundOrReported) {
    const GeneratedInvestigation journals("damage_flip", 2, 1);
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    {
        Workspace workspace = Workspace::open(path);
        test::put_all(workspace, journals.read);
    }
    const std::string whole = test::read_whole(path);
    Random random(11);
    int found = 0;
    constexpr int kRounds = 60;
    for (int round = 0; round < kRounds; ++round) {
        std::string bytes = whole;
        const std::size_t page = random.below(static_cast<std::uint32_t>(whole.size() / 4096));
        for (std::size_t at = 0; at < 64; ++at)
            bytes[page * 4096 + at] = static_cast<char>(random.next());  // the head of the page
        const auto damaged = folder.write("damaged.abmw", bytes);
        const bool clean = check_workspace(damaged, Progress()).clean();
        bool loaded = false;
        try {
            Workspace workspace = Workspace::open(damaged, Access::read_only);
            SourceStore(workspace).load(Progress());
            loaded = true;
        } catch (const Error& error) {
            EXPECT_TRUE(error.code() == ErrorCode::Corrupt || error.code() == ErrorCode::Mismatch) << error.what();
            EXPECT_FALSE(clean) << error.what();
        }
        found += clean && loaded ? 0 : 1;
    }
    // Pages of overflow chains hold numbers only: their bytes are as good as any others.
    EXPECT_GT(found, kRounds / 2);
}

/// Runs the test in a child that is not root: permissions do not bind root. 0: all held.
int as_nobody(const std::function<bool()>& holds) {
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr uid_t kNobody = 65534;
        if (::getuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(2);
        bool held = false;
        try {
            held = holds();
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
        }
        ::_exit(held ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

bool throws_io(const std::function<void()>& call, const std::string& part) {
    try {
        call();
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Io && std::string(error.what()).find(part) != std::string::npos) return true;
        std::fprintf(stderr, "%s\n", error.what());
    }
    return false;
}

TEST(UnwritableWorkspace, AReadOnlyFileIsReadAndNotWritten) {
    const TemporaryFolder folder;
    const auto path = make_workspace(folder);
    ::chmod(folder.path().c_str(), 0777);
    ::chmod(path.c_str(), 0444);
    EXPECT_EQ(as_nobody([&] { return throws_io([&] { Workspace::open(path); }, "read-only"); }), 0);
    EXPECT_EQ(as_nobody([&] { return Workspace::open(path, Access::read_only).setting("kept") == "yes"; }), 0);
}

TEST(UnwritableWorkspace, AReadOnlyFolderIsReadAndNotWritten) {
    const TemporaryFolder folder;
    const auto path = make_workspace(folder);
    ::chmod(path.c_str(), 0666);
    ::chmod(folder.path().c_str(), 0555);
    EXPECT_EQ(as_nobody([&] { return throws_io([&] { Workspace::open(path); }, "permissions"); }), 0);
    EXPECT_EQ(as_nobody([&] { return throws_io([&] { Workspace::open(folder.path() / "new.abmw"); }, "permissions"); }), 0);
    EXPECT_EQ(as_nobody([&] { return throws_io([&] { Workspace::open(folder.path() / "new" / "w.abmw"); }, "permissions"); }), 0);
    EXPECT_EQ(as_nobody([&] {
                  Workspace workspace = Workspace::open(path, Access::read_only);
                  return workspace.setting("kept") == "yes" && SourceStore(workspace).load(Progress()).ids.empty();
              }),
              0);
    EXPECT_EQ(as_nobody([&] { return check_workspace(path, Progress()).clean(); }), 0);
    ::chmod(folder.path().c_str(), 0755);
}

TEST(UnwritableWorkspace, ChangesThatAreOnlyInTheLogAreNotIgnoredOnReadOnlyMedia) {
    const TemporaryFolder folder;
    const auto path = make_workspace(folder);
    const TemporaryFolder media;
    {
        Workspace open = Workspace::open(path);
        open.set_setting("kept", "newer", "ada");
        std::filesystem::copy_file(path, media.path() / "w.abmw");
        std::filesystem::copy_file(path.string() + "-wal", media.path() / "w.abmw-wal");
    }
    ::chmod(media.path().c_str(), 0555);
    EXPECT_EQ(as_nobody([&] { return throws_io([&] { Workspace::open(media.path() / "w.abmw", Access::read_only); }, "-wal"); }),
              0);
    ::chmod(media.path().c_str(), 0755);
}

TEST(BusyWorkspace, AWriteWaitsForAnotherOne) {
    const TemporaryFolder folder;
    const auto path = make_workspace(folder);
    Workspace one = Workspace::open(path);
    Workspace other = Workspace::open(path);
    auto held = std::make_unique<SQLite::Transaction>(one.database(), SQLite::TransactionBehavior::IMMEDIATE);
    const auto start = std::chrono::steady_clock::now();
    {
        const std::jthread releases([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            held->commit();
        });
        other.set_setting("a", "b", "ada");
    }
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(250));
    EXPECT_EQ(one.setting("a"), "b");
}

TEST(BusyWorkspace, GivesUpWithAMessageAndChangesNothing) {
    const TemporaryFolder folder;
    const auto path = make_workspace(folder);
    Workspace one = Workspace::open(path);
    Workspace other = Workspace::open(path);
    const SQLite::Transaction held(one.database(), SQLite::TransactionBehavior::IMMEDIATE);
    other.database().setBusyTimeout(50);  // the ten seconds would be a long test
    const auto refused = refusal_of([&] { other.set_setting("a", "b", "ada"); });
    EXPECT_EQ(refused.code, ErrorCode::Io);
    EXPECT_SAYS(refused, "another program is writing");
    EXPECT_EQ(other.setting("a"), std::nullopt);
    EXPECT_EQ(Workspace::open(path, Access::read_only).setting("kept"), "yes") << "reading goes on";
}

TEST(BusyWorkspace, TwoConnectionsWriteInTurns) {
    const TemporaryFolder folder;
    const auto path = make_workspace(folder);
    constexpr int kEach = 40;
    const auto write = [&](const char* who) {
        Workspace workspace = Workspace::open(path);
        for (int at = 0; at < kEach; ++at) workspace.set_setting(who + std::to_string(at), "x", who);
    };
    {
        const std::jthread one([&] { write("ada"); });
        const std::jthread other([&] { write("grace"); });
    }
    const Workspace workspace = Workspace::open(path);
    EXPECT_EQ(workspace.database().execAndGet("SELECT count(*) FROM settings").getInt(), 2 * kEach + 1);
}

TEST(FullDisk, AFileThatMayNotGrowKeepsWhatItHad) {
    const GeneratedInvestigation journals("damage_pages", 2, 3);
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    {
        Workspace workspace = Workspace::open(path);
        SourceStore store(workspace);
        store.put(journals.read, SourceIndex{0}, {}, std::nullopt, 1, "ada", Progress());
        const int pages = workspace.database().execAndGet("PRAGMA page_count").getInt();
        workspace.database().exec("PRAGMA max_page_count = " + std::to_string(pages + 3));
        const auto full = refusal_of([&] { store.put(journals.read, SourceIndex{1}, {}, std::nullopt, 1, "ada", Progress()); });
        EXPECT_EQ(full.code, ErrorCode::Io);
        EXPECT_SAYS(full, "disk is full");
        EXPECT_SAYS(full, "Nothing was changed");
        EXPECT_EQ(store.list().size(), 1u);
        workspace.database().exec("PRAGMA max_page_count = 1000000");
        store.put(journals.read, SourceIndex{1}, {}, std::nullopt, 1, "ada", Progress());
    }
    EXPECT_TRUE(check_workspace(path, Progress()).clean());
}

TEST(FullDisk, ARealOneIsReportedAndSurvived) {
    const GeneratedInvestigation journals("damage_full", 4, 5);
    const TemporaryFolder folder;
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=600k") != 0)
        GTEST_SKIP() << "a small file system cannot be mounted";
    const std::shared_ptr<void> unmounts(nullptr, [&](void*) { ::umount(folder.path().c_str()); });
    Refusal full;
    std::size_t stored = 0;
    try {
        Workspace workspace = Workspace::open(folder.path() / "w.abmw");
        full = refusal_of([&] { test::put_all(workspace, journals.read); });
        stored = SourceStore(workspace).list().size();
    } catch (const Error& error) {
        ADD_FAILURE() << error.what();
    }
    EXPECT_EQ(full.code, ErrorCode::Io);
    EXPECT_SAYS(full, "full");
    EXPECT_LT(stored, journals.read.sources.size());
    const WorkspaceCheck check = check_workspace(folder.path() / "w.abmw", Progress());
    EXPECT_TRUE(check.clean()) << check.problems[0].message;
    EXPECT_EQ(check.sources, static_cast<std::int64_t>(stored));
}

}  // namespace
}  // namespace abm
