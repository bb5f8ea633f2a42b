// A watched folder, and the workspace its files are read into.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/pipeline/watch_batch.h"
#include "tests/core/session_fixture.h"

namespace abm::test {

/// A watched folder and a workspace; every look finds what has come to rest.
class WatchBatch : public SessionTest {
protected:
    WatchBatch() { std::filesystem::create_directories(watched()); }
    std::filesystem::path watched() const { return file("in"); }
    void put(const std::string& name, const std::string& bytes) const { folder_.write("in/" + name, bytes); }
    /// The front of a journal, up to a session.
    static std::string part_of(const std::string& whole, double share) {
        return whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * share));
    }

    void begin() {
        session_ = open();
        WatchSettings settings;
        settings.folder = std::filesystem::canonical(watched());
        watch_ = WatchStore(session_->workspace()).put(settings, "anna");
        settling_ = SettlingFiles(WatchStore(session_->workspace()).files(watch_.id));
    }
    std::vector<SeenFile> settled() {
        settling_.look(list_folder(watched()));
        return settling_.look(list_folder(watched()));
    }
    std::vector<WatchReport> read(const std::vector<SeenFile>& files) {
        std::vector<WatchReport> reports = read_watched(*session_, watch_.id, files, {});
        for (const WatchReport& report : reports) settling_.done(report.file);
        return reports;
    }
    std::vector<WatchReport> pass() { return read(settled()); }
    std::vector<WatchedFile> marked() { return WatchStore(session_->workspace()).files(watch_.id); }
    std::int64_t number(const std::string& query) const { return session_->workspace().database().execAndGet(query).getInt64(); }

    std::unique_ptr<WorkspaceSession> session_;
    Watch watch_;
    SettlingFiles settling_;
};

}  // namespace abm::test
