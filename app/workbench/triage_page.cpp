#include "app/workbench/triage_page.h"

#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/workbench/record_views.h"
#include "app/workbench/settings.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/label_panel.h"
#include "widgets/ledger_panel.h"
#include "widgets/log_panel.h"
#include "widgets/models_panel.h"
#include "widgets/overview_strip.h"
#include "widgets/pane.h"
#include "widgets/queue_panel.h"
#include "widgets/score_chart.h"
#include "widgets/session_table.h"
#include "widgets/severity_legend.h"
#include "widgets/sources_panel.h"
#include "widgets/why_panel.h"

namespace abm {
namespace {

constexpr float kFirstThreshold = 0.5F;

}  // namespace

TriagePage::TriagePage(const TopBar::Actions& actions, QWidget* parent)
    : QWidget(parent),
      top_(new TopBar(actions)),
      docks_(new QMainWindow),
      overview_(new OverviewStrip),
      chart_(new ScoreChart(selection_)),
      log_(new LogPanel(selection_)),
      ledger_(new LedgerPanel(selection_)),
      sessions_(new SessionTable(selection_)),
      sources_(new SourcesPanel),
      why_(new WhyPanel(selection_)),
      queue_(new QueuePanel(selection_)),
      label_(new LabelPanel),
      models_(new ModelsPanel),
      views_(new RecordViews(selection_, *log_, why_, this)) {
    docks_->setWindowFlags(Qt::Widget);
    docks_->setContentsMargins(6, 6, 6, 6);
    docks_->setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    docks_->setCentralWidget(makeCentre());
    makeDocks();
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(top_);
    layout->addWidget(docks_, 1);
    connectViews();
    orderTabs();
    setThreshold(kFirstThreshold);
    default_layout_ = docks_->saveState();
    docks_->installEventFilter(this);
}

void TriagePage::connectViews() {
    connect(chart_, &ScoreChart::visibleRangeChanged, overview_, &OverviewStrip::setView);
    connect(chart_, &ScoreChart::visibleRangeChanged, this, &TriagePage::updateChartNote);
    connect(overview_, &OverviewStrip::viewRequested, chart_, &ScoreChart::showRange);
    connect(chart_, &ScoreChart::thresholdDragged, this, &TriagePage::countAbove);
    connect(chart_, &ScoreChart::thresholdChanged, this, &TriagePage::setThreshold);
    connect(top_->filters(), &FilterBar::filterChanged, this, &TriagePage::applyFilter);
    connect(top_->above(), &QPushButton::toggled, this, [this](bool only) {
        RecordFilter next = sessions_->filter();
        next.min_score = only ? chart_->threshold() : -1;
        applyFilter(next);
    });
    connect(sessions_, &SessionTable::filterRelaxed, this, [this](const RecordFilter& filter) {
        if (filter.min_score >= 0 && filter.min_score < chart_->threshold()) setThreshold(filter.min_score);
        applyFilter(filter);
    });
    connect(sessions_, &SessionTable::listed, this, &TriagePage::updateNotes);
    connect(&selection_, &Selection::rangeChanged, this, [this] {
        overview_->setRange(selection_.range());
        top_->filters()->setFilter(sessions_->filter());
    });
    connect(&selection_, &Selection::recordChanged, this, [this] {
        const auto record = selection_.record();
        const bool any = record && loaded_.snapshot && raw(*record) < loaded_.snapshot->records.size();
        const Time start = any ? loaded_.snapshot->records[raw(*record)].start : kUnknownTime;
        overview_->setSelected(known(start) ? std::optional(start) : std::nullopt);
        updateNotes();
    });
    // A line that was asked for is shown, even when the ledger stood in its place; the ledger itself stays where it is.
    connect(why_, &WhyPanel::lineRequested, this, [this] { lower_head_->tabs()->setCurrentIndex(log_tab); });
    connect(sources_, &SourcesPanel::notUnderstoodRequested, this, [this](SourceIndex source) {
        lower_head_->tabs()->setCurrentIndex(log_tab);
        views_->showNotUnderstood(source);
    });
    connect(log_, &LogPanel::titleChanged, this, &TriagePage::updateNotes);
    connect(ledger_, &LedgerPanel::failed, this, &TriagePage::said);
    connect(ledger_, &LedgerPanel::saved, this, [this](const QString& path) { emit said("Ledger written to " + path); });
}

void TriagePage::setLoaded(const Loaded& loaded, bool keep) {
    const Snapshot before = loaded_.snapshot;
    // Views look up the selection in their own snapshot: no old index may reach a new snapshot, or the other way round.
    loaded_ = loaded;
    if (!keep || !before) {
        selection_.clear();
        RecordFilter filter;
        filter.min_severity = Severity::low;
        top_->filters()->setFilter(filter);
        const QSignalBlocker quiet(top_->above());
        top_->above()->setChecked(false);
        sessions_->setFilter(filter);
        chart_->setSnapshot(nullptr, nullptr);
        chart_->showWholeNext();
    }
    const QSignalBlocker quiet(&selection_);
    if (keep && before && loaded.snapshot) selection_.rebase(*before, *loaded.snapshot);
    sessions_->setSnapshot(loaded.snapshot);
    sources_->setSnapshot(loaded.snapshot);
    overview_->setIndex(loaded.index);
    chart_->setSnapshot(loaded.snapshot, loaded.index);
    ledger_->setSnapshot(loaded.snapshot);
    why_->setSnapshot(loaded.snapshot);
    models_->setSnapshot(loaded.snapshot);
    views_->setLoaded(loaded);
    countAbove();
    updateNotes();
    if (loaded.snapshot && loaded.snapshot->records.empty() && !loaded.snapshot->partial)
        left_head_->tabs()->setCurrentIndex(sources_tab);
}

void TriagePage::setRescored(const Loaded& loaded) {
    const Snapshot& before = loaded_.snapshot;
    if (!before || !loaded.snapshot || before->partial || before->records.size() != loaded.snapshot->records.size() ||
        before->sources.size() != loaded.snapshot->sources.size()) {
        return setLoaded(loaded, true);
    }
    loaded_ = loaded;
    sessions_->setSnapshot(loaded.snapshot);
    overview_->setIndex(loaded.index);
    chart_->setSnapshot(loaded.snapshot, loaded.index);
    ledger_->setSnapshot(loaded.snapshot);
    models_->setSnapshot(loaded.snapshot);
    views_->setRescored(loaded);
    countAbove();
    updateNotes();
}

void TriagePage::setQueue(std::vector<ShownQueueEntry> entries) {
    const auto count = static_cast<std::int64_t>(entries.size());
    queue_->setQueue(loaded_.snapshot, std::move(entries));
    left_head_->tabs()->setTabText(queue_tab,
                                   count > 0 ? QStringLiteral("Queue %1").arg(count_text(count)) : QStringLiteral("Queue"));
    updateNotes();
}

void TriagePage::setRetrainCount(std::int64_t labels) { top_->setRetrainCount(labels); }
void TriagePage::showQueueTab() {
    left_dock_->show();
    left_head_->tabs()->setCurrentIndex(queue_tab);
    queue_->view()->setFocus();
}
void TriagePage::showModelsTab() { lower_head_->tabs()->setCurrentIndex(models_tab); }
bool TriagePage::showsQueue() const { return left_->currentWidget() == queue_ && !left_dock_->isHidden(); }

QWidget* TriagePage::currentList() const { return showsQueue() ? static_cast<QWidget*>(queue_->view()) : sessions_->view(); }

void TriagePage::setBusy(bool busy) {
    sessions_->setBusy(busy);
    views_->setBusy(busy);
}

void TriagePage::setActive(bool active) { views_->setActive(active); }

void TriagePage::setTitle(const QString& title) {
    name_ = title;
    updateNotes();
}

void TriagePage::applyFilter(const RecordFilter& filter) {
    top_->filters()->setFilter(filter);
    const QSignalBlocker quiet(top_->above());
    top_->above()->setChecked(filter.min_score >= 0);
    sessions_->setFilter(filter);
    selection_.setRange(filter.range);
}

void TriagePage::setThreshold(float threshold) {
    chart_->setThreshold(threshold);
    countAbove();
    if (sessions_->filter().min_score < 0 || sessions_->filter().min_score == threshold) return;
    RecordFilter next = sessions_->filter();
    next.min_score = threshold;
    applyFilter(next);
}

void TriagePage::countAbove() {
    top_->setAbove(loaded_.tally ? loaded_.tally->atLeast(chart_->threshold()) : 0, chart_->threshold());
}

void TriagePage::updateNotes() {
    lower_head_->note()->setText(lower_->currentIndex() == 0 ? log_->title() : QString());
    lower_head_->note()->setToolTip(log_->title());
    if (!loaded_.snapshot) {
        chart_head_->note()->clear();
        left_head_->note()->clear();
        return top_->setTitle(name_, {});
    }
    const Investigation& all = *loaded_.snapshot;
    QString counts = counted(static_cast<std::int64_t>(all.machines.size()), "machine", "machines");
    Time first = kUnknownTime, last = kUnknownTime;
    for (const Source& source : all.sources) {
        if (!known(source.first_time)) continue;
        first = known(first) ? std::min(first, source.first_time) : source.first_time;
        last = known(last) ? std::max(last, source.last_time) : source.last_time;
    }
    if (known(first)) counts += " · " + (day_text(first) == day_text(last) ? day_text(first) : span_text(first, last));
    top_->setTitle(name_, counts + " · " + counted(loaded_.tally->sessions, "session", "sessions"));
    updateLeftNote();
    updateChartNote();
}

void TriagePage::updateChartNote() {
    if (!loaded_.snapshot) return;
    const TimeRange view = chart_->visibleRange();
    QString when = span_text(view.begin, view.end);
    if (loaded_.index && loaded_.index->without_time > 0)
        when += " · " + count_text(loaded_.index->without_time) + " without a time, only listed";
    chart_head_->note()->setText(loaded_.snapshot->records.empty() ? QString() : when);
}

void TriagePage::updateLeftNote() {
    if (left_->currentWidget() == sources_) {
        return left_head_->note()->setText(counted(std::ssize(loaded_.snapshot->sources), "file", "files"));
    }
    const auto listable = loaded_.tally->records - (sessions_->filter().routine ? 0 : loaded_.tally->routine);
    if (showsQueue())
        return left_head_->note()->setText(counted(queue_->model()->rowCount(), "record", "records") + " worth a look");
    const int shown = sessions_->model()->rowCount();
    const auto record = selection_.record();
    const bool hidden = record && sessions_->settled() && sessions_->model()->rowOf(*record) < 0;
    left_head_->note()->setText(
        QStringLiteral("%1 of %2%3")
            .arg(count_text(shown), count_text(listable), hidden ? " · selected one is filtered out" : ""));
}

void TriagePage::selectWorst() {
    if (loaded_.tally && loaded_.tally->worst) selection_.selectRecord(*loaded_.tally->worst);
}

void TriagePage::stepAnomaly(int direction) {
    if (!loaded_.index) return;
    std::vector<std::pair<Time, std::uint32_t>> all;
    for (const auto& tier : loaded_.index->together.anomalies) {
        for (const auto& anomaly : tier) all.emplace_back(anomaly.time, anomaly.record);
    }
    if (all.empty()) return emit said("Nothing is flagged here.");
    std::sort(all.begin(), all.end());
    const auto selected = selection_.record();
    std::pair<Time, std::uint32_t> here{Time::min(), 0};
    if (selected) here = {loaded_.snapshot->records[raw(*selected)].start, raw(*selected)};
    auto next = direction > 0 ? std::upper_bound(all.begin(), all.end(), here) : std::lower_bound(all.begin(), all.end(), here);
    if (direction < 0) {
        if (next == all.begin()) return emit said("This is the first anomaly.");
        --next;
    } else if (next == all.end()) {
        return emit said("This is the last anomaly.");
    }
    selection_.selectRecord(RecordIndex(next->second));
}

LogPanel* TriagePage::showLog() {
    lower_head_->tabs()->setCurrentIndex(log_tab);
    return log_;
}

void TriagePage::stepLine(int direction) { showLog()->view()->step(direction); }

void TriagePage::zoomToRange() {
    if (const auto range = selection_.range()) {
        chart_->showRange(*range);
    } else {
        emit said("Drag over the chart to select a time range, then zoom to it.");
    }
}

void TriagePage::openFind() { showLog()->openFind(); }

void TriagePage::focusFilter() {
    top_->filters()->textField()->setFocus();
    top_->filters()->textField()->selectAll();
}

bool TriagePage::settled() const { return sessions_->settled() && ledger_->settled() && views_->settled(); }

void TriagePage::saveLayout(Settings& settings) const {
    if (laid_out_) settings.setLayout("docks", docks_->saveState());  // before, their widths mean nothing
    settings.setLayout("centre", centre_->saveState());
    settings.setLayout("right", right_->saveState());
    settings.setLayout("hidden columns", sessions_->hiddenColumns());
}

void TriagePage::restoreLayout(const Settings& settings) {
    remembered_layout_ = settings.layout("docks");
    if (!remembered_layout_.isEmpty() && !docks_->restoreState(remembered_layout_)) remembered_layout_.clear();
    if (const QByteArray sizes = settings.layout("right"); !sizes.isEmpty()) right_->restoreState(sizes);
    right_->setChildrenCollapsible(false);
    if (const QByteArray sizes = settings.layout("centre"); !sizes.isEmpty()) centre_->restoreState(sizes);
    centre_->setChildrenCollapsible(false);
    sessions_->restoreHiddenColumns(settings.layout("hidden columns"));
}

bool TriagePage::eventFilter(QObject* watched, QEvent* event) {
    // Only when it is painted does the page have the size of its window; docks sized or restored before are squeezed by what
    // follows.
    if (watched == docks_ && event->type() == QEvent::Paint) {
        docks_->removeEventFilter(this);
        laid_out_ = true;
        QTimer::singleShot(0, this, [this] {
            if (remembered_layout_.isEmpty() || !docks_->restoreState(remembered_layout_)) sizeDocks();
        });
    }
    return QWidget::eventFilter(watched, event);
}

QList<QAction*> TriagePage::dockActions() const { return {left_dock_->toggleViewAction(), right_dock_->toggleViewAction()}; }

}  // namespace abm
