#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/cli/run_abm.h"

namespace abm::test {
namespace {

constexpr const char* kLog =
    "Jun 14 15:16:01 combo sshd[1]: session closed for user root\n"
    "Jun 14 15:16:02 combo cron[22]: job 7, then 8 ran\n"
    "Jun 14 15:16:03 combo sshd[3]: session closed for user news\n";

TEST(CliTemplates, PrintsTheTemplateOfEveryLine) {
    const TemporaryFolder folder;
    const auto log = folder.path() / "messages";
    std::ofstream(log) << kLog;
    const Ran ran = run_abm({"templates", log});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out,
              "line,template_id,template\n1,1,session closed for user <*>\n2,2,\"job <*>, then <*> ran\"\n"
              "3,1,session closed for user <*>\n");
    EXPECT_EQ(run_abm({"templates", "-", "--format", "csv"}, log).out, ran.out) << "standard input";

    const auto packed = folder.path() / "messages.gz";
    const gzFile file = ::gzopen(packed.c_str(), "wb");
    ASSERT_EQ(::gzputs(file, kLog), static_cast<int>(std::string(kLog).size()));
    ::gzclose(file);
    EXPECT_EQ(run_abm({"templates", packed}).out, ran.out);
}

TEST(CliTemplates, SaysWhatIsWrong) {
    const TemporaryFolder folder;
    const Ran absent = run_abm({"templates", folder.path() / "absent.log"});
    EXPECT_EQ(absent.code, 1);
    EXPECT_NE(absent.err.find("absent.log"), std::string::npos) << absent.err;
    const auto binary = folder.path() / "binary";
    std::ofstream(binary) << std::string(500, '\x02');
    EXPECT_EQ(run_abm({"templates", binary}).code, 1);
    EXPECT_EQ(run_abm({"templates"}).code, 2);
    EXPECT_NE(run_abm({"templates", "--help"}).out.find("Usage: abm"), std::string::npos);
}

TEST(CliEvaluate, SequencesPrintARowPerDetector) {
    const TemporaryFolder folder;
    const auto train = (folder.path() / "train").string(), normal = (folder.path() / "a").string(),
               odd = (folder.path() / "b").string();
    std::ofstream(train) << "1 2 3\n1 2 3\n\n1 2 2 3\n";
    std::ofstream(normal) << "1 2 3\n1 2 2 3\n";
    std::ofstream(odd) << "1 3\n1 9 3\n";
    const Ran ran = run_abm({"evaluate", "--sequences", train, "--normal", normal, "--anomalous", odd});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "detector,auroc,average_precision\nsequence,1.000000,1.000000\nauto,1.000000,1.000000\n");
    const Ran empty = run_abm({"evaluate", "--sequences", train, "--normal", "/dev/null", "--anomalous", odd});
    EXPECT_EQ(empty.code, 1);
    EXPECT_NE(empty.err.find("/dev/null"), std::string::npos) << empty.err;
    EXPECT_EQ(run_abm({"evaluate", "--sequences", train}).code, 2);
    EXPECT_EQ(run_abm({"evaluate", "--normal", normal}).code, 2);
    EXPECT_EQ(run_abm({"evaluate", "x.csv", "--sequences", train, "--normal", normal, "--anomalous", odd}).code, 2);
}

}  // namespace
}  // namespace abm::test
