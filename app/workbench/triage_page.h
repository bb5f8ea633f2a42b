// The page of an open investigation: overview, chart, sessions, log, ledger, why, around one selection.
#pragma once

#include <QMainWindow>

#include "app/workbench/loaded.h"
#include "app/workbench/top_bar.h"
#include "widgets/queue_model.h"
#include "widgets/selection.h"

class QDockWidget;
class QSplitter;
class QStackedWidget;

namespace abm {

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
class WhyPanel;

class TriagePage : public QWidget {
    Q_OBJECT
public:
    enum LeftTab { sessions_tab, queue_tab, sources_tab };
    enum LowerTab { log_tab, ledger_tab, models_tab };

    explicit TriagePage(const TopBar::Actions& actions, QWidget* parent = nullptr);

    /// keep: the snapshot continues the one shown (partial results of the same load), so selection, view and filters stay.
    void setLoaded(const Loaded& loaded, bool keep);
    /// The same records with other labels or scores: nothing moves but what they change.
    void setRescored(const Loaded& loaded);
    void setQueue(std::vector<ShownQueueEntry> entries);
    void setRetrainCount(std::int64_t labels);
    void showQueueTab();
    void showModelsTab();
    bool showsQueue() const;
    QWidget* currentList() const;  ///< of the left dock, for the focus
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
    QList<QAction*> dockActions() const;

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
    PaneHead* lowerHead() const { return lower_head_; }
    PaneHead* leftHead() const { return left_head_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void said(const QString& message);  ///< for the status bar

private:
    QWidget* makeCentre();
    QWidget* makeChartPane();
    QWidget* makeLowerPane();
    QWidget* makeRight();
    void makeDocks();
    void sizeDocks();
    void connectViews();
    void applyFilter(const RecordFilter& filter);
    void setThreshold(float threshold);
    void countAbove();
    void updateNotes();
    void updateChartNote();
    void updateLeftNote();
    void orderTabs();

    Selection selection_;
    Loaded loaded_;
    QString name_;
    TopBar* top_;
    QMainWindow* docks_;
    OverviewStrip* overview_;
    ScoreChart* chart_;
    PaneHead* chart_head_ = nullptr;
    QStackedWidget* lower_ = nullptr;
    PaneHead* lower_head_ = nullptr;
    LogPanel* log_;
    LedgerPanel* ledger_;
    SessionTable* sessions_;
    SourcesPanel* sources_;
    QStackedWidget* left_ = nullptr;
    PaneHead* left_head_ = nullptr;
    WhyPanel* why_;
    QueuePanel* queue_;
    LabelPanel* label_;
    ModelsPanel* models_;
    QSplitter* right_ = nullptr;
    QDockWidget* left_dock_ = nullptr;
    QDockWidget* right_dock_ = nullptr;
    QSplitter* centre_ = nullptr;
    QByteArray default_layout_;
    QByteArray remembered_layout_;  ///< of the docks, until they have a size to restore it in
    bool laid_out_ = false;
    RecordViews* views_;
};

}  // namespace abm
