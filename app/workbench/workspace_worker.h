// What WorkspaceJob keeps on its worker thread, and how the worker speaks to the window. For its own source files only.
#pragma once

#include <algorithm>
#include <mutex>
#include <utility>

#include "app/workbench/workspace_job.h"

namespace abm {

// What the worker has said and the window has not read yet. Each loading has its own: what an older one still says goes nowhere.
struct WorkspaceJob::Report {
    std::mutex mutex;
    double fraction = -1;
    std::string stage;
    bool news = false;
    std::int64_t bytes = 0;  ///< of the files that are to be read
    bool measured = false;
    std::optional<Loaded> partial;

    void progress(double part, std::string_view words) {
        const std::scoped_lock lock(mutex);
        fraction = part;
        if (!words.empty()) stage = words;
        news = true;
    }
    void measure(std::int64_t to_read) {
        const std::scoped_lock lock(mutex);
        bytes = to_read;
        measured = true;
    }
    void offer(Loaded loaded) {
        const std::scoped_lock lock(mutex);
        partial = std::move(loaded);
    }
};

struct WorkspaceJob::Worker {
    std::unique_ptr<WorkspaceSession> session;
    bool read_only = false;
    std::string expert = system_user();
    std::shared_ptr<Report> report;  ///< of the loading that is on
    std::stop_token stop;
    std::shared_ptr<const ScoreIndex> index;  ///< the last one made: re-scoring leaves the order in time as it is

    WorkspaceSession& open_session() const {
        if (!session) throw Error(ErrorCode::Invalid, "No workspace is open. Open one and try again.");
        return *session;
    }
    WorkspaceSession& writable() const {
        if (read_only) throw Error(ErrorCode::Io, "This workspace can only be read: nothing was changed. Copy it to change it.");
        return open_session();
    }
    Loaded loaded() {
        if (!session) return {};
        auto scored = session->snapshot();
        return shown(scored->investigation(), scored);
    }
    Loaded shown(Snapshot snapshot, std::shared_ptr<const ScoredInvestigation> scored) {
        Loaded loaded = load_for_window(std::move(snapshot), std::move(scored), index.get());
        index = loaded.index;
        return loaded;
    }
    /// Of the files on the disk that the workspace does not know as they are now.
    std::int64_t bytes_to_read(const Paths& files) const;
    WorkspaceFacts facts() const { return session ? facts_of(*session, read_only) : WorkspaceFacts(); }

    void open(const std::filesystem::path& path, const Progress& progress) {
        if (session && session->path() == path) return;
        session.reset();
        index.reset();
        SessionOptions options;
        options.access = access_to(path);
        options.who = expert;
        options.on_partial = [this](std::shared_ptr<const Investigation> snapshot) {
            if (stop.stop_requested() || !report || snapshot->records.empty()) return;
            report->offer(shown(std::move(snapshot), nullptr));
        };
        session = WorkspaceSession::open(path, std::move(options), progress);
        read_only = access_to(path) == Workspace::Access::read_only;
    }
};

}  // namespace abm
