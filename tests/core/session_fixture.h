// A workspace in a folder of its own, with invented journals beside it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/pipeline/workspace_session.h"
#include "tests/core/generated_journals.h"
#include "tests/core/temporary_folder.h"

namespace abm::test {

class SessionTest : public ::testing::Test {
protected:
    std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }
    std::filesystem::path workspace() const { return file("work.abmw"); }

    std::unique_ptr<WorkspaceSession> open(const std::filesystem::path& path, const std::string& who = "anna") const {
        SessionOptions options;
        options.threads = 2;
        options.who = who;
        return WorkspaceSession::open(path, options, {});
    }
    std::unique_ptr<WorkspaceSession> open() const { return open(workspace()); }

    /// Journals of some machines in a folder of that name; by name.
    std::vector<std::filesystem::path> generate(const std::string& name, int machines, int days, std::uint64_t seed) const {
        GenerateOptions options;
        options.machines = machines;
        options.days = days;
        options.seed = seed;
        options.out = file(name);
        generate_journals(options, {});
        std::vector<std::filesystem::path> journals;
        for (const auto& entry : std::filesystem::directory_iterator(options.out)) {
            if (entry.path().extension() == ".txt") journals.push_back(entry.path());
        }
        std::ranges::sort(journals);
        return journals;
    }

    static const Investigation& shown(const WorkspaceSession& session) { return *session.snapshot()->investigation(); }
    static std::vector<float> scores(const WorkspaceSession& session) {
        std::vector<float> scores;
        for (const Record& record : shown(session).records) scores.push_back(record.score);
        return scores;
    }
    /// Sessions nothing was found about, in their order.
    static std::vector<RecordIndex> ordinary(const WorkspaceSession& session, std::size_t most) {
        std::vector<RecordIndex> found;
        const auto& records = shown(session).records;
        for (std::size_t at = 0; at < records.size() && found.size() < most; ++at) {
            if (records[at].kind == RecordKind::session && records[at].finding_count == 0)
                found.push_back(static_cast<RecordIndex>(at));
        }
        return found;
    }
    static void label(WorkspaceSession& session, RecordIndex record, LabelClass verdict, const std::string& type = {}) {
        LabelRequest request;
        request.label = verdict;
        request.type = type;
        session.label({&record, 1}, request);
    }

    TemporaryFolder folder_;
};

}  // namespace abm::test
