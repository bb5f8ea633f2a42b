// abm inspect, detect and report with the options captures are read by.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/cli/run_abm.h"
#include "tests/core/capture_builder.h"

namespace abm::test {
namespace {

/// A second in which 10.0.0.1 asks 10.0.0.2 every 10 ms and is answered 3 ms later; 10.0.0.3 sends to 10.0.0.2 beside them.
std::string questions_and_answers(int questions = 100) {
    PcapBuilder capture;
    for (int at = 0; at < questions; ++at) {
        capture.at(at * 10'000, udp_frame(1, 2, 1000, 53));
        capture.at(at * 10'000 + 3'000, udp_frame(2, 1, 53, 1000));
        if (at % 10 == 0) capture.at(at * 10'000 + 5'000, udp_frame(3, 2, 3000, 99));
    }
    return capture.bytes();
}

class CliCapture : public ::testing::Test {
protected:
    CliCapture() { write(questions_and_answers()); }
    void write(const std::string& bytes) { std::ofstream(capture_, std::ios::binary) << bytes; }

    Ran detect(std::vector<std::string> options) {
        options.insert(options.begin(), {"detect", capture_, "--format", "csv", "--all", "--order", "time"});
        return run_abm(std::move(options));
    }
    static std::size_t windows(const Ran& ran) {
        EXPECT_EQ(ran.code, 0) << ran.err;
        return table_of(ran.out).size();
    }
    static std::string parties(const Ran& ran) {
        EXPECT_EQ(ran.code, 0) << ran.err;
        return table_of(ran.out).at(0).at("entity");
    }

    TemporaryFolder folder_;
    std::filesystem::path capture_ = folder_.path() / "dns.pcap", workspace_ = folder_.path() / "w.abmw";
};

TEST_F(CliCapture, TheLengthOfAWindowSaysHowManyThereAre) {
    EXPECT_EQ(windows(detect({})), 10U);
    EXPECT_EQ(windows(detect({"--window-ms", "10"})), 100U);
    EXPECT_EQ(windows(detect({"--window-ms", "0.5"})), 210U) << "each packet has its own";
    EXPECT_EQ(windows(detect({"--window-ms", "60000"})), 1U);
}

TEST_F(CliCapture, PartiesAreAddressesOrFilters) {
    EXPECT_EQ(parties(detect({})), "10.0.0.1 - 10.0.0.2");
    EXPECT_EQ(parties(detect({"--party-a", "10.0.0.3"})), "10.0.0.3 - everyone else");
    EXPECT_EQ(parties(detect({"--party-a", "02:00:00:00:00:03", "--party-b", " 02:00:00:00:00:02 "})),
              "02:00:00:00:00:03 - 02:00:00:00:00:02");
    const Ran filtered = detect({"--party-a", "udp dst port 53", "--party-b", "udp src port 53"});
    EXPECT_EQ(parties(filtered), "udp dst port 53 - udp src port 53");
    const Ran inspected = run_abm({"inspect", capture_, "--party-b", "udp dst port 99", "--format", "csv"});
    EXPECT_EQ(inspected.code, 0) << inspected.err;
    EXPECT_EQ(table_of(inspected.out).at(0).at("machine"), "everyone else - udp dst port 99");
}

TEST_F(CliCapture, AResponseIsLateAboveTheLimit) {
    PcapBuilder capture;
    for (int at = 0; at < 200; ++at) {
        capture.at(at * 10'000, udp_frame(1, 2, 1000, 53));
        capture.at(at * 10'000 + (at == 150 ? 4'000 : 200), udp_frame(2, 1, 53, 1000));
    }
    write(capture.bytes());
    const auto late = [&](const char* limit) {
        const Ran found = detect({"--findings", "--response-limit-ms", limit});
        EXPECT_EQ(found.code, 0) << found.err;
        const auto findings = table_of(found.out);
        return std::ranges::count_if(findings, [](const auto& row) { return row.at("type") == "late_response"; });
    };
    EXPECT_EQ(late("1"), 1);
    EXPECT_EQ(late("5"), 0);
    EXPECT_EQ(late("500"), 0) << "longer than responses are waited for by default: they are waited for as long";
}

TEST_F(CliCapture, RefusesWhatMakesNoSense) {
    const auto refused = [&](std::vector<std::string> options, int code, const std::string& words) {
        for (const char* verb : {"inspect", "detect", "report"}) {
            std::vector<std::string> all{verb, capture_, "--out", folder_.path() / "out.html"};
            all.insert(all.end(), options.begin(), options.end());
            const Ran ran = run_abm(all);
            EXPECT_EQ(ran.code, code) << verb << ": " << ran.err;
            EXPECT_NE(ran.err.find(words), std::string::npos) << verb << ": " << ran.err;
        }
    };
    refused({"--window-ms", "0"}, 2, "window must be 1 microsecond to 1 day");
    refused({"--window-ms", "1e300"}, 2, "window must be 1 microsecond to 1 day");
    refused({"--window-ms", "nan"}, 2, "window must be 1 microsecond to 1 day");
    refused({"--window-ms", "long"}, 2, "--window-ms");
    refused({"--response-limit-ms", "-1"}, 2, "response_limit must be 1 microsecond to 1 day");
    refused({"--party-b", "udp prot 53"}, 2, "party B: neither a MAC nor an IP address, and 'udp prot 53' is no packet filter");
    refused({"--party-a", "wlan type mgt subtype beacon"}, 1, "party A: neither a MAC nor an IP address, and 'wlan type mgt");
}

TEST_F(CliCapture, AFilterThatSuitsNotAllCapturesCostsOnlyTheOthers) {
    const auto other = folder_.path() / "wlan.pcap";
    constexpr std::uint32_t kIeee80211 = 105;
    std::ofstream(other, std::ios::binary) << PcapBuilder(kIeee80211).at(0, std::string(40, '\x80')).bytes();
    const Ran ran = detect({other, "--party-a", "wlan type mgt"});
    EXPECT_EQ(ran.code, 1);
    EXPECT_NE(ran.err.find("dns.pcap: party A"), std::string::npos) << ran.err;
    const auto rows = table_of(ran.out);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at("source"), "wlan.pcap");
}

TEST_F(CliCapture, TheWorkspaceKeepsTheChoice) {
    const std::vector<std::string> kept{"--workspace", workspace_};
    ASSERT_EQ(windows(detect(kept)), 10U);
    std::vector<std::string> chosen = kept;
    chosen.insert(chosen.end(), {"--window-ms", "50", "--party-a", "10.0.0.3"});
    const Ran again = detect(chosen);
    EXPECT_NE(again.err.find("read again"), std::string::npos) << again.err;
    EXPECT_EQ(windows(again), 20U);
    EXPECT_EQ(parties(again), "10.0.0.3 - everyone else");
    const Ran known = detect(chosen);
    EXPECT_NE(known.err.find("known"), std::string::npos) << known.err;
    EXPECT_EQ(known.out, again.out);
    EXPECT_EQ(windows(detect(kept)), 20U) << "nothing is said: as it was";

    write(questions_and_answers(200));
    const Ran grown = detect(kept);
    EXPECT_NE(grown.err.find("grown"), std::string::npos) << grown.err;
    EXPECT_EQ(windows(grown), 40U);
    EXPECT_EQ(parties(grown), "10.0.0.3 - everyone else");

    std::vector<std::string> by_default = kept;
    by_default.insert(by_default.end(), {"--window-ms", "100"});
    EXPECT_EQ(parties(detect(by_default)), "10.0.0.1 - 10.0.0.2") << "what is not given beside it is as by default";
    EXPECT_EQ(windows(detect(kept)), 20U);
}

TEST_F(CliCapture, AGrownCaptureInAnotherPlaceKeepsTheChoiceAnotherOneInItsPlaceDoesNot) {
    ASSERT_EQ(windows(detect({"--workspace", workspace_, "--window-ms", "10"})), 100U);
    std::filesystem::rename(capture_, folder_.path() / "old.pcap");
    write(PcapBuilder().at(5, udp_frame(4, 5, 1, 2)).at(25'000, udp_frame(5, 4, 2, 1)).bytes());
    EXPECT_EQ(windows(detect({"--workspace", workspace_})), 1U) << "another capture";
    capture_ = folder_.path() / "grown.pcap";
    write(questions_and_answers(300));
    EXPECT_EQ(windows(detect({"--workspace", workspace_})), 300U);
}

TEST_F(CliCapture, OptionsOfAnotherReleaseCountAsNone) {
    ASSERT_EQ(windows(detect({"--workspace", workspace_, "--window-ms", "10"})), 100U);
    {
        SQLite::Database database(workspace_.string(), SQLite::OPEN_READWRITE);
        EXPECT_EQ(database.execAndGet("SELECT value FROM settings WHERE key = 'capture-options.1'").getString(),
                  R"({"window_us":10000})");
        database.exec("UPDATE settings SET value = '{\"window_us\":\"short\"}' WHERE key = 'capture-options.1'");
    }
    write(questions_and_answers(200));
    EXPECT_EQ(windows(detect({"--workspace", workspace_})), 20U);
}

TEST_F(CliCapture, WhatIsInTheWorkspaceIsNotReadOtherwiseWithoutItsFile) {
    ASSERT_EQ(windows(detect({"--workspace", workspace_})), 10U);
    const Ran ran = run_abm({"detect", "--workspace", workspace_, "--window-ms", "10"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_NE(ran.err.find("INPUT"), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace abm::test
