#include "app/workbench/settings.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "core/pipeline/workspace_session.h"

namespace abm {
namespace {

constexpr int kLayoutVersion = 2;
constexpr int kMostRecent = 8;
const QString kNoKey = QStringLiteral("none");

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
        RecentEntry entry{store_.value("workspace").toString(), store_.value("summary").toString(),
                          store_.value("record").toString(),    store_.value("place").toString(),
                          store_.value("opened").toDateTime(),  false};
        entry.missing = !QFileInfo::exists(entry.workspace);
        if (!entry.workspace.isEmpty()) entries.append(entry);
    }
    store_.endArray();
    return entries;
}

void Settings::write(const QList<RecentEntry>& entries) {
    store_.remove("workspaces");
    store_.beginWriteArray("workspaces", static_cast<int>(entries.size()));
    for (int at = 0; at < entries.size(); ++at) {
        store_.setArrayIndex(at);
        store_.setValue("workspace", entries[at].workspace);
        store_.setValue("summary", entries[at].summary);
        store_.setValue("record", entries[at].record);
        store_.setValue("place", entries[at].place);
        store_.setValue("opened", entries[at].opened);
    }
    store_.endArray();
    store_.sync();  // what was remembered survives a kill
}

void Settings::remember(const QString& workspace, const QString& summary, const QString& record, const QString& place) {
    QList<RecentEntry> entries = recent();
    entries.removeIf([&](const RecentEntry& entry) { return entry.workspace == workspace; });
    entries.prepend({workspace, summary, record, place, QDateTime::currentDateTime(), false});
    if (entries.size() > kMostRecent) entries.resize(kMostRecent);
    write(entries);
}

void Settings::forget(const QString& workspace) {
    QList<RecentEntry> entries = recent();
    entries.removeIf([&](const RecentEntry& entry) { return entry.workspace == workspace; });
    write(entries);
}

QString Settings::openWorkspace() const { return store_.value("open").toString(); }

void Settings::setOpenWorkspace(const QString& path) {
    store_.setValue("open", path);
    store_.sync();
}

void Settings::forgetRecent() { store_.remove("workspaces"); }

ThemeMode Settings::theme() const {
    const QString name = store_.value("theme").toString();
    return name == "dark" ? ThemeMode::dark : name == "light" ? ThemeMode::light : ThemeMode::system;
}

void Settings::setTheme(ThemeMode mode) {
    store_.setValue("theme", mode == ThemeMode::dark ? "dark" : mode == ThemeMode::light ? "light" : "system");
}

QString Settings::expert() const { return store_.value("expert").toString().trimmed(); }
void Settings::setExpert(const QString& name) { store_.setValue("expert", name.trimmed()); }

QueueMix Settings::queueMix() const {
    QueueMix mix;
    const auto share = [this](const char* key, int usual) { return std::clamp(store_.value(key, usual).toInt(), 0, 100); };
    mix = {share("queue/odd", mix.odd), share("queue/uncertain", mix.uncertain), share("queue/random", mix.random)};
    return mix.odd + mix.uncertain + mix.random > 0 ? mix : QueueMix();
}

void Settings::setQueueMix(const QueueMix& mix) {
    store_.setValue("queue/odd", mix.odd);
    store_.setValue("queue/uncertain", mix.uncertain);
    store_.setValue("queue/random", mix.random);
}

std::optional<QList<QKeySequence>> Settings::keys(const QString& action) const {
    const QVariant stored = store_.value("keys/" + action);
    if (!stored.isValid()) return std::nullopt;
    const QString text = stored.toString();
    return text == kNoKey ? QList<QKeySequence>() : QKeySequence::listFromString(text, QKeySequence::PortableText);
}

void Settings::setKeys(const QString& action, const std::optional<QList<QKeySequence>>& keys) {
    if (!keys) return store_.remove("keys/" + action);
    store_.setValue("keys/" + action, keys->isEmpty() ? kNoKey : QKeySequence::listToString(*keys, QKeySequence::PortableText));
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
