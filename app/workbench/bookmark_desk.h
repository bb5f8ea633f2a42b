// Where bookmarks and flags are set: ties their keys to the workspace, and to the views that show them.
#pragma once

#include <QObject>

#include "app/workbench/actions.h"
#include "app/workbench/workspace_job.h"
#include "core/data/bookmark.h"

namespace abm {

class LabelDesk;
class TriagePage;

/// UI thread only. A mark is shown when the workspace says that it is stored; the same key takes it away again.
class BookmarkDesk : public QObject {
    Q_OBJECT
public:
    BookmarkDesk(TriagePage& page, LabelDesk& queue, const Actions& actions, WorkspaceJob& job, QObject* parent = nullptr);

    void setOpen(bool open);
    void refresh();  ///< another expert works here now
    const Bookmarks& bookmarks() const { return bookmarks_; }

signals:
    void said(const QString& message);
    void shown();  ///< the views show what is stored now

private:
    void setFacts(const WorkspaceFacts& facts, bool complete);
    void show(Bookmarks bookmarks);
    void toggle(BookmarkKind kind);
    void sayToggled(BookmarkKind kind, bool on_line, bool stands);
    void goToNext();
    void showEnabled();

    TriagePage& page_;
    LabelDesk& queue_;
    const Actions& actions_;
    WorkspaceJob& job_;
    Bookmarks bookmarks_;
    bool open_ = false;
    bool complete_ = false;
    bool read_only_ = false;
};

}  // namespace abm
