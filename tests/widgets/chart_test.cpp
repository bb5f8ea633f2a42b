// The score chart and the overview, driven by real events: lanes, threshold, marks by keyboard, the window of the zoom.
#include <gtest/gtest.h>

#include <QAccessible>
#include <QGraphicsTextItem>
#include <QHelpEvent>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>

#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/synthetic_investigation.h"
#include "widgets/chart_legend.h"
#include "widgets/format.h"
#include "widgets/lane_item.h"
#include "widgets/lane_marks.h"
#include "widgets/overview_strip.h"
#include "widgets/score_chart.h"
#include "widgets/theme.h"
#include "widgets/time_scale.h"

namespace abm {
namespace {

class Chart : public ::testing::Test {
protected:
    void show(Investigation all, int height = 400) {
        all_ = std::make_shared<const Investigation>(std::move(all));
        index_ = ScoreIndex::build(*all_);
        auto* const layout = new QVBoxLayout(&host_);
        layout->addWidget(overview_);
        layout->addWidget(chart_);
        QObject::connect(chart_, &ScoreChart::visibleRangeChanged, overview_, &OverviewStrip::setView);
        QObject::connect(overview_, &OverviewStrip::viewRequested, chart_, &ScoreChart::showRange);
        host_.resize(1000, height);
        host_.show();
        host_.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&host_));
        overview_->setIndex(index_);
        chart_->setSnapshot(all_, index_);
        test::come_to_rest();
    }
    void show(int machines, int height = 400) { show(*test::synthetic_case({machines, 200}).investigation, height); }
    QRectF plot() const { return chart_->chart()->plotArea(); }
    LaneItem& lanes() { return *chart_->lanes(); }
    QString tipAt(QPointF at) {
        QHelpEvent hover(QEvent::ToolTip, at.toPoint(), chart_->viewport()->mapToGlobal(at.toPoint()));
        QApplication::sendEvent(chart_->viewport(), &hover);
        return QToolTip::text();
    }
    void drag(QWidget* on, QPointF from, QPointF to) {
        QTest::mousePress(on, Qt::LeftButton, {}, from.toPoint());
        QTest::mouseMove(on, ((from + to) / 2).toPoint());
        QTest::mouseMove(on, to.toPoint());
        QTest::mouseRelease(on, Qt::LeftButton, {}, to.toPoint());
    }
    // Pixels of a colour in a part of the chart, as it is drawn.
    int painted(QRectF part, QColor colour) {
        const QImage picture = chart_->viewport()->grab().toImage();
        int count = 0;
        for (int y = static_cast<int>(part.top()); y < part.bottom(); ++y) {
            for (int x = static_cast<int>(part.left()); x < part.right(); ++x)
                count += picture.valid(x, y) && picture.pixelColor(x, y).rgb() == colour.rgb() ? 1 : 0;
        }
        return count;
    }

    Snapshot all_;
    std::shared_ptr<const ScoreIndex> index_;
    Selection selection_;
    QWidget host_;
    OverviewStrip* overview_ = new OverviewStrip;
    ScoreChart* chart_ = new ScoreChart(selection_);
};

