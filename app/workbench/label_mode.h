// Label mode: one record a screen, one key a verdict. Keeps the course of the session; verdicts themselves are the label desk's.
#pragma once

#include <QObject>

#include "app/workbench/actions.h"
#include "app/workbench/label_place.h"
#include "app/workbench/label_session.h"
#include "app/workbench/loaded.h"
#include "app/workbench/workspace_job.h"

namespace abm {

class LabelDesk;
class LabelPage;
class RecordViews;
class Settings;
class TriagePage;

/// UI thread only. A session lasts from entering to leaving.
class LabelMode : public QObject, public LabelPlace {
    Q_OBJECT
public:
    LabelMode(LabelPage& page, TriagePage& triage, LabelDesk& desk, const Actions& actions, WorkspaceJob& job, Settings& settings,
              QObject* parent = nullptr);
    ~LabelMode() override;

    void enter();
    void leave();
    bool active() const { return active_; }
    void setLoaded(const Loaded& loaded);  ///< the records are others
    void setRescored(const Loaded& loaded);
    bool settled() const;
    const LabelSession& session() const { return session_; }

    LabelPanel& panel() override;
    QWidget* home() override;
    void showWhy() override;
    bool offers() const override { return offers_; }
    std::optional<RecordIndex> after(std::optional<RecordIndex> record) override;
    QString ended() override;
    std::int64_t mark(const std::vector<RecordIndex>& records) override;
    QString markedWords() const override;
    bool undoGoesBack() const override { return true; }

signals:
    void entered();
    void left();

private:
    void connectJob();
    void show(RecordIndex record);
    void follow();
    void goOn();
    void askForMore();
    void showEnd();
    void showProgress();
    void showSaved();
    void showEnabled();

    LabelPage& page_;
    TriagePage& triage_;
    LabelDesk& desk_;
    const Actions& actions_;
    WorkspaceJob& job_;
    RecordViews* views_;
    LabelSession session_;
    Loaded loaded_;
    bool active_ = false;
    bool offers_ = false;  ///< a record stands before the expert
    bool asked_ = false;   ///< for more of the queue
};

}  // namespace abm
