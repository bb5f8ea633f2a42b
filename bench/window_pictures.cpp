// Pictures of every view and state of the real window, to look at: packaging/screenshots.sh runs it for each size and theme.
// usage: window_pictures FOLDER [light|dark] [1280x800]   without a screen: QT_QPA_PLATFORM=offscreen; twice as fine:
// QT_SCALE_FACTOR=2
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <fstream>
#include <memory>

#include "app/workbench/label_desk.h"
#include "app/workbench/label_mode.h"
#include "app/workbench/label_page.h"
#include "app/workbench/main_window.h"
#include "app/workbench/mix_editor.h"
#include "app/workbench/settings_dialog.h"
#include "app/workbench/triage_page.h"
#include "core/generate/generate.h"
#include "widgets/filter_bar.h"
#include "widgets/label_panel.h"
#include "widgets/log_panel.h"
#include "widgets/score_chart.h"
#include "widgets/session_table.h"
#include "widgets/sources_panel.h"
#include "widgets/theme.h"

namespace {

namespace fs = std::filesystem;
using abm::View;

constexpr int kLongest_ms = 120'000;
constexpr int kRead_ms = 170;   // a verdict sooner than 150 ms after the record is ignored
constexpr int kStill_ms = 150;  // layouts and late paints come to rest

fs::path path_of(const QString& text) { return text.toStdString(); }

class Pictures {
public:
    Pictures(const QString& out, QSize size) : out_(out), size_(size) {
        abm::GenerateOptions journals;
        journals.machines = 4;
        journals.days = 3;
        journals.seed = 11;
        journals.out = path_of(work_.filePath("March journals"));
        abm::generate_journals(journals, {});
        fs::remove(journals.out / "truth.csv");
        journals_ = QString::fromStdString(journals.out.string());
        openWindow();
    }

    int takeAll() {
        firstRun();
        triage();
        lists();
        log();
        below();
        dialogs();
        labelMode();
        models();
        troubles();
        startAgain();
        std::printf("%d pictures in %s\n", taken_, qPrintable(out_.path()));
        return failed_ ? 1 : 0;
    }

private:
    void openWindow() {
        window_.reset();
        settings_ = std::make_unique<abm::Settings>(work_.filePath("settings.ini"));
        window_ = std::make_unique<abm::MainWindow>(*settings_, [this](const abm::Progress&) { return path_of(journals_); });
        window_->resize(size_);
        window_->show();
        window_->activateWindow();
        (void)QTest::qWaitForWindowActive(window_.get());
    }
    void wait(const std::function<bool()>& until) {
        if (QTest::qWaitFor(until, kLongest_ms)) return;
        std::fprintf(stderr, "window_pictures: the window did not get ready before the picture behind number %d\n", taken_);
        failed_ = true;
    }
    void settle() {
        wait([&] { return window_->settled() && window_->labelDesk().unanswered() == 0; });
        QTest::qWait(kStill_ms);
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        window_->activateWindow();
        QTest::qWait(kRead_ms);
        QTest::keyClick(window_.get(), key, modifiers);
        settle();
    }
    void take(const char* name) { save(name, window_->grab()); }
    // Dialogs are windows of their own: put where a window manager puts them.
    void take(const char* name, QWidget& above) {
        QTest::qWait(kStill_ms);
        QPixmap picture = window_->grab();
        const QPixmap upper = above.grab();
        QPainter painter(&picture);
        painter.fillRect(QRect(QPoint(), size_), QColor(0, 0, 0, 40));
        const QRect frame(QPoint((size_.width() - above.width()) / 2, (size_.height() - above.height()) / 2), above.size());
        painter.drawPixmap(frame, upper);
        painter.setPen(abm::tokens().line);
        painter.drawRect(frame);
        painter.end();
        save(name, picture);
    }
    void save(const char* name, const QPixmap& picture) {
        ++taken_;
        const QString file = out_.filePath(QStringLiteral("%1-%2.png").arg(taken_, 2, 10, QChar('0')).arg(name));
        if (picture.save(file)) return;
        std::fprintf(stderr, "window_pictures: cannot write %s\n", qPrintable(file));
        failed_ = true;
    }
    abm::TriagePage& page() { return *window_->triage(); }
    void show(const char* name, View view) {
        page().showView(view);
        settle();
        take(name);
    }

    void firstRun() {
        QTest::qWait(kStill_ms);
        take("first-run");
    }

    // Large enough that something is to be seen while it is read; then the journals of the other pictures.
    void loading() {
        abm::GenerateOptions big;
        big.machines = 6;
        big.bytes = 60'000'000;
        big.out = path_of(work_.filePath("big"));
        abm::generate_journals(big, {});
        fs::remove(big.out / "truth.csv");
        window_->openAtStart(work_.filePath("Big.abmw"), {QString::fromStdString(big.out.string())});
        wait([&] { return page().loaded().snapshot != nullptr; });
        QTest::qWait(350);
        take("loading");
        settle();
        window_->actions().close->trigger();
        settle();
    }

    void triage() {
        loading();
        window_->openAtStart(work_.filePath("March journals.abmw"), {journals_});
        settle();
        page().selectWorst();
        settle();
        take("triage");
        page().chart()->setFocus();
        for (int at = 0; at < 4; ++at) page().chart()->zoom(0.6);
        settle();
        take("triage-zoomed");
        page().chart()->fit();
    }

