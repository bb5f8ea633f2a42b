// abm inspect, detect and report with --profile.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/run_abm.h"

namespace abm::test {
namespace {

constexpr const char* kDoors =
    "{ \"version\": 1, \"name\": \"doors\", \"format\": \"door-log\",\n"
    "  \"entity\": { \"noun\": \"door\", \"patterns\": [\"door=(\\\\d+)\"] },\n"
    "  \"records\": { \"kind\": \"entity\" } }\n";

class CliProfile : public ::testing::Test {
protected:
    CliProfile() {
        std::ofstream out(log_);
        for (int at = 10; at < 60; ++at) out << "2026-03-14 09:00:" << at << " INFO door=" << at % 3 << " opened\n";
        std::ofstream(profile_) << kDoors;
    }
    TemporaryFolder folder_;
    std::filesystem::path log_ = folder_.path() / "messages.log", profile_ = folder_.path() / "doors.json";
};

TEST_F(CliProfile, AFileOrANameReadsTextLogs) {
    const Ran sniffed = run_abm({"inspect", log_, "--format", "csv"});
    EXPECT_EQ(sniffed.code, 0) << sniffed.err;
    EXPECT_NE(sniffed.out.find("text-log"), std::string::npos) << sniffed.out;
    const Ran read = run_abm({"inspect", log_, "--profile", profile_, "--format", "csv"});
    EXPECT_EQ(read.code, 0) << read.err;
    EXPECT_NE(read.out.find("door-log"), std::string::npos) << read.out;
    const Ran found = run_abm({"detect", log_, "--profile", profile_, "--format", "csv", "--order", "time", "--all"});
    EXPECT_EQ(found.code, 0) << found.err;
    EXPECT_EQ(std::count(found.out.begin(), found.out.end(), '\n'), 4) << "a record for each door\n" << found.out;
    EXPECT_NE(found.out.find("messages.log,entity,1,0,"), std::string::npos) << found.out;
    EXPECT_EQ(run_abm({"detect", log_, "--profile", "syslog", "--format", "csv"}).code, 0);
}

TEST_F(CliProfile, TheWorkspaceKeepsTheChoice) {
    const auto workspace = folder_.path() / "w.abmw";
    ASSERT_EQ(run_abm({"detect", log_, "--workspace", workspace, "--format", "csv"}).code, 0);
    const Ran again = run_abm({"detect", log_, "--workspace", workspace, "--profile", profile_, "--format", "csv", "--all"});
    EXPECT_EQ(again.code, 0);
    EXPECT_NE(again.err.find("read again"), std::string::npos) << again.err;
    EXPECT_NE(again.out.find("entity"), std::string::npos) << again.out;
    const Ran known = run_abm({"detect", log_, "--workspace", workspace, "--profile", profile_, "--format", "csv", "--all"});
    EXPECT_NE(known.err.find("known"), std::string::npos) << known.err;
    EXPECT_EQ(known.out, again.out);
}

TEST_F(CliProfile, SaysWhatIsWrongWithIt) {
    const Ran absent = run_abm({"detect", log_, "--profile", "sylog"});
    EXPECT_EQ(absent.code, 1);
    EXPECT_NE(absent.err.find("did you mean \"syslog\"?"), std::string::npos) << absent.err;
    std::ofstream(profile_) << "{ \"version\": 1,\n \"name\": \"doors\",\n \"records\": { \"kind\": \"door\" } }";
    const Ran wrong = run_abm({"inspect", log_, "--profile", profile_});
    EXPECT_EQ(wrong.code, 1);
    EXPECT_NE(wrong.err.find("doors.json:3: "), std::string::npos) << wrong.err;
}

}  // namespace
}  // namespace abm::test
