#include "app/workbench/settings.h"

#include <QFileInfo>
#include <algorithm>

namespace abm {
namespace {

constexpr int kLayoutVersion = 1;
constexpr int kMostRecent = 8;

bool all_exist(const QStringList& paths) {
    return !paths.isEmpty() &&
           std::all_of(paths.begin(), paths.end(), [](const QString& path) { return QFileInfo::exists(path); });
}

}  // namespace

Settings::Settings() : store_(QSettings::IniFormat, QSettings::UserScope, "abm-workbench", "abm-workbench") {}
Settings::Settings(const QString& ini_file) : store_(ini_file, QSettings::IniFormat) {}

QList<RecentEntry> Settings::recent() const {
    QList<RecentEntry> entries;
    const int count = store_.beginReadArray("recent");
    for (int at = 0; at < count && entries.size() < kMostRecent; ++at) {
        store_.setArrayIndex(at);
        const RecentEntry entry{store_.value("paths").toStringList(), store_.value("summary").toString(),
                                store_.value("opened").toDateTime()};
        if (all_exist(entry.paths)) entries.append(entry);
    }
    store_.endArray();
    return entries;
}

void Settings::remember(const QStringList& paths, const QString& summary) {
    QList<RecentEntry> entries = recent();
    entries.removeIf([&](const RecentEntry& entry) { return entry.paths == paths; });
    entries.prepend({paths, summary, QDateTime::currentDateTime()});
    if (entries.size() > kMostRecent) entries.resize(kMostRecent);
    store_.remove("recent");
    store_.beginWriteArray("recent", static_cast<int>(entries.size()));
    for (int at = 0; at < entries.size(); ++at) {
        store_.setArrayIndex(at);
        store_.setValue("paths", entries[at].paths);
        store_.setValue("summary", entries[at].summary);
        store_.setValue("opened", entries[at].opened);
    }
    store_.endArray();
}

void Settings::forgetRecent() { store_.remove("recent"); }

ThemeMode Settings::theme() const {
    const QString name = store_.value("theme").toString();
    return name == "dark" ? ThemeMode::dark : name == "light" ? ThemeMode::light : ThemeMode::system;
}

void Settings::setTheme(ThemeMode mode) {
    store_.setValue("theme", mode == ThemeMode::dark ? "dark" : mode == ThemeMode::light ? "light" : "system");
}

QByteArray Settings::layout(const QString& part) const {
    if (store_.value("layout/version").toInt() != kLayoutVersion) return {};
    return store_.value("layout/" + part).toByteArray();
}

void Settings::setLayout(const QString& part, const QByteArray& state) {
    store_.setValue("layout/version", kLayoutVersion);
    store_.setValue("layout/" + part, state);
}

void Settings::forgetLayout() { store_.remove("layout"); }

}  // namespace abm
