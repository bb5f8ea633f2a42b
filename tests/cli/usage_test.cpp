#include <gtest/gtest.h>

#include "tests/cli/run_abm.h"

namespace abm::test {
namespace {

TEST(CliUsage, SaysItsVersion) {
    const Ran ran = run_abm({"--version"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.out, "abm " ABM_VERSION "\n");
}

TEST(CliUsage, EveryVerbExplainsItself) {
    for (const char* verb : {"inspect", "detect", "ledger", "report", "generate", "evaluate", "watch", "label"}) {
        const Ran ran = run_abm({verb, "--help"});
        EXPECT_EQ(ran.code, 0) << verb;
        EXPECT_NE(ran.out.find("Usage: abm"), std::string::npos) << verb;
        EXPECT_EQ(ran.err, "") << verb;
    }
}

TEST(CliUsage, AnUnknownVerbIsRefusedWithAHint) {
    const Ran ran = run_abm({"detct", "x"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("unknown verb 'detct'; did you mean 'detect'?"), std::string::npos) << ran.err;
    EXPECT_EQ(run_abm({}).code, 2);
}

TEST(CliUsage, VerbsOfTheWorkspaceNeedOne) {
    for (const char* verb : {"train", "models", "label", "queue", "export", "backup", "restore", "check"}) {
        const Ran ran = run_abm({verb});
        EXPECT_EQ(ran.code, 2) << verb;
        EXPECT_NE(ran.err.find("--workspace"), std::string::npos) << ran.err;
    }
    EXPECT_EQ(run_abm({"watch", "x"}).code, 2);
    EXPECT_EQ(run_abm({"detect", "x", "--model", "1"}).code, 2) << "a model is one of a workspace";
}

TEST(CliUsage, OptionsOfALaterVersionSaySo) {
    const std::string journal = sample_journal().string();
    const Ran pdf = run_abm({"report", journal, "--out", "/tmp/never-written.pdf"});
    EXPECT_EQ(pdf.code, 2);
    EXPECT_FALSE(std::filesystem::exists("/tmp/never-written.pdf"));
}

TEST(CliUsage, NonsenseIsRefusedAndTheValidNamesAreGiven) {
    const std::string journal = sample_journal().string();
    const Ran detector = run_abm({"detect", journal, "--detector", "forest"});
    EXPECT_EQ(detector.code, 2);
    for (const char* name : {"auto", "iforest", "rules"}) EXPECT_NE(detector.err.find(name), std::string::npos) << detector.err;
    EXPECT_EQ(run_abm({"detect", journal, "--threshold", "1.5"}).code, 2);
    EXPECT_EQ(run_abm({"detect", journal, "--top", "-1"}).code, 2);
    EXPECT_EQ(run_abm({"detect", journal, "--order", "size"}).code, 2);
    EXPECT_EQ(run_abm({"detect", journal, "--format", "xml"}).code, 2);
    EXPECT_EQ(run_abm({"detect"}).code, 2);
    EXPECT_EQ(run_abm({"generate", "journal", "--out", "x", "--size", "2XB"}).code, 2);
    EXPECT_EQ(run_abm({"generate", "capture"}).code, 2);
}

}  // namespace
}  // namespace abm::test
