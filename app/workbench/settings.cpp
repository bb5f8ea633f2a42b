#include "app/workbench/settings.h"

#include <QDir>
#include <QFileInfo>

#include "core/pipeline/workspace_session.h"

namespace abm {
namespace {

constexpr int kLayoutVersion = 1;
constexpr int kMostRecent = 8;

}  // namespace

Settings::Settings()
    : store_(QSettings::IniFormat, QSettings::UserScope, "abm-workbench", "abm-workbench"),
      workspace_(QString::fromStdString(default_workspace().string())) {}
Settings::Settings(const QString& ini_file)
    : store_(ini_file, QSettings::IniFormat), workspace_(QFileInfo(ini_file).absoluteDir().filePath("default.abmw")) {}

QString Settings::workspace() const { return workspace_; }

QList<RecentEntry> Settings::recent() const {
    QList<RecentEntry> entries;
    const int count = store_.beginReadArray("workspaces");
    for (int at = 0; at < count && entries.size() < kMostRecent; ++at) {
        store_.setArrayIndex(at);
        const RecentEntry entry{store_.value("workspace").toString(), store_.value("summary").toString(),
                                store_.value("record").toString(), store_.value("opened").toDateTime()};
        if (!entry.workspace.isEmpty() && QFileInfo::exists(entry.workspace)) entries.append(entry);
    }
    store_.endArray();
    return entries;
}

void Settings::remember(const QString& workspace, const QString& summary, const QString& record) {
    QList<RecentEntry> entries = recent();
    entries.removeIf([&](const RecentEntry& entry) { return entry.workspace == workspace; });
    entries.prepend({workspace, summary, record, QDateTime::currentDateTime()});
    if (entries.size() > kMostRecent) entries.resize(kMostRecent);
    store_.remove("workspaces");
    store_.beginWriteArray("workspaces", static_cast<int>(entries.size()));
    for (int at = 0; at < entries.size(); ++at) {
        store_.setArrayIndex(at);
        store_.setValue("workspace", entries[at].workspace);
        store_.setValue("summary", entries[at].summary);
        store_.setValue("record", entries[at].record);
        store_.setValue("opened", entries[at].opened);
    }
    store_.endArray();
}

void Settings::forgetRecent() { store_.remove("workspaces"); }

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
