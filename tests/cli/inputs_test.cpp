#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/cli/run_abm.h"

namespace abm::test {
namespace {

using namespace std::chrono_literals;

TEST(CliInputs, AMissingFileDoesNotCostTheOthers) {
    const Ran alone = run_abm({"detect", sample_journal().string()});
    const Ran ran = run_abm({"detect", "/nonexistent/journal.txt", sample_journal().string()});
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("/nonexistent/journal.txt: no such file"), std::string::npos) << ran.err;
    EXPECT_EQ(ran.out, alone.out);
}

TEST(CliInputs, ADamagedArchiveIsReportedAndWhatWasReadIsKept) {
    const TemporaryFolder folder;
    const std::string packed = gzip(content_of(sample_journal()));
    const auto cut = folder.write("cut.txt.gz", packed.substr(0, packed.size() / 2));
    const Ran ran = run_abm({"inspect", cut.string(), sample_journal().string(), "--format", "jsonl"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("cut.txt.gz"), std::string::npos);
    EXPECT_NE(ran.err.find("bytes were read"), std::string::npos) << ran.err;
    const auto damaged = nlohmann::json::parse(first_line(ran.out));
    EXPECT_GT(damaged.at("sessions"), 0);
    EXPECT_TRUE(damaged.at("gzip"));
    EXPECT_TRUE(damaged.at("problems").at(0).at("fatal"));
    EXPECT_NE(ran.out.find(sample_journal().filename().string()), std::string::npos);
}

TEST(CliInputs, AFileNamedTwiceIsReadOnce) {
    const TemporaryFolder folder;
    const auto journal = folder.path() / "j.txt";
    std::filesystem::copy_file(sample_journal(), journal);
    std::filesystem::create_symlink("j.txt", folder.path() / "link.txt");
    const Ran once = run_abm({"detect", journal.string(), "--format", "csv"});
    ASSERT_EQ(once.code, 0) << once.err;
    const std::vector<std::string> often{journal.string(), journal.string(), folder.path().string()};
    const Ran plain = run_abm({"detect", often[0], often[1], often[2], "--format", "csv"});
    EXPECT_EQ(plain.out, once.out);
    EXPECT_EQ(plain.err, "");
    const Ran kept =
        run_abm({"detect", often[0], often[1], often[2], "--format", "csv", "--workspace", (folder.path() / "w.abmw").string()});
    EXPECT_EQ(kept.code, 0);
    EXPECT_EQ(kept.err, "");
}

TEST(CliInputs, AWorkspaceMayStandAmongItsJournals) {
    const TemporaryFolder folder;
    std::filesystem::copy_file(sample_journal(), folder.path() / "j.txt");
    const std::vector<std::string> again{"detect", folder.path().string(), "--workspace", (folder.path() / "w.abmw").string()};
    for (int times = 0; times < 2; ++times) {
        const Ran ran = run_abm(again);
        EXPECT_EQ(ran.code, 0);
        EXPECT_EQ(ran.err.find("w.abmw"), std::string::npos) << ran.err;
    }
}

TEST(CliInputs, InspectNamesWhatAFileIs) {
    const Ran ran = run_abm({"inspect", sample_journal().string(), "--format", "jsonl"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto source = nlohmann::json::parse(ran.out);
    for (const char* key :
         {"source", "format", "line_end", "machine", "first_time", "last_time", "sessions", "intervals", "lines",
          "lines_not_understood", "bytes", "problems", "encoding", "gzip", "card_numbers_masked", "identity"}) {
        EXPECT_TRUE(source.contains(key)) << key;
    }
    EXPECT_EQ(source.at("format"), "ndc-journal");
    EXPECT_EQ(source.at("line_end"), "cr");
    EXPECT_EQ(source.at("card_numbers_masked"), 1);
    EXPECT_EQ(source.at("bytes"), std::filesystem::file_size(sample_journal()));
    EXPECT_EQ(source.at("problems").size(), 0U);
}

TEST(CliInputs, ATextThatIsNoJournalFailsWhenNamedAndIsLeftOutOfAFolder) {
    const TemporaryFolder folder;
    folder.write("journal.txt", content_of(sample_journal()));
    const auto foreign = folder.write("notes.txt", "Dear colleague,\nplease look at these.\n");
    EXPECT_EQ(run_abm({"detect", foreign.string()}).code, 1);
    const Ran ran = run_abm({"detect", folder.path().string()});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.err.find("notes.txt: not an electronic journal"), std::string::npos) << ran.err;
    EXPECT_EQ(ran.out.find("notes.txt"), std::string::npos);
}

TEST(CliInputs, LedgerHasItsColumns) {
    const Ran ran = run_abm({"ledger", sample_journal().string()});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(first_line(ran.out),
              "source,time,offset,machine,cassette,denomination,event,notes,expected,counted,difference_amount");
    bool withdrawal = false;
    for (const auto& row : table_of(ran.out)) {
        if (row.at("event") != "withdrawal") continue;
        withdrawal = true;
        EXPECT_EQ(row.at("denomination").find(','), std::string::npos);
        EXPECT_TRUE(row.at("denomination").ends_with(".00")) << row.at("denomination");
    }
    EXPECT_TRUE(withdrawal);
}

TEST(CliOutput, AFileAppearsWholeOrNotAtAll) {
    const TemporaryFolder folder;
    const auto out = folder.path() / "result.csv";
    const Ran printed = run_abm({"detect", sample_journal().string()});
    const Ran written = run_abm({"detect", sample_journal().string(), "--out", out.string()});
    EXPECT_EQ(written.code, 0);
    EXPECT_EQ(written.out, "");
    EXPECT_EQ(content_of(out), printed.out);
    const auto rules = folder.write("broken.json", "{");
    EXPECT_EQ(run_abm({"detect", sample_journal().string(), "--rules", rules.string(), "--out", out.string()}).code, 1);
    EXPECT_EQ(content_of(out), printed.out) << "a failed run keeps the older file";
    EXPECT_FALSE(std::filesystem::exists(out.string() + ".part"));
    EXPECT_EQ(run_abm({"detect", sample_journal().string(), "--out", (folder.path() / "no" / "x.csv").string()}).code, 1);
}

TEST(CliOutput, AFullDiskIsAFailure) {
    const Ran ran = run_abm({"detect", sample_journal().string(), "--out", "/dev/full"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("not everything could be written"), std::string::npos) << ran.err;
}

// Standard input that never ends: the work cannot be done before the signal comes.
class NeverEndingInput {
public:
    NeverEndingInput() : path_(folder_.path() / "pipe") {
        if (::mkfifo(path_.c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
        writer_ = ::open(path_.c_str(), O_RDWR);  // keeps the pipe open, so that no reader sees its end
    }
    ~NeverEndingInput() { ::close(writer_); }
    const std::filesystem::path& path() const { return path_; }

private:
    TemporaryFolder folder_;
    std::filesystem::path path_;
    int writer_ = -1;
};

TEST(CliInterrupt, ControlCEndsARunWithoutLeavings) {
    const TemporaryFolder folder;
    // So much text that reading it takes longer than the signal: it is cancelled at a checkpoint.
    const std::string journal = content_of(sample_journal());
    for (int i = 0; i < 400; ++i)
        std::ofstream(folder.path() / ("copy" + std::to_string(i) + ".txt"), std::ios::binary) << journal << i;
    const TemporaryFolder target;
    const auto out = target.path() / "out.csv";
    Running running({"detect", folder.path().string(), "--threads", "1", "--out", out.string()});
    while (!std::filesystem::exists(out.string() + ".part")) std::this_thread::sleep_for(1ms);
    ::kill(running.process(), SIGINT);
    const Ran ran = running.finish();
    EXPECT_EQ(ran.code, 130) << ran.err;
    EXPECT_NE(ran.err.find("cancelled"), std::string::npos);
    EXPECT_TRUE(std::filesystem::is_empty(target.path()));
}

TEST(CliInterrupt, AReadThatNeverReturnsIsGivenUp) {
    const NeverEndingInput input;
    const TemporaryFolder target;
    Running running({"detect", input.path().string(), "--out", (target.path() / "out.csv").string()});
    while (std::filesystem::is_empty(target.path())) std::this_thread::sleep_for(1ms);
    ::kill(running.process(), SIGINT);
    EXPECT_EQ(running.finish().code, 130);
    EXPECT_TRUE(std::filesystem::is_empty(target.path()));
}

TEST(CliInterrupt, TheSecondControlCKills) {
    const NeverEndingInput input;
    const TemporaryFolder target;
    Running running({"detect", input.path().string(), "--out", (target.path() / "out.csv").string()});
    while (std::filesystem::is_empty(target.path())) std::this_thread::sleep_for(1ms);
    ::kill(running.process(), SIGINT);
    std::this_thread::sleep_for(300ms);  // the first one must have been taken, or they become one
    ::kill(running.process(), SIGINT);
    EXPECT_EQ(running.finish().code, 128 + SIGINT);
}

}  // namespace
}  // namespace abm::test
