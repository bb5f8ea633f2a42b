// Packets of the selected window in the real window, by keys and mouse.
#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QTreeWidget>

#include "core/capture/packet_list.h"
#include "tests/core/capture_builder.h"
#include "tests/widgets/other_sources.h"
#include "widgets/log_panel.h"
#include "widgets/packet_panel.h"
#include "widgets/why_panel.h"

namespace abm::test {
namespace {

class PacketWindow : public OtherSources {
protected:
    PacketPanel& panel() { return *log().packets(); }
    PacketModel& model() { return *panel().model(); }
    int row() { return panel().list()->currentIndex().row(); }
    QString cell(int row, PacketModel::Column column) { return model().index(row, column).data().toString(); }
    bool has(const std::string& words) {
        return std::ranges::any_of(model().shown().packets,
                                   [&](const ListedPacket& packet) { return packet.info.find(words) != std::string::npos; });
    }
};

TEST_F(PacketWindow, ShowsThePacketsOfTheWindowWithTheEvidenceAndWhy) {
    openFiles({capture()});
    ASSERT_TRUE(select(RecordType::silence));
    ASSERT_TRUE(log().showsPackets());
    const auto expected = read_packets(all().source_of(record()).path, record().span);
    EXPECT_EQ(model().shown().packets.size(), expected.size());
    EXPECT_TRUE(log().title().contains(QStringLiteral("window %1").arg(record().ordinal)));
    const int evidence = model().firstEvidence();
    ASSERT_GE(evidence, 0);
    EXPECT_EQ(row(), evidence) << "the first evidence is what one sees first";
    EXPECT_FALSE(panel().list()->isColumnHidden(PacketModel::why));
    EXPECT_TRUE(cell(evidence, PacketModel::why).contains("silence")) << cell(evidence, PacketModel::why).toStdString();
    EXPECT_EQ(cell(evidence, PacketModel::protocol), "eCPRI");
    EXPECT_FALSE(cell(evidence, PacketModel::from).isEmpty());
    EXPECT_TRUE(has("uplink"));
    EXPECT_TRUE(model().shown().before) << "the first gap is measured from the window before";
    EXPECT_FALSE(cell(1, PacketModel::gap).isEmpty());
    // Why names packets, and a click on one goes to it.
    const QString why = window_->triage()->why()->plainText();
    EXPECT_TRUE(why.contains("packet ")) << why.toStdString();
    picture("packets");
}

TEST_F(PacketWindow, KeysWalkThePacketsAndTheirBytes) {
    openFiles({capture()});
    ASSERT_TRUE(select(RecordType::packet_loss));
    panel().goTo(model().packetAt(3)->summary.span.offset);
    ASSERT_TRUE(settle());
    press(Qt::Key_J);
    EXPECT_EQ(row(), 4);
    press(Qt::Key_K);
    press(Qt::Key_K);
    EXPECT_EQ(row(), 2);
    ASSERT_TRUE(settle());
    EXPECT_EQ(window_->triage()->selection().line(), model().packetAt(2)->summary.span.offset) << "one selection for all views";
    const auto bytes = packet_bytes(all().source_of(record()).path, model().packetAt(2)->summary);
    EXPECT_TRUE(panel().hex()->rowText(0).startsWith("0000  " + QStringLiteral("%1").arg(bytes[0], 2, 16, QChar('0'))));
    ASSERT_GT(panel().fields()->topLevelItemCount(), 1);
    EXPECT_EQ(panel().fields()->topLevelItem(0)->text(0), "Ethernet");
    panel().fields()->setFocus();
    QTest::keyClick(panel().fields(), Qt::Key_Down);
    QTest::keyClick(panel().fields(), Qt::Key_Down);
    EXPECT_EQ(panel().hex()->firstSelected(), 6) << "the source address";
    EXPECT_EQ(panel().hex()->selectedCount(), 6);
    panel().hex()->setFocus();
    QTest::keyClick(panel().hex(), Qt::Key_C, Qt::ControlModifier);
    EXPECT_TRUE(QApplication::clipboard()->text().startsWith(panel().hex()->rowText(0) + '\n')) << "rows that hold them, whole";
    panel().list()->setFocus();
    QTest::keyClick(panel().list(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(panel().list(), Qt::Key_C, Qt::ControlModifier);
    EXPECT_EQ(QApplication::clipboard()->text().count('\n'), 2);
}

TEST_F(PacketWindow, FindsInTheColumnsAndGoesFromMatchToMatch) {
    openFiles({capture()});
    ASSERT_TRUE(select(RecordType::missing_responses));
    std::int64_t expected = 0;
    for (int at = 0; at < model().rowCount(); ++at) expected += model().rowText(at).contains("uplink");
    ASSERT_GT(expected, 2);
    press(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(log().findField(), "uplink");
    EXPECT_TRUE(log().findCount()->text().contains(QString::number(expected))) << log().findCount()->text().toStdString();
    QTest::keyClick(log().findField(), Qt::Key_Return);
    const int first = row();
    EXPECT_TRUE(model().rowText(first).contains("uplink"));
    press(Qt::Key_F3);
    EXPECT_GT(row(), first);
    press(Qt::Key_F3, Qt::ShiftModifier);
    EXPECT_EQ(row(), first);
    log().findField()->clear();
    QTest::keyClicks(log().findField(), "nothing of the kind");
    EXPECT_EQ(log().findCount()->text(), "no match");
}

TEST_F(PacketWindow, MasksCardNumbersAndSaysWhatTheCaptureCut) {
    const std::string frame = ethernet(1, 2, 0x0800, ipv4(1, 2, 17, udp(1000, 2000, "card 4111111111111111 end")));
    PcapBuilder capture;
    for (int at = 0; at < 300; ++at)
        capture.at(at * 1000, at % 2 == 0 ? udp_frame(1, 2, 1000, 2000) : udp_frame(2, 1, 2000, 1000));
    capture.at(300'000, frame).add(1'773'446'400, 300'500, frame.substr(0, 42), frame.size());
    const auto file = place("cards.pcap");
    std::ofstream(file, std::ios::binary) << capture.bytes();
    openFiles({file});
    std::uint32_t last = static_cast<std::uint32_t>(all().records.size()) - 1;
    window_->triage()->selection().selectRecord(RecordIndex(last));
    ASSERT_TRUE(settle());
    ASSERT_TRUE(panel().note()->isVisible());
    EXPECT_TRUE(panel().note()->text().contains("1 packet was cut")) << panel().note()->text().toStdString();
    for (int at = 0; at < model().rowCount(); ++at) {
        if (model().packetAt(at)->summary.original == frame.size() && !model().packetAt(at)->cut())
            panel().goTo(model().packetAt(at)->summary.span.offset);
    }
    ASSERT_TRUE(settle());
    EXPECT_TRUE(panel().detailNote()->text().contains("1 card number masked")) << panel().detailNote()->text().toStdString();
    QString letters, hex;
    for (const QString& line : panel().hex()->text().split('\n')) {
        const int wide = panel().hex()->bytesPerRow();
        hex += line.mid(6, 3 * wide).simplified() + ' ';
        letters += line.mid(6 + 3 * wide + 1);
    }
    EXPECT_TRUE(letters.contains("card 411111******1111 end")) << letters.toStdString();
    EXPECT_TRUE(hex.contains("34 31 31 31 31 31 ** ** ** ** ** ** 31 31 31 31")) << hex.toStdString();
    EXPECT_FALSE(panel().hex()->text().contains("31 31 31 31 31 31 31 31"));
}

TEST_F(PacketWindow, SaysThatTheFileIsGoneAndComesBackWithIt) {
    const auto file = capture();
    openFiles({file});
    ASSERT_TRUE(select(RecordType::late_response));
    std::filesystem::rename(file, place("elsewhere.pcap"));
    window_->triage()->selection().selectRecord(RecordIndex(0));
    ASSERT_TRUE(settle());
    EXPECT_FALSE(log().showsPackets());
    std::filesystem::rename(place("elsewhere.pcap"), file);
    window_->triage()->selection().selectRecord(RecordIndex(1));
    ASSERT_TRUE(settle());
    EXPECT_TRUE(log().showsPackets());
}

TEST_F(PacketWindow, AJournalBesideItHasItsLog) {
    openFiles({capture(), journals()});
    ASSERT_TRUE(select(RecordType::silence));
    EXPECT_TRUE(log().showsPackets());
    for (std::uint32_t at = 0; at < all().records.size(); ++at) {
        if (all().records[at].kind != RecordKind::session) continue;
        window_->triage()->selection().selectRecord(RecordIndex(at));
        break;
    }
    ASSERT_TRUE(settle());
    EXPECT_FALSE(log().showsPackets());
    EXPECT_GT(log().view()->rows().size(), 3U);
}

}  // namespace
}  // namespace abm::test
