// A large journal in the real window: how long its event loop stands still while the file is read, while its log is searched,
// and when the workspace is opened again.
// usage: loading_bench [MEGABYTES] [FOLDER]   invents the journal in FOLDER, or in a temporary one; 1000 MB unless said
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "app/workbench/main_window.h"
#include "app/workbench/record_views.h"
#include "app/workbench/triage_page.h"
#include "bench/watchdog.h"
#include "core/generate/generate.h"
#include "widgets/log_panel.h"
#include "widgets/session_table.h"
#include "widgets/theme.h"

namespace {

using abm::bench::ms_of;
using abm::bench::Watchdog;

constexpr int kLongest_ms = 30 * 60 * 1000;

std::filesystem::path make_journal(const QString& folder, std::int64_t bytes) {
    abm::GenerateOptions options;
    options.machines = 1;
    options.bytes = bytes;
    options.out = folder.toStdString();
    abm::generate_journals(options, {});
    std::filesystem::remove(options.out / "truth.csv");
    for (const auto& entry : std::filesystem::directory_iterator(options.out))
        if (entry.path().extension() == ".txt") return entry.path();
    return {};
}

class Course {
public:
    Course(const QString& folder, QString journal) : settings_(folder + "/settings.ini"), journal_(std::move(journal)) {
        workspace_ = folder + "/case.abmw";
        openWindow();
    }
    void run() {
        load();
        find("DEPOSIT", false);
        find("(?:RETRACT|REJECT)[A-Z ]+[0-9]{2}", true);
        find("no line holds this", false);
        scroll();
        reopen();
    }

private:
    void openWindow() {
        window_ = std::make_unique<abm::MainWindow>(settings_, abm::WorkspaceJob::MakeSample());
        window_->resize(1440, 900);
        window_->show();
        QTest::qWait(200);
    }
    void report(const QString& what, const QElapsedTimer& clock) {
        const auto stall = watchdog_.take();
        std::printf("%-44s %8.0f ms   longest stall %4.0f ms, %4.0f ms of its own\n", qPrintable(what), ms_of(clock),
                    stall.wall_ms, stall.own_ms);
    }
    void until(const std::function<bool()>& reached) { (void)QTest::qWaitFor(reached, kLongest_ms); }
    std::size_t records() const {
        const auto& snapshot = window_->triage()->loaded().snapshot;
        return snapshot ? snapshot->records.size() : 0;
    }
    void open(const QStringList& files, const char* first, const char* all) {
        QElapsedTimer clock;
        watchdog_.take();
        clock.start();
        window_->openAtStart(workspace_, files);
        until([&] { return records() > 0; });
        report(first, clock);
        until([&] { return window_->settled(); });
        report(QString("%1, %2 records").arg(all).arg(records()), clock);
    }
    void load() { open({journal_}, "read: first view", "read: all of it"); }
    void find(const char* words, bool regex) {
        abm::LogPanel& log = *window_->triage()->showLog();
        log.openFind();
        log.findField()->clear();
        log.findBar()->regex()->setChecked(regex);
        watchdog_.take();
        QElapsedTimer clock;
        clock.start();
        log.findField()->setText(words);
        until([&] { return window_->triage()->views()->settled(); });
        report(QString("find “%1”: %2").arg(words, log.findCount()->text()), clock);
        clock.start();
        for (int at = 0; at < 20; ++at) {
            log.stepFind(at % 3 == 2 ? -1 : 1);
            until([&] { return window_->settled(); });
        }
        report("  twenty steps from match to match", clock);
    }
    void scroll() {
        abm::LogPanel& log = *window_->triage()->showLog();
        QElapsedTimer clock;
        watchdog_.take();
        clock.start();
        for (int at = 0; at < 200; ++at) {
            QTest::keyClick(log.view(), at < 150 ? Qt::Key_PageDown : Qt::Key_PageUp);
            QTest::qWait(5);
        }
        report("two hundred pages of the log", clock);
    }
    void reopen() {
        window_->close();
        window_.reset();
        openWindow();
        open({}, "opened again: first view", "opened again: all of it");
    }

    abm::Settings settings_;
    QString journal_, workspace_;
    Watchdog watchdog_;
    std::unique_ptr<abm::MainWindow> window_;
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    const std::int64_t megabytes = arguments.value(1, "1000").toLongLong();
    if (megabytes <= 0) {
        std::fprintf(stderr, "usage: loading_bench [MEGABYTES] [FOLDER]\n");
        return 2;
    }
    const QTemporaryDir own;
    const QString folder = arguments.value(2, own.path());
    const auto journal = make_journal(folder + "/journal", megabytes * 1'000'000);
    std::printf("%.0f MB in %s\n", static_cast<double>(std::filesystem::file_size(journal)) / 1e6, journal.c_str());
    abm::Theme::instance().install(application);
    Course(folder, QString::fromStdString(journal.string())).run();
    return 0;
}
