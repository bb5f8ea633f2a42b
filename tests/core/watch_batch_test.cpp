#include "core/pipeline/watch_batch.h"

#include "core/pipeline/watch_training.h"
#include "tests/core/watch_fixture.h"

namespace abm::test {
namespace {

namespace fs = std::filesystem;

TEST_F(WatchBatch, StoresEachFileOnceOverRestarts) {
    const auto journals = generate("made", 2, 2, 7);
    for (const auto& journal : journals) put(journal.filename().string(), read_whole(journal));
    begin();
    const auto reports = pass();
    ASSERT_EQ(reports.size(), 2U);
    for (const WatchReport& report : reports) {
        EXPECT_EQ(report.file.outcome, WatchOutcome::stored);
        EXPECT_GT(report.records, 20);
    }
    EXPECT_EQ(marked().size(), 2U);
    EXPECT_EQ(pass().size(), 0U);
    session_.reset();
    begin();
    EXPECT_EQ(pass().size(), 0U);
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'import'"), 2);
}

TEST_F(WatchBatch, TellsTheWorstOfEachFileAsTheListHasIt) {
    const auto journal = generate("made", 1, 3, 7).front();
    put("a.txt", read_whole(journal));
    begin();
    const WatchReport report = pass().front();
    const Investigation& all = shown(*session_);
    EXPECT_EQ(report.records, std::ssize(all.records));
    const auto worst =
        std::ranges::max_element(all.records, {}, [](const Record& record) { return std::pair(record.severity, record.score); });
    EXPECT_EQ(report.worst, worst->severity);
    EXPECT_EQ(report.offset, worst->span.offset);
    EXPECT_EQ(report.identity, all.sources.front().identity);
    EXPECT_EQ(report.sentence, worst->severity == Severity::none ? "" : sentence_of(all, *worst));
}

TEST_F(WatchBatch, WhatWasStoredAndNotMarkedIsKnownAgain) {
    put("a.txt", read_whole(generate("made", 1, 2, 7).front()));
    begin();
    ASSERT_EQ(pass().size(), 1U);
    session_->workspace().database().exec("DELETE FROM watched_files");  // killed between the two
    begin();
    const auto reports = pass();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports.front().file.outcome, WatchOutcome::known);
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'import'"), 1);
    EXPECT_EQ(pass().size(), 0U);
}

TEST_F(WatchBatch, AFileThatChangesWhileItIsReadIsLeftForLater) {
    const std::string whole = read_whole(generate("made", 1, 2, 7).front());
    put("a.txt", part_of(whole, 0.5));
    put("b.txt", "x");
    begin();
    const auto files = settled();
    put("a.txt", whole);  // the second half comes after the look
    EXPECT_EQ(std::ranges::count(read(files), "a.txt", [](const WatchReport& report) { return report.file.name; }), 0);
    EXPECT_EQ(number("SELECT count(*) FROM sources"), 0);
    const auto reports = pass();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports.front().file.outcome, WatchOutcome::stored);
    EXPECT_EQ(shown(*session_).sources.front().bytes, std::ssize(whole));
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action IN ('import', 'replace')"), 1) << "never read half";
}

TEST_F(WatchBatch, AFileThatVanishesIsNoFailure) {
    put("a.txt", read_whole(generate("made", 1, 1, 7).front()));
    put("b.txt", read_whole(generate("more", 1, 1, 8).front()));
    begin();
    const auto files = settled();
    fs::remove(watched() / "a.txt");
    const auto reports = read(files);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports.front().file.name, "b.txt");
    EXPECT_EQ(reports.front().file.outcome, WatchOutcome::stored);
}

TEST_F(WatchBatch, AGrownFileIsFollowedAndOnlyWhatIsNewIsTold) {
    const std::string whole = read_whole(generate("made", 1, 3, 7).front());
    put("a.txt", part_of(whole, 0.6));
    begin();
    const std::int64_t before = pass().front().records;
    put("a.txt", whole);
    const auto reports = pass();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports.front().file.outcome, WatchOutcome::grown);
    EXPECT_EQ(reports.front().file.reason,
              "grown from " + std::to_string(part_of(whole, 0.6).size()) + " bytes; read again, labels stay");
    EXPECT_EQ(shown(*session_).sources.size(), 1U);
    const std::int64_t all = std::ssize(shown(*session_).records);
    EXPECT_GT(reports.front().records, 0);
    EXPECT_LE(std::abs(before + reports.front().records - all), 1) << "but for the session the cut went through";
}

