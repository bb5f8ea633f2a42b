// The verbs that work on a workspace, as a user runs them.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <thread>

#include "tests/cli/run_abm.h"

namespace abm::test {
namespace {

class CliWorkspace : public ::testing::Test {
protected:
    std::string workspace() const { return (folder_.path() / "w.abmw").string(); }
    void fill() const {
        const Ran ran = run_abm({"detect", sample_journal().string(), "--workspace", workspace(), "--out", "/dev/null"});
        ASSERT_EQ(ran.code, 0) << ran.err;
    }
    static std::string record(int ordinal) {
        return sample_journal().filename().string() + "#session:" + std::to_string(ordinal);
    }

    TemporaryFolder folder_;
};

TEST_F(CliWorkspace, AnEmptyValueIsEmpty) {
    fill();
    const Ran ran =
        run_abm({"label", "--workspace", workspace(), "set", record(3), "anomaly", "--type=", "--note=odd", "--who", "anna"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto rows = table_of(run_abm({"label", "--workspace", workspace(), "list", "--format", "csv"}).out);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at("type"), "");
    EXPECT_EQ(rows[0].at("note"), "odd");
}

TEST_F(CliWorkspace, AMovedFileIsOnlyCalledMoved) {
    const auto first = folder_.path() / "first.txt", second = folder_.path() / "second.txt";
    std::filesystem::copy_file(sample_journal(), first);
    ASSERT_EQ(run_abm({"detect", first.string(), "--workspace", workspace(), "--out", "/dev/null"}).code, 0);
    std::filesystem::rename(first, second);
    const Ran ran = run_abm({"detect", second.string(), "--workspace", workspace(), "--out", "/dev/null"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, "abm: note: second.txt: moved\n");
}

TEST_F(CliWorkspace, CheckAdvisesABackupOnlyForDamage) {
    const auto text = folder_.write("text.abmw", "no database");
    const Ran ran = run_abm({"check", "--workspace", text.string()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.out.find("is not a workspace"), std::string::npos) << ran.out;
    EXPECT_EQ(ran.err.find("--replace"), std::string::npos) << ran.err;
}

TEST_F(CliWorkspace, SettingsAreSearchedChosenAndKept) {
    fill();
    const Ran early = run_abm({"train", "--workspace", workspace(), "--search"});
    EXPECT_EQ(early.code, 1);
    EXPECT_NE(early.err.find("cannot be compared"), std::string::npos) << early.err;
    for (int ordinal = 1; ordinal <= 12; ++ordinal) {
        const Ran ran =
            run_abm({"label", "--workspace", workspace(), "set", record(ordinal), ordinal % 3 == 0 ? "anomaly" : "normal"});
        ASSERT_EQ(ran.code, 0) << ran.err;
    }
    const auto models = [&] {
        return table_of(run_abm({"models", "--workspace", workspace(), "list", "--format", "csv"}).out).size();
    };
    const std::size_t before = models();
    const Ran search = run_abm({"train", "--workspace", workspace(), "--search", "--budget", "120", "--format", "csv"});
    ASSERT_EQ(search.code, 0) << search.err;
    const auto rows = table_of(search.out);
    ASSERT_GT(rows.size(), 5U);
    EXPECT_EQ(rows[0].at("change"), "current settings");
    EXPECT_EQ(rows[0].at("verdict"), "current");
    EXPECT_EQ(models(), before) << "a search changes nothing";
    const Ran hurried = run_abm({"train", "--workspace", workspace(), "--search", "--budget", "0", "--format", "csv"});
    EXPECT_EQ(table_of(hurried.out).size(), 1U);
    EXPECT_NE(hurried.err.find("--budget"), std::string::npos) << hurried.err;
    ASSERT_EQ(run_abm({"train", "--workspace", workspace(), "--param", "knn.k=9", "--adopt"}).code, 0);
    ASSERT_EQ(run_abm({"train", "--workspace", workspace()}).code, 0);  // the choice goes on
    const Ran show = run_abm({"models", "--workspace", workspace(), "show", std::to_string(models())});
    EXPECT_NE(show.out.find("knn (k 9)"), std::string::npos) << show.out;
    EXPECT_EQ(run_abm({"train", "--workspace", workspace(), "--detector", "knn"}).code, 2);
    EXPECT_EQ(run_abm({"train", "--workspace", workspace(), "--search", "--adopt"}).code, 2);
}

TEST_F(CliWorkspace, AFolderIsNoModelFile) {
    fill();
    const Ran imported = run_abm({"models", "--workspace", workspace(), "import", folder_.path().string()});
    const Ran scored = run_abm({"detect", "--workspace", workspace(), "--model", folder_.path().string()});
    for (const Ran& ran : {imported, scored}) {
        EXPECT_EQ(ran.code, 1);
        EXPECT_NE(ran.err.find("cannot be read"), std::string::npos) << ran.err;
        EXPECT_EQ(ran.err.find("unexpected"), std::string::npos) << ran.err;
    }
}

TEST_F(CliWorkspace, ACancelledImportSaysThatWhatWasReadIsKept) {
    const std::string journal = content_of(sample_journal());
    const TemporaryFolder journals;
    for (int i = 0; i < 200; ++i) journals.write("copy" + std::to_string(i) + ".txt", journal + std::to_string(i));
    Running running({"detect", journals.path().string(), "--threads", "1", "--workspace", workspace(), "--out", "/dev/null"});
    // The file is there before the workspace is open.
    const auto reads = [&] {
        try {
            SQLite::Database database(workspace(), SQLite::OPEN_READONLY);
            return database.execAndGet("SELECT count(*) FROM sources").getInt() > 0;
        } catch (const SQLite::Exception&) {
            return false;
        }
    };
    const auto given_up = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!reads() && std::chrono::steady_clock::now() < given_up) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    ::kill(running.process(), SIGINT);
    const Ran ran = running.finish();
    EXPECT_EQ(ran.code, 130);
    EXPECT_NE(ran.err.find("are kept in " + workspace()), std::string::npos) << ran.err;
    EXPECT_EQ(run_abm({"check", "--workspace", workspace()}).code, 0);
}

TEST_F(CliWorkspace, ListsSourcesAndTakesThemOut) {
    fill();
    const auto bad = folder_.write("ABM0001EJ.txt", std::string(5000, '\1'));
    EXPECT_EQ(run_abm({"detect", bad.string(), "--workspace", workspace(), "--out", "/dev/null"}).code, 1);
    ASSERT_EQ(run_abm({"label", "--workspace", workspace(), "set", record(3), "normal"}).code, 0);
    const auto sources = [&] {
        return table_of(run_abm({"sources", "--workspace", workspace(), "list", "--format", "csv"}).out);
    };
    const std::string journal = sample_journal().filename().string();
    ASSERT_EQ(sources().size(), 2U);
    EXPECT_EQ(sources()[0].at("source"), journal);
    EXPECT_EQ(sources()[0].at("state"), "read");
    EXPECT_EQ(sources()[0].at("labels"), "1");
    EXPECT_EQ(sources()[1].at("state"), "not read");
    EXPECT_NE(sources()[1].at("problem"), "");

    EXPECT_EQ(run_abm({"sources", "--workspace", workspace(), "take-out", "nowhere.txt"}).code, 1);
    const Ran taken = run_abm({"sources", "--workspace", workspace(), "take-out", journal});
    EXPECT_EQ(taken.code, 0) << taken.err;
    EXPECT_NE(taken.out.find("1 labels are kept"), std::string::npos) << taken.out;
    EXPECT_EQ(run_abm({"sources", "--workspace", workspace(), "take-out", "ABM0001EJ.txt"}).code, 0);
    EXPECT_TRUE(sources().empty());
    EXPECT_EQ(run_abm({"check", "--workspace", workspace()}).code, 0);
    fill();
    ASSERT_EQ(sources().size(), 1U);
    EXPECT_EQ(sources()[0].at("labels"), "1");
}

}  // namespace
}  // namespace abm::test
