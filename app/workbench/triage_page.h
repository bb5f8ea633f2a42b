// The page of an open investigation: overview, chart, sessions, log, ledger, why, around one selection.
#pragma once

#include <QMainWindow>

#include "app/workbench/dock_set.h"
#include "app/workbench/loaded.h"
#include "app/workbench/top_bar.h"
#include "widgets/job_list.h"
#include "widgets/queue_model.h"
#include "widgets/selection.h"

class QTextBrowser;

namespace abm {

class JobsPanel;
class LabelPanel;
class LedgerPanel;
class LogPanel;
class ModelsPanel;
class OverviewStrip;
class PaneHead;
class QueuePanel;
class RecordViews;
class ScoreChart;
class SessionTable;
class Settings;
class SourcesPanel;
class WatchPanel;
class WhyPanel;

class TriagePage : public QWidget {
    Q_OBJECT
public:
    explicit TriagePage(const TopBar::Actions& actions, QWidget* parent = nullptr);

    /// keep: the snapshot continues the one shown (partial results of the same load), so selection, view and filters stay.
    void setLoaded(const Loaded& loaded, bool keep);
    /// The same records with other labels or scores: nothing moves but what they change.
    void setRescored(const Loaded& loaded);
    void setQueue(std::vector<ShownQueueEntry> entries);
    void setRetrainCount(std::int64_t labels);
    void showQueue();  ///< and its list takes the keys
    void showView(View view) { docks_.show(view); }
    bool showsQueue() const;
    QWidget* currentList() const;  ///< sessions or queue, for the focus
    void setBusy(bool busy);
    /// Another page is shown in its place: logs and reasons are not read for nobody.
    void setActive(bool active);
    void setTitle(const QString& title);
    void selectWorst();
    /// The next or previous record of severity low and above by time, from the selected one.
    void stepAnomaly(int direction);
    void stepLine(int direction);
    void zoomToRange();
    void openFind();
    LogPanel* showLog();  ///< in front of the ledger and the models
    void focusFilter();
    bool settled() const;

    void saveLayout(Settings& settings) const;
    /// What cannot be read is left as it is by default.
    void restoreLayout(const Settings& settings);
    void resetLayout();
    /// What the chart shows, which records are listed and which lists are in front, to come back to; empty when nothing is open.
    QString place() const;
    void restorePlace(const QString& place);  ///< what cannot be read changes nothing
    QList<QAction*> dockActions() const { return docks_.actions(); }
    DockSet& docks() { return docks_; }

    Selection& selection() { return selection_; }
    const Loaded& loaded() const { return loaded_; }
    TopBar* topBar() const { return top_; }
    ScoreChart* chart() const { return chart_; }
    OverviewStrip* overview() const { return overview_; }
    SessionTable* sessions() const { return sessions_; }
    SourcesPanel* sources() const { return sources_; }
    LogPanel* log() const { return log_; }
    RecordViews* views() const { return views_; }
    LedgerPanel* ledger() const { return ledger_; }
    WhyPanel* why() const { return why_; }
    QueuePanel* queue() const { return queue_; }
    LabelPanel* labelPanel() const { return label_; }
    ModelsPanel* models() const { return models_; }
    QTextBrowser* guidelines() const { return guidelines_; }
    JobList& jobs() { return jobs_; }
    JobsPanel* jobsPanel() const { return jobs_panel_; }
    WatchPanel* watch() const { return watch_; }

signals:
    void said(const QString& message);  ///< for the status bar

private:
    QWidget* makeCentre();
    QWidget* makeChartPane();
    void makeDocks();
    void connectViews();
    void applyFilter(const RecordFilter& filter);
    void setThreshold(float threshold);
    void countAbove();
    void updateNotes();
    void updateChartNote();
    void updateListNotes();
    void orderTabs();

    Selection selection_;
    Loaded loaded_;
    QString name_;
    TopBar* top_;
    QMainWindow* area_;  ///< the chart in its centre, the docks around it
    DockSet docks_;
    OverviewStrip* overview_;
    ScoreChart* chart_;
    PaneHead* chart_head_ = nullptr;
    LogPanel* log_;
    LedgerPanel* ledger_;
    SessionTable* sessions_;
    SourcesPanel* sources_;
    WhyPanel* why_;
    QueuePanel* queue_;
    LabelPanel* label_;
    ModelsPanel* models_;
    QTextBrowser* guidelines_;
    JobList jobs_;
    JobsPanel* jobs_panel_;
    WatchPanel* watch_;
    RecordViews* views_;
};

}  // namespace abm