TEST_F(WatchBatch, AFileThatShrinksOrIsReplacedKeepsWhatWasReadBefore) {
    const std::string first = read_whole(generate("made", 1, 3, 7).front());
    const std::string other = read_whole(generate("more", 1, 4, 8).front());
    put("a.txt", first);
    begin();
    pass();
    put("a.txt", part_of(first, 0.3));
    auto report = pass().front();
    EXPECT_EQ(report.file.outcome, WatchOutcome::shrunk);
    EXPECT_NE(report.file.reason.find("what was read before is kept"), std::string::npos);
    EXPECT_EQ(shown(*session_).sources.size(), 2U);
    put("a.txt", other);
    report = pass().front();
    EXPECT_EQ(report.file.outcome, WatchOutcome::replaced);
    EXPECT_EQ(shown(*session_).sources.size(), 3U);
    put("a.txt", "");
    report = pass().front();
    EXPECT_EQ(report.file.outcome, WatchOutcome::shrunk);
    EXPECT_EQ(shown(*session_).sources.size(), 3U);
    EXPECT_EQ(pass().size(), 0U);
}

TEST_F(WatchBatch, RotatedFilesAreKnownByTheirContent) {
    const std::string first = read_whole(generate("made", 1, 2, 7).front());
    put("log.txt", first);
    begin();
    pass();
    fs::rename(watched() / "log.txt", watched() / "log.txt.1");
    put("log.txt", read_whole(generate("more", 1, 4, 8).front()));
    const auto reports = pass();
    ASSERT_EQ(reports.size(), 2U);
    for (const WatchReport& report : reports)
        EXPECT_EQ(report.file.outcome, report.file.name == "log.txt" ? WatchOutcome::replaced : WatchOutcome::known)
            << report.file.name;
    EXPECT_EQ(shown(*session_).sources.size(), 2U);
}

TEST_F(WatchBatch, WhatCannotBeReadIsSetAsideWithItsReasonAndTheOthersGoOn) {
    put("bad.txt", std::string(4000, '\0'));
    put("good.txt", read_whole(generate("made", 1, 2, 7).front()));
    begin();
    const auto reports = pass();
    ASSERT_EQ(reports.size(), 2U);
    for (const WatchReport& report : reports) {
        const bool bad = report.file.name == "bad.txt";
        EXPECT_EQ(report.file.outcome, bad ? WatchOutcome::failed : WatchOutcome::stored);
        EXPECT_EQ(report.file.reason.empty(), !bad) << report.file.reason;
    }
    session_.reset();
    begin();
    ASSERT_EQ(settling_.set_aside().size(), 1U);
    EXPECT_EQ(settling_.set_aside().front().reason,
              reports.front().file.name == "bad.txt" ? reports.front().file.reason : reports.back().file.reason);
    EXPECT_EQ(pass().size(), 0U);
    put("bad.txt", read_whole(generate("more", 1, 2, 8).front()));
    EXPECT_EQ(pass().front().file.outcome, WatchOutcome::stored);
    EXPECT_TRUE(settling_.set_aside().empty());
}

TEST_F(WatchBatch, TablesAboutOtherFilesAreLeftOutAndMetricsAreRead) {
    generate("made", 1, 2, 7);
    put("truth.csv", read_whole(file("made") / "truth.csv"));
    put("labels.csv", "source,kind,start_offset,label,type,note,who,when\n");
    put("of-others.csv", "file,start_offset,end_offset,type,severity\na.txt,0,100,cash_at_risk,high\n");
    std::string metrics = "source,metric,value,timestamp\n";
    for (int at = 0; at < 400; ++at)
        metrics += "a,load," + std::to_string(at % 7) + ",2026-01-01T00:" + (at / 60 < 10 ? "0" : "") + std::to_string(at / 60) +
                   ":" + (at % 60 < 10 ? "0" : "") + std::to_string(at % 60) + "\n";
    put("metrics.csv", metrics);
    begin();
    for (const WatchReport& report : pass())
        EXPECT_EQ(report.file.outcome, report.file.name == "metrics.csv" ? WatchOutcome::stored : WatchOutcome::left_out)
            << report.file.name << report.file.reason;
    EXPECT_EQ(marked().size(), 4U);
}

