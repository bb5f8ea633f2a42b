// Captures are read as libpcap reads them, whatever is wrong with them.
#include <gtest/gtest.h>

#include "core/capture/packet_list.h"
#include "core/capture/read_capture.h"
#include "tests/core/capture_builder.h"
#include "tests/core/shared_captures.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using namespace test;

const SourceProblem* fatal_of(const Source& source) {
    for (const SourceProblem& problem : source.problems) {
        if (problem.fatal) return &problem;
    }
    return nullptr;
}

double sum_of_packets(const SourceReading& reading) {
    double sum = 0;
    for (Eigen::Index row = 0; row < reading.features.rows(); ++row) sum += reading.features.values(row, 15);
    return sum;
}

// Windows follow one another, hold all packets, and a window's packets can be read again.
void expect_sound(const SourceReading& reading, const std::filesystem::path& file) {
    EXPECT_EQ(reading.features.rows(), static_cast<Eigen::Index>(reading.records.size()));
    EXPECT_DOUBLE_EQ(sum_of_packets(reading), static_cast<double>(reading.source.packets));
    std::int64_t end = 0;
    std::int64_t listed = 0;
    for (const Record& record : reading.records) {
        EXPECT_GE(record.span.offset, end);
        EXPECT_GT(record.span.bytes, 0);
        end = record.span.end();
    }
    EXPECT_LE(end, reading.source.bytes);
    if (reading.records.size() > 20) return;
    for (const Record& record : reading.records) {
        const auto packets = read_packets(file, record.span);
        listed += static_cast<std::int64_t>(packets.size());
        if (!packets.empty()) {
            EXPECT_EQ(packets.front().span.offset, record.span.offset);
            EXPECT_EQ(packets.back().span.end(), record.span.end());
            EXPECT_EQ(packet_bytes(file, packets.back()).size(), packets.back().captured);
        }
    }
    EXPECT_EQ(listed, reading.source.packets);
}

TEST(CaptureReading, CountsWhatAPlainLoopCounts) {
    const auto files = shared_captures();
    if (files.empty()) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    std::int64_t packets = 0;
    for (const auto& file : files) {
        SCOPED_TRACE(file.filename().string());
        const PlainCount plain = plain_count(file);
        const SourceReading reading = read_capture(file, {}, Progress());
        EXPECT_EQ(reading.source.packets, plain.packets);
        EXPECT_EQ(fatal_of(reading.source) == nullptr, plain.opened && plain.ended_well);
        expect_sound(reading, file);
        packets += plain.packets;
    }
    EXPECT_GT(packets, 3000);
}

TEST(CaptureReading, EveryCutLeavesThePacketsBeforeIt) {
    const auto files = shared_captures();
    if (files.empty()) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    const TemporaryFolder folder;
    int done = 0;
    for (const auto& file : files) {
        const auto size = std::filesystem::file_size(file);
        const bool of_both_kinds = file.extension() == ".pcapng" ? done < 5 : done >= 5;
        if (size < 150 || size > 600 || !of_both_kinds || done == 10) continue;
        ++done;
        const std::string bytes = read_whole(file);
        const SourceReading whole = read_capture(file, {}, Progress());
        for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
            SCOPED_TRACE(file.filename().string() + " cut at " + std::to_string(cut));
            const auto part = folder.write("cut", std::string_view(bytes).substr(0, cut));
            const PlainCount plain = plain_count(part);
            const SourceReading reading = read_capture(part, {}, Progress());
            ASSERT_EQ(reading.source.packets, plain.packets);
            const SourceProblem* const fatal = fatal_of(reading.source);
            ASSERT_EQ(fatal == nullptr, cut == 0 || (plain.opened && plain.ended_well));
            if (fatal != nullptr) {
                EXPECT_NE(fatal->message.find("cut"), std::string::npos) << fatal->message;
                EXPECT_LE(fatal->offset, static_cast<std::int64_t>(cut));
            }
            ASSERT_LE(reading.records.size(), whole.records.size());
        }
    }
    EXPECT_EQ(done, 10);
}

