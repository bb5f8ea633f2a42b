// What the program remembers between starts: recent files, theme, layout. Nothing of the journals' content.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QSettings>
#include <QString>
#include <QStringList>

#include "widgets/theme.h"

namespace abm {

struct RecentEntry {
    QStringList paths;
    QString summary;  ///< "2 machines · 312 sessions"
    QDateTime opened;
};

/// Damaged or foreign entries are read as absent. One object for the program, handed to who needs it.
class Settings {
public:
    Settings();                                  ///< the user's
    explicit Settings(const QString& ini_file);  ///< of a file, for tests

    QList<RecentEntry> recent() const;  ///< newest first, at most eight; gone files are left out
    void remember(const QStringList& paths, const QString& summary);
    void forgetRecent();

    ThemeMode theme() const;
    void setTheme(ThemeMode mode);

    /// Empty when there is none or it was written by another version of the layout.
    QByteArray layout(const QString& part) const;
    void setLayout(const QString& part, const QByteArray& state);
    void forgetLayout();

    QString file() const { return store_.fileName(); }

private:
    mutable QSettings store_;
};

}  // namespace abm
