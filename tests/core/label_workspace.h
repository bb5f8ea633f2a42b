// A workspace with the sources of a small investigation, so that labels have records to be about.
#pragma once

#include <SQLiteCpp/Statement.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/store/label_file.h"
#include "core/store/label_store.h"
#include "tests/core/journal_fixture.h"

namespace abm::test {

/// Rows of `sources` as labels need them, in the order given; what was read from them is not stored.
inline std::vector<SourceId> store_sources(Workspace& workspace, const std::vector<Source>& sources) {
    std::vector<SourceId> ids;
    for (const Source& source : sources) {
        SQLite::Statement insert(
            workspace.database(),
            "INSERT INTO sources VALUES(NULL, ?, ?, '', 0, 0, ?, 'ndc-journal', 'ascii', 0, 2, '0777', 0, 0, "
            "'[]', 0, 0, 0, 0, NULL, NULL, '[]', '', 1, 0, 0, '', NULL)");
        insert.bind(1, source.identity);
        insert.bind(2, source.name);
        insert.bind(3, source.bytes);
        insert.exec();
        ids.push_back(SourceId{workspace.database().getLastInsertRowid()});
    }
    return ids;
}

/// Two journals of the same name in two folders and one of another; sessions, intervals and a finding.
inline Investigation three_journals() {
    const TemporaryFolder folder;
    std::filesystem::create_directories(folder.path() / "b");
    const std::string day = reader_activated(100, "09:00") + withdrawal(101, first()) + withdrawal(102, second());
    Withdrawal left = second();
    left.taken = false;
    return ingest_files({folder.write("ABM0777EJ.txt", day), folder.write("b/ABM0777EJ.txt", reader_activated(90, "08:00") + day),
                         folder.write("other, with a comma.txt", withdrawal(7, first()) + withdrawal(8, left))});
}

class LabelWorkspace {
public:
    explicit LabelWorkspace(Investigation from = three_journals()) : investigation(std::move(from)) {
        ids = store_sources(workspace, investigation.sources);
    }

    LabelStore labels() { return LabelStore(workspace); }
    const Record& record(std::size_t source, RecordKind kind, int nth = 0) const {
        for (const Record& candidate : investigation.records) {
            if (raw(candidate.source) == source && candidate.kind == kind && nth-- == 0) return candidate;
        }
        throw std::runtime_error("no such record");
    }
    RecordKey key(std::size_t source, RecordKind kind = RecordKind::session, int nth = 0) const {
        return {ids[source], kind, record(source, kind, nth).span.offset};
    }
    LabelImport import(const std::string& text, const std::string& who = "importer") {
        std::istringstream input(text);
        return import_labels(workspace, investigation, ids, read_label_file(input, "labels.csv"), who);
    }
    std::vector<StandingVerdict> verdicts() { return standing_verdicts(labels().events()); }
    std::int64_t count(const std::string& query) { return workspace.database().execAndGet(query).getInt64(); }
    std::string text(const std::string& query) { return workspace.database().execAndGet(query).getString(); }

    TemporaryFolder folder;
    Investigation investigation;
    Workspace workspace = Workspace::open(folder.path() / "test.abmw");
    std::vector<SourceId> ids;
};

inline Time at_second(int seconds) { return Time(std::chrono::seconds(1'795'000'000 + seconds)); }

inline NewLabel label(const RecordKey& key, LabelClass label, const std::string& who, Time when = kUnknownTime,
                      const std::string& type = {}, const std::string& note = {}) {
    return {key, {label, type, note, who, when}, {}};
}

template <class Work>
std::string invalid(Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Invalid) << error.what();
        return error.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return {};
}

/// Visa's own test number.
inline const std::string kCard = "4111111111111111";

}  // namespace abm::test
