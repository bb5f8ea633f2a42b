// abm watch: files that arrive are read once, whatever happens to the program.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <random>
#include <set>
#include <thread>

#include "tests/cli/run_abm.h"

namespace abm::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr int kBusy_ms = 10'000;  // the program under test writes

class CliWatch : public ::testing::Test {
protected:
    CliWatch() { fs::create_directories(in()); }
    fs::path in() const { return folder_.path() / "in"; }
    std::string workspace() const { return (folder_.path() / "w.abmw").string(); }
    std::vector<std::string> watch(std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{"watch", in().string(), "--workspace", workspace(), "--interval", "0.1"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
    Ran once(std::vector<std::string> more = {}) const {
        more.emplace_back("--once");
        return run_abm(watch(more));
    }
    std::int64_t count(const std::string& query) const {
        SQLite::Database database(workspace(), SQLite::OPEN_READONLY, kBusy_ms);
        return database.execAndGet(query).getInt64();
    }
    void put(const std::string& name, const std::string& bytes) const { std::ofstream(in() / name, std::ios::binary) << bytes; }
    /// A log of one phone, unlike any other.
    static std::string log_of(int number) {
        std::string text;
        for (int line = 0; line < 12 + number % 9; ++line)
            text += "2025-10-10 12:" + std::to_string(10 + line) + ":01.123 UE 46011" + std::to_string(1'000'000'000 + number) +
                    (line % 2 == 0 ? " ATTACH_REQUEST\n" : " DETACH\n");
        return text;
    }
    static std::string name_of(int number) { return "ue-" + std::to_string(number) + ".log"; }

    TemporaryFolder folder_;
};

TEST_F(CliWatch, SaysALineAFileAndReadsEachOnce) {
    fs::copy(sample_journal(), in() / "journal.txt");
    put("half.txt.part", "not yet");
    put(".hidden.txt", "never");
    const Ran first = once();
    ASSERT_EQ(first.code, 0) << first.err;
    const auto rows = table_of(first.out);
    ASSERT_EQ(rows.size(), 1U) << first.out;
    EXPECT_EQ(rows[0].at("file"), "journal.txt");
    EXPECT_EQ(rows[0].at("outcome"), "stored");
    EXPECT_GT(std::stoi(rows[0].at("records")), 20);
    EXPECT_EQ(rows[0].at("time").back(), 'Z');
    EXPECT_NE(rows[0].at("severity"), "none") << "two generated days hold an incident";
    EXPECT_NE(rows[0].at("sentence"), "");
    EXPECT_EQ(table_of(once().out).size(), 0U);
    EXPECT_EQ(count("SELECT count(*) FROM sources"), 1);
    EXPECT_NE(once({"--format", "jsonl"}).out.find("journal"), 0U);
}

TEST_F(CliWatch, WhatFailsIsSetAsideSaidAndTriedAgainWhenItChanges) {
    put("bad.txt", std::string(4000, '\0'));
    fs::copy(sample_journal(), in() / "journal.txt");
    const Ran first = once();
    EXPECT_EQ(first.code, 1);
    EXPECT_NE(first.err.find("bad.txt: set aside: "), std::string::npos) << first.err;
    EXPECT_EQ(table_of(first.out).size(), 2U);
    const Ran second = once();
    EXPECT_EQ(second.code, 0) << "nothing new failed";
    EXPECT_EQ(table_of(second.out).size(), 0U);
    put("bad.txt", log_of(1));
    const Ran third = once();
    EXPECT_EQ(third.code, 0) << third.err;
    EXPECT_EQ(table_of(third.out).at(0).at("outcome"), "stored");
}

TEST_F(CliWatch, ADryRunStoresNothingNotEvenAWorkspace) {
    fs::copy(sample_journal(), in() / "journal.txt");
    const Ran dry = once({"--dry-run"});
    ASSERT_EQ(dry.code, 0) << dry.err;
    ASSERT_EQ(table_of(dry.out).size(), 1U);
    EXPECT_FALSE(fs::exists(workspace()));
    const Ran wet = once();
    EXPECT_EQ(table_of(wet.out).at(0).at("records"), table_of(dry.out).at(0).at("records"));
    fs::copy(sample_journal(), in() / "copy.txt");
    const auto before = count("SELECT count(*) FROM audit");
    EXPECT_EQ(table_of(once({"--dry-run"}).out).size(), 1U);
    EXPECT_EQ(count("SELECT count(*) FROM audit"), before);
    EXPECT_EQ(count("SELECT count(*) FROM watched_files"), 1);
}

TEST_F(CliWatch, AMistypedFolderIsAnErrorAndMakesNoWorkspace) {
    const Ran ran = run_abm({"watch", (folder_.path() / "inn").string(), "--workspace", workspace(), "--once"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("inn"), std::string::npos);
    EXPECT_FALSE(fs::exists(workspace()));
    EXPECT_EQ(run_abm({"watch", in().string(), "--workspace", workspace(), "--interval", "0"}).code, 2);
    EXPECT_EQ(run_abm(watch({"--out", "x.csv"})).code, 2) << "a file that is complete when the watch ends never is";
}

TEST_F(CliWatch, InterruptedItEndsCleanlyWithWhatItRead) {
    fs::copy(sample_journal(), in() / "journal.txt");
    Running running(watch());
    const auto any_done = [this] {
        try {
            return count("SELECT count(*) FROM watched_files") > 0;
        } catch (const SQLite::Exception&) {
            return false;  // not there, or being made
        }
    };
    while (!any_done()) std::this_thread::sleep_for(20ms);
    ::kill(running.process(), SIGINT);
    const Ran ran = running.finish();
    EXPECT_EQ(ran.code, 130);
    EXPECT_EQ(table_of(ran.out).size(), 1U);
    EXPECT_NE(ran.err.find("stopped; 1 stored"), std::string::npos) << ran.err;
    EXPECT_EQ(run_abm({"check", "--workspace", workspace()}).code, 0);
    EXPECT_FALSE(fs::exists(workspace() + "-wal"));
}

TEST_F(CliWatch, TrainsAfterSoManyFilesAndSaysWhatItDecided) {
    for (int number = 0; number < 3; ++number) put(name_of(number), log_of(number));
    const Ran ran = once({"--retrain-every", "3", "--who", "ada"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto rows = table_of(ran.out);
    ASSERT_EQ(rows.size(), 4U) << ran.out;
    EXPECT_EQ(rows[3].at("file").rfind("model ", 0), 0U);
    EXPECT_TRUE(rows[3].at("outcome") == "adopted" || rows[3].at("outcome") == "held");
    EXPECT_NE(rows[3].at("note"), "");
    EXPECT_EQ(count("SELECT count(*) FROM audit WHERE action = 'watch-train' AND who = 'ada (watched folder)'"), 1);
    put(name_of(9), log_of(9));
    EXPECT_EQ(table_of(once().out).size(), 1U) << "three more are due first: the setting is remembered";
    EXPECT_EQ(count("SELECT retrain_every FROM watches"), 3);
}

/// Writes files as other programs do: at once, in two halves, or under another name first.
class Arrivals {
public:
    Arrivals(fs::path folder, int files, std::function<std::string(int)> content) {
        writer_ = std::thread([this, folder = std::move(folder), files, content = std::move(content)] {
            for (int number = 0; number < files; ++number) write(folder, number, content(number));
            done_ = true;
        });
    }
    ~Arrivals() { writer_.join(); }
    bool done() const { return done_; }

private:
    static void write(const fs::path& folder, int number, const std::string& text) {
        const fs::path file = folder / ("ue-" + std::to_string(number) + ".log");
        const fs::path part = number % 3 == 0 ? fs::path(file.string() + ".part") : file;
        {
            std::ofstream out(part, std::ios::binary);
            const std::size_t half = number % 3 == 1 ? text.size() / 2 : text.size();
            out << text.substr(0, half) << std::flush;
            if (half < text.size()) std::this_thread::sleep_for(2ms);
            out << text.substr(half);
        }
        if (part != file) fs::rename(part, file);
        std::this_thread::sleep_for(5ms);
    }

    std::atomic<bool> done_{false};
    std::thread writer_;
};

TEST_F(CliWatch, AThousandFilesAreReadOnceEachWhileItIsKilledAndStartedAgain) {
    constexpr int kFiles = 1000;
    constexpr int kKills = 10;
    std::vector<std::string> arguments = watch({"--retrain-every", "0"});
    arguments[5] = "0.5";  // a writer that is held up longer than that between two halves could not be told from one that is done
    std::set<std::string> told;
    std::size_t lines = 0;
    const auto listen = [&](const Ran& ran) {
        for (const auto& row : table_of(ran.out.substr(0, ran.out.rfind('\n') + 1))) {
            EXPECT_TRUE(row.at("outcome") == "stored" || row.at("outcome") == "known") << row.at("file") << row.at("note");
            if (row.at("outcome") == "stored") ++lines;
            told.insert(row.at("file"));
        }
    };
    std::mt19937 random(20261129);
    {
        const Arrivals arrivals(in(), kFiles, log_of);
        for (int kill = 0; kill < kKills; ++kill) {
            Running running(arguments);
            std::this_thread::sleep_for(std::chrono::milliseconds(600 + random() % 1200));
            ::kill(running.process(), SIGKILL);
            listen(running.finish());
            ASSERT_TRUE(!fs::exists(workspace()) || run_abm({"check", "--workspace", workspace()}).code == 0);
        }
    }
    arguments.emplace_back("--once");
    const Ran last = run_abm(arguments);
    ASSERT_EQ(last.code, 0) << last.err;
    listen(last);
    EXPECT_EQ(count("SELECT count(*) FROM sources"), kFiles) << "none lost";
    EXPECT_EQ(count("SELECT count(*) FROM audit WHERE action = 'import'"), kFiles) << "each stored once";
    EXPECT_EQ(count("SELECT count(*) FROM audit WHERE action = 'replace'"), 0) << "none was read half";
    EXPECT_EQ(count("SELECT count(*) FROM watched_files WHERE outcome IN ('stored', 'known')"), kFiles);
    SQLite::Database database(workspace(), SQLite::OPEN_READONLY, kBusy_ms);
    SQLite::Statement sources(database, "SELECT name, bytes FROM sources");
    while (sources.executeStep()) {
        const std::string name = sources.getColumn(0).getString();
        EXPECT_EQ(sources.getColumn(1).getInt64(), static_cast<std::int64_t>(fs::file_size(in() / name))) << name;
    }
    EXPECT_LE(lines, static_cast<std::size_t>(kFiles)) << "none told as stored twice";
    EXPECT_EQ(run_abm({"check", "--workspace", workspace()}).code, 0);
}

TEST_F(CliWatch, ReadsNewFilesAsItIsToldTo) {
    put("ue.log", log_of(1));
    const Ran rehearsed = once({"--dry-run", "--profile", "generic"});
    ASSERT_EQ(rehearsed.code, 0) << rehearsed.err;
    const Ran read = once({"--profile", "generic"});
    ASSERT_EQ(read.code, 0) << read.err;
    EXPECT_EQ(count("SELECT count(*) FROM records r JOIN words w ON w.list = 'kind' AND w.code = r.kind WHERE name = 'entity'"),
              0);
    EXPECT_EQ(table_of(rehearsed.out).front().at("records"), table_of(read.out).front().at("records"));
    EXPECT_EQ(once({"--profile", "sylog"}).code, 1);
    EXPECT_EQ(once({"--window-ms", "0"}).code, 2);
}

}  // namespace
}  // namespace abm::test
