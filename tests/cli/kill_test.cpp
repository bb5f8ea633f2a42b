// kill -9 at any moment: the workspace opens, is sound, and no acknowledged label is lost.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <random>
#include <thread>

#include "tests/cli/run_abm.h"

namespace abm::test {
namespace {

using namespace std::chrono_literals;
constexpr int kRounds = 50;

class CliKill : public ::testing::Test {
protected:
    std::string workspace() const { return (folder_.path() / "w.abmw").string(); }

    static void must(const std::vector<std::string>& arguments) {
        const Ran ran = run_abm(arguments);
        ASSERT_EQ(ran.code, 0) << arguments.front() << ": " << ran.err;
    }
    /// How long the verb takes when nobody kills it.
    static std::chrono::microseconds time_of(const std::vector<std::string>& arguments) {
        const auto begin = std::chrono::steady_clock::now();
        must(arguments);
        return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
    }
    /// Whether it was done before the signal came.
    bool start_and_kill(const std::vector<std::string>& arguments, std::chrono::microseconds whole) {
        Running running(arguments);
        std::this_thread::sleep_for(std::chrono::microseconds(random_() % static_cast<unsigned>(whole.count() + 2000)));
        ::kill(running.process(), SIGKILL);
        return running.finish().code == 0;
    }
    void check() {
        const Ran ran = run_abm({"check", "--workspace", workspace()});
        ASSERT_EQ(ran.code, 0) << ran.out << ran.err;
    }
    std::size_t labels() const {
        return table_of(run_abm({"label", "--workspace", workspace(), "list", "--format", "csv"}).out).size();
    }

    TemporaryFolder folder_;
    std::mt19937 random_{20261120};
};

TEST_F(CliKill, InTheMiddleOfImporting) {
    must({"generate", "journal", "--out", (folder_.path() / "in").string(), "--machines", "2", "--days", "2"});
    const std::string journals = (folder_.path() / "in").string();
    const auto whole =
        time_of({"detect", journals, "--workspace", (folder_.path() / "other.abmw").string(), "--out", "/dev/null"});
    for (int round = 0; round < kRounds; ++round) {
        start_and_kill({"detect", journals, "--workspace", workspace(), "--out", "/dev/null"}, whole);
        if (std::filesystem::exists(workspace())) check();
        if (round % 5 == 0) {
            for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(workspace() + part);
        }
    }
    must({"detect", journals, "--workspace", workspace(), "--out", "/dev/null"});
    check();
}

TEST_F(CliKill, InTheMiddleOfLabellingTrainingAndExporting) {
    must({"detect", sample_journal().string(), "--workspace", workspace(), "--out", "/dev/null"});
    const std::string name = sample_journal().filename().string();
    std::size_t acknowledged = 0;
    const auto label = [&](int ordinal) {
        return std::vector<std::string>{"label",
                                        "--workspace",
                                        workspace(),
                                        "set",
                                        name + "#session:" + std::to_string(ordinal),
                                        ordinal % 3 == 0 ? "anomaly" : "normal"};
    };
    const auto whole = time_of(label(1));
    ++acknowledged;
    for (int round = 0; round < kRounds; ++round) {
        if (start_and_kill(label(round + 2), whole)) ++acknowledged;
        check();
        ASSERT_GE(labels(), acknowledged);
    }
    const std::size_t kept = labels();
    const std::vector<std::string> train{"train", "--workspace", workspace(), "--adopt"};
    const auto training = time_of(train);
    for (int round = 0; round < kRounds; ++round) {
        start_and_kill(train, training);
        check();
    }
    EXPECT_EQ(labels(), kept);
    const std::filesystem::path out = folder_.path() / "out";
    const std::vector<std::string> save{"export", "--workspace", workspace(), "--out", out.string()};
    const auto exporting = time_of(save);
    const std::string first = content_of(out / "labels.csv");
    ASSERT_EQ(table_of(first).size(), kept);
    for (int round = 0; round < kRounds; ++round) {
        start_and_kill(save, exporting);
        EXPECT_EQ(content_of(out / "labels.csv"), first) << "under its name a file is complete";
        EXPECT_EQ(content_of(out / "manifest.json").back(), '\n');
    }
    check();
}

}  // namespace
}  // namespace abm::test
