// The real window: how soon a workspace can be used, how long the event loop stands still, how fast it zooms, sorts and filters,
// how fast verdicts go by key. "of its own" is processor time of the UI thread: other programs cannot lengthen it.
// usage: window_bench WORKSPACE [LABELS] [JOURNAL...]   (journals are read into the workspace first)
#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

#include "app/workbench/label_desk.h"
#include "app/workbench/main_window.h"
#include "app/workbench/triage_page.h"
#include "bench/watchdog.h"
#include "widgets/score_chart.h"
#include "widgets/session_table.h"
#include "widgets/theme.h"

namespace {

using abm::bench::ms_of;
using abm::bench::own_ms;
using abm::bench::Stall;
using abm::bench::Watchdog;

double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void print_stall(const char* while_what, Stall stall) {
    std::printf("longest stall of the event loop while %s: %.0f ms, %.0f ms of its own\n", while_what, stall.wall_ms,
                stall.own_ms);
}

/// Counts how often a widget was painted.
class Painted : public QObject {
public:
    explicit Painted(QWidget& widget) { widget.installEventFilter(this); }
    int count = 0;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        count += event->type() == QEvent::Paint ? 1 : 0;
        return QObject::eventFilter(watched, event);
    }
};

struct Steps {
    std::vector<double> wall_ms, own_ms;

    /// From the step until the widget is painted.
    void time(Painted& painted, const std::function<void()>& step) {
        QElapsedTimer clock;
        clock.start();
        const double before = abm::bench::own_ms();
        const int frames = painted.count;
        step();
        while (painted.count == frames) QCoreApplication::processEvents(QEventLoop::AllEvents);
        wall_ms.push_back(ms_of(clock));
        own_ms.push_back(abm::bench::own_ms() - before);
    }
    void print(const char* what) const {
        std::printf("%-22s p50 %.1f ms, p95 %.1f ms, longest %.1f ms; of its own p50 %.1f ms, p95 %.1f ms, longest %.1f ms\n",
                    what, percentile(wall_ms, .5), percentile(wall_ms, .95), percentile(wall_ms, 1), percentile(own_ms, .5),
                    percentile(own_ms, .95), percentile(own_ms, 1));
    }
};

void zoom_and_pan(abm::MainWindow& window) {
    constexpr int kSteps = 24;
    abm::ScoreChart& chart = *window.triage()->chart();
    Painted painted(*chart.viewport());
    Steps zooms, pans, whole;
    chart.fit();
    QTest::qWait(100);
    for (int at = 0; at < kSteps; ++at) {
        zooms.time(painted, [&] { chart.zoom(0.8, 0.3); });
        pans.time(painted, [&] { chart.pan(at % 2 == 0 ? 0.15 : -0.1); });
    }
    for (int at = 0; at < kSteps; ++at) zooms.time(painted, [&] { chart.zoom(1 / 0.8, 0.3); });
    const abm::TimeRange all = window.triage()->loaded().index->whole;
    for (int at = 0; at < kSteps; ++at) {
        chart.showRange({all.begin + std::chrono::seconds(at + 1), all.end});
        QTest::qWait(1);
        whole.time(painted, [&] { chart.fit(); });
    }
    zooms.print("zoom, a step");
    pans.print("pan, a step");
    whole.print("zoom out to all");
}

void time_list(const char* what, abm::SessionTable& table, const std::function<void()>& change) {
    constexpr int kRuns = 5;
    std::vector<double> wall, own;
    Watchdog watchdog;
    for (int run = 0; run < kRuns; ++run) {
        bool listed = false;
        const auto connection = QObject::connect(&table, &abm::SessionTable::listed, [&] { listed = true; });
        QElapsedTimer clock;
        clock.start();
        const double before = own_ms();
        change();
        while (!listed) QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        wall.push_back(ms_of(clock));
        own.push_back(own_ms() - before);
        QObject::disconnect(connection);
        QTest::qWait(20);
    }
    const Stall stall = watchdog.take();
    std::printf("%-22s p50 %.0f ms, longest %.0f ms; on the UI thread %.0f ms; longest stall %.0f ms, %d rows\n", what,
                percentile(wall, .5), percentile(wall, 1), percentile(own, .5), stall.wall_ms, table.model()->rowCount());
}

void sort_and_filter(abm::MainWindow& window) {
    abm::SessionTable& table = *window.triage()->sessions();
    const abm::RecordFilter before = table.filter();
    abm::RecordFilter all;
    all.routine = true;
    time_list("filter: all records", table, [&] { table.setFilter(all); });
    time_list("sort by score", table, [&] { table.setOrder({abm::RecordColumn::score, false}); });
    time_list("sort by time", table, [&] { table.setOrder({abm::RecordColumn::time, true}); });
    time_list("sort by amount", table, [&] { table.setOrder({abm::RecordColumn::amount, false}); });
    time_list("sort by type", table, [&] { table.setOrder({abm::RecordColumn::type, true}); });
    table.setOrder({abm::RecordColumn::score, false});
    abm::RecordFilter words = all;
    words.typed.text = "retract";
    time_list("filter: a word", table, [&] { table.setFilter(words); });
    words.typed = {"retract(ed|ion)?|[0-9]+ of [0-9]+ notes", true, false};
    time_list("filter: an expression", table, [&] { table.setFilter(words); });
    abm::RecordFilter flagged = all;
    flagged.chips = {abm::severity_chip(abm::Severity::low)};
    time_list("filter: flagged", table, [&] { table.setFilter(flagged); });
    table.setFilter(before);
    (void)QTest::qWaitFor([&] { return table.settled(); }, 60000);
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
        painted.push_back(ms_of(clock));
        if (!QTest::qWaitFor([&] { return window.labelDesk().unanswered() == 0; }, 10000)) break;
        stored.push_back(ms_of(clock));
        (void)QTest::qWaitFor([&] { return window.settled(); }, 10000);
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
    (void)QTest::qWaitFor([&] { return shown() > 0; }, 600000);
    window.repaint();
    std::printf("first view   %7.0f ms, %zu records\n", ms_of(clock), shown());
    (void)QTest::qWaitFor([&] { return window.settled(); }, 600000);
    window.repaint();
    std::printf("all of it    %7.0f ms, %zu records\n", ms_of(clock), shown());
    print_stall("opening", watchdog.take());
    if (shown() == 0) return 1;
    std::size_t anomalies = 0;
    for (const auto& tier : window.triage()->loaded().index->together.anomalies) anomalies += tier.size();
    std::printf("%zu anomalies on %zu lanes\n", anomalies, window.triage()->loaded().index->lanes.size());
    zoom_and_pan(window);
    sort_and_filter(window);
    if (arguments.size() > 2 && arguments[2].toInt() > 0) {
        watchdog.take();
        label_by_key(window, arguments[2].toInt());
        print_stall("labelling", watchdog.take());
    }
    return 0;
}