TEST_F(WatchBatch, ARehearsalSaysTheSameAndStoresNothing) {
    const std::string whole = read_whole(generate("made", 1, 3, 7).front());
    put("known.txt", part_of(whole, 0.5));
    put("bad.txt", std::string(4000, '\0'));
    begin();
    pass();
    put("known.txt", whole);
    put("new.txt", read_whole(generate("more", 1, 2, 8).front()));
    const auto files = settled();
    const auto before = number("SELECT count(*) FROM audit");
    const auto rehearsed = WatchRehearsal(session_.get()).read(files, {});
    EXPECT_EQ(number("SELECT count(*) FROM audit"), before);
    EXPECT_EQ(number("SELECT count(*) FROM sources"), 1);
    const auto done = read(files);
    ASSERT_EQ(rehearsed.size(), done.size());
    for (std::size_t at = 0; at < done.size(); ++at) {
        EXPECT_EQ(rehearsed[at].file.name, done[at].file.name);
        EXPECT_EQ(rehearsed[at].file.outcome, done[at].file.outcome);
        EXPECT_EQ(rehearsed[at].records, done[at].records);
    }
    EXPECT_EQ(WatchRehearsal(nullptr).read(files, {}).back().file.outcome, WatchOutcome::stored);
}

TEST_F(WatchBatch, BatchesKeepTheOrderAndTheirLimits) {
    std::vector<SeenFile> files(5);
    for (SeenFile& seen : files) seen.stamp.bytes = 10;
    EXPECT_EQ(next_batch(files, {3, 1000}).size(), 3U);
    EXPECT_EQ(next_batch(files, {9, 20}).size(), 2U);
    EXPECT_EQ(next_batch(files, {9, 1}).size(), 1U) << "a large file must be read, too";
    EXPECT_EQ(next_batch({}, {9, 1}).size(), 0U);
}

TEST_F(WatchBatch, TrainsOnTheWholeHistoryWhenSoManyFilesWereStored) {
    begin();
    watch_.settings.retrain_every = 3;
    int made = 0;
    for (const auto& journal : generate("made", 4, 2, 7)) {
        put("f" + std::to_string(made) + ".txt", read_whole(journal));
        EXPECT_EQ(training_due(*session_, watch_), false);
        pass();
        if (++made == 3) break;
    }
    ASSERT_TRUE(training_due(*session_, watch_));
    const WatchTraining training = train_watched(*session_, watch_.id, 1, "anna", {});
    EXPECT_FALSE(training_due(*session_, watch_));
    const auto models = session_->models();
    EXPECT_EQ(models.back().id, training.model);
    EXPECT_EQ(models.back().who, "anna (watched folder)");
    EXPECT_EQ(models.back().records, shown(*session_).features.rows());
    EXPECT_TRUE(training.adoption.adopt) << "it knows three times as many records";
    EXPECT_EQ(session_->scored_with(), training.model);
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'adopt' AND who = 'anna (watched folder)'"), 1);
    EXPECT_EQ(session_->workspace()
                  .database()
                  .execAndGet("SELECT json_extract(details, '$.because') FROM audit WHERE action = 'watch-train'")
                  .getString(),
              training.adoption.because);
    watch_.settings.retrain_every = 0;
    EXPECT_FALSE(training_due(*session_, watch_));
}

Comparison compared(double before, double after, std::int64_t found_before, std::int64_t found_after, double false_before = 0,
                    double false_after = 0) {
    Comparison comparison;
    comparison.has_before = true;
    comparison.folds = 5;
    comparison.anomalies = 10;
    comparison.before.average_precision.value = before;
    comparison.after.average_precision.value = after;
    comparison.before.true_positives = found_before;
    comparison.after.true_positives = found_after;
    comparison.before.false_alarms.value = false_before;
    comparison.after.false_alarms.value = false_after;
    return comparison;
}

