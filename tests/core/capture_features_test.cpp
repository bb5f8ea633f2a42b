// Features against figures computed independently from what tshark says (tests/data/capture_figures.py), and parties.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "core/capture/read_capture.h"
#include "tests/core/capture_builder.h"
#include "tests/core/source_folder.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using namespace test;

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::stringstream split(line + ",");
    for (std::string cell; std::getline(split, cell, ',');) cells.push_back(cell);
    return cells;
}

TEST(CaptureFeatures, EqualIndependentFigures) {
    const char* shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    std::ifstream figures(test::source_folder() / "tests/data/capture_figures.csv");
    std::string line;
    ASSERT_TRUE(std::getline(figures, line));
    const auto header = cells_of(line);
    std::map<std::string, SourceReading> readings;
    int compared = 0;
    while (std::getline(figures, line)) {
        const auto cells = cells_of(line);
        auto found = readings.find(cells[0]);
        if (found == readings.end()) {
            const auto file = std::filesystem::path(shared) / "captures" / cells[0];
            found = readings.emplace(cells[0], read_capture(file, {}, Progress())).first;
        }
        const FeatureMatrix& features = found->second.features;
        const Eigen::Index row = std::stoi(cells[1]) - 1;
        ASSERT_LT(row, features.rows()) << line;
        for (std::size_t column = 0; column < features.names.size(); ++column) {
            SCOPED_TRACE(cells[0] + " window " + cells[1] + " " + features.names[column]);
            ASSERT_EQ(features.names[column], header[column + 2]);
            const float value = features.values(row, static_cast<Eigen::Index>(column));
            const std::string& expected = cells[column + 2];
            EXPECT_EQ(std::isnan(value), expected.empty());
            if (!expected.empty()) {
                EXPECT_NEAR(value, std::stod(expected), 1e-5 * std::abs(std::stod(expected)) + 1e-6);
            }
            ++compared;
        }
    }
    EXPECT_GT(compared, 200);
    for (const auto& [name, reading] : readings) EXPECT_EQ(std::ssize(reading.records), reading.features.rows()) << name;
}

std::string fronthaul(bool ru_first) {
    PcapBuilder capture;
    for (int i = 0; i < 50; ++i) {
        const auto sequence = static_cast<unsigned>(i << 8 | 0x80);
        const std::string downlink = ethernet(1, 2, 0xAEFE, ecpri(2, 7, sequence, 0x90));
        const std::string uplink = ethernet(2, 1, 0xAEFE, ecpri(0, 7, sequence, 0x10));
        capture.at(i * 1000, ru_first ? uplink : downlink).at(i * 1000 + 300, ru_first ? downlink : uplink);
        capture.at(i * 1000 + 400, udp_frame(5, 6, 5000, 53)).at(i * 1000 + 500, udp_frame(5, 6, 5000, 53));
        capture.at(i * 1000 + 600, udp_frame(5, 6, 5000, 53));
    }
    return capture.bytes();
}

TEST(CaptureParties, TheDuIsFoundWhoeverSendsFirst) {
    const TemporaryFolder folder;
    for (const bool ru_first : {false, true}) {
        const SourceReading reading = read_capture(folder.write("x", fronthaul(ru_first)), {}, Progress());
        ASSERT_EQ(reading.entities.size(), 1U);
        EXPECT_EQ(reading.entities[0], "DU 02:00:00:00:00:01 - RU 02:00:00:00:00:02");
        EXPECT_EQ(reading.features.values(0, 0), 50);
        EXPECT_EQ(reading.features.values(0, 15), 250);
    }
}

TEST(CaptureParties, MayBeGivenAsAddressesOrFilters) {
    const TemporaryFolder folder;
    const auto file = folder.write("x", fronthaul(false));
    const auto counts = [&](const char* a, const char* b) {
        CaptureOptions options;
        options.party_a = a;
        options.party_b = b;
        const SourceReading reading = read_capture(file, options, Progress());
        return std::pair(reading.features.values(0, 0), reading.features.values(0, 1));
    };
    EXPECT_EQ(counts("10.0.0.5", "10.0.0.6"), std::pair(150.F, 0.F));
    EXPECT_EQ(counts("10.0.0.6", ""), std::pair(0.F, 150.F));
    EXPECT_EQ(counts("02:00:00:00:00:02", "02-00-00-00-00-01"), std::pair(50.F, 50.F));
    EXPECT_EQ(counts("udp dst port 53", "ether proto 0xaefe"), std::pair(150.F, 100.F));
    EXPECT_EQ(counts("udp dst port 53", ""), std::pair(150.F, 100.F));
    EXPECT_EQ(counts("", "udp dst port 53"), std::pair(100.F, 150.F));
    try {
        counts("10.0.0.5", "udp prot 53");
        ADD_FAILURE();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Invalid);
        EXPECT_NE(std::string(error.what()).find("party B: neither a MAC nor an IP address, and 'udp prot 53'"),
                  std::string::npos)
            << error.what();
    }
}