    void lists() {
        show("queue", View::queue);
        show("sources", View::sources);
        page().showView(View::sessions);
        page().focusFilter();
        QTest::keyClicks(page().topBar()->filters()->textField(), "no such words");
        settle();
        take("empty-list");
        page().topBar()->filters()->textField()->clear();
        page().sessions()->view()->setFocus();
        settle();
        page().selectWorst();
        settle();
    }

    void log() {
        page().openFind();
        page().log()->findBar()->regex()->setChecked(true);
        QTest::keyClicks(page().log()->findField(), "DEPOSIT|RECOVERY");
        settle();
        QTest::keyClick(page().log()->findField(), Qt::Key_Return);
        settle();
        take("find");
        QTest::keyClick(page().log()->findField(), Qt::Key_Escape);
        page().sessions()->view()->setFocus();
    }

    void below() {
        show("ledger", View::ledger);
        show("jobs", View::jobs);
        show("guidelines", View::guidelines);
        show("no-model-yet", View::models);
        page().showView(View::log);
    }

    void dialogs() {
        dialog("palette", window_->actions().palette, {});
        dialog("settings", window_->actions().settings, {});
        dialog("settings-keys", window_->actions().settings,
               [](QDialog& open) { static_cast<abm::SettingsDialog&>(open).showKeysTab(); });
        dialog("keys", window_->actions().keys, {});
    }
    QList<QDialog*> openDialogs() const {
        QList<QDialog*> open;
        for (QDialog* const dialog : window_->findChildren<QDialog*>()) {
            if (dialog->isVisible()) open.append(dialog);
        }
        return open;
    }
    void dialog(const char* name, QAction* action, const std::function<void(QDialog&)>& prepare) {
        action->trigger();
        QTest::qWait(kStill_ms);
        const auto open = openDialogs();
        if (open.isEmpty()) {
            std::fprintf(stderr, "window_pictures: nothing opened for %s\n", name);
            failed_ = true;
            return;
        }
        if (prepare) prepare(*open.back());
        take(name, *open.back());
        open.back()->close();
        wait([&] { return openDialogs().isEmpty(); });
    }

    void labelMode() {
        press(Qt::Key_L);
        take("label-mode");
        for (int at = 0; at < 30; ++at) press(at % 5 == 4 ? Qt::Key_U : at % 3 == 0 ? Qt::Key_0 : Qt::Key_Space);
        for (int at = 0; at < 40 && window_->labelPage()->panel()->alike().count == 0; ++at) press(Qt::Key_S);
        press(Qt::Key_B);
        take("label-mode-alike");
        press(Qt::Key_G);
        take("label-mode-guidelines");
        press(Qt::Key_G);
        window_->labelPage()->openMix();
        QTest::qWait(kStill_ms);
        take("label-mode-mix", *window_->labelPage()->mixEditor()->window());
        window_->labelPage()->mixEditor()->window()->close();
        press(Qt::Key_Escape);
        page().selectWorst();
        settle();
        for (int at = 0; at < 40 && page().labelPanel()->alike().count == 0; ++at) press(Qt::Key_BracketRight);
        press(Qt::Key_B);
        take("alike");
        press(Qt::Key_B);
        press(Qt::Key_F);
        press(Qt::Key_M);
        take("after-a-label");
    }

    void models() {
        press(Qt::Key_R, Qt::ControlModifier);
        show("before-after", View::models);
        window_->actions().adopt->trigger();
        settle();
        show("model-adopted", View::models);
        show("jobs-done", View::jobs);
        page().showView(View::log);
    }

    void troubles() {
        const fs::path bad = path_of(work_.filePath("ABM0451EJ_20260317.txt"));
        std::ofstream(bad, std::ios::binary) << std::string(4096, '\x01') << std::string(4096, '\xfe');
        const fs::path empty = path_of(work_.filePath("ABM0025EJ_20260317.txt"));
        std::ofstream(empty, std::ios::binary).flush();
        window_->openPaths({QString::fromStdString(bad.string()), QString::fromStdString(empty.string())});
        settle();
        page().showView(View::sources);
        auto* const rows = page().sources()->view();
        rows->setCurrentIndex(rows->model()->index(rows->model()->rowCount() - 1, 0));
        settle();
        take("sources-error");
        window_->openWorkspace(work_.filePath("Nothing.abmw"));
        settle();
        take("empty-workspace");
    }

    void startAgain() {
        window_->actions().close->trigger();
        QTest::qWait(kStill_ms);
        take("start-again");
        std::ofstream(path_of(work_.filePath("Damaged.abmw"))) << "this is no workspace";
        window_->openWorkspace(work_.filePath("Damaged.abmw"));
        wait([&] { return window_->showsStart(); });
        QTest::qWait(kStill_ms);
        take("start-error");
    }

    QDir out_;
    QSize size_;
    QTemporaryDir work_;
    QString journals_;
    std::unique_ptr<abm::Settings> settings_;
    std::unique_ptr<abm::MainWindow> window_;
    int taken_ = 0;
    bool failed_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const QStringList size = arguments.value(3, "1440x900").split('x');
    const QString theme = arguments.value(2, "light");
    if (arguments.size() < 2 || size.size() != 2 || (theme != "light" && theme != "dark")) {
        std::fprintf(stderr, "usage: window_pictures FOLDER [light|dark] [1280x800]\n");
        return 2;
    }
    QDir().mkpath(arguments[1]);
    abm::Theme::instance().install(application);
    abm::Theme::instance().setMode(theme == "dark" ? abm::ThemeMode::dark : abm::ThemeMode::light);
    return Pictures(arguments[1], {size[0].toInt(), size[1].toInt()}).takeAll();
}
