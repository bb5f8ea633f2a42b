// The real window on generated journals: labels by keyboard, undo, retrain, adopt, export, and all of it again after a restart.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/workbench/label_desk.h"
#include "app/workbench/main_window.h"
#include "app/workbench/record_key.h"
#include "app/workbench/start_page.h"
#include "app/workbench/status_line.h"
#include "app/workbench/triage_page.h"
#include "core/generate/generate.h"
#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/expert_window.h"
#include "widgets/comparison_view.h"
#include "widgets/key_button.h"
#include "widgets/label_panel.h"
#include "widgets/models_panel.h"
#include "widgets/pane.h"
#include "widgets/queue_panel.h"
#include "widgets/session_table.h"
#include "widgets/theme.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const fs::path& file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

class LabelWindow : public test::ExpertWindow {
protected:
    TriagePage& page() { return *window_->triage(); }
};

TEST_F(LabelWindow, LabelsUndoesRetrainsAdoptsAndExports) {
    ASSERT_NO_FATAL_FAILURE(open());
    std::vector<RecordIndex> labelled;
    for (int at = 0; at < 20; ++at) {
        if (at == 10) {  // from here on the ordinary ones
            RecordFilter everything;
            emit page().topBar()->filters()->filterChanged(everything);
            page().sessions()->setOrder({RecordColumn::score, true});
            page().selection().selectRecord(*page().sessions()->model()->recordAt(0));
        }
        labelled.push_back(selected());
        press(at < 10 ? Qt::Key_1 : Qt::Key_0);
        ASSERT_TRUE(settle());
        ASSERT_NE(selected(), labelled.back()) << "a verdict goes on to the next record";
        ASSERT_EQ(labelOf(labelled.back()), at < 10 ? LabelClass::anomaly : LabelClass::normal) << at;
    }
    EXPECT_EQ(std::set<RecordIndex>(labelled.begin(), labelled.end()).size(), 20U) << "no record was labelled twice";
    EXPECT_EQ(all().labels.size(), 20U);

    press(Qt::Key_Z, Qt::ControlModifier);
    press(Qt::Key_Backspace);
    ASSERT_TRUE(settle());
    picture("verdicts");
    EXPECT_EQ(all().labels.size(), 18U);
    EXPECT_EQ(labelOf(labelled[19]), LabelClass::none);
    EXPECT_EQ(labelOf(labelled[18]), LabelClass::none);
    EXPECT_EQ(selected(), labelled[18]) << "Backspace goes back to the record";
    EXPECT_EQ(count("SELECT count(*) FROM label_events WHERE action = 'set'"), 20);
    EXPECT_EQ(count("SELECT count(*) FROM label_events WHERE action = 'undo'"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM label_events WHERE action = 'set' AND decided_ms >= 2000"), 20);

    press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_TRUE(settle());
    EXPECT_EQ(all().labels.size(), 19U) << "what was undone comes back";
    press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(settle());

    press(Qt::Key_R, Qt::ControlModifier);
    ASSERT_TRUE(settle());
    ModelsPanel& models = *page().models();
    ASSERT_EQ(models.models().size(), 2U);
    EXPECT_TRUE(models.isVisible());
    EXPECT_EQ(models.models().front().state, ShownModelState::candidate);
    EXPECT_EQ(models.models().front().labels, 18);
    EXPECT_FALSE(models.models().front().comparison.measures.empty()) << "ten of each class can be held out";
    ASSERT_TRUE(models.adoptButton()->isEnabled());
    picture("models");
    QTest::mouseClick(models.adoptButton(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    EXPECT_EQ(models.models().front().state, ShownModelState::current);
    EXPECT_EQ(models.models().back().state, ShownModelState::earlier);
    EXPECT_EQ(raw(all().scored_by.model), models.models().front().version);
    EXPECT_GE(count("SELECT count(*) FROM model_events"), 2);
    EXPECT_EQ(count("SELECT count(*) FROM models"), 2);

    const QString out = folder_.filePath("out");
    window_->exportLabelled(out + "/csv", DatasetFormat::csv);
    window_->exportLabelled(out + "/jsonl", DatasetFormat::jsonl);
    ASSERT_TRUE(settle());
    const fs::path folder(out.toStdString());
    const auto rows = lines_of(folder / "csv/labels.csv");
    ASSERT_EQ(rows.size(), 19U) << "a header and a row for each verdict that stands";
    EXPECT_TRUE(rows.front().starts_with("source,"));
    const auto objects = lines_of(folder / "jsonl/labels.jsonl");
    ASSERT_EQ(objects.size(), 18U);
    std::map<std::string, int> classes;
    for (const std::string& line : objects) ++classes[nlohmann::json::parse(line).at("label").get<std::string>()];
    EXPECT_EQ(classes["anomaly"], 10);
    EXPECT_EQ(classes["normal"], 8);
    for (const char* kind : {"csv", "jsonl"}) {
        std::ifstream manifest(folder / kind / "manifest.json");
        EXPECT_TRUE(nlohmann::json::parse(manifest).is_object()) << kind;
    }

    // After a restart everything is there again, the last record too.
    const QString last = record_key(all(), selected());
    window_->close();
    ASSERT_NO_FATAL_FAILURE(open(false));
    ASSERT_TRUE(window_->showsStart());
    ASSERT_TRUE(window_->start()->continueCard()->isVisible());
    picture("start");
    QTest::mouseClick(window_->start()->continueCard(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    EXPECT_EQ(all().labels.size(), 18U);
    EXPECT_EQ(record_key(all(), selected()), last);
    EXPECT_EQ(page().models()->models().size(), 2U);
    EXPECT_TRUE(window_->actions().undo->isEnabled()) << "undo survives a restart";
}

TEST_F(LabelWindow, IgnoresAKeyBeforeTheRecordCanHaveBeenRead) {
    ASSERT_NO_FATAL_FAILURE(open());
    const RecordIndex first = selected();
    test::come_to_rest();
    now_ += std::chrono::milliseconds(5000);
    QTest::keyClick(window_.get(), Qt::Key_1);
    test::come_to_rest();
    QTest::keyClick(window_.get(), Qt::Key_1);  // the same moment: the next record was painted just now
    now_ += std::chrono::milliseconds(149);
    QTest::keyClick(window_.get(), Qt::Key_1);
    ASSERT_TRUE(settle());
    EXPECT_EQ(all().labels.size(), 1U);
    EXPECT_EQ(labelOf(first), LabelClass::anomaly);
    now_ += std::chrono::milliseconds(1);
    QTest::keyClick(window_.get(), Qt::Key_1);
    ASSERT_TRUE(settle());
    EXPECT_EQ(all().labels.size(), 2U);
}

TEST_F(LabelWindow, StoresANoteWithTheVerdictAndTypesItInPeace) {
    ASSERT_NO_FATAL_FAILURE(open());
    const RecordIndex first = selected();
    press(Qt::Key_N);
    QLineEdit* const note = page().labelPanel()->noteField();
    ASSERT_TRUE(note->hasFocus());
    QTest::keyClicks(note, "seen 1 of 20 us");
    QTest::keyClick(note, Qt::Key_Return);
    EXPECT_TRUE(all().labels.empty()) << "no letter or digit of a note is a verdict";
    EXPECT_FALSE(note->hasFocus());
    press(Qt::Key_U);
    ASSERT_TRUE(settle());
    ASSERT_NE(all().label_of(first), nullptr);
    EXPECT_EQ(all().label_of(first)->label.label, LabelClass::unsure);
    EXPECT_EQ(all().label_of(first)->label.note, "seen 1 of 20 us");
}

TEST_F(LabelWindow, AcceptsTheSuggestionWithSpace) {
    ASSERT_NO_FATAL_FAILURE(open());
    const RecordIndex worst = selected();
    const ShownSuggestion suggestion = page().labelPanel()->suggestion();
    ASSERT_EQ(suggestion.label, LabelClass::anomaly) << "the gravest record is one";
    press(Qt::Key_Space);
    ASSERT_TRUE(settle());
    ASSERT_NE(all().label_of(worst), nullptr);
    EXPECT_EQ(all().label_of(worst)->label.type, suggestion.type.toStdString());
}

TEST_F(LabelWindow, LabelsTheAlikeInOneStepAfterAPreview) {
    ASSERT_NO_FATAL_FAILURE(open());
    emit page().topBar()->filters()->filterChanged(RecordFilter{});
    page().sessions()->setOrder({RecordColumn::score, true});
    page().selection().selectRecord(*page().sessions()->model()->recordAt(0));
    ASSERT_TRUE(settle());
    const auto alike = page().labelPanel()->alike().count;
    ASSERT_GT(alike, 0) << "ordinary withdrawals are alike";
    press(Qt::Key_B);
    EXPECT_TRUE(page().labelPanel()->alike().previewed);
    EXPECT_TRUE(all().labels.empty()) << "a preview labels nothing";
    picture("alike");
    press(Qt::Key_B);
    ASSERT_TRUE(settle());
    EXPECT_EQ(static_cast<std::int64_t>(all().labels.size()), alike + 1);
    EXPECT_EQ(count("SELECT count(DISTINCT step) FROM label_events"), 1);
    press(Qt::Key_Z, Qt::ControlModifier);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(all().labels.empty()) << "one step, one undo";
}

TEST_F(LabelWindow, GoesThroughTheQueueWhileItIsShown) {
    ASSERT_NO_FATAL_FAILURE(open());
    press(Qt::Key_L, Qt::ShiftModifier);
    ASSERT_TRUE(page().showsQueue());
    const int queued = page().queue()->model()->rowCount();
    ASSERT_GT(queued, 3);
    ASSERT_TRUE(settle());
    picture("queue");
    const auto first = page().queue()->model()->recordAt(0);
    const auto second = page().queue()->model()->recordAt(1);
    page().selection().selectRecord(*first);
    press(Qt::Key_0);
    EXPECT_EQ(page().selection().record(), second);
    ASSERT_TRUE(settle());
    EXPECT_LT(page().queue()->model()->rowOf(*first), 0) << "what is labelled leaves the queue";
    press(Qt::Key_S);
    EXPECT_NE(page().selection().record(), second) << "skipped";
    ASSERT_TRUE(settle());
    EXPECT_EQ(labelOf(*second), LabelClass::none);
}

TEST_F(LabelWindow, ShowsThatALabelWasNotStoredAndStoresItOnRetry) {
    ASSERT_NO_FATAL_FAILURE(open());
    const RecordIndex first = selected();
    auto trouble = std::make_unique<SQLite::Database>(settings_.workspace().toStdString(), SQLite::OPEN_READWRITE);
    trouble->exec(
        "CREATE TRIGGER no_label BEFORE INSERT ON label_events BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
    press(Qt::Key_1);
    ASSERT_TRUE(settle());
    ASSERT_TRUE(page().labelPanel()->retryButton()->isVisible());
    EXPECT_TRUE(page().labelPanel()->failure()->text().startsWith("Not saved"));
    EXPECT_EQ(labelOf(first), LabelClass::none) << "never shown as saved";
    EXPECT_TRUE(page().labelPanel()->lastVerdicts().isEmpty());
    trouble->exec("DROP TRIGGER no_label");
    QTest::mouseClick(page().labelPanel()->retryButton(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    EXPECT_EQ(labelOf(first), LabelClass::anomaly);
    EXPECT_FALSE(page().labelPanel()->retryButton()->isVisible());
}

TEST_F(LabelWindow, OpensAnotherWorkspaceAndKeepsThemApart) {
    ASSERT_NO_FATAL_FAILURE(open());
    press(Qt::Key_1);
    ASSERT_TRUE(settle());
    const QString other = folder_.filePath("Harbour street.abmw");
    window_->openWorkspace(other);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(window_->windowTitle().startsWith("Harbour street"));
    EXPECT_TRUE(all().records.empty());
    EXPECT_TRUE(page().labelPanel()->lastVerdicts().isEmpty());
    window_->openPaths({settings_.workspace()});
    ASSERT_TRUE(settle());
    EXPECT_EQ(all().labels.size(), 1U);
    EXPECT_EQ(settings_.recent().front().workspace, settings_.workspace());
    EXPECT_TRUE(settings_.recent().front().summary.contains("1 label"));
}

TEST_F(LabelWindow, SaysWhyAWorkspaceCannotBeOpened) {
    const QString broken = folder_.filePath("broken.abmw");
    {
        std::ofstream out(broken.toStdString());
        out << "no workspace at all, but long enough to be looked at as a database file of some kind or other";
    }
    ASSERT_NO_FATAL_FAILURE(open(false));
    window_->openWorkspace(broken);
    ASSERT_TRUE(QTest::qWaitFor([&] { return window_->showsStart() && window_->settled(); }, 10000));
    const auto labels = window_->start()->findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(),
                            [](QLabel* label) { return label->isVisible() && label->text().contains("broken.abmw"); }));
}

}  // namespace
}  // namespace abm
