// What is done with the files of a workspace: read again, skipped, taken out; and which of them failed.
#pragma once

#include <QObject>

#include "app/workbench/workspace_job.h"

namespace abm {

class SourcesPanel;

class SourceDesk : public QObject {
    Q_OBJECT
public:
    SourceDesk(SourcesPanel& panel, WorkspaceJob& job, QObject* parent = nullptr);

signals:
    void readWanted(const QString& path);  ///< into the open workspace
    void takenOut(const QString& words, const QString& path);

private:
    void setFacts(const WorkspaceFacts& facts, bool complete);
    void refresh();
    void skip(const QString& path);
    void takeOut(SourceIndex source);

    SourcesPanel& panel_;
    WorkspaceJob& job_;
};

}  // namespace abm
