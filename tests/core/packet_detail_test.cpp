// What the packet list and the hex pane are given: words for headers, bytes without card numbers.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "core/base/error.h"
#include "core/capture/dissect.h"
#include "core/capture/packet_list.h"
#include "core/capture/packet_mask.h"
#include "tests/core/capture_builder.h"
#include "tests/core/shared_captures.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using namespace test;

constexpr int kEthernet = 1;
constexpr std::string_view kCard = "4111111111111111";

std::vector<std::uint8_t> bytes(std::string_view text) { return {text.begin(), text.end()}; }

std::string line_of(const std::string& frame, int link_type = kEthernet) {
    const auto data = bytes(frame);
    return dissect(data, link_type, DissectDepth::line).info;
}

std::string value_of(const Dissection& dissection, std::string_view name) {
    const auto found = std::ranges::find(dissection.fields, name, &PacketField::name);
    return found == dissection.fields.end() ? "missing" : found->value;
}

/// The bytes as the pane shows them: '*' where masked.
std::string shown(std::string_view payload) {
    const auto data = bytes(payload);
    const PacketMask mask = card_numbers_in(data, 0);
    std::string text(payload);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (mask.masked[at]) text[at] = '*';
    }
    return text;
}

std::string packed(std::string_view digits) {
    std::string out;
    for (std::size_t at = 0; at + 1 < digits.size(); at += 2)
        out += static_cast<char>((digits[at] - '0') << 4 | (digits[at + 1] - '0'));
    return out;
}

TEST(Dissect, SaysInALineWhatThePacketIs) {
    EXPECT_EQ(line_of(ethernet(1, 2, 0x0800, ipv4(1, 2, 6, tcp(443, 51234, 0x12)))),
              "443 → 51234 [SYN, ACK] seq 0 ack 0 win 0, 0 bytes");
    EXPECT_EQ(line_of(udp_frame(1, 2, 53, 4444)), "53 → 4444, 4 bytes");
    EXPECT_EQ(line_of(ethernet(1, 2, 0x0800, ipv4(1, 2, 1, std::string("\x08\0\0\0\0\x07\0\x09", 8)))),
              "echo request id 7 seq 9");
    EXPECT_EQ(line_of(ethernet(1, 2, 0xAEFE, ecpri(0, 3, 0x0C80, 0x10))), "IQ data flow 0x0003 seq 12, 8 bytes uplink");
    EXPECT_EQ(line_of(ethernet(1, 2, 0x8100, std::string("\x20\x07\x08\0", 4) + ipv4(1, 2, 17, udp(53, 99)))),
              "VLAN 7 · 53 → 99, 4 bytes");
    EXPECT_EQ(line_of(ethernet(1, 2, 0x0800, ipv4(1, 2, 17, udp(1, 2), 0x00B9))),
              "fragment from byte 1480 of packet 0x0001, the last");
    std::string arp("\0\x01\x08\0\x06\x04\0\x01", 8);
    arp += mac(1) + ipv4_address(1) + mac(0) + ipv4_address(2);
    EXPECT_EQ(line_of(ethernet(1, 0xFF, 0x0806, arp)), "who has 10.0.0.2? tell 10.0.0.1");
    EXPECT_EQ(line_of("whatever", 147), "") << "link types nobody knows have no words";
}

TEST(Dissect, CountsTheDataOfThePacketNotThePaddingBehindIt) {
    const std::string whole = udp_frame(1, 2, 53, 4444);
    EXPECT_EQ(line_of(whole + std::string(20, '\0')), line_of(whole));
    EXPECT_EQ(line_of(whole.substr(0, whole.size() - 3)), line_of(whole)) << "the capture left out the end";
}

TEST(Dissect, KnowsSerialLinks) {
    const std::string packet = udp_frame(1, 2, 53, 4444).substr(14);
    for (const std::string& front : {std::string("\xFF\x03\x00\x21", 4), std::string("\x00\x21", 2), std::string("\x21")}) {
        EXPECT_EQ(line_of(front + packet, 9), "53 → 4444, 4 bytes") << front.size();
        EXPECT_EQ(line_of(front + packet, 50), "53 → 4444, 4 bytes") << front.size();
    }
    EXPECT_EQ(line_of(std::string("\x0F\x00\x08\x00", 4) + packet, 104), "53 → 4444, 4 bytes");
    const auto cut = bytes(std::string("\xFF\x03\x00", 3));
    EXPECT_EQ(value_of(dissect(cut, 9, DissectDepth::fields), "Protocol"), "missing");
}

TEST(Dissect, FieldsNameTheBytesTheyWereReadFrom) {
    const auto frame = bytes(ethernet(1, 2, 0x0800, ipv4(258, 2, 6, tcp(443, 51234, 0x02))));
    const Dissection all = dissect(frame, kEthernet, DissectDepth::fields);
    EXPECT_EQ(value_of(all, "Source port"), "443");
    EXPECT_EQ(value_of(all, "Flags"), "SYN");
    const auto port = std::ranges::find(all.fields, "Source port", &PacketField::name);
    EXPECT_EQ(port->first, 34);
    EXPECT_EQ(port->count, 2);
    EXPECT_EQ(all.payload_at, 54U);
    for (const PacketField& field : all.fields)
        EXPECT_LE(field.first + field.count, static_cast<int>(frame.size())) << field.name;
}

