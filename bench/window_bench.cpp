// The real window: how soon a workspace can be used, how long the event loop stands still, how fast verdicts go by key.
// usage: window_bench WORKSPACE [LABELS] [JOURNAL...]   (journals are read into the workspace first)
#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <vector>

#include "app/workbench/label_desk.h"
#include "app/workbench/main_window.h"
#include "app/workbench/triage_page.h"
#include "widgets/session_table.h"
#include "widgets/theme.h"

namespace {

/// The longest time in which the event loop answered nothing.
class Watchdog {
public:
    Watchdog() {
        timer_.setInterval(1);
        timer_.setTimerType(Qt::PreciseTimer);
        QObject::connect(&timer_, &QTimer::timeout, [this] {
            longest_ms_ = std::max(longest_ms_, clock_.nsecsElapsed() / 1e6);
            clock_.restart();
        });
        clock_.start();
        timer_.start();
    }
    double take_ms() {
        clock_.restart();
        return std::exchange(longest_ms_, 0.0);
    }

private:
    QTimer timer_;
    QElapsedTimer clock_;
    double longest_ms_ = 0;
};

double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void label_by_key(abm::MainWindow& window, int labels) {
    std::vector<double> painted;
    std::vector<double> stored;
    abm::TriagePage& page = *window.triage();
    page.sessions()->view()->setFocus();
    for (int at = 0; at < labels; ++at) {
        QTest::qWait(200);  // keys within 150 ms of a new record are ignored
        const auto before = page.selection().record();
        QElapsedTimer clock;
        clock.start();
        QTest::keyClick(page.sessions()->view(), at % 4 == 0 ? Qt::Key_1 : Qt::Key_0);
        if (!QTest::qWaitFor([&] { return page.selection().record() != before; }, 10000)) break;
        window.repaint();
        painted.push_back(clock.nsecsElapsed() / 1e6);
        if (!QTest::qWaitFor([&] { return window.labelDesk().unanswered() == 0; }, 10000)) break;
        stored.push_back(clock.nsecsElapsed() / 1e6);
        QTest::qWaitFor([&] { return window.settled(); }, 10000);
    }
    std::printf(
        "%zu labels by key: next record painted p50 %.1f ms, p95 %.1f ms; stored and list re-scored p50 %.1f ms, p95 %.1f ms\n",
        painted.size(), percentile(painted, .5), percentile(painted, .95), percentile(stored, .5), percentile(stored, .95));
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: window_bench WORKSPACE [LABELS] [JOURNAL...]\n");
        return 2;
    }
    const QTemporaryDir folder;
    abm::Settings settings(folder.filePath("settings.ini"));
    abm::Theme::instance().install(application);
    abm::MainWindow window(settings, {});
    window.resize(1440, 900);
    window.show();
    QTest::qWait(100);
    Watchdog watchdog;
    QElapsedTimer clock;
    clock.start();
    window.openAtStart(arguments[1], arguments.mid(3));
    const auto shown = [&] {
        return window.triage()->loaded().snapshot ? window.triage()->loaded().snapshot->records.size() : 0;
    };
    QTest::qWaitFor([&] { return shown() > 0; }, 600000);
    window.repaint();
    std::printf("first view   %7.0f ms, %zu records\n", clock.nsecsElapsed() / 1e6, shown());
    QTest::qWaitFor([&] { return window.settled(); }, 600000);
    window.repaint();
    std::printf("all of it    %7.0f ms, %zu records; longest stall of the event loop %.0f ms\n", clock.nsecsElapsed() / 1e6,
                shown(), watchdog.take_ms());
    if (arguments.size() > 2 && arguments[2].toInt() > 0) {
        label_by_key(window, arguments[2].toInt());
        std::printf("longest stall while labelling %.0f ms\n", watchdog.take_ms());
    }
    return 0;
}