TEST_F(Chart, FiftyMachinesKeepLanesOneCanReadAndScroll) {
    show(50);
    ASSERT_EQ(index_->lanes.size(), 50U);
    EXPECT_GE(lanes().laneHeight(0), LaneLayout::kLeast_px - LaneLayout::kGap_px);
    ASSERT_TRUE(chart_->scrollBar()->isVisible());
    EXPECT_FALSE(lanes().inSight(49));
    chart_->setFocus();
    for (int at = 0; at < 10; ++at) QTest::keyClick(chart_, Qt::Key_PageDown);
    EXPECT_TRUE(lanes().inSight(49));
    EXPECT_FALSE(lanes().inSight(0));
    EXPECT_FALSE(lanes().marksOfLane(49).empty());
    EXPECT_LE(plot().bottom(), chart_->height()) << "the axis of time does not scroll away";

    const auto record = std::find_if(all_->records.begin(), all_->records.end(), [&](const Record& one) {
        return one.machine == index_->lanes[3].machine && one.severity != Severity::none;
    });
    selection_.selectRecord(RecordIndex(static_cast<std::uint32_t>(record - all_->records.begin())));
    EXPECT_TRUE(lanes().inSight(3)) << "what is selected is scrolled to";
    const int before = chart_->scrollBar()->value();
    QWheelEvent wheel(plot().center(), chart_->mapToGlobal(plot().center()), {}, {0, -120}, {}, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(chart_->viewport(), &wheel);
    EXPECT_GT(chart_->scrollBar()->value(), before);
}

TEST_F(Chart, LongNamesOfLanesGiveWayToTheScores) {
    Investigation all = *test::synthetic_case({2, 200}).investigation;
    const std::string ends = "DU 02:00:00:00:0d:01 - RU 02:00:00:00:0e:0";
    all.machines = {ends + "1" + ends, ends + "2" + ends};  // the same when they are cut in the middle
    show(all);
    EXPECT_LT(plot().left(), chart_->width() * 0.25);
    for (const int lane : {0, 1}) {
        const QString& whole = qstring(all.machines[raw(index_->lanes[static_cast<std::size_t>(lane)].machine)]);
        EXPECT_TRUE(tipAt({8, lanes().laneTop(lane) + 4.0}).contains(whole));
    }
}

TEST_F(Chart, RecordsWithoutAFindingAboveALowThresholdAreToldApart) {
    show(1);
    const QRectF lane(plot().left(), lanes().laneTop(0), plot().width(), lanes().laneHeight(0));
    chart_->setThreshold(0.5F);
    const int above_few = painted(lane, tokens().accent), below = painted(lane, tokens().density);
    chart_->setThreshold(0.0F);
    EXPECT_GT(painted(lane, tokens().accent), above_few + below / 2);
    EXPECT_LT(painted(lane, tokens().density), below / 2);
}

TEST_F(Chart, TimesStandWhereTheyAreOnTheAxis) {
    show(2);
    const TimeRange whole = index_->whole;
    int written = 0, left_out = 0;
    for (int cut = 0; cut < 40; ++cut) {  // some of these views end where the last label would not fit
        chart_->showRange({whole.begin, whole.end - whole.length() * cut / 80});
        test::come_to_rest();
        const TimeScale scale{chart_->visibleRange(), static_cast<int>(plot().width()), &index_->fold};
        const auto ticks = time_ticks(scale.view, static_cast<int>(plot().width()) / kTimeTickEvery_px, index_->fold);
        std::size_t here = 0;
        for (const QGraphicsItem* item : chart_->scene()->items()) {
            const auto* const label = qgraphicsitem_cast<const QGraphicsTextItem*>(item);
            if (label == nullptr || !label->isVisible()) continue;
            const QRectF box = label->sceneBoundingRect();
            const QString text = label->toPlainText().remove(QChar(0x200B));
            if (text.isEmpty() || box.top() < plot().bottom()) continue;
            const double x = box.center().x() - plot().left();
            EXPECT_TRUE(
                std::any_of(ticks.begin(), ticks.end(),
                            [&](const Tick& tick) { return tick.text == text && std::abs(scale.x_of(tick.time) - x) < 2; }))
                << text.toStdString() << " at " << x << ", view " << cut;
            ++here;
        }
        EXPECT_GE(here + 1, ticks.size());
        left_out += here < ticks.size() ? 1 : 0;
        written += static_cast<int>(here);
    }
    EXPECT_GT(written, 100);
    EXPECT_GT(left_out, 0) << "no view of this test has a label that the edge would cut";
}

TEST_F(Chart, AClickOnAMachineCollapsesItsLaneAndNoMarkIsLost) {
    show(3);
    const auto marks = lanes().marksOfLane(1);
    const int open = lanes().laneHeight(1), other = lanes().laneHeight(0);
    const QPoint name(8, lanes().laneTop(1) + open / 2);
    QTest::mouseClick(chart_->viewport(), Qt::LeftButton, {}, name);
    EXPECT_EQ(lanes().laneHeight(1), LaneLayout::kCollapsed_px - LaneLayout::kGap_px);
    EXPECT_GT(lanes().laneHeight(0), other);
    std::vector<std::pair<int, Severity>> before, after;
    for (const Mark& mark : marks) before.emplace_back(mark.x, mark.severity);
    for (const Mark& mark : lanes().marksOfLane(1)) after.emplace_back(mark.x, mark.severity);
    for (const auto& shape : before) EXPECT_NE(std::find(after.begin(), after.end(), shape), after.end());
    QTest::mouseClick(chart_->viewport(), Qt::LeftButton, {}, QPoint(8, lanes().laneTop(1) + 8));
    EXPECT_EQ(lanes().laneHeight(1), open);
    chart_->setFocus();
    QTest::keyClick(chart_, Qt::Key_Down, Qt::ControlModifier);
    EXPECT_EQ(chart_->currentLane(), 1U);
    QTest::keyClick(chart_, Qt::Key_C);
    EXPECT_EQ(lanes().laneHeight(1), LaneLayout::kCollapsed_px - LaneLayout::kGap_px);
}

TEST_F(Chart, OneMachineAloneTakesAllTheRoomAndAsksTheListsToFollow) {
    show(3);
    QSignalSpy asked(chart_, &ScoreChart::machineRequested);
    chart_->singleOut(2);
    EXPECT_EQ(lanes().laneHeight(0), 0);
    EXPECT_GT(lanes().laneHeight(2), plot().height() - 10);
    ASSERT_EQ(asked.count(), 1);
    EXPECT_EQ(asked.front().front().toString(), qstring(all_->machines[raw(index_->lanes[2].machine)]));
    chart_->singleOut(std::nullopt);
    EXPECT_TRUE(lanes().inSight(0));
    EXPECT_TRUE(asked.back().front().toString().isEmpty());
}

TEST_F(Chart, TheLineSaysHowManyRecordsLieAboveItWhileItIsDragged) {
    show(3);
    QString seen;
    QObject::connect(chart_, &ScoreChart::thresholdDragged, &host_, [&](float threshold) {
        const auto lane = index_->lanes[1].machine;
        const auto above = std::count_if(all_->records.begin(), all_->records.end(), [&](const Record& record) {
            const bool drawn = !record.trivial || record.severity != Severity::none;
            return drawn && record.machine == lane && record.score >= threshold;
        });
        EXPECT_EQ(lanes().thresholdText(1), score_text(threshold) + QString::fromUtf8(" · ") + count_text(above) + " above");
        seen = lanes().thresholdText(1);
    });
    const double y = lanes().thresholdY(1);
    double x = plot().left() + 1;
    while (lanes().recordAt({x, y})) x += 3;
    drag(chart_->viewport(), {x, y}, {x, y - 20});
    EXPECT_FALSE(seen.isEmpty());
    EXPECT_GT(chart_->threshold(), 0.5F);
    EXPECT_FALSE(lanes().thresholdText(1).contains(QString::fromUtf8("·"))) << "dropped";
}

TEST_F(Chart, KeysMoveTheThresholdAndWalkTheMarksOfALane) {
    show(3);
    chart_->setFocus();
    QSignalSpy changed(chart_, &ScoreChart::thresholdChanged);
    QTest::keyClick(chart_, Qt::Key_Up, Qt::AltModifier);
    EXPECT_FLOAT_EQ(chart_->threshold(), 0.51F);
    QTest::keyClick(chart_, Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
    EXPECT_FLOAT_EQ(chart_->threshold(), 0.46F);
    EXPECT_EQ(changed.count(), 2);

    QTest::keyClick(chart_, Qt::Key_Down, Qt::ControlModifier);
    std::vector<std::uint32_t> expected, walked;
    for (const auto& tier : index_->lanes[1].anomalies) {
        for (const auto& one : tier) expected.push_back(one.record);
    }
    std::sort(expected.begin(), expected.end(), [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(all_->records[a].start, a) < std::pair(all_->records[b].start, b);
    });
    for (std::size_t at = 0; at < expected.size(); ++at) {
        QTest::keyClick(chart_, Qt::Key_Right, Qt::ControlModifier);
        walked.push_back(raw(*selection_.record()));
    }
    EXPECT_EQ(walked, expected);
    QTest::keyClick(chart_, Qt::Key_Left, Qt::ControlModifier);
    EXPECT_EQ(raw(*selection_.record()), expected[expected.size() - 2]);
}

TEST_F(Chart, TheLaneKeysActOnIsFramedWhileTheChartHasTheFocus) {
    show(3);
    const QRectF edge(plot().left(), lanes().laneTop(0), plot().width(), 2);
    chart_->clearFocus();
    test::come_to_rest();
    const int without = painted(edge, tokens().accent);
    chart_->setFocus();
    test::come_to_rest();
    EXPECT_GT(painted(edge, tokens().accent), without + plot().width() / 2);
}

TEST_F(Chart, SaysWhatIsSelectedToThoseWhoHearIt) {
    show(3);
    const QAccessibleInterface* const heard = QAccessible::queryAccessibleInterface(chart_);
    ASSERT_TRUE(heard);
    EXPECT_EQ(heard->role(), QAccessible::Chart);
    EXPECT_EQ(heard->text(QAccessible::Name), "Score over time");
    const Lane::Anomaly& one = index_->lanes[2].anomalies[static_cast<std::size_t>(Severity::critical)].front();
    selection_.selectRecord(RecordIndex(one.record));
    const QString value = heard->text(QAccessible::Value);
    EXPECT_TRUE(value.contains(record_title(*all_, all_->records[one.record]))) << value.toStdString();
    EXPECT_TRUE(value.contains("severity critical"));
    EXPECT_TRUE(value.contains(score_text(one.score)));
    EXPECT_TRUE(value.contains(lanes().thresholdText(2)));
}

TEST_F(Chart, DrawsIncidentsAndMaintenanceForAsLongAsTheyLasted) {
    Investigation all = *test::synthetic_case({1, 60}).investigation;
    for (Record& record : all.records) {
        record.severity = Severity::none;
        record.trivial = record.kind == RecordKind::interval;
    }
    std::vector<Record*> sessions;
    for (Record& record : all.records) {
        if (record.kind == RecordKind::session) sessions.push_back(&record);
    }
    for (std::size_t at = 10; at < 14; ++at) {
        sessions[at]->severity = Severity::high;
        sessions[at]->type = RecordType::host_unavailable;
    }
    Record& quiet = *std::find_if(all.records.begin() + 60, all.records.end(),
                                  [](const Record& one) { return one.kind == RecordKind::interval; });
    quiet.trivial = false;
    quiet.end = quiet.start + std::chrono::hours(1);
    const TimeRange lasted{sessions[10]->start, std::max(sessions[13]->end, sessions[13]->start)};
    show(std::move(all));
    chart_->clearFocus();  // its frame would lie over the bar
    ASSERT_EQ(index_->lanes[0].spans.incidents.size(), 1U);
    const Incident& incident = index_->lanes[0].spans.incidents.front();
    EXPECT_EQ(incident.count, 4);
    EXPECT_EQ(incident.range, lasted);
    ASSERT_EQ(index_->lanes[0].spans.quiet.size(), 1U);

    const double left = plot().left() + lanes().scale().x_of(lasted.begin);
    const double right = plot().left() + lanes().scale().x_of(lasted.end);
    const QRectF bar(left, lanes().laneTop(0), right - left, kIncidentBar_px);
    EXPECT_GE(painted(bar.adjusted(0, -3, 0, 3), tokens().high),
              (std::floor(right) - std::ceil(left) - 1) * (kIncidentBar_px - 1))
        << bar.top();
    EXPECT_EQ(painted({plot().left(), bar.top(), left - plot().left() - 2, kIncidentBar_px}, tokens().high), 0);
    const TimeRange interval = index_->lanes[0].spans.quiet.front();
    const double middle = plot().left() + lanes().scale().x_of(interval.begin + interval.length() / 2);
    EXPECT_TRUE(tipAt({middle, lanes().laneTop(0) + 5.0}).contains("maintenance"));
    EXPECT_TRUE(tipAt({(left + right) / 2, lanes().laneTop(0) + 2.0}).contains("4 records in a row"))
        << QToolTip::text().toStdString();
}

TEST_F(Chart, DrawsBookmarksFlagsAndNotesAndAClickOnOneGoesThere) {
    Investigation all = *test::synthetic_case({1, 60}).investigation;
    for (Record& record : all.records) record.severity = Severity::none;
    std::vector<std::uint32_t> sessions;
    for (std::uint32_t at = 0; at < all.records.size(); ++at) {
        if (all.records[at].kind == RecordKind::session) sessions.push_back(at);
    }
    const std::uint32_t marked = sessions[20], noted = sessions[40];
    all.records[noted].label = LabelClass::unsure;
    all.labels = {{RecordIndex(noted), 1, {LabelClass::unsure, "", "look at the roller", "ada", Time{}}, false}};
    show(std::move(all));
    const std::int64_t line = all_->records[marked].span.offset + 3;
    const auto marks = std::make_shared<const Bookmarks>(Bookmarks{{BookmarkKind::bookmark, RecordIndex(marked), line, Time{}},
                                                                   {BookmarkKind::flag, RecordIndex(9999), {}, Time{}}});
    const double x = plot().left() + lanes().scale().x_of(all_->records[marked].start);
    const QRectF spot(x + pin_aside(BookmarkKind::bookmark) - 4, lanes().laneTop(0) + pin_middle(lanes().laneHeight(0)) - 5, 8,
                      10);
    EXPECT_EQ(painted(spot, tokens().accent), 0);
    chart_->setBookmarks(marks);
    overview_->setBookmarks(all_, marks);
    EXPECT_GT(painted(spot, tokens().accent), 15);
    EXPECT_EQ(overview_->pins().size(), 1U) << "one on a record that is not there stands nowhere";
    QTest::mouseClick(chart_->viewport(), Qt::LeftButton, {}, spot.center().toPoint());
    ASSERT_EQ(selection_.record(), RecordIndex(marked));
    EXPECT_EQ(selection_.line(), line);
    const double foot = lanes().laneTop(0) + lanes().laneHeight(0) - kVerdictFoot_px;
    EXPECT_TRUE(tipAt({plot().left() + lanes().scale().x_of(all_->records[noted].start), foot}).contains("look at the roller"));
}

TEST_F(Chart, TheWindowOfTheOverviewMovesAndItsEdgesStretchIt) {
    show(2);
    const auto length = index_->fold.folded(index_->whole).length();
    const Time begin = index_->fold.folded(index_->whole).begin;
    const auto at = [&](int part) { return index_->fold.unfolded(begin + length * part / 10); };
    chart_->showRange({at(3), at(5)});
    const double middle = overview_->height() / 2.0;
    drag(overview_, {overview_->xOf(at(5)), middle}, {overview_->xOf(at(7)), middle});
    EXPECT_NEAR(overview_->xOf(chart_->visibleRange().end), overview_->xOf(at(7)), 2);
    EXPECT_NEAR(overview_->xOf(chart_->visibleRange().begin), overview_->xOf(at(3)), 2);
    drag(overview_, {overview_->xOf(at(3)), middle}, {overview_->xOf(at(1)), middle});
    EXPECT_NEAR(overview_->xOf(chart_->visibleRange().begin), overview_->xOf(at(1)), 2);
    const auto stretched = index_->fold.folded(chart_->visibleRange()).length();
    drag(overview_, {overview_->xOf(at(4)), middle}, {overview_->xOf(at(5)), middle});
    EXPECT_EQ(index_->fold.folded(chart_->visibleRange()).length(), stretched) << "moved, not stretched";
    EXPECT_NEAR(overview_->xOf(chart_->visibleRange().begin), overview_->xOf(at(2)), 2);
    QTest::mouseClick(overview_, Qt::LeftButton, {}, QPoint(static_cast<int>(overview_->xOf(at(9))), 20));
    EXPECT_EQ(chart_->visibleRange().end, index_->whole.end) << "a click outside jumps there";
}

TEST(ChartLegend, NamesEveryMark) {
    ChartLegendButton button;
    button.show();
    QTest::mouseClick(&button, Qt::LeftButton);
    ASSERT_TRUE(button.legend()->isVisible());
    for (const char* word :
         {"critical", "low", "incident", "maintenance", "anomaly", "normal", "unsure", "note", "bookmark", "flag"})
        EXPECT_TRUE(button.legend()->accessibleDescription().contains(word)) << word;
    button.legend()->hide();
}

}  // namespace
}  // namespace abm
