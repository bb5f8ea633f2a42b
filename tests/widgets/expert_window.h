// The real window on invented journals, with an expert at the keyboard.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "app/workbench/label_desk.h"
#include "app/workbench/main_window.h"
#include "app/workbench/triage_page.h"
#include "core/generate/generate.h"
#include "widgets/session_table.h"
#include "widgets/theme.h"

namespace abm::test {

/// One set of journals for all tests; they are only read.
inline const std::filesystem::path& journals() {
    static const QTemporaryDir folder;
    static const std::filesystem::path made = [] {
        GenerateOptions options;
        options.machines = 2;
        options.days = 2;
        options.seed = 7;
        options.out = std::filesystem::path(folder.path().toStdString()) / "journals";
        generate_journals(options, {});
        std::filesystem::remove(options.out / "truth.csv");
        return options.out;
    }();
    return made;
}

class ExpertWindow : public ::testing::Test {
protected:
    void open(bool with_journals = true) {
        window_.reset();
        window_ = std::make_unique<MainWindow>(settings_, WorkspaceJob::MakeSample(), nullptr, [this] { return now_; });
        window_->resize(1440, 900);
        window_->show();
        window_->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window_.get()));
        if (!with_journals) return;
        window_->openPaths({QString::fromStdString(journals().string())});
        ASSERT_TRUE(settle());
        ASSERT_FALSE(window_->showsStart());
        window_->triage()->sessions()->view()->setFocus();
    }
    bool settle() {
        return QTest::qWaitFor([&] { return window_->settled() && window_->labelDesk().unanswered() == 0; }, 60000);
    }
    // As an expert does: reads for two seconds, then presses.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        if (!window_->isActiveWindow()) {  // a dialog was closed; no window manager does it here
            window_->activateWindow();
            EXPECT_TRUE(QTest::qWaitForWindowActive(window_.get()));
        }
        QTest::qWait(5);  // the record is painted
        now_ += std::chrono::milliseconds(2000);
        QTest::keyClick(window_.get(), key, modifiers);
    }
    // For the eye: with ABM_PICTURES=<folder> the test leaves pictures of what it went through.
    void picture(const QString& name, QWidget* what = nullptr) {
        if (!qEnvironmentVariableIsSet("ABM_PICTURES")) return;
        const QDir folder(qEnvironmentVariable("ABM_PICTURES"));
        for (const bool dark : {false, true}) {
            Theme::instance().setMode(dark ? ThemeMode::dark : ThemeMode::light);
            for (const QSize size : {QSize(1280, 800), QSize(1440, 900), QSize(1920, 1080)}) {
                window_->resize(size);
                QTest::qWait(120);
                const QString file = QStringLiteral("%1-%2-%3-%4.png")
                                         .arg(name, dark ? "dark" : "light")
                                         .arg(size.width())
                                         .arg(qRound(window_->devicePixelRatioF() * 100));
                EXPECT_TRUE((what ? what : window_.get())->grab().save(folder.filePath(file)));
            }
        }
        Theme::instance().setMode(ThemeMode::light);
        window_->resize(1440, 900);
    }
    const Investigation& all() { return *window_->triage()->loaded().snapshot; }
    RecordIndex selected() { return *window_->triage()->selection().record(); }
    LabelClass labelOf(RecordIndex record) { return all().records[raw(record)].label; }
    std::int64_t count(const std::string& query) {
        SQLite::Database database(settings_.workspace().toStdString(), SQLite::OPEN_READONLY);
        return database.execAndGet(query).getInt64();
    }

    QTemporaryDir folder_;
    Settings settings_{folder_.filePath("settings.ini")};
    std::chrono::milliseconds now_{100'000};
    std::unique_ptr<MainWindow> window_;
};

}  // namespace abm::test
