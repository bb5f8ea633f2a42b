// The model history and before/after by themselves.
#include "widgets/models_panel.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "tests/widgets/synthetic_investigation.h"
#include "widgets/comparison_view.h"
#include "widgets/empty_state.h"

namespace abm {
namespace {

ShownModel model(std::int64_t version, ShownModelState state) {
    ShownModel made;
    made.version = version;
    made.state = state;
    made.who = "mira";
    made.records = 600;
    made.labels = 20;
    return made;
}

ShownModel compared(std::int64_t version, RecordIndex changed) {
    ShownModel made = model(version, ShownModelState::candidate);
    made.comparison.before_name = "model 1";
    made.comparison.after_name = "model 2";
    made.comparison.caveat = "Labels come mostly from the top of the queue.";
    made.comparison.measures = {{"average precision", ".92 [.89, .95]", ".95 [.93, .97]", "+.03", {}, 1},
                                {"false alarms of normal", "1 %", "2 %", "+1 %", {}, -1}};
    made.comparison.confusion = ShownConfusion{58, 4, 2, 160, 3, -3, -1, 1};
    made.comparison.changed_sides = 14;
    made.comparison.changes = {{changed, .41F, .82F, "like #212"}};
    return made;
}

class ModelsPanelShown : public ::testing::Test {
protected:
    ModelsPanelShown() {
        panel_.resize(640, 460);
        panel_.show();
        panel_.setSnapshot(made_.investigation);
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&panel_));
    }
    test::SyntheticCase made_ = test::synthetic_case({});
    ModelsPanel panel_;
};

TEST_F(ModelsPanelShown, SaysTheNextStepWhileThereIsNoModel) {
    panel_.setLabels(0, 0);
    ASSERT_TRUE(panel_.emptyState()->isVisible());
    EXPECT_TRUE(panel_.emptyState()->cause().contains("press 0-9"));
    panel_.setLabels(4, 4);
    EXPECT_TRUE(panel_.emptyState()->cause().contains("4 labels"));
    EXPECT_EQ(panel_.retrainButton()->text(), "Retrain +4");
}

TEST_F(ModelsPanelShown, ChoosesANewCandidateAndOffersWhatCanBeDoneWithIt) {
    panel_.setModels({model(1, ShownModelState::current)});
    EXPECT_EQ(panel_.chosen(), 1);
    EXPECT_FALSE(panel_.adoptButton()->isEnabled()) << "the current model is adopted";
    EXPECT_FALSE(panel_.rollBackButton()->isEnabled());
    panel_.setModels({compared(2, made_.worst()), model(1, ShownModelState::current)});
    EXPECT_EQ(panel_.chosen(), 2);
    QSignalSpy adopted(&panel_, &ModelsPanel::adoptRequested), discarded(&panel_, &ModelsPanel::discardRequested);
    QTest::mouseClick(panel_.adoptButton(), Qt::LeftButton);
    QTest::mouseClick(panel_.discardButton(), Qt::LeftButton);
    ASSERT_EQ(adopted.count(), 1);
    EXPECT_EQ(adopted.front().front().toLongLong(), 2);
    EXPECT_EQ(discarded.count(), 1);
    panel_.setModels({model(2, ShownModelState::current), model(1, ShownModelState::earlier)});
    EXPECT_EQ(panel_.chosen(), 2);
    EXPECT_TRUE(panel_.rollBackButton()->isEnabled());
    EXPECT_FALSE(panel_.discardButton()->isEnabled()) << "the current model cannot be discarded";
}

TEST_F(ModelsPanelShown, SetsBeforeAndAfterSideBySideWithSignAndColour) {
    panel_.setModels({compared(2, made_.worst()), model(1, ShownModelState::current)});
    const auto* const measures = panel_.comparison()->measures()->model();
    ASSERT_EQ(measures->rowCount(), 2);
    EXPECT_EQ(measures->index(0, 1).data().toString(), ".92 [.89, .95]");
    EXPECT_EQ(measures->index(0, 3).data().toString(), "+.03");
    EXPECT_NE(measures->index(0, 3).data(Qt::ForegroundRole), measures->index(1, 3).data(Qt::ForegroundRole));
    EXPECT_EQ(panel_.comparison()->caveat()->text(), "Labels come mostly from the top of the queue.");
    EXPECT_TRUE(panel_.comparison()->changesTitle()->text().contains("14"));
}

TEST_F(ModelsPanelShown, SelectsTheRecordThatChangedSideOnAClick) {
    panel_.setModels({compared(2, made_.worst()), model(1, ShownModelState::current)});
    std::optional<RecordIndex> chosen;
    QObject::connect(&panel_, &ModelsPanel::recordChosen, &panel_, [&](RecordIndex record) { chosen = record; });
    QTableView* const changes = panel_.comparison()->changes();
    ASSERT_EQ(changes->model()->rowCount(), 1);
    EXPECT_EQ(changes->model()->index(0, 4).data().toString(), ".82 ↑");
    QTest::mouseClick(changes->viewport(), Qt::LeftButton, {}, changes->visualRect(changes->model()->index(0, 1)).center());
    EXPECT_EQ(chosen, made_.worst());
}

TEST_F(ModelsPanelShown, RetrainsByItselfOnlyWhenAsked) {
    EXPECT_EQ(panel_.everyLabels()->value(), 0);
    EXPECT_EQ(panel_.everyDays()->value(), 0);
    EXPECT_TRUE(panel_.everyLabels()->text().contains("off"));
    QSignalSpy changed(&panel_, &ModelsPanel::automaticChanged);
    panel_.setAutomatic(25, 7);
    EXPECT_EQ(changed.count(), 0) << "what is stored is shown, not asked for again";
    panel_.everyLabels()->setValue(50);
    ASSERT_EQ(changed.count(), 1);
    EXPECT_EQ(changed.front()[0].toLongLong(), 50);
    EXPECT_EQ(changed.front()[1].toLongLong(), 7);
}

TEST_F(ModelsPanelShown, ChangesNoModelWhereItCannot) {
    panel_.setModels({compared(2, made_.worst()), model(1, ShownModelState::current)});
    panel_.setBlocked("This workspace is read-only.");
    EXPECT_FALSE(panel_.retrainButton()->isEnabled());
    EXPECT_FALSE(panel_.adoptButton()->isEnabled());
    panel_.setBlocked({});
    EXPECT_TRUE(panel_.adoptButton()->isEnabled());
    panel_.setTraining(true, 0.5);
    EXPECT_FALSE(panel_.retrainButton()->isEnabled()) << "one training at a time";
}

}  // namespace
}  // namespace abm
