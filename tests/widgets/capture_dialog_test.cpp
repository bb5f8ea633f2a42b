// Captures in the real window: whom they compare, how long their windows are and which response is late, shown and changed.
#include "app/workbench/capture_dialog.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "tests/core/capture_builder.h"
#include "tests/widgets/other_sources.h"
#include "widgets/sources_panel.h"

namespace abm::test {
namespace {

/// A second in which 10.0.0.1 asks 10.0.0.2 every 10 ms, and 10.0.0.3 sends to 10.0.0.2 now and then.
class CaptureReading : public OtherSources {
protected:
    void openCapture() {
        PcapBuilder capture;
        for (int at = 0; at < 100; ++at) {
            capture.at(at * 10'000, udp_frame(1, 2, 1000, 53)).at(at * 10'000 + 300, udp_frame(2, 1, 53, 1000));
            if (at % 10 == 0) capture.at(at * 10'000 + 600, udp_frame(3, 2, 3000, 99));
        }
        const auto file = place("dns.pcap");
        std::ofstream(file, std::ios::binary) << capture.bytes();
        openFiles({file});
        window_->triage()->showView(View::sources);
    }
    SourcesPanel& panel() { return *window_->triage()->sources(); }
    CaptureDialog* dialog() {
        const auto find = [&]() -> CaptureDialog* {
            for (CaptureDialog* const each : window_->findChildren<CaptureDialog*>())
                if (each->isVisible()) return each;
            return nullptr;
        };
        return QTest::qWaitFor([&] { return find() != nullptr; }, 5000) ? find() : nullptr;
    }
    CaptureDialog* openDialog() {
        emit panel().account()->linkActivated("reading");
        return dialog();
    }
    static void type(QWidget* field, const QString& text) {
        field->setFocus();
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(field, Qt::Key_Delete);
        QTest::keyClicks(field, text);
    }
    /// Presses Enter and waits until the dialog is gone and the file is read.
    void readBy(CaptureDialog* shown) {
        const QPointer<CaptureDialog> open(shown);
        QTest::keyClick(shown, Qt::Key_Return);
        ASSERT_TRUE(QTest::qWaitFor([&] { return open.isNull(); }, 5000)) << shown->error()->text().toStdString();
        ASSERT_TRUE(settle());
    }
    /// Of all windows: the list begins with the conspicuous ones.
    int listed() {
        SessionTable& list = *window_->triage()->sessions();
        list.setFilter({});
        EXPECT_TRUE(QTest::qWaitFor([&] { return list.settled(); }, 5000));
        return list.model()->rowCount();
    }
    std::string entity(std::size_t record) { return all().machine_of(all().records[record]); }
};

TEST_F(CaptureReading, ShowsWhatItIsReadByAndReadsItOtherwise) {
    openCapture();
    ASSERT_EQ(all().records.size(), 10U);
    EXPECT_TRUE(panel().account()->text().contains("10.0.0.1 - 10.0.0.2")) << panel().account()->text().toStdString();
    EXPECT_TRUE(panel().account()->text().contains("210")) << "packets";
    window_->triage()->selection().selectRecord(RecordIndex(4));
    ASSERT_TRUE(settle());
    press(Qt::Key_0);
    ASSERT_TRUE(settle());
    ASSERT_EQ(labelOf(RecordIndex(4)), LabelClass::normal);
    const std::int64_t labelled = all().records[4].span.offset;

    CaptureDialog* shown = openDialog();
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->partyA()->text(), "");
    EXPECT_EQ(shown->windowLength()->text(), "100 ms");
    EXPECT_EQ(shown->responseLimit()->text(), "1 ms");
    EXPECT_EQ(QApplication::focusWidget(), shown->partyA());
    picture("capture-dialog", shown);
    QTest::keyClicks(shown->partyA(), "10.0.0.3");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    ASSERT_EQ(QApplication::focusWidget(), shown->partyB());
    QTest::keyClicks(shown->partyB(), "udp port 53");
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    ASSERT_EQ(QApplication::focusWidget(), shown->windowLength());
    type(shown->windowLength(), "50");
    type(shown->responseLimit(), "0.25");
    ASSERT_NO_FATAL_FAILURE(readBy(shown));