TEST(CaptureWindows, AYearOfSilenceIsOneFindingAndNoWindows) {
    const TemporaryFolder folder;
    PcapBuilder capture;
    constexpr std::int64_t kYear = 365LL * 86'400 * 1'000'000;
    for (int i = 0; i < 30; ++i) capture.at(i * 1000, udp_frame(1, 2, 5000, 53));
    for (int i = 0; i < 30; ++i) capture.at(kYear + i * 1000, udp_frame(1, 2, 5000, 53));
    const SourceReading reading = read_capture(folder.write("x", capture.bytes()), {}, Progress());
    ASSERT_EQ(reading.records.size(), 2U);
    ASSERT_EQ(reading.findings.size(), 1U);
    EXPECT_EQ(reading.findings[0].type, RecordType::silence);
    EXPECT_NE(reading.findings[0].sentence.find("364 days"), std::string::npos) << reading.findings[0].sentence;
    EXPECT_EQ(reading.findings[0].evidence.size(), 2U);
    EXPECT_EQ(reading.records[0].severity, Severity::high);
}

// Three packets every half millisecond; from second 1 to 1.1 the bunches come when they like.
TEST(CaptureJitter, IsFoundInTrafficThatComesInBunches) {
    const TemporaryFolder folder;
    PcapBuilder capture;
    for (int cycle = 0; cycle < 4'000; ++cycle) {
        const bool unsteady = cycle >= 2'000 && cycle < 2'200;
        const std::int64_t at = cycle * 500 + (unsteady ? cycle * cycle % 397 - 198 : cycle % 3);
        for (int packet = 0; packet < 3; ++packet) capture.at(1'000 + at + packet * 20, udp_frame(1, 2, 5000, 53));
        capture.at(1'000 + at + 60, udp_frame(2, 1, 53, 5000));
    }
    const SourceReading reading = read_capture(folder.write("x", capture.bytes()), {}, Progress());
    std::vector<std::uint32_t> windows;
    for (const Finding& finding : reading.findings) {
        if (finding.type == RecordType::jitter_burst) windows.push_back(raw(finding.record));
    }
    EXPECT_EQ(windows, std::vector<std::uint32_t>{10});
}

TEST(CaptureDecoding, KnowsPpp) {
    const TemporaryFolder folder;
    const std::string packet = udp_frame(1, 2, 5000, 53).substr(14);
    for (const std::string& front : {std::string("\xFF\x03\x00\x21", 4), std::string("\x00\x21", 2), std::string("\x21")}) {
        PcapBuilder capture(9);
        for (int i = 0; i < 5; ++i) capture.at(i * 1'000, front + packet);
        const SourceReading reading = read_capture(folder.write("x", capture.bytes()), {}, Progress());
        EXPECT_EQ(reading.source.machine, "10.0.0.1 - 10.0.0.2") << front.size();
    }
}

TEST(CaptureContacts, ScansAndGuessingAreSaid) {
    const TemporaryFolder folder;
    PcapBuilder hosts, ports, guesses, few;
    for (unsigned i = 0; i < 60; ++i) {
        hosts.at(i * 500, ethernet(1, 2, 0x0800, ipv4(1, 100 + i, 6, tcp(40000, 445, 2))));
        ports.at(i * 500, ethernet(1, 2, 0x0800, ipv4(1, 2, 6, tcp(40000, 1 + i, 2))));
        guesses.at(i * 500, ethernet(1, 2, 0x0800, ipv4(1, 2, 6, tcp(40000 + i, 22, 2))));
        few.at(i * 500, ethernet(1, 2, 0x0800, ipv4(1, 2, 6, tcp(40000, 22, 0x10))));
    }
    const auto rules = [&](const PcapBuilder& capture) {
        std::string all;
        for (const Finding& finding : read_capture(folder.write("x", capture.bytes()), {}, Progress()).findings)
            all += finding.rule + ";";
        return all;
    };
    EXPECT_EQ(rules(hosts), "capture-address-scan;");
    EXPECT_EQ(rules(ports), "capture-port-scan;");
    EXPECT_EQ(rules(guesses), "capture-connection-burst;");
    EXPECT_EQ(rules(few), "");
}

}  // namespace
}  // namespace abm
