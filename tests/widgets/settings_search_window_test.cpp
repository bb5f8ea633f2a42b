// Detectors and settings in the real window: chosen in a dialog, searched on labels, adopted or not.
#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>

#include "app/workbench/detectors_dialog.h"
#include "app/workbench/search_dialog.h"
#include "tests/widgets/expert_window.h"
#include "widgets/models_panel.h"

namespace abm {
namespace {

using test::ExpertWindow;

TEST(DetectorsDialog, ShowsTheSettingsAndGivesThemBack) {
    DetectorsDialog dialog{ModelSettings()};
    dialog.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&dialog));
    EXPECT_EQ(dialog.settings(), ModelSettings());
    EXPECT_FALSE(dialog.box("iforest")->isEnabled());
    EXPECT_TRUE(dialog.box("knn")->isChecked());
    EXPECT_FALSE(dialog.box("lof")->isChecked());
    EXPECT_FALSE(dialog.field("lof", "k")->isEnabled());
    QTest::mouseClick(dialog.box("lof"), Qt::LeftButton, {}, QPoint(8, dialog.box("lof")->height() / 2));
    EXPECT_TRUE(dialog.field("lof", "k")->isEnabled());
    auto* const k = qobject_cast<QDoubleSpinBox*>(dialog.field("lof", "k"));
    k->setFocus();
    k->selectAll();
    QTest::keyClicks(k, "7\t");
    const ModelSettings chosen = dialog.settings();
    EXPECT_EQ(settings_text(chosen), "iforest; stats; knn; sequence; lof (k 7)");
    dialog.setSettings(chosen);
    EXPECT_EQ(dialog.settings(), chosen);
    QTest::mouseClick(dialog.defaultsButton(), Qt::LeftButton);
    EXPECT_EQ(dialog.settings(), ModelSettings());
}

TEST(SearchDialog, ChanceLeavesTheCurrentSettingsChosen) {
    SettingsSearch found;
    const Estimate figure{0.8, 0.7, 0.9};
    found.candidates = {{ModelSettings(), "current settings", {figure, figure, figure, figure}, {0, 0, 0}, false},
                        {ModelSettings(), "knn k 10", {figure, figure, figure, figure}, {0.02, -0.01, 0.05}, false}};
    found.planned = 5;
    found.verdict = "The largest gain may be chance: the current settings stay.";
    SearchDialog dialog;
    dialog.show();
    QSignalSpy adopted(&dialog, &SearchDialog::adoptRequested);
    dialog.setFound(found);
    EXPECT_EQ(dialog.table()->currentIndex().row(), 0);
    EXPECT_FALSE(dialog.adoptButton()->isEnabled()) << "there is nothing to adopt in the current settings";
    EXPECT_TRUE(dialog.verdict()->text().contains("2 of 5 candidates"));
    dialog.table()->selectRow(1);
    QTest::mouseClick(dialog.adoptButton(), Qt::LeftButton);
    EXPECT_EQ(adopted.count(), 1);
    dialog.show();
    QTest::mouseClick(dialog.discardButton(), Qt::LeftButton);
    EXPECT_EQ(dialog.table()->model()->rowCount(), 0);
}

TEST_F(ExpertWindow, ASearchRunsBesideAndIsAdoptedOnlyWhenAsked) {
    open();
    for (int at = 0; at < 12; ++at) {
        press(at % 2 == 0 ? Qt::Key_1 : Qt::Key_0);
        ASSERT_TRUE(settle());
    }
    ModelsPanel& panel = *window_->triage()->models();
    window_->triage()->showView(View::models);
    const std::size_t before = panel.models().size();
    QTest::mouseClick(panel.searchButton(), Qt::LeftButton);
    auto* const search = window_->findChild<SearchDialog*>();
    ASSERT_TRUE(search != nullptr && search->isVisible());
    QTest::mouseClick(search->startButton(), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return search->table()->model()->rowCount() > 3; }, 120'000)) << "no comparison";
    EXPECT_EQ(panel.models().size(), before) << "nothing is made before it is asked for";
    search->table()->selectRow(1);
    QTest::mouseClick(search->adoptButton(), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel.models().size() > before; }, 120'000));
    ASSERT_TRUE(settle());
    EXPECT_EQ(panel.models().front().state, ShownModelState::current);
    EXPECT_TRUE(panel.models().front().detectors.contains("weight 0")) << panel.models().front().detectors.toStdString();
}

TEST_F(ExpertWindow, ChosenDetectorsMakeACandidateTheHistoryNames) {
    open();
    ModelsPanel& panel = *window_->triage()->models();
    window_->triage()->showView(View::models);
    const std::size_t before = panel.models().size();
    QTest::mouseClick(panel.detectorsButton(), Qt::LeftButton);
    auto* const dialog = window_->findChild<DetectorsDialog*>();
    ASSERT_NE(dialog, nullptr);
    picture("detectors", dialog);
    dialog->box("ocsvm")->click();
    QTest::mouseClick(dialog->trainButton(), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return panel.models().size() > before; }, 120'000));
    EXPECT_EQ(panel.models().front().state, ShownModelState::candidate);
    EXPECT_EQ(panel.models().front().detectors, "iforest; stats; knn; sequence; ocsvm");
}

}  // namespace
}  // namespace abm
