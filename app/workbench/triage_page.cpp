#include "app/workbench/triage_page.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/workbench/guidelines_view.h"
#include "app/workbench/record_views.h"
#include "app/workbench/settings.h"
#include "widgets/carried_record.h"
#include "widgets/dock_head.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/jobs_panel.h"
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
#include "widgets/watch_panel.h"
#include "widgets/why_panel.h"

namespace abm {
namespace {

constexpr float kFirstThreshold = 0.5F;

/// The kinds of records the chips keep, as bits; labels and scores do not count: the chart shows what is around, too.
std::uint32_t views_kept(const RecordFilter& filter) {
    std::uint32_t views = (1U << kRecordViewCount) - 1;
    for (const FilterChip& chip : filter.chips) {
        for (int view = 0; chip.kind == FilterKind::view && view < kRecordViewCount; ++view) {
            if (chip.values.contains(name_of(static_cast<RecordView>(view))) == chip.hides)
                views &= ~(1U << static_cast<unsigned>(view));
        }
    }
    return views;
}

RecordFilter first_filter() {
    RecordFilter filter;
    filter.chips = {severity_chip(Severity::low)};
    return filter;
}

}  // namespace

TriagePage::TriagePage(const TopBar::Actions& actions, QWidget* parent)
    : QWidget(parent),
      top_(new TopBar(actions)),
      area_(new QMainWindow),
      docks_(*area_),
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
      guidelines_(new_guidelines_view()),
      jobs_panel_(new JobsPanel(jobs_)),
      watch_(new WatchPanel),
      views_(new RecordViews(selection_, *log_, why_, this)) {
    area_->setWindowFlags(Qt::Widget);
    area_->setContentsMargins(6, 6, 6, 6);
    area_->setCentralWidget(makeCentre());
    makeDocks();
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(top_);
    layout->addWidget(area_, 1);
    connectViews();
    orderTabs();
    setThreshold(kFirstThreshold);
}

void TriagePage::connectViews() {
    connect(chart_, &ScoreChart::visibleRangeChanged, overview_, &OverviewStrip::setView);
    connect(chart_, &ScoreChart::visibleRangeChanged, this, &TriagePage::updateChartNote);
    connect(overview_, &OverviewStrip::viewRequested, chart_, &ScoreChart::showRange);
    connect(chart_, &ScoreChart::thresholdDragged, this, &TriagePage::countAbove);
    connect(chart_, &ScoreChart::thresholdChanged, this, &TriagePage::setThreshold);
    connect(chart_, &ScoreChart::machineRequested, this, [this](const QString& machine) {
        RecordFilter filter = sessions_->filter();
        std::erase_if(filter.chips, [](const FilterChip& chip) {
            return (chip.kind == FilterKind::machine || chip.kind == FilterKind::file) && !chip.hides;
        });
        const auto shared = [&](const Lane& lane) { return lane.shared && qstring(lane.name) == machine; };
        const bool file = loaded_.index && std::ranges::any_of(loaded_.index->lanes, shared);
        if (!machine.isEmpty()) filter.chips.push_back(values_chip(file ? FilterKind::file : FilterKind::machine, {machine}));
        applyFilter(filter);
    });
    connect(top_->filters(), &FilterBar::filterChanged, this, &TriagePage::applyFilter);
    connect(top_->above(), &QPushButton::toggled, this, [this](bool only) {
        RecordFilter next = sessions_->filter();
        next.setLeastScore(only ? chart_->threshold() : -1);
        applyFilter(next);
    });
    connect(sessions_, &SessionTable::filterWanted, this, &TriagePage::applyFilter);
    connect(sessions_, &SessionTable::said, this, &TriagePage::said);
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
    connect(why_, &WhyPanel::lineRequested, this, [this] { docks_.show(View::log); });
    connect(sources_, &SourcesPanel::notUnderstoodRequested, this, [this](SourceIndex source) {
        docks_.show(View::log);
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
        applyFilter(first_filter());
        chart_->setSnapshot(nullptr, nullptr);
        chart_->showWholeNext();
    }
    const QSignalBlocker quiet(&selection_);
    if (keep && before && loaded.snapshot) selection_.rebase(*before, *loaded.snapshot);
    sessions_->setSnapshot(loaded.snapshot);
    top_->filters()->setChoices({loaded.snapshot, loaded.tally});
    sources_->setSnapshot(loaded.snapshot);
    overview_->setIndex(loaded.index);
    chart_->setSnapshot(loaded.snapshot, loaded.index);
    ledger_->setSnapshot(loaded.snapshot);
    models_->setSnapshot(loaded.snapshot);
    // Files that came behind what is shown move nothing: neither log nor reasons begin anew.
    if (keep && before && !before->partial && loaded.snapshot && stands_in_front(*before, *loaded.snapshot)) {
        views_->setRescored(loaded);
    } else {
        why_->setSnapshot(loaded.snapshot);
        views_->setLoaded(loaded);
    }
    countAbove();
    updateNotes();
    if (loaded.snapshot && loaded.snapshot->records.empty() && !loaded.snapshot->partial) docks_.show(View::sources);
}

void TriagePage::setRescored(const Loaded& loaded) {
    const Snapshot& before = loaded_.snapshot;
    if (!before || !loaded.snapshot || before->partial || before->records.size() != loaded.snapshot->records.size() ||
        before->sources.size() != loaded.snapshot->sources.size()) {
        return setLoaded(loaded, true);
    }
    loaded_ = loaded;
    sessions_->setSnapshot(loaded.snapshot);
    top_->filters()->setChoices({loaded.snapshot, loaded.tally});
    overview_->setIndex(loaded.index);
    chart_->setSnapshot(loaded.snapshot, loaded.index);
    ledger_->setSnapshot(loaded.snapshot);
    models_->setSnapshot(loaded.snapshot);
    sources_->setRescored(loaded.snapshot);
    views_->setRescored(loaded);
    countAbove();
    updateNotes();
}

void TriagePage::setQueue(std::vector<ShownQueueEntry> entries) {
    const auto count = static_cast<std::int64_t>(entries.size());
    queue_->setQueue(loaded_.snapshot, std::move(entries));
    top_->setQueueCount(count);
    docks_.setTitle(View::queue, count > 0 ? QStringLiteral("Queue %1").arg(count_text(count)) : QStringLiteral("Queue"));
    updateNotes();
}

void TriagePage::setRetrainCount(std::int64_t labels) { top_->setRetrainCount(labels); }
void TriagePage::showQueue() {
    docks_.show(View::queue);
    queue_->view()->setFocus();
}
bool TriagePage::showsQueue() const { return docks_.isInFront(View::queue); }

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
    top_->above()->setChecked(filter.leastScore() >= 0);
    sessions_->setFilter(filter);
    selection_.setRange(filter.range());
    chart_->setViews(views_kept(filter));
    if (filter.leastScore() >= 0 && filter.leastScore() != chart_->threshold()) setThreshold(filter.leastScore());
}

void TriagePage::setThreshold(float threshold) {
    chart_->setThreshold(threshold);
    countAbove();
    RecordFilter next = sessions_->filter();
    if (next.leastScore() < 0 || next.leastScore() == threshold) return;
    next.setLeastScore(threshold);
    applyFilter(next);
}

void TriagePage::countAbove() {
    top_->setAbove(loaded_.tally ? loaded_.tally->atLeast(chart_->threshold()) : 0, chart_->threshold());
}

void TriagePage::updateNotes() {
    docks_.head(View::log)->note()->setText(log_->title());
    docks_.head(View::log)->note()->setToolTip(log_->title());
    if (!loaded_.snapshot) {
        chart_head_->note()->clear();
        for (const View view : {View::sessions, View::queue, View::sources}) docks_.head(view)->note()->clear();
        return top_->setTitle(name_, {});
    }
    const Investigation& all = *loaded_.snapshot;
    QString counts = entity_words(loaded_.tally->entities);
    Time first = kUnknownTime, last = kUnknownTime;
    for (const Source& source : all.sources) {
        if (!known(source.first_time)) continue;
        first = known(first) ? std::min(first, source.first_time) : source.first_time;
        last = known(last) ? std::max(last, source.last_time) : source.last_time;
    }
    if (known(first)) counts += " · " + (day_text(first) == day_text(last) ? day_text(first) : span_text(first, last));
    top_->setTitle(name_, counts + " · " + record_count_words(*loaded_.tally));
    updateListNotes();
    updateChartNote();
}

void TriagePage::updateChartNote() {
    if (!loaded_.snapshot) return;
    const TimeRange view = chart_->visibleRange();
    const bool any_time = loaded_.index && !loaded_.index->lanes.empty();
    QString when = any_time ? span_text(view.begin, view.end) : QString();
    if (loaded_.index && loaded_.index->without_time > 0)
        when += (any_time ? " · " : "") + count_text(loaded_.index->without_time) + " without a time";
    chart_head_->note()->setText(loaded_.snapshot->records.empty() ? QString() : when);
}

void TriagePage::updateListNotes() {
    docks_.head(View::sources)->note()->setText(counted(std::ssize(loaded_.snapshot->sources), "file", "files"));
    docks_.head(View::queue)->note()->setText(counted(queue_->model()->rowCount(), "record", "records") + " worth a look");
    const auto listable = loaded_.tally->records - (sessions_->filter().routine ? 0 : loaded_.tally->routine);
    const int shown = sessions_->model()->rowCount();
    const auto record = selection_.record();
    const bool hidden = record && sessions_->settled() && sessions_->model()->rowOf(*record) < 0;
    docks_.head(View::sessions)
        ->note()
        ->setText(QStringLiteral("%1 of %2%3")
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
    docks_.show(View::log);
    return log_;
}

void TriagePage::stepLine(int direction) { showLog()->step(direction); }

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
    settings.setLayout("docks", docks_.save());
    settings.setLayout("columns", sessions_->columns().state());
}

void TriagePage::restoreLayout(const Settings& settings) {
    docks_.restore(settings.layout("docks"));
    sessions_->columns().restore(settings.layout("columns"));
}

void TriagePage::resetLayout() {
    docks_.reset();
    sessions_->columns().reset();
}

}  // namespace abm
