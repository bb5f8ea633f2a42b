// What the program remembers between starts: recent workspaces, theme, layout, filters. Of the journals nothing but the
// words and names one filtered by.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QKeySequence>
#include <QList>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <optional>

#include "core/decide/queue.h"
#include "widgets/theme.h"

namespace abm {

/// A workspace that was open.
struct RecentEntry {
    QString workspace;  ///< absolute path
    QString summary;    ///< "2 machines · 312 sessions · 20 labels"
    QString record;     ///< that was selected, see record_key()
    QString place;      ///< see TriagePage::place()
    QDateTime opened;
    bool missing = false;  ///< its file is not there now
};

/// Damaged or foreign entries are read as absent. One object for the program, handed to who needs it.
class Settings {
public:
    Settings();                                  ///< the user's
    explicit Settings(const QString& ini_file);  ///< of a file, for tests

    QList<RecentEntry> recent() const;  ///< newest first, at most eight; files that are gone are marked
    /// place: of TriagePage::place(); empty: none.
    void remember(const QString& workspace, const QString& summary, const QString& record, const QString& place = {});
    void forget(const QString& workspace);
    void forgetRecent();

    /// The workspace the next start opens by itself; empty: none, the user closed it or it never came up.
    QString openWorkspace() const;
    void setOpenWorkspace(const QString& path);

    /// The workspace that needs no setup: default_workspace() for the user's settings, beside the ini file for those of a file.
    QString workspace() const;

    ThemeMode theme() const;
    void setTheme(ThemeMode mode);

    /// Under whose name verdicts are stored; empty: the name the system knows.
    QString expert() const;
    void setExpert(const QString& name);

    QueueMix queueMix() const;
    void setQueueMix(const QueueMix& mix);

    /// Keys of an action, by its name; nullopt: those the program comes with. An empty list: none.
    std::optional<QList<QKeySequence>> keys(const QString& action) const;
    void setKeys(const QString& action, const std::optional<QList<QKeySequence>>& keys);

    /// Empty when there is none or it was written by another version of the layout.
    QByteArray layout(const QString& part) const;
    void setLayout(const QString& part, const QByteArray& state);
    void forgetLayout();

    QString file() const { return store_.fileName(); }

private:
    void write(const QList<RecentEntry>& entries);

    mutable QSettings store_;
    QString workspace_;
};

}  // namespace abm