TEST(WatchedModels, AreAdoptedWhenHeldOutLabelsSayTheyAreNoWorse) {
    EXPECT_TRUE(decide_adoption(compared(0.8, 0.9, 8, 9), 100, 110, 1000).adopt);
    EXPECT_TRUE(decide_adoption(compared(0.8, 0.795, 8, 8), 100, 110, 1000).adopt);
    EXPECT_FALSE(decide_adoption(compared(0.8, 0.78, 8, 8), 100, 110, 1000).adopt) << "ranks worse";
    EXPECT_FALSE(decide_adoption(compared(0.8, 0.9, 8, 7), 100, 110, 1000).adopt) << "misses one";
    EXPECT_FALSE(decide_adoption(compared(0.8, 0.9, 8, 8, 0.02, 0.05), 100, 110, 1000).adopt) << "cries wolf";
    EXPECT_FALSE(decide_adoption(compared(0.8, 0.7, 8, 8), 100, 1000, 1000).adopt) << "figures go before size";
}

TEST(WatchedModels, WithoutFiguresAreAdoptedWhenTheyKnowTwiceAsMuchOrChangeLittle) {
    Comparison few;
    few.has_before = true;
    few.changed_sides = 10;
    EXPECT_TRUE(decide_adoption(few, 500, 600, 1000).adopt);
    few.changed_sides = 11;
    EXPECT_FALSE(decide_adoption(few, 500, 600, 1000).adopt);
    EXPECT_TRUE(decide_adoption(few, 500, 1000, 1000).adopt);
    few.has_before = false;
    EXPECT_TRUE(decide_adoption(few, 0, 600, 1000).adopt);
}

TEST_F(WatchBatch, AHeldModelWaitsForAPersonAndTheNewestStandsForAll) {
    put("a.txt", read_whole(generate("made", 1, 2, 7).front()));
    begin();
    pass();
    std::vector<ModelId> candidates;
    for (const std::uint64_t seed : {5, 6}) {
        TrainedModel trained = train_models(session_->training_input(seed), {});
        trained.comparison = compared(0.9, 0.5, 9, 5);
        const WatchTraining training = keep_watched(*session_, watch_.id, trained, "anna");
        EXPECT_FALSE(training.adoption.adopt);
        EXPECT_NE(words_of(training).find("is held: on held-out labels"), std::string::npos);
        candidates.push_back(training.model);
    }
    EXPECT_EQ(session_->scored_with(), ModelId{1});
    for (const ModelInfo& model : session_->models()) {
        const bool held = std::ranges::find(candidates, model.id) != candidates.end();
        EXPECT_EQ(model.state, !held                           ? ModelState::current
                               : model.id == candidates.back() ? ModelState::candidate
                                                               : ModelState::discarded);
    }
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'watch-train' AND json_extract(details, '$.decision') = 'held'"),
              2);
}

TEST_F(WatchBatch, SettingsAreKeptAndAuditedAndOneWatchRuns) {
    begin();
    WatchStore store(session_->workspace());
    WatchSettings settings = watch_.settings;
    settings.running = true;
    settings.notify_from = Severity::high;
    settings.interval_ms = 500;
    settings.retrain_every = 0;
    EXPECT_EQ(store.put(settings, "anna").settings, settings);
    EXPECT_EQ(store.running()->id, watch_.id);
    const auto audited = number("SELECT count(*) FROM audit WHERE action = 'watch'");
    store.put(settings, "anna");
    EXPECT_EQ(number("SELECT count(*) FROM audit WHERE action = 'watch'"), audited) << "nothing was changed";
    WatchSettings other = settings;
    other.folder = file("other");
    store.put(other, "anna");
    EXPECT_EQ(store.running()->settings.folder, file("other"));
    EXPECT_FALSE(store.find(settings.folder)->settings.running);
    EXPECT_EQ(store.list().size(), 2U);
}

}  // namespace
}  // namespace abm::test
