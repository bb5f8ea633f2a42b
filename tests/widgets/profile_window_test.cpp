// Log profiles in the real window: shown, chosen, edited as JSON with a live preview, kept.
#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

#include "app/workbench/profile_dialog.h"
#include "tests/widgets/other_sources.h"
#include "widgets/sources_panel.h"

namespace abm::test {
namespace {

class ProfileWindow : public OtherSources {
protected:
    ProfileWindow() { qputenv("XDG_DATA_HOME", folder_.filePath("data").toUtf8()); }
    ~ProfileWindow() override { qunsetenv("XDG_DATA_HOME"); }

    ProfileDialog* dialog() {
        ProfileDialog* found = nullptr;
        const bool there = QTest::qWaitFor(
            [&] {
                for (ProfileDialog* const each : window_->findChildren<ProfileDialog*>()) {
                    if (each->isVisible() && each->settled()) found = each;
                }
                return found != nullptr;
            },
            5000);
        return there ? found : nullptr;
    }
    ProfileDialog* openDialog() {
        window_->triage()->showView(View::sources);
        emit window_->triage()->sources()->account()->linkActivated("reading");
        return dialog();
    }
    static bool settled(ProfileDialog& shown) {
        return QTest::qWaitFor([&] { return shown.settled(); }, 5000);
    }
    static void replace(ProfileDialog& shown, const QString& from, const QString& to) {
        QString text = shown.editor()->toPlainText();
        ASSERT_TRUE(text.contains(from));
        shown.editor()->setPlainText(text.replace(from, to));
        ASSERT_TRUE(settled(shown));
    }
};

TEST_F(ProfileWindow, ShowsWhatTheContentAskedForAndHowLinesAreUnderstood) {
    openFiles({ueLog()});
    EXPECT_TRUE(window_->triage()->sources()->account()->text().contains("href='reading'"));
    ProfileDialog* const shown = openDialog();
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->list()->currentIndex(), 0);
    EXPECT_TRUE(shown->list()->currentText().contains("ue-events"));
    EXPECT_TRUE(shown->editor()->isReadOnly()) << "profiles of the program are shown";
    EXPECT_TRUE(shown->editor()->toPlainText().contains("\"ATTACH_TIMEOUT\""));
    ASSERT_GT(shown->model().rowCount(), 100);
    const auto cell = [&](int column) { return shown->model().index(0, column).data().toString(); };
    EXPECT_FALSE(cell(ProfilePreviewModel::time).isEmpty());
    EXPECT_FALSE(cell(ProfilePreviewModel::entity).isEmpty());
    EXPECT_TRUE(cell(ProfilePreviewModel::event).startsWith("ATTACH"));
    EXPECT_TRUE(shown->count()->text().contains("0 not understood")) << shown->count()->text().toStdString();
    picture("profile", shown);
}

TEST_F(ProfileWindow, AMistakeIsSaidWithItsLineAndNothingIsRead) {
    openFiles({ueLog()});
    ProfileDialog* const shown = openDialog();
    ASSERT_TRUE(shown);
    QTest::mouseClick(shown->copyButton(), Qt::LeftButton);
    ASSERT_TRUE(settled(*shown));
    EXPECT_TRUE(shown->editor()->toPlainText().contains("\"ue-events-2\""));
    replace(*shown, "\"kind\": \"entity\"", "\"kind\": \"entitee\"");
    ASSERT_TRUE(shown->error()->isVisible());
    const qsizetype line = shown->editor()->toPlainText().left(shown->editor()->toPlainText().indexOf("entitee")).count('\n') + 1;
    EXPECT_TRUE(shown->error()->text().startsWith(QStringLiteral("line %1: ").arg(line))) << shown->error()->text().toStdString();
    EXPECT_FALSE(shown->readButton()->isEnabled());
    EXPECT_EQ(shown->model().rowCount(), 0);
    QTest::mouseClick(shown->saveButton(), Qt::LeftButton);
    EXPECT_TRUE(shown->error()->isVisible());
    EXPECT_EQ(list_log_profiles().size(), 4U) << "a broken profile is not kept";
    replace(*shown, "entitee", "entity");
    EXPECT_FALSE(shown->error()->isVisible());
    EXPECT_TRUE(shown->readButton()->isEnabled());
}

TEST_F(ProfileWindow, AnEditedCopyIsKeptReadsTheFileAndLabelsStay) {
    openFiles({ueLog()});
    ASSERT_EQ(all().records.front().kind, RecordKind::entity);
    const std::size_t entities = all().records.size();
    window_->triage()->selection().selectRecord(RecordIndex(3));
    ASSERT_TRUE(settle());
    press(Qt::Key_0);
    ASSERT_TRUE(settle());
    ASSERT_EQ(labelOf(RecordIndex(3)), LabelClass::normal);

    ProfileDialog* shown = openDialog();
    ASSERT_TRUE(shown);
    QTest::mouseClick(shown->copyButton(), Qt::LeftButton);
    ASSERT_TRUE(settled(*shown));
    replace(*shown, "\"attach_timeouts\": 1,", "\"attach_timeouts\": 1000,");
    QTest::mouseClick(shown->readButton(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    EXPECT_EQ(list_log_profiles().size(), 5U);
    EXPECT_EQ(all().records.size(), entities);
    for (const Record& each : all().records) {
        for (const Finding& finding : all().findings_of(each)) EXPECT_NE(finding.type, RecordType::attach_timeout);
    }
    EXPECT_EQ(labelOf(RecordIndex(3)), LabelClass::normal);

    shown = openDialog();
    ASSERT_TRUE(shown);
    EXPECT_TRUE(shown->list()->currentText().startsWith("ue-events-2 (yours)")) << shown->list()->currentText().toStdString();
    EXPECT_FALSE(shown->editor()->isReadOnly());
    shown->list()->setCurrentIndex(0);
    ASSERT_TRUE(settled(*shown));
    QTest::mouseClick(shown->readButton(), Qt::LeftButton);
    ASSERT_TRUE(settle());
    EXPECT_TRUE(select(RecordType::attach_timeout)) << "as its content says, again";
}

TEST_F(ProfileWindow, OfAJournalShowsItsLinesAndOffersNoOtherReading) {
    open();
    window_->triage()->selection().selectRecord(RecordIndex(0));
    ASSERT_TRUE(settle());
    ProfileDialog* const shown = openDialog();
    ASSERT_TRUE(shown);
    EXPECT_TRUE(shown->list()->currentText().endsWith("ndc-journal")) << shown->list()->currentText().toStdString();
    const auto event = [&](int row) { return shown->model().index(row, ProfilePreviewModel::event).data().toString(); };
    QStringList events;
    for (int row = 0; row < shown->model().rowCount(); ++row) events.append(event(row));
    EXPECT_TRUE(events.contains("session_start"));
    EXPECT_TRUE(events.contains("card_inserted"));
    picture("profile-journal", shown);
    shown->list()->setCurrentIndex(shown->list()->findText("generic", Qt::MatchStartsWith));
    ASSERT_TRUE(settled(*shown));
    EXPECT_FALSE(shown->readButton()->isEnabled());
    EXPECT_TRUE(shown->readButton()->toolTip().contains("read as a journal"));
}

}  // namespace
}  // namespace abm::test
