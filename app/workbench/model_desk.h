// Where models are made, compared and adopted: ties the models panel to the workspace.
#pragma once

#include <QObject>
#include <map>

#include "app/workbench/actions.h"
#include "app/workbench/workspace_job.h"

namespace abm {

class ModelsPanel;
class SearchDialog;
class TriagePage;

class ModelDesk : public QObject {
    Q_OBJECT
public:
    ModelDesk(TriagePage& page, const Actions& actions, WorkspaceJob& job, QObject* parent = nullptr);

    void setFacts(const WorkspaceFacts& facts, bool complete);
    void setOpen(bool open);
    void forget();  ///< another workspace is opened
    /// What they say of records is by number, and numbers have changed.
    void forgetComparisons() { compared_.clear(); }
    void retrain();
    void chooseDetectors();  ///< a dialog; it makes a candidate
    void searchSettings();   ///< a dialog that stays

signals:
    void said(const QString& message);

private:
    void connectPanel();
    void connectJob();
    void connectSearch();
    void train(std::optional<ModelSettings> settings, bool adopt);
    void showEnabled();
    void showModels();
    std::optional<ModelId> candidate() const;

    TriagePage& page_;
    const Actions& actions_;
    WorkspaceJob& job_;
    ModelsPanel& panel_;
    SearchDialog* search_;
    WorkspaceFacts facts_;
    bool open_ = false;
    bool complete_ = false;
    std::map<std::int64_t, Comparison> compared_;  ///< of models trained in this sitting
};

}  // namespace abm
