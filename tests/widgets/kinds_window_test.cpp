// Several kinds of sources in one window: lanes, counts, the kind as a filter, samples.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QLabel>
#include <QPushButton>
#include <set>

#include "app/workbench/record_key.h"
#include "app/workbench/sample.h"
#include "app/workbench/start_page.h"
#include "tests/widgets/other_sources.h"
#include "widgets/filter_bar.h"
#include "widgets/label_panel.h"
#include "widgets/lane_item.h"
#include "widgets/record_view.h"
#include "widgets/score_chart.h"
#include "widgets/session_model.h"

namespace abm::test {
namespace {

class KindsWindow : public OtherSources {
protected:
    const ScoreIndex& index() { return *window_->triage()->loaded().index; }
    ScoreChart& chart() { return *window_->triage()->chart(); }
    std::vector<std::string> lanes(bool shown_only = false) {
        std::vector<std::string> names;
        for (std::size_t at = 0; at < index().lanes.size(); ++at) {
            if (!shown_only || chart().lanes()->layout().shown(at)) names.push_back(index().lanes[at].name);
        }
        return names;
    }
    QString title() {
        QString words;
        for (const QLabel* const label : window_->triage()->topBar()->findChildren<QLabel*>()) words += label->text() + '\n';
        return words;
    }
    std::set<RecordView> listed() {
        std::set<RecordView> views;
        const SessionModel& model = *window_->triage()->sessions()->model();
        for (int row = 0; row < model.rowCount(); ++row) views.insert(view_of(all(), all().records[raw(*model.recordAt(row))]));
        return views;
    }
};

TEST_F(KindsWindow, ManyEntitiesOfAFileShareALaneAndAreNoMachines) {
    openFiles({ueLog(60), journals()});
    const auto names = lanes();
    EXPECT_EQ(names.size(), 3U) << "two machines and the log";
    EXPECT_TRUE(std::ranges::count(names, "ue-events.log"));
    EXPECT_TRUE(title().contains("2 machines, 60 other entities")) << title().toStdString();
    // The lane follows the selection, and its "only" keeps the list to the file.
    ASSERT_TRUE(select(RecordType::attach_failed));
    EXPECT_EQ(index().lanes[chart().currentLane()].name, "ue-events.log");
    chart().singleOut(chart().currentLane());
    ASSERT_TRUE(settle());
    EXPECT_EQ(listed(), std::set<RecordView>{RecordView::entity});
    picture("lanes");
}

TEST_F(KindsWindow, FewEntitiesHaveALaneEach) {
    openFiles({metrics(2)});
    EXPECT_EQ(lanes().size(), 6U);
    EXPECT_TRUE(title().contains("6 entities")) << title().toStdString();
}

TEST_F(KindsWindow, TheKindIsAFilterOfListAndChart) {
    openFiles({capture(), metrics(2), ueLog(60), journals()});
    EXPECT_EQ(lanes(true).size(), lanes().size());
    RecordFilter filter;
    filter.chips = {severity_chip(Severity::low), values_chip(FilterKind::view, {"packets"})};
    emit window_->triage()->topBar()->filters()->filterChanged(filter);
    ASSERT_TRUE(settle());
    EXPECT_EQ(listed(), std::set<RecordView>{RecordView::packets});
    EXPECT_EQ(lanes(true).size(), 1U) << "the chart shows the lanes of that kind";
    filter.chips = {values_chip(FilterKind::view, {"packets", "session", "interval"}, true)};
    emit window_->triage()->topBar()->filters()->filterChanged(filter);
    ASSERT_TRUE(settle());
    EXPECT_EQ(listed(), (std::set<RecordView>{RecordView::series, RecordView::entity}));
    emit window_->triage()->topBar()->filters()->filterChanged(RecordFilter());
    ASSERT_TRUE(settle());
    EXPECT_EQ(lanes(true).size(), lanes().size());
    EXPECT_EQ(words_of(values_chip(FilterKind::view, {"packets"})), "kind: capture windows");
}

TEST_F(KindsWindow, TheKeysGiveTheTypesOfTheKindOfRecord) {
    openFiles({capture(), metrics(2), ueLog(60), journals()});
    LabelPanel& panel = *window_->triage()->labelPanel();
    const auto pressed = [&](RecordType on, Qt::Key key) {
        EXPECT_TRUE(select(on));
        const RecordIndex record = selected();
        press(key);
        EXPECT_TRUE(settle());
        const StandingLabel* const label = all().label_of(record);
        return label ? label->label.type : std::string("none");
    };
    ASSERT_TRUE(select(RecordType::silence));
    EXPECT_EQ(panel.types().size(), 9U);
    EXPECT_EQ(pressed(RecordType::silence, Qt::Key_2), "missing_responses");
    ASSERT_TRUE(select(RecordType::spike));
    EXPECT_EQ(panel.types().size(), 5U);
    EXPECT_TRUE(window_->actions().types[4]->isEnabled());
    EXPECT_FALSE(window_->actions().types[5]->isEnabled());
    EXPECT_EQ(pressed(RecordType::spike, Qt::Key_3), "drift");
    EXPECT_EQ(pressed(RecordType::drop, Qt::Key_9), "none") << "no type of a series has this key";
    EXPECT_EQ(pressed(RecordType::attach_failed, Qt::Key_1), "attach_failed");
    EXPECT_EQ(pressed(RecordType::cash_at_risk, Qt::Key_2), "dispense_fault");
    ASSERT_TRUE(select(RecordType::cash_at_risk));
    EXPECT_EQ(window_->actions().types[0]->text(), "× cash at risk");
    ASSERT_TRUE(select(RecordType::late_response));
    EXPECT_LE(panel.widget()->width(), panel.viewport()->width()) << "the ends of a conversation push the keys out of sight";
    picture("types");
}

TEST_F(KindsWindow, EveryListKeepsTheRulesOfModels) {
    open(false);
    std::set<QAbstractItemModel*> models;
    for (const QAbstractItemView* const view : window_->findChildren<QAbstractItemView*>()) {
        // What Qt makes of combo boxes and menus is its own.
        if (view->model() == nullptr || QString(view->model()->metaObject()->className()).startsWith('Q')) continue;
        if (!models.insert(view->model()).second) continue;
        new QAbstractItemModelTester(view->model(), QAbstractItemModelTester::FailureReportingMode::Fatal, window_.get());
    }
    EXPECT_GE(models.size(), 6U) << "sessions, queue, sources, ledger, jobs, packets";
    window_->openPaths({QString::fromStdString(capture().string()), QString::fromStdString(metrics(2).string()),
                        QString::fromStdString(ueLog(60).string()), QString::fromStdString(journals().string())});
    ASSERT_TRUE(settle());
    for (const RecordType type : {RecordType::silence, RecordType::spike, RecordType::attach_failed, RecordType::cash_at_risk}) {
        ASSERT_TRUE(select(type));
        press(Qt::Key_1);
        ASSERT_TRUE(settle());
    }
    window_->actions().undo->trigger();
    ASSERT_TRUE(settle());
    RecordFilter filter;
    filter.chips = {values_chip(FilterKind::view, {"packets"})};
    emit window_->triage()->topBar()->filters()->filterChanged(filter);
    ASSERT_TRUE(settle());
    window_->actions().close->trigger();
    ASSERT_TRUE(settle());
}

TEST_F(KindsWindow, TheStartPageOffersASampleOfEachKind) {
    open(false);
    EXPECT_FALSE(window_->start()->otherSamples().front()->isVisible()) << "not where they cannot be made";
    std::vector<SampleKind> made;
    window_->setOtherSamples([&](SampleKind kind, const Progress& progress) {
        made.push_back(kind);
        return make_sample(kind, place("samples") / sample_title(kind).toStdString(), progress);
    });
    picture("start");
    const std::array expected{RecordView::packets, RecordView::series, RecordView::entity, RecordView::session};
    for (std::size_t at = 0; at < kOtherSamples.size(); ++at) {
        QPushButton* const button = window_->start()->otherSamples()[static_cast<int>(at)];
        ASSERT_TRUE(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        ASSERT_TRUE(settle());
        ASSERT_FALSE(window_->showsStart()) << at << ": " << window_->start()->errorText().toStdString();
        EXPECT_EQ(made.back(), kOtherSamples[at]);
        EXPECT_TRUE(window_->triage()->selection().record()) << "the gravest is selected";
        std::set<RecordView> views;
        for (const Record& each : all().records) views.insert(view_of(all(), each));
        EXPECT_TRUE(views.contains(expected[at]));
        if (kOtherSamples[at] == SampleKind::all) {
            EXPECT_GE(views.size(), 5U);
        }
        window_->actions().close->trigger();
        ASSERT_TRUE(settle());
        ASSERT_TRUE(window_->showsStart());
    }
    EXPECT_EQ(workspace_name("/x/sample-capture.abmw"), "Sample capture");
}

}  // namespace
}  // namespace abm::test