TEST(CaptureReading, GzipGivesTheSame) {
    const TemporaryFolder folder;
    PcapBuilder capture;
    for (int i = 0; i < 500; ++i) capture.at(i * 1700, udp_frame(1, 2, 5000, 53));
    const auto plain = folder.write("plain.pcap", capture.bytes());
    const auto packed = folder.write("any.name", gzip(capture.bytes()));
    EXPECT_TRUE(is_capture(packed));
    const SourceReading one = read_capture(plain, {}, Progress()), other = read_capture(packed, {}, Progress());
    EXPECT_TRUE(other.source.gzip);
    EXPECT_EQ(one.source.identity, other.source.identity);
    ASSERT_EQ(one.records.size(), other.records.size());
    for (std::size_t i = 0; i < one.records.size(); ++i) EXPECT_EQ(one.records[i].span, other.records[i].span);
    const auto packets = read_packets(packed, other.records[3].span);
    ASSERT_FALSE(packets.empty());
    const auto bytes = packet_bytes(packed, packets[0]);
    EXPECT_EQ(std::string(bytes.begin(), bytes.end()), udp_frame(1, 2, 5000, 53));
    EXPECT_EQ(text_of(packets[0].from), "10.0.0.1:5000");
}

TEST(CaptureReading, SaysWhatIsOddAndGoesOn) {
    const TemporaryFolder folder;
    const std::string frame = udp_frame(1, 2, 5000, 53);
    PcapBuilder capture;
    capture.at(0, frame).at(5000, frame).at(3000, frame).add(0, 0, frame).add(1'773'446'400, 9000, frame.substr(0, 20), 900);
    const SourceReading reading = read_capture(folder.write("odd", capture.bytes()), {}, Progress());
    EXPECT_EQ(reading.source.packets, 5);
    ASSERT_EQ(reading.records.size(), 1U);
    ASSERT_EQ(reading.source.problems.size(), 3U);
    EXPECT_NE(reading.source.problems[0].message.find("without a time"), std::string::npos);
    EXPECT_NE(reading.source.problems[1].message.find("before that of the previous"), std::string::npos);
    EXPECT_NE(reading.source.problems[2].message.find("snap length"), std::string::npos);
    const std::int64_t record = 16 + static_cast<std::int64_t>(frame.size());
    EXPECT_EQ(reading.source.problems[0].offset, 24 + 3 * record);
    EXPECT_EQ(reading.source.problems[1].offset, 24 + 2 * record);
    EXPECT_EQ(reading.features.values(0, 13), 900);
    EXPECT_EQ(reading.features.values(0, 8), 0);  // backward counts as no gap
}

TEST(CaptureReading, KnowsNanosecondsAndUnknownLinkTypes) {
    const TemporaryFolder folder;
    PcapBuilder capture(251, true);
    capture.add(1'773'446'400, 100, "abc").add(1'773'446'400, 1350, "abcde");
    const SourceReading reading = read_capture(folder.write("x", capture.bytes()), {}, Progress());
    EXPECT_EQ(reading.source.format, "pcap-ns");
    EXPECT_EQ(reading.source.packets, 2);
    ASSERT_EQ(reading.records.size(), 1U);
    EXPECT_FLOAT_EQ(reading.features.values(0, 4), 1.25F);
    EXPECT_EQ(reading.records[0].ordinal, 1);
}

TEST(CaptureReading, RefusesWhatIsNoCapture) {
    const TemporaryFolder folder;
    const auto text = folder.write("journal.pcap", "TRANSACTION START\r");
    EXPECT_FALSE(is_capture(text));
    const SourceReading reading = read_capture(text, {}, Progress());
    ASSERT_EQ(reading.source.problems.size(), 1U);
    EXPECT_TRUE(reading.source.problems[0].fatal);
    EXPECT_TRUE(reading.records.empty());
    const SourceReading gone = read_capture(folder.path() / "gone", {}, Progress());
    ASSERT_EQ(gone.source.problems.size(), 1U);
    EXPECT_TRUE(gone.source.problems[0].fatal);
    EXPECT_TRUE(read_capture(folder.write("empty", ""), {}, Progress()).source.format == "empty");
}

TEST(CaptureReading, StopsWhenCancelled) {
    const TemporaryFolder folder;
    const auto file = folder.write("x", PcapBuilder().at(0, "abc").bytes());
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(read_capture(file, {}, Progress(stop.get_token(), {})), Error);
}

}  // namespace
}  // namespace abm