TEST(Dissect, CutAnywhereItSaysWhatIsThere) {
    const std::string whole = ethernet(1, 2, 0x8100,
                                       std::string("\0\x07\x86\xDD", 4) + std::string("\x60\0\0\0\0\x14\x06\x40", 8) +
                                           std::string(32, '\x01') + tcp(1, 2, 0x10));
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        const auto data = bytes(std::string_view(whole).substr(0, size));
        const Dissection part = dissect(data, kEthernet, DissectDepth::fields);
        EXPECT_LE(part.payload_at, size);
        for (const PacketField& field : part.fields) EXPECT_LE(field.first + field.count, static_cast<int>(size)) << field.name;
    }
}

TEST(PacketMask, HidesCardNumbersHoweverTheyAreWritten) {
    EXPECT_EQ(shown("pan=4111111111111111;"), "pan=411111******1111;");
    EXPECT_EQ(shown("4111 1111 1111 1111"), "4111 11** **** 1111");
    EXPECT_EQ(shown("164111111111111111000000012345"), "16411111******1111000000012345") << "ISO 8583: its length before it";
    std::string wide;
    for (const char digit : kCard) wide += {digit, '\0'};
    std::string masked_wide = wide;
    for (std::size_t at = 6; at < 12; ++at) masked_wide[2 * at] = '*';
    EXPECT_EQ(shown(wide), masked_wide);
    EXPECT_EQ(shown("\xFF" + packed(kCard) + "\xDF"), "\xFF" + packed("411111") + "***" + packed("1111") + "\xDF");
    std::string ebcdic;
    for (const char digit : kCard) ebcdic += static_cast<char>(0xF0 + (digit - '0'));
    EXPECT_EQ(shown(ebcdic), ebcdic.substr(0, 6) + "******" + ebcdic.substr(12));
    EXPECT_EQ(card_numbers_in(bytes("4111111111111111 and 5500005555555559"), 0).card_numbers, 2);
}

TEST(PacketMask, LeavesOtherNumbersAlone) {
    for (const std::string_view text :
         {"4111111111111112", "20260314093607123456789012345678", "id=41111111111111110", "1234567890"})
        EXPECT_EQ(shown(text), text);
}

TEST(PacketMask, AHeaderThatEndsInADigitDoesNotHideANumber) {
    const auto frame = bytes("x7" + std::string(kCard));
    EXPECT_EQ(card_numbers_in(frame, 0).card_numbers, 0) << "part of a longer run";
    EXPECT_EQ(card_numbers_in(frame, 2).card_numbers, 1);
}

class PacketDetailFile : public ::testing::Test {
protected:
    void write(const PcapBuilder& capture) { std::ofstream(file_, std::ios::binary) << capture.bytes(); }
    TextSpan all() const { return {24, static_cast<std::int64_t>(std::filesystem::file_size(file_)) - 24}; }

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "a.pcap";
};

TEST_F(PacketDetailFile, ListsPacketsAndShowsOneWithoutItsCardNumber) {
    const std::string frame = ethernet(1, 2, 0x0800, ipv4(1, 2, 17, udp(1000, 2000, "card 4111111111111111 end")));
    write(PcapBuilder()
              .at(0, udp_frame(2, 1, 2000, 1000))
              .at(1500, frame)
              .add(1'773'446'401, 0, frame.substr(0, 40), frame.size()));
    const auto packets = list_packets(file_, all());
    ASSERT_EQ(packets.size(), 3U);
    EXPECT_EQ(packets[1].info, "1000 → 2000, 25 bytes");
    EXPECT_FALSE(packets[1].cut());
    EXPECT_TRUE(packets[2].cut());
    const PacketDetail detail = packet_detail(file_, packets[1].summary);
    EXPECT_EQ(detail.card_numbers, 1);
    const std::string text(detail.bytes.begin(), detail.bytes.end());
    EXPECT_EQ(text.find(kCard), std::string::npos);
    EXPECT_NE(text.find("card 411111******1111 end"), std::string::npos);
    EXPECT_EQ(std::ranges::count(detail.masked, true), 6);
    EXPECT_EQ(packet_detail(file_, packets[2].summary).bytes.size(), 40U);
    PacketSummary elsewhere = packets[1].summary;
    elsewhere.span.offset += 1;
    EXPECT_THROW(packet_detail(file_, elsewhere), Error);
}

TEST_F(PacketDetailFile, ReadsFromTheMiddleOfGzipToo) {
    PcapBuilder capture;
    for (int at = 0; at < 3000; ++at) capture.at(at * 100, udp_frame(1, 2, 1000, static_cast<unsigned>(at)));
    const auto packed_file = folder_.write("a.pcap.gz", gzip(capture.bytes()));
    const std::int64_t each = 16 + 46;
    const auto packets = list_packets(packed_file, {24 + 2000 * each, 10 * each});
    ASSERT_EQ(packets.size(), 10U);
    EXPECT_EQ(packets[3].info, "1000 → 2003, 4 bytes");
    EXPECT_EQ(packet_detail(packed_file, packets[3].summary).fields.front().name, "Ethernet");
}

TEST(PacketDetailShared, EveryRealCaptureIsDissectedInItsBounds) {
    const auto files = shared_captures();
    if (files.empty()) GTEST_SKIP() << "no captures here";
    int seen = 0;
    for (const auto& file : files) {
        std::vector<ListedPacket> packets;
        try {
            packets = list_packets(file, {0, std::int64_t{1} << 40}, {200});
        } catch (const Error&) {
            continue;  // damaged from its first packet on
        }
        for (const ListedPacket& packet : packets) {
            const PacketDetail detail = packet_detail(file, packet.summary);
            EXPECT_EQ(detail.bytes.size(), packet.summary.captured);
            for (const PacketField& field : detail.fields)
                ASSERT_LE(field.first + field.count, static_cast<int>(detail.bytes.size())) << file;
            ++seen;
        }
    }
    EXPECT_GT(seen, 0);
}

}  // namespace
}  // namespace abm
