// Label mode in the real window, by real keys: a session of a hundred records, all of it taken back, and what stands around it.
#include "app/workbench/label_mode.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <QDir>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <bit>
#include <fstream>
#include <set>

#include "app/workbench/command_palette.h"
#include "app/workbench/keys_dialog.h"
#include "app/workbench/label_desk.h"
#include "app/workbench/label_page.h"
#include "app/workbench/main_window.h"
#include "app/workbench/settings_dialog.h"
#include "app/workbench/triage_page.h"
#include "core/generate/generate.h"
#include "tests/widgets/expert_window.h"
#include "widgets/day_chart.h"
#include "widgets/empty_state.h"
#include "widgets/key_button.h"
#include "widgets/key_field.h"
#include "widgets/label_panel.h"
#include "widgets/log_panel.h"
#include "widgets/queue_panel.h"
#include "widgets/record_head.h"
#include "widgets/theme.h"

namespace abm {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class LabelModeWindow : public test::ExpertWindow {
protected:
    void openInLabelMode() {
        ASSERT_NO_FATAL_FAILURE(open());
        press(Qt::Key_L);
        ASSERT_TRUE(mode().active());
        ASSERT_TRUE(settle());
        ASSERT_TRUE(page().showsRecord());
    }
    template <class Dialog>
    Dialog* dialog() {
        Dialog* found = nullptr;
        EXPECT_TRUE(QTest::qWaitFor([&] { return (found = window_->findChild<Dialog*>()) && found->isActiveWindow(); }, 5000));
        return found;
    }
    LabelMode& mode() { return window_->labelMode(); }
    LabelPage& page() { return *window_->labelPage(); }
    std::vector<std::uint32_t> scoreBits() {
        std::vector<std::uint32_t> bits;
        for (const Record& record : all().records) bits.push_back(std::bit_cast<std::uint32_t>(record.score));
        return bits;
    }
    std::map<std::string, std::string> exported(const char* name) {
        const QString out = folder_.filePath(name);
        window_->exportLabelled(out, DatasetFormat::csv);
        EXPECT_TRUE(settle());
        std::map<std::string, std::string> files;
        for (const auto& file : fs::directory_iterator(out.toStdString()))
            files[file.path().filename().string()] = content(file.path());
        EXPECT_GE(files.size(), 3U);
        return files;
    }
};

TEST_F(LabelModeWindow, LabelsAHundredRecordsByKeyAndTakesAllOfThemBack) {
    constexpr int kRecords = 100;
    ASSERT_NO_FATAL_FAILURE(open());
    for (const Qt::Key key : {Qt::Key_1, Qt::Key_1, Qt::Key_0}) {  // three verdicts before, which must stay
        press(key);
        ASSERT_TRUE(settle());
    }
    ASSERT_EQ(all().labels.size(), 3U);
    const auto scores_before = scoreBits();
    const auto export_before = exported("before");

    press(Qt::Key_L);
    ASSERT_TRUE(settle());
    ASSERT_TRUE(mode().active());
    std::vector<RecordIndex> seen;
    std::vector<double> painted_ms;
    for (int at = 0; at < kRecords; ++at) {
        ASSERT_TRUE(page().showsRecord()) << at;
        seen.push_back(selected());
        ASSERT_EQ(labelOf(seen.back()), LabelClass::none) << at;
        QTest::qWait(2);
        now_ += std::chrono::milliseconds(1600);
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(window_.get(), at % 5 == 4 ? Qt::Key_U : at % 2 == 0 ? Qt::Key_1 : Qt::Key_0);
        ASSERT_NE(selected(), seen.back()) << "the next one stands there at once";
        page().repaint();
        painted_ms.push_back(static_cast<double>(clock.nsecsElapsed()) / 1e6);
        ASSERT_TRUE(settle());
        if (at == 47) {
            EXPECT_TRUE(page().progressText()->text().startsWith("49 of 120 · 1.6 s a record"))
                << page().progressText()->text().toStdString();
            picture("label-mode");
        }
    }
    std::sort(painted_ms.begin(), painted_ms.end());
    std::printf("key press to next record painted: p50 %.1f ms, p95 %.1f ms\n", painted_ms[kRecords / 2],
                painted_ms[kRecords * 95 / 100]);
    EXPECT_EQ(std::set<RecordIndex>(seen.begin(), seen.end()).size(), static_cast<std::size_t>(kRecords)) << "none came twice";
    EXPECT_EQ(count("SELECT count(*) FROM label_events WHERE action = 'set'"), kRecords + 3);
    EXPECT_EQ(count("SELECT count(*) FROM label_events WHERE action = 'set' AND decided_ms >= 1600"), kRecords + 3);
    EXPECT_EQ(all().labels.size(), static_cast<std::size_t>(kRecords + 3));
    EXPECT_EQ(page().panel()->lastVerdicts().size(), VerdictList::kMost);
    EXPECT_NE(scoreBits(), scores_before);

    for (int at = kRecords - 1; at >= 0; --at) {
        press(at % 2 == 0 ? Qt::Key_Backspace : Qt::Key_Z, at % 2 == 0 ? Qt::NoModifier : Qt::ControlModifier);
        ASSERT_TRUE(settle());
        ASSERT_EQ(selected(), seen[static_cast<std::size_t>(at)]) << "undo goes back to the record";
        ASSERT_EQ(labelOf(selected()), LabelClass::none);
    }
    EXPECT_TRUE(page().progressText()->text().startsWith("1 of 120 ·")) << page().progressText()->text().toStdString();
    EXPECT_EQ(scoreBits(), scores_before) << "bit by bit";
    EXPECT_EQ(exported("after"), export_before);

    press(Qt::Key_Escape);
    EXPECT_FALSE(mode().active());
    EXPECT_TRUE(window_->triage()->isVisible());
    EXPECT_EQ(selected(), seen.front()) << "triage shows the record one was at";
}

TEST_F(LabelModeWindow, ShowsTheRecordItsEvidenceItsDayAndSavesAtOnce) {
    ASSERT_NO_FATAL_FAILURE(openInLabelMode());
    const Record& record = all().records[raw(selected())];
    EXPECT_TRUE(page().head()->meta()->text().contains(QString::fromStdString(std::string(all().machine_of(record)))));
    EXPECT_TRUE(page().head()->sentence()->text().contains("color:")) << "the amount stands in the colour of its severity";
    EXPECT_TRUE(page().log()->title().contains("session"));
    EXPECT_TRUE(page().day()->day().contains(record.start));
    EXPECT_FALSE(page().day()->marks().empty());
    EXPECT_TRUE(page().panel()->suggestion().label == LabelClass::anomaly);
    EXPECT_TRUE(page().savedText()->text().contains("saved"));
    press(Qt::Key_Space);
    ASSERT_TRUE(settle());
    EXPECT_EQ(count("SELECT count(*) FROM label_events"), 1);
    EXPECT_TRUE(page().savedText()->text().contains("✓ saved"));
    press(Qt::Key_G);
    EXPECT_TRUE(page().guidelines()->isVisible());
    picture("guidelines");
    press(Qt::Key_G);
    EXPECT_FALSE(page().guidelines()->isVisible());
}

TEST_F(LabelModeWindow, DoesNotBringSkippedOnesBackAndSaysWhenNothingIsLeft) {
    ASSERT_NO_FATAL_FAILURE(openInLabelMode());
    std::set<RecordIndex> seen;
    while (page().showsRecord()) {
        ASSERT_TRUE(seen.insert(selected()).second) << "skipped ones do not come back";
        ASSERT_LT(seen.size(), all().records.size() + 1);
        press(Qt::Key_S);
        ASSERT_TRUE(settle());
    }
    EXPECT_GT(seen.size(), 150U) << "far beyond the first hundred of the queue";
    EXPECT_TRUE(all().labels.empty());
    EXPECT_TRUE(page().emptyState()->cause().contains("skipped"));
    picture("nothing-left");
    press(Qt::Key_1);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(all().labels.empty()) << "no record stands there to be labelled";
    QTest::mouseClick(page().emptyState()->button(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(page().showsRecord()) << "the skipped ones again";
}

TEST_F(LabelModeWindow, LabelsTheAlikeInOneStepAndMarksThoseOfTheDay) {
    ASSERT_NO_FATAL_FAILURE(openInLabelMode());
    for (int at = 0; at < 60 && page().panel()->alike().count == 0; ++at) {
        press(Qt::Key_S);
        ASSERT_TRUE(settle());
    }
    const auto alike = page().panel()->alike().count;
    ASSERT_GT(alike, 0);
    const RecordIndex here = selected();
    press(Qt::Key_B);
    EXPECT_TRUE(page().panel()->alike().previewed);
    picture("alike");
    press(Qt::Key_B);
    ASSERT_TRUE(settle());
    EXPECT_EQ(static_cast<std::int64_t>(all().labels.size()), alike + 1);
    EXPECT_NE(selected(), here);
    press(Qt::Key_Backspace);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(all().labels.empty());
}

TEST_F(LabelModeWindow, KeepsTheMixOfTheQueue) {
    ASSERT_NO_FATAL_FAILURE(openInLabelMode());
    QTest::mouseClick(page().mixChips().front(), Qt::LeftButton);
    MixEditor& editor = *page().mixEditor();
    ASSERT_TRUE(editor.isVisible());
    picture("mix", editor.window());
    editor.uncertain()->setValue(0);
    editor.random()->setValue(0);
    QTest::keyClick(editor.odd(), Qt::Key_1);
    EXPECT_EQ(page().mixChips().front()->text(), "100 % odd");
    editor.window()->close();
    ASSERT_TRUE(settle());
    const auto& entries = window_->triage()->queue()->model()->entries();
    EXPECT_TRUE(std::all_of(entries.begin(), entries.end(), [](const ShownQueueEntry& entry) { return entry.reason == "odd"; }));
    EXPECT_TRUE(all().labels.empty()) << "digits typed into a share are no verdict";
    const QueueMix kept = Settings(settings_.file()).queueMix();
    EXPECT_EQ(kept.uncertain + kept.random, 0);
}

TEST_F(LabelModeWindow, LeavesKeysToTextFields) {
    ASSERT_NO_FATAL_FAILURE(openInLabelMode());
    const RecordIndex here = selected();
    press(Qt::Key_N);
    QLineEdit* const note = page().panel()->noteField();
    ASSERT_TRUE(note->hasFocus());
    QTest::keyClicks(note, "L 10 us g b");
    QTest::keyClick(note, Qt::Key_Backspace);
    QTest::keyClick(note, Qt::Key_Escape);
    EXPECT_TRUE(mode().active()) << "Esc leaves the note, not label mode";
    EXPECT_EQ(selected(), here);
    EXPECT_FALSE(page().guidelines()->isVisible());
    EXPECT_TRUE(all().labels.empty());
    press(Qt::Key_F, Qt::ControlModifier);
    QTest::keyClicks(page().log()->findField(), "1 card 0");
    QTest::keyClick(page().log()->findField(), Qt::Key_Escape);
    EXPECT_TRUE(mode().active());
    EXPECT_TRUE(all().labels.empty());
}

TEST_F(LabelModeWindow, PaletteFindsAndRunsAnAction) {
    ASSERT_NO_FATAL_FAILURE(open());
    press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    auto* palette = dialog<CommandPalette>();
    ASSERT_NE(palette, nullptr);
    picture("palette", palette);
    QTest::keyClicks(palette->field(), "lab mod");
    EXPECT_EQ(palette->chosen(), window_->actions().label_mode);
    QTest::keyClick(palette->field(), Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([&] { return mode().active(); }, 2000));

    ASSERT_TRUE(settle());
    press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    palette = dialog<CommandPalette>();
    ASSERT_NE(palette, nullptr);
    QTest::keyClicks(palette->field(), "adopt");
    ASSERT_EQ(palette->chosen(), window_->actions().adopt);
    const auto* const item = palette->list()->currentItem();
    EXPECT_TRUE(item->data(Qt::AccessibleDescriptionRole).toString().contains("candidate")) << "why it is disabled";
    picture("palette-disabled", palette);
    QTest::keyClick(palette->field(), Qt::Key_Return);
    EXPECT_TRUE(palette->isVisible()) << "what is disabled is not run";
    QTest::keyClick(palette->field(), Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] { return window_->findChild<CommandPalette*>() == nullptr; }, 2000));
    EXPECT_TRUE(mode().active()) << "Esc closed the palette alone";
}

TEST_F(LabelModeWindow, ARemappedKeyWorksAndSurvivesARestart) {
    ASSERT_NO_FATAL_FAILURE(open());
    window_->actions().settings->trigger();
    auto* const settings = dialog<SettingsDialog>();
    ASSERT_NE(settings, nullptr);
    picture("settings", settings);
    settings->expert()->setText("rosa");
    emit settings->expert()->editingFinished();
    settings->showKeysTab();
    settings->chooseAction(window_->actions().normal);
    settings->keyField()->setFocus();
    QTest::keyClick(settings->keyField(), Qt::Key_U);
    EXPECT_TRUE(settings->conflict()->text().contains("Unsure")) << settings->conflict()->text().toStdString();
    picture("keys-conflict", settings);
    QTest::mouseClick(settings->useKey(), Qt::LeftButton);
    EXPECT_TRUE(window_->actions().unsure->shortcuts().isEmpty()) << "one key, one action";
    settings->close();
    ASSERT_TRUE(QTest::qWaitFor([&] { return window_->findChild<SettingsDialog*>() == nullptr; }, 2000));

    window_->close();
    ASSERT_NO_FATAL_FAILURE(open());
    EXPECT_EQ(window_->actions().normal->shortcuts(), QList<QKeySequence>{QKeySequence("U")});
    press(Qt::Key_L);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(page().panel()->normalButton()->toolTip().contains("(U)")) << "keys stand on the buttons they press";
    const RecordIndex first = selected();
    press(Qt::Key_0);
    EXPECT_EQ(selected(), first) << "the old key does nothing";
    press(Qt::Key_U);
    ASSERT_TRUE(settle());
    ASSERT_NE(all().label_of(first), nullptr);
    EXPECT_EQ(all().label_of(first)->label.label, LabelClass::normal);
    EXPECT_EQ(all().label_of(first)->label.who, "rosa");

    press(Qt::Key_F1);
    auto* const keys = dialog<KeysDialog>();
    ASSERT_NE(keys, nullptr);
    picture("keys", keys);
    const auto labels = keys->findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        static const QRegularExpression normal_is_u(">U</td><td[^>]*>Normal<");
        return normal_is_u.match(label->text()).hasMatch();
    })) << "the list shows the keys as they are now";
    keys->close();
    window_->keys().resetAll();
    EXPECT_EQ(window_->actions().normal->shortcuts(), QList<QKeySequence>{QKeySequence("0")});
    EXPECT_EQ(window_->actions().unsure->shortcuts(), QList<QKeySequence>{QKeySequence("U")});
    EXPECT_FALSE(Settings(settings_.file()).keys("normal").has_value());
}

}  // namespace
}  // namespace abm
