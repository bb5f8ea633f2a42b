#include "core/store/source_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "tests/core/store_test_support.h"

namespace abm {
namespace {

using test::expect_equal;
using test::GeneratedInvestigation;
using test::put_all;
using test::refusal_of;
using test::TemporaryFolder;

std::int64_t count(Workspace& workspace, const std::string& query) { return workspace.database().execAndGet(query).getInt64(); }

void add_model(Workspace& workspace) {
    workspace.database().exec(
        "INSERT INTO models(created_at, who, seed, feature_schema, records, labels, last_event, metrics, document)"
        " VALUES(0, 'ada', 1, '', 0, 0, 0, '{}', '{}')");
}

TEST(SourceStore, LoadsWhatWasPutFieldByField) {
    const GeneratedInvestigation journals("store_equal", 4, 3);
    ASSERT_GT(journals.read.findings.size(), 5u);
    ASSERT_GT(journals.read.source_findings.size(), 0u);
    ASSERT_GT(journals.read.movements.size(), 100u);
    ASSERT_TRUE(journals.read.features[0].features.values.hasNaN());
    const TemporaryFolder folder;
    {
        Workspace workspace = Workspace::open(folder.path() / "w.abmw");
        put_all(workspace, journals.read);
    }
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    const StoredInvestigation loaded = SourceStore(workspace).load(Progress());
    expect_equal(journals.read, loaded.investigation);
    EXPECT_EQ(loaded.ids, (std::vector{SourceId{1}, SourceId{2}, SourceId{3}, SourceId{4}}));
}

TEST(SourceStore, AnEmptyWorkspaceLoadsAsNothing) {
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    const StoredInvestigation loaded = SourceStore(workspace).load(Progress());
    EXPECT_TRUE(loaded.investigation.sources.empty());
    EXPECT_TRUE(loaded.investigation.records.empty());
    EXPECT_EQ(loaded.investigation.features.rows(), 0);
}

TEST(SourceStore, KeepsWhatFindingsSayNotWhatAModelSaid) {
    const GeneratedInvestigation journals("store_scored", 2, 2);
    const std::filesystem::path inputs[] = {journals.folder()};
    const auto scored = investigate(inputs, {}, Progress());
    Investigation shown = *scored->investigation();
    const auto plain = [](const Record& r) { return r.type == RecordType::normal && r.finding_count == 0 && r.feature_row >= 0; };
    const auto unusual = std::find_if(shown.records.begin(), shown.records.end(), plain);
    ASSERT_NE(unusual, shown.records.end());
    unusual->type = RecordType::unusual;
    unusual->severity = Severity::low;
    const auto place = static_cast<std::size_t>(unusual - shown.records.begin());

    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    put_all(workspace, shown);
    const Investigation loaded = SourceStore(workspace).load(Progress()).investigation;
    EXPECT_EQ(loaded.records.at(place).type, RecordType::normal);
    EXPECT_EQ(loaded.records.at(place).severity, Severity::none);
    EXPECT_EQ(loaded.records.at(place).score, 0.0F);
    EXPECT_EQ(loaded.records.at(place).tail_probability, 1.0F);
}

TEST(SourceStore, GivesRecordsAndFindingsFirst) {
    const GeneratedInvestigation journals("store_first", 2, 2);
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    put_all(workspace, journals.read);
    int calls = 0;
    const auto caller = std::this_thread::get_id();
    SourceStore(workspace).load(Progress(), [&](const StoredInvestigation& first) {
        ++calls;
        EXPECT_EQ(std::this_thread::get_id(), caller);
        EXPECT_TRUE(first.investigation.partial);
        EXPECT_EQ(first.ids.size(), 2u);
        EXPECT_EQ(first.investigation.records.size(), journals.read.records.size());
        test::expect_equal_rows(journals.read.findings, first.investigation.findings, "finding");
        EXPECT_TRUE(first.investigation.movements.empty());
        EXPECT_EQ(first.investigation.features.rows(), 0);
    });
    EXPECT_EQ(calls, 1);
}

TEST(SourceStore, ReplacesASourceInItsPlaceAndOrder) {
    const GeneratedInvestigation before("store_before", 3, 1);
    const GeneratedInvestigation after("store_after", 3, 3, 7);
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    SourceStore store(workspace);
    const std::vector<SourceId> ids = put_all(workspace, before.read);
    for (const std::size_t at : {1u, 0u, 2u}) {
        const SourceId id = store.put(after.read, static_cast<SourceIndex>(at), {{5, 6, 7}, {}}, ids[at], 2, "grace", Progress());
        EXPECT_EQ(id, ids[at]);
    }
    const StoredInvestigation loaded = store.load(Progress());
    expect_equal(after.read, loaded.investigation);
    EXPECT_EQ(store.prints(ids[1]), (std::vector<std::uint64_t>{5, 6, 7}));
    EXPECT_EQ(store.list().at(1).reader_version, 2);
    EXPECT_EQ(count(workspace, "SELECT count(*) FROM audit WHERE action = 'replace' AND who = 'grace'"), 3);
}

TEST(SourceStore, ListsSourcesWithTheStampOfTheirFiles) {
    const GeneratedInvestigation journals("store_list", 2, 1);
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    put_all(workspace, journals.read, 9);
    const std::vector<StoredSource> sources = SourceStore(workspace).list();
    ASSERT_EQ(sources.size(), 2u);
    for (std::size_t at = 0; at < sources.size(); ++at) {
        const Source& read = journals.read.sources[at];
        EXPECT_EQ(sources[at].identity, read.identity);
        EXPECT_EQ(sources[at].path, read.path);
        EXPECT_EQ(sources[at].bytes, read.bytes);
        EXPECT_EQ(sources[at].reader_version, 9);
        EXPECT_EQ(stamp_of(read.path), (FileStamp{sources[at].file_bytes, sources[at].file_time}));
    }
    EXPECT_EQ(stamp_of(folder.path() / "gone"), std::nullopt);
}

TEST(SourceStore, AFileThatChangedWhileItWasReadLooksChanged) {
    const GeneratedInvestigation journals("store_grew", 1, 1);
    std::ofstream(journals.read.sources[0].path, std::ios::app) << "more";
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    put_all(workspace, journals.read);
    const StoredSource source = SourceStore(workspace).list().at(0);
    EXPECT_NE(stamp_of(source.path), (FileStamp{source.file_bytes, source.file_time}));
}

TEST(SourceStore, NotesWhereAFileWasMovedOnce) {
    const GeneratedInvestigation journals("store_moved", 1, 1);
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    const SourceId id = put_all(workspace, journals.read).at(0);
    SourceStore store(workspace);
    const auto there = folder.path() / "renamed.txt";
    std::filesystem::copy_file(journals.read.sources[0].path, there);
    store.moved(id, there, "ada");
    store.moved(id, there, "ada");
    const StoredSource source = store.list().at(0);
    EXPECT_EQ(source.path, there);
    EXPECT_EQ(source.name, "renamed.txt");
    EXPECT_EQ(stamp_of(there), (FileStamp{source.file_bytes, source.file_time}));
    EXPECT_EQ(count(workspace, "SELECT count(*) FROM audit WHERE action = 'move'"), 1);
    EXPECT_EQ(refusal_of([&] { store.moved(SourceId{77}, there, "ada"); }).code, ErrorCode::Invalid);
}

TEST(SourceStore, RefusesTheSameContentTwice) {
    const GeneratedInvestigation journals("store_twice", 2, 1);
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    SourceStore store(workspace);
    const std::vector<SourceId> ids = put_all(workspace, journals.read);
    const auto twice = refusal_of([&] { store.put(journals.read, SourceIndex{0}, {}, std::nullopt, 1, "ada", Progress()); });
    EXPECT_EQ(twice.code, ErrorCode::Invalid);
    EXPECT_SAYS(twice, "already");
    EXPECT_EQ(refusal_of([&] { store.put(journals.read, SourceIndex{0}, {}, ids[1], 1, "ada", Progress()); }).code,
              ErrorCode::Invalid);
    EXPECT_EQ(refusal_of([&] { store.put(journals.read, SourceIndex{0}, {}, SourceId{99}, 1, "ada", Progress()); }).code,
              ErrorCode::Invalid);
    expect_equal(journals.read, store.load(Progress()).investigation);
}

TEST(SourceStore, ACancelledPutLeavesTheWorkspaceAsItWas) {
    const GeneratedInvestigation journals("store_cancel", 2, 2);
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    SourceStore store(workspace);
    const SourceId kept = store.put(journals.read, SourceIndex{0}, {{1}, {}}, std::nullopt, 1, "ada", Progress());
    const std::int64_t entries = count(workspace, "SELECT count(*) FROM audit");
    std::stop_source stop;
    const Progress cancels(stop.get_token(), [&](double fraction, std::string_view) {
        if (fraction > 0) stop.request_stop();  // everything was written, nothing committed
    });
    EXPECT_EQ(refusal_of([&] { store.put(journals.read, SourceIndex{1}, {}, std::nullopt, 1, "ada", cancels); }).code,
              ErrorCode::Cancelled);
    EXPECT_EQ(refusal_of([&] { store.put(journals.read, SourceIndex{1}, {}, kept, 1, "ada", cancels); }).code,
              ErrorCode::Cancelled);
    EXPECT_EQ(store.list().size(), 1u);
    EXPECT_EQ(store.list()[0].identity, journals.read.sources[0].identity);
    EXPECT_EQ(count(workspace, "SELECT count(*) FROM audit"), entries);
    store.put(journals.read, SourceIndex{1}, {}, std::nullopt, 1, "ada", Progress());
    expect_equal(journals.read, store.load(Progress()).investigation);
}

TEST(SourceStore, ACancelledLoadStops) {
    const GeneratedInvestigation journals("store_stop", 1, 2);
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    put_all(workspace, journals.read);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(refusal_of([&] { SourceStore(workspace).load(Progress(stop.get_token(), {})); }).code, ErrorCode::Cancelled);
}

TEST(SourceStore, LoadsOneStateWhileAnotherConnectionWrites) {
    const GeneratedInvestigation journals("store_beside", 3, 1);
    const TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    Workspace reader = Workspace::open(path);
    put_all(reader, journals.read);
    std::jthread writer([&](const std::stop_token& stop) {
        Workspace workspace = Workspace::open(path);
        SourceStore store(workspace);
        for (int version = 2; !stop.stop_requested(); ++version) {
            store.put(journals.read, SourceIndex{1}, {}, SourceId{2}, version, "grace", Progress());
        }
    });
    for (int round = 0; round < 20; ++round) expect_equal(journals.read, SourceStore(reader).load(Progress()).investigation);
}

TEST(SourceStore, ColumnsOfOlderReadersAreFoundByName) {
    GeneratedInvestigation older("store_older", 2, 1);
    const Investigation newer = older.read;
    // An older reader had the first two columns the other way round and did not know the last one.
    FeatureMatrix features = older.read.features[0].features;
    std::swap(features.names[0], features.names[1]);
    features.values.col(0).swap(features.values.col(1));
    features.names.pop_back();
    features.values.conservativeResize(features.values.rows(), features.values.cols() - 1);
    older.read.features = features;

    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    SourceStore store(workspace);
    store.put(older.read, SourceIndex{0}, {}, std::nullopt, 1, "ada", Progress());
    store.put(newer, SourceIndex{1}, {}, std::nullopt, 2, "ada", Progress());
    const Investigation loaded = store.load(Progress()).investigation;
    EXPECT_EQ(loaded.features[0].features.names, newer.features[0].features.names);
    const Eigen::Index last = newer.features[0].features.columns() - 1;
    ASSERT_EQ(loaded.features[0].features.rows(), newer.features[0].features.rows());
    for (const Record& record : loaded.records) {
        if (record.feature_row < 0) continue;
        const auto row = loaded.features[0].features.values.row(record.feature_row);
        const float expected = newer.features[0].features.values(record.feature_row, 0);
        EXPECT_TRUE(row(0) == expected || (std::isnan(row(0)) && std::isnan(expected)));
        EXPECT_EQ(std::isnan(row(last)),
                  record.source == SourceIndex{0} || std::isnan(newer.features[0].features.values(record.feature_row, last)));
    }
}

TEST(SourceStore, ScoresComeBackForTheModelThatMadeThem) {
    const GeneratedInvestigation journals("store_scores", 2, 2);
    const std::filesystem::path inputs[] = {journals.folder()};
    const Investigation shown = *investigate(inputs, {}, Progress())->investigation();
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    SourceStore store(workspace);
    const std::vector<SourceId> ids = put_all(workspace, shown);
    add_model(workspace);
    add_model(workspace);
    store.put_scores(shown, ids, {ModelId{2}, 17});

    Investigation loaded = store.load(Progress()).investigation;
    EXPECT_EQ(store.load_scores(loaded, ids, ModelId{1}), std::nullopt);
    const auto scores = store.load_scores(loaded, ids, ModelId{2});
    ASSERT_TRUE(scores);
    EXPECT_EQ(scores->last_event, 17);
    test::expect_equal_rows(shown.records, loaded.records, "record");

    Investigation other = shown;
    for (Record& record : other.records) record.score = 0.25F;
    store.put_scores(other, ids, {ModelId{1}, 3});
    const std::size_t second = static_cast<std::size_t>(
        std::find_if(shown.records.begin(), shown.records.end(), [](const Record& r) { return r.source == SourceIndex{1}; }) -
        shown.records.begin());
    const auto first = store.first_score(ids[1], shown.records[second].kind, shown.records[second].span.offset);
    ASSERT_TRUE(first);
    EXPECT_EQ(first->model, ModelId{2}) << "the first that scored it, not the oldest version";
    EXPECT_EQ(first->score, shown.records[second].score);
    EXPECT_TRUE(known(first->at));
    EXPECT_EQ(store.load_scores(loaded, ids, ModelId{2})->last_event, 17) << "scores of other models stay";
    EXPECT_EQ(loaded.records.at(second).score, shown.records.at(second).score);
    EXPECT_EQ(store.first_score(ids[1], RecordKind::session, INT64_MAX), std::nullopt);
}

TEST(SourceStore, ASourceWithoutScoresKeepsItsRecordsAsTheyAre) {
    const GeneratedInvestigation journals("store_unscored", 2, 1);
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    SourceStore store(workspace);
    const std::vector<SourceId> ids = put_all(workspace, journals.read);
    add_model(workspace);
    Investigation shown = journals.read;
    for (Record& record : shown.records) record.score = 0.5F;
    store.put_scores(shown, ids, {ModelId{1}, 1});
    store.put(journals.read, SourceIndex{1}, {}, ids[1], 2, "ada", Progress());  // read again: its scores are gone
    Investigation loaded = store.load(Progress()).investigation;
    EXPECT_EQ(store.load_scores(loaded, ids, ModelId{1}), std::nullopt);
    for (const Record& record : loaded.records) EXPECT_EQ(record.score, record.source == SourceIndex{0} ? 0.5F : 0.0F);
}

TEST(SourceStore, RefusesScoresOfNoModelAndIdsThatDoNotFit) {
    const GeneratedInvestigation journals("store_nomodel", 2, 1);
    const TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "w.abmw");
    SourceStore store(workspace);
    const std::vector<SourceId> ids = put_all(workspace, journals.read);
    EXPECT_EQ(refusal_of([&] { store.put_scores(journals.read, ids, {ModelId{5}, 0}); }).code, ErrorCode::Invalid);
    EXPECT_EQ(refusal_of([&] { store.put_scores(journals.read, {ids[0]}, {ModelId{1}, 0}); }).code, ErrorCode::Invalid);
    EXPECT_EQ(store.first_score(ids[0], RecordKind::session, 0), std::nullopt);
}

}  // namespace
}  // namespace abm
