#include "app/workbench/source_desk.h"

#include <algorithm>

#include "core/store/failed_files.h"
#include "core/store/taken_out.h"
#include "widgets/format.h"
#include "widgets/sources_panel.h"

namespace abm {
namespace {

std::vector<Source> failed_in(WorkspaceSession& session) {
    std::vector<Source> sources;
    for (FailedFile& file : FailedFiles(session.workspace()).list()) {
        Source& source = sources.emplace_back();
        source.path = std::move(file.path);
        source.name = std::move(file.name);
        source.problems = std::move(file.problems);
    }
    return sources;
}

}  // namespace

SourceDesk::SourceDesk(SourcesPanel& panel, WorkspaceJob& job, QObject* parent) : QObject(parent), panel_(panel), job_(job) {
    connect(&panel_, &SourcesPanel::readRequested, this, &SourceDesk::readWanted);
    connect(&panel_, &SourcesPanel::skipRequested, this, &SourceDesk::skip);
    connect(&panel_, &SourcesPanel::takeOutRequested, this, &SourceDesk::takeOut);
    connect(&job_, &WorkspaceJob::started, this, [this] { panel_.setBlocked("Files are being read"); });
    connect(&job_, &WorkspaceJob::cancelled, this, [this] { panel_.setBlocked({}); });
    connect(&job_, &WorkspaceJob::finished, this, [this](const Loaded&, const WorkspaceFacts& facts) { setFacts(facts, true); });
    connect(&job_, &WorkspaceJob::changed, this, [this](const Loaded&, const WorkspaceFacts& facts) { setFacts(facts, false); });
    connect(&job_, &WorkspaceJob::failed, this, [this](const QString&, const Loaded& loaded, const WorkspaceFacts& facts) {
        setFacts(facts, loaded.snapshot != nullptr);
    });
}

void SourceDesk::setFacts(const WorkspaceFacts& facts, bool complete) {
    panel_.setBlocked(facts.read_only ? QStringLiteral("This workspace can only be read") : QString());
    if (complete) refresh();
}

void SourceDesk::refresh() {
    job_.read([this](WorkspaceSession& session, const std::string&) -> CommandQueue::Answer {
        return [this, failed = failed_in(session)] { panel_.setFailed(failed); };
    });
}

void SourceDesk::skip(const QString& path) {
    job_.write([this, path = path.toStdString()](WorkspaceSession& session, const std::string&) -> CommandQueue::Answer {
        FailedFiles(session.workspace()).forget(path);
        return [this, failed = failed_in(session)] { panel_.setFailed(failed); };
    });
}

// Its records are gone for the session when it looks at the workspace again: refresh().
void SourceDesk::takeOut(SourceIndex source) {
    const Snapshot seen = panel_.snapshot();
    if (!seen || raw(source) >= seen->sources.size()) return;
    job_.write([this, identity = seen->sources[raw(source)].identity](WorkspaceSession& session,
                                                                      const std::string& who) -> CommandQueue::Answer {
        const auto snapshot = session.snapshot()->investigation();
        const auto place = std::ranges::find(snapshot->sources, identity, &Source::identity);
        if (place == snapshot->sources.end())
            throw Error(ErrorCode::Invalid, "The file is not in the workspace any more. Nothing was changed.");
        const Source& file = *place;
        const auto at = static_cast<SourceIndex>(place - snapshot->sources.begin());
        const auto labels = std::count_if(snapshot->labels.begin(), snapshot->labels.end(), [&](const StandingLabel& label) {
            return snapshot->records[raw(label.record)].source == at;
        });
        take_out(session.workspace(), session.source_ids().at(raw(at)), who);
        QString words = QStringLiteral("%1 is taken out of this workspace.").arg(qstring(file.name));
        if (labels > 0)
            words += QStringLiteral(" %1 %2 kept for when it is read again.")
                         .arg(counted(labels, "label", "labels"), labels == 1 ? "is" : "are");
        return [this, words, path = qstring(file.path.string())] {
            job_.refresh();
            emit takenOut(words, path);
        };
    });
}

}  // namespace abm
