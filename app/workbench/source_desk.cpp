#include "app/workbench/source_desk.h"

#include "core/store/failed_files.h"
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
    connect(&panel_, &SourcesPanel::takeOutRequested, &job_, &WorkspaceJob::takeOut);
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

}  // namespace abm