    EXPECT_EQ(all().records.size(), 20U);
    EXPECT_EQ(entity(0), "10.0.0.3 - udp port 53");
    EXPECT_TRUE(panel().account()->text().contains("10.0.0.3 - udp port 53")) << panel().account()->text().toStdString();
    EXPECT_TRUE(panel().account()->text().contains(">20 ")) << panel().account()->text().toStdString();
    EXPECT_EQ(listed(), 20);
    EXPECT_EQ(count("SELECT count(*) FROM records"), 20);
    EXPECT_EQ(count("SELECT count(*) FROM settings WHERE key LIKE 'capture-options.%' AND value LIKE '%\"window_us\":50000%' "
                    "AND value LIKE '%\"party_b\":\"udp port 53\"%' AND value LIKE '%\"response_limit_us\":250%'"),
              1);
    EXPECT_EQ(all().records[8].span.offset, labelled) << "the window of 50 ms that begins where the labelled one did";
    EXPECT_EQ(labelOf(RecordIndex(8)), LabelClass::normal);

    shown = openDialog();
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->partyA()->text(), "10.0.0.3");
    EXPECT_EQ(shown->partyB()->text(), "udp port 53");
    EXPECT_EQ(shown->windowLength()->text(), "50 ms");
    EXPECT_EQ(shown->responseLimit()->text(), "0.25 ms");
    QTest::mouseClick(shown->defaultsButton(), Qt::LeftButton);
    EXPECT_EQ(shown->partyB()->text(), "");
    EXPECT_EQ(shown->windowLength()->text(), "100 ms");
    ASSERT_NO_FATAL_FAILURE(readBy(shown));
    EXPECT_EQ(all().records.size(), 10U);
    EXPECT_EQ(entity(0), "10.0.0.1 - 10.0.0.2");
    EXPECT_EQ(labelOf(RecordIndex(4)), LabelClass::normal);
}

TEST_F(CaptureReading, SaysWhichPartyMakesNoSenseAndReadsNothing) {
    openCapture();
    CaptureDialog* const shown = openDialog();
    ASSERT_TRUE(shown);
    EXPECT_FALSE(shown->error()->isVisible());
    type(shown->windowLength(), "10");
    // Right somewhere, but not for packets of this kind; and nowhere.
    for (const char* const wrong : {"wlan type mgt", "udp prot 53"}) {
        type(shown->partyB(), wrong);
        EXPECT_FALSE(shown->error()->isVisible()) << "it was of another text";
        QTest::keyClick(shown, Qt::Key_Return);
        ASSERT_TRUE(QTest::qWaitFor([&] { return shown->error()->isVisible(); }, 5000)) << wrong;
        EXPECT_TRUE(shown->error()->text().startsWith(
            QStringLiteral("party B: neither a MAC nor an IP address, and '%1' is no packet filter").arg(wrong)))
            << shown->error()->text().toStdString();
        EXPECT_EQ(QApplication::focusWidget(), shown->partyB());
    }
    picture("capture-dialog-refuses", shown);
    EXPECT_EQ(all().records.size(), 10U);
    QTest::keyClicks(shown->partyB(), "10.0.0.3");
    ASSERT_NO_FATAL_FAILURE(readBy(shown));
    EXPECT_EQ(all().records.size(), 100U);
    EXPECT_EQ(entity(0), "everyone else - 10.0.0.3");
}

TEST_F(CaptureReading, KeysReachItAndEscapeChangesNothing) {
    openCapture();
    panel().account()->setFocus();
    QTest::keyClick(panel().account(), Qt::Key_Tab);  // to its link
    QTest::keyClick(panel().account(), Qt::Key_Return);
    CaptureDialog* shown = dialog();
    ASSERT_TRUE(shown);
    for (const QWidget* const each : std::initializer_list<QWidget*>{shown->partyA(), shown->partyB(), shown->windowLength(),
                                                                     shown->responseLimit(), shown->error()})
        EXPECT_FALSE(each->accessibleName().isEmpty());
    type(shown->windowLength(), "10");
    const QPointer<CaptureDialog> open(shown);
    QTest::keyClick(shown, Qt::Key_Escape);
    ASSERT_TRUE(QTest::qWaitFor([&] { return open.isNull(); }, 5000));
    EXPECT_EQ(all().records.size(), 10U);

    window_->triage()->showView(View::why);
    window_->triage()->selection().selectRecord(RecordIndex(2));
    ASSERT_TRUE(settle());
    for (QAction* const action : window_->findChildren<QAction*>())
        if (action->text() == "How the file is &read…") action->trigger();
    shown = dialog();
    ASSERT_TRUE(shown) << "of the selected record";
    EXPECT_EQ(shown->windowTitle(), "Reading of dns.pcap");
}

}  // namespace
}  // namespace abm::test
