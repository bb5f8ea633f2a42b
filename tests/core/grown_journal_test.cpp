// Journals that have grown are read on from where they ended, and nobody can tell it from what is stored.
#include <cstdlib>

#include "core/generate/capture_generator.h"
#include "core/pipeline/journal_front.h"
#include "core/store/taken_out.h"
#include "tests/core/grown_source.h"

namespace abm::test {
namespace {

namespace fs = std::filesystem;

class GrownJournal : public GrownSource {};

TEST_F(GrownJournal, AJournalIsReadOnFromItsLastBlock) {
    const auto from = grow("journal.txt", long_journal(1), {0.4, 0.4001, 0.55, 0.9999, 1.0});
    EXPECT_EQ(from[0], 0);
    EXPECT_GT(from[1], 0) << "a journal of a few blocks has a place to go on from";
    EXPECT_TRUE(std::ranges::is_sorted(from));
    EXPECT_GT(from.back(), from[1]) << "the place moves with the end";
}

TEST_F(GrownJournal, WhatTheLastBlockSaysOfTheOneBeforeIsSaidAnew) {
    const std::string whole = long_journal(8);
    const std::string front = whole.substr(0, 9'000'000);
    Workspace probe = Workspace::open(folder_.path() / "probe.abmw");
    const ImportedSource probed = import(probe, folder_.write("probe.txt", front));
    const auto last_block = checkpoint_from(SourceStore(probe).checkpoint(probed.source)).place.offset;
    // A header in its first session with a number too high: of the gap the interval before tells, in the block before.
    const auto before = whole.rfind("020t*", static_cast<std::size_t>(last_block));
    std::string header = whole.substr(before, whole.find('\r', before) + 1 - before);
    const int number = std::stoi(header.substr(5, 3));
    header.replace(5, 3, fmt::format("{:03}", (number + 4) % 1000));
    std::string gapped = whole;
    gapped.insert(whole.find('\r', static_cast<std::size_t>(last_block)) + 1, "\x1B[" + header);
    const auto share = [&](std::size_t bytes) { return static_cast<double>(bytes) / static_cast<double>(gapped.size()); };
    const auto from = grow("gapped.txt", gapped, {share(front.size()), share(front.size() + 50'000), share(12'000'000), 1.0});
    EXPECT_EQ(from[1], last_block);
    EXPECT_GT(late_, 0U);
}

TEST_F(GrownJournal, ARealJournalIsReadOnFromItsLastBlock) {
    const char* const shared = std::getenv("ABM_SHARED_DATA");
    if (shared == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(shared) / "ej")) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    std::string all;
    while (all.size() < 13'000'000) {
        for (const fs::path& file : files) all += read_whole(file);
    }
    const auto from = grow("real.txt", all, {0.7, 0.7003, 1.0});
    EXPECT_GT(from[1], 0);
}

TEST_F(GrownJournal, AnotherFileInThePlaceOfAJournalIsReadFromItsBeginning) {
    const std::string one = long_journal(3, 12'000'000), other = long_journal(4, 16'000'000);
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    import(workspace, folder_.write("journal.txt", one));
    const ImportedSource replaced = import(workspace, folder_.write("journal.txt", other));
    EXPECT_EQ(replaced.outcome, Outcome::added);
    EXPECT_EQ(replaced.read_from, 0);
    Workspace alone = Workspace::open(folder_.path() / "alone.abmw");
    import(alone, folder_.path() / "journal.txt");
    const Investigation both = SourceStore(workspace).load({}).investigation;
    ASSERT_EQ(both.sources.size(), 2U);
    const Investigation expected = SourceStore(alone).load({}).investigation;
    expect_equal(expected, SourceStore(workspace).load_one(replaced.source, {}));
}

TEST_F(GrownJournal, ACheckpointNobodyUnderstandsCostsTimeOnly) {
    const std::string whole = long_journal(5, 12'000'000);
    Workspace at_once = Workspace::open(folder_.path() / "at-once.abmw");
    import(at_once, folder_.write("journal.txt", whole));
    const std::string expected = dump(at_once);
    const auto modified = fs::last_write_time(folder_.path() / "journal.txt");
    for (const char* const damage :
         {"x''", "x'0102'", "substr(data, 1, length(data) / 2)", "substr(data, 1, 8) || zeroblob(4000)",
          "substr(data, 1, 30) || randomblob(5000)", "x'ffffffff' || substr(data, 5)"}) {
        const fs::path place = folder_.path() / "w.abmw";
        fs::remove(place);
        Workspace workspace = Workspace::open(place);
        import(workspace, folder_.write("journal.txt", std::string_view(whole).substr(0, whole.size() - 1'000)));
        workspace.database().exec(fmt::format("UPDATE journal_checkpoints SET data = CAST({} AS BLOB)", damage));
        folder_.write("journal.txt", whole);
        fs::last_write_time(folder_.path() / "journal.txt", modified);
        const ImportedSource grown = import(workspace, folder_.path() / "journal.txt");
        EXPECT_EQ(grown.outcome, Outcome::grown) << damage;
        EXPECT_EQ(grown.read_from, 0) << damage;
        EXPECT_EQ(difference(dump(workspace), expected), "") << damage;
    }
}

TEST_F(GrownJournal, OtherRulesReadAJournalFromItsBeginning) {
    const std::string whole = long_journal(6, 12'000'000);
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    import(workspace, folder_.write("journal.txt", std::string_view(whole).substr(0, whole.size() - 1'000)));
    const RuleSet none;
    ImportOptions options;
    options.rules = &none;
    const fs::path file = folder_.write("journal.txt", whole);
    EXPECT_EQ(import_files(workspace, {&file, 1}, options, {}).front().read_from, 0);
    EXPECT_TRUE(SourceStore(workspace).load({}).investigation.findings.empty());
}

TEST_F(GrownJournal, WhatIsInTwoFilesCountsOnceWhicheverGrows) {
    const std::string whole = long_journal(7, 12'000'000);
    const auto part = [&](double share) {
        return whole.substr(0, static_cast<std::size_t>(share * static_cast<double>(whole.size())));
    };
    Workspace alone = Workspace::open(folder_.path() / "alone.abmw");
    import(alone, folder_.write("one.txt", whole));

    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    import(workspace, folder_.write("one.txt", part(0.8)));
    import(workspace, folder_.write("two.txt", "a line of its own\r" + part(0.8)));
    for (const double share : {0.9, 1.0}) EXPECT_GT(import(workspace, folder_.write("one.txt", part(share))).read_from, 0);
    const auto movements = [](Workspace& of) {
        return static_cast<double>(SourceStore(of).load({}).investigation.movements.size());
    };
    EXPECT_NEAR(movements(workspace), movements(alone), 4.0) << "but for the records the shorter file was cut in";
}

/// Fingerprints of all sources; each session counts in one of them.
std::vector<std::uint64_t> all_prints(Workspace& workspace) {
    std::vector<std::uint64_t> all;
    for (const StoredSource& source : SourceStore(workspace).list()) {
        const auto prints = SourceStore(workspace).prints(source.id);
        all.insert(all.end(), prints.begin(), prints.end());
    }
    std::ranges::sort(all);
    return all;
}

TEST_F(GrownJournal, SessionsInABatchOfSeveralKindsCountOnce) {
    const std::string whole = long_journal(9, 12'000'000);
    const std::string early = whole.substr(0, 3'000'000);
    GenerateCaptureOptions capture;
    capture.out = folder_.path() / "capture";
    capture.seconds = 5;
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    import(workspace, folder_.write("z.txt", whole.substr(0, 10'000'000)));
    const fs::path files[] = {folder_.write("a.txt", "a line of its own\r" + early), generate_capture(capture, {}).file,
                              folder_.write("z.txt", whole)};
    ImportOptions options;
    options.rules = &RuleSet::built_in();
    const auto imported = import_files(workspace, files, options, {});
    EXPECT_GT(imported.back().read_from, 0);
    const auto prints = all_prints(workspace);
    EXPECT_EQ(std::ranges::adjacent_find(prints), prints.end());
}

TEST_F(GrownJournal, SessionsCountAgainWhenTheSourceThatCountedThemIsTakenOut) {
    const std::string whole = long_journal(10, 12'000'000);
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    const SourceId one = import(workspace, folder_.write("one.txt", whole.substr(0, 6'000'000))).source;
    import(workspace, folder_.write("two.txt", "a line of its own\r" + whole.substr(0, 10'000'000)));
    take_out(workspace, one, "ada");
    const ImportedSource two = import(workspace, folder_.write("two.txt", "a line of its own\r" + whole));
    EXPECT_EQ(two.outcome, Outcome::grown);
    Workspace at_once = Workspace::open(folder_.path() / "at-once.abmw");
    import(at_once, folder_.path() / "two.txt");
    EXPECT_EQ(all_prints(workspace), all_prints(at_once));
}

TEST_F(GrownJournal, UnderAnotherNameIsOfTheMachineOfThatName) {
    std::string whole = long_journal(11, 12'000'000);
    for (std::size_t at = 0; (at = whole.find("MACHINE ", at)) != std::string::npos;) whole.replace(at, 8, "MACHNIE ");
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    import(workspace, folder_.write("EJ175.txt", whole.substr(0, 10'000'000)));
    fs::remove(folder_.path() / "EJ175.txt");
    const ImportedSource moved = import(workspace, folder_.write("EJ180.txt", whole));
    EXPECT_EQ(moved.outcome, Outcome::grown);
    EXPECT_EQ(SourceStore(workspace).load({}).investigation.sources.front().machine, "0180");
}

TEST_F(GrownJournal, OfGzipIsFollowedToo) {
    const std::string whole = long_journal(12, 12'000'000);
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    import(workspace, folder_.write("journal.gz", gzip(whole.substr(0, 10'000'000))));
    const ImportedSource grown = import(workspace, folder_.write("journal.gz", gzip(whole)));
    EXPECT_EQ(grown.outcome, Outcome::grown);
    EXPECT_GT(grown.read_from, 0);
    Workspace at_once = Workspace::open(folder_.path() / "at-once.abmw");
    import(at_once, folder_.path() / "journal.gz");
    EXPECT_EQ(difference(dump(workspace), dump(at_once)), "");
}

TEST_F(GrownJournal, WhatAnotherBuildHasReadIsNotGoneOnWith) {
    const std::string whole = long_journal(13, 10'000'000);
    for (const bool build : {true, false}) {
        const fs::path place = folder_.path() / "w.abmw";
        fs::remove(place);
        Workspace workspace = Workspace::open(place);
        const SourceId id = import(workspace, folder_.write("journal.txt", whole.substr(0, 9'000'000))).source;
        JournalCheckpoint checkpoint = checkpoint_from(SourceStore(workspace).checkpoint(id));
        if (build)
            checkpoint.reader = "of another release";
        else
            checkpoint.linker.resize(checkpoint.linker.size() / 2);  // what no checksum tells
        const std::string bytes = to_bytes(checkpoint);
        SQLite::Statement put(workspace.database(), "UPDATE journal_checkpoints SET data = ?");
        put.bind(1, bytes.data(), static_cast<int>(bytes.size()));
        put.exec();
        const ImportedSource grown = import(workspace, folder_.write("journal.txt", whole));
        EXPECT_EQ(grown.outcome, Outcome::grown) << build;
        EXPECT_EQ(grown.read_from, 0) << build;
    }
}

TEST_F(GrownJournal, OfFindingsThatAreAlikeAsManyGoAsCameLate) {
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    const SourceId id = import(workspace, folder_.write("journal.txt", long_journal(14, 9'000'000))).source;
    const SourceStore store(workspace);
    JournalCheckpoint checkpoint = checkpoint_from(store.checkpoint(id));
    Investigation stored = store.load_one(id, {});
    auto& findings = stored.findings.edit();
    const Finding first = findings.front();
    const auto count = [&](const JournalFront& front) {
        return std::ranges::count_if(front.judged.findings,
                                     [&](const Finding& one) { return one.record == first.record && one.rule == first.rule; });
    };
    Finding other = first;  // of the same rule and span, with another amount in its words
    other.sentence += " And more.";
    findings.insert(findings.begin(), {first, other});
    checkpoint.late = {
        {static_cast<std::int32_t>(raw(first.record)), first.rule, first.span, other.sentence, RecordType::normal}};
    EXPECT_EQ(count(*journal_front(checkpoint, stored, store.prints(id))), 2);
    checkpoint.late.front().sentence = first.sentence;
    EXPECT_EQ(count(*journal_front(checkpoint, stored, store.prints(id))), 2) << "one of the two that are equal";
}

TEST_F(GrownJournal, IsStoredRightOverTheBordersOfBlocksAndProgressStaysInItsRange) {
    const std::string whole = long_journal(15, 48'000'000);
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    double most = 0;
    const auto read = [&](const fs::path& file) {
        ImportOptions options;
        options.threads = 2;
        options.rules = &RuleSet::built_in();
        import_files(workspace, {&file, 1}, options,
                     Progress({}, [&](double done, std::string_view) { most = std::max(most, done); }));
        return static_cast<std::size_t>(workspace.database().execAndGet("SELECT count(*) FROM records").getInt64());
    };
    ASSERT_LT(read(folder_.write("journal.txt", whole.substr(0, 43'000'000))), 65'536U);
    ASSERT_GT(read(folder_.write("journal.txt", whole)), 65'536U);
    Workspace at_once = Workspace::open(folder_.path() / "at-once.abmw");
    import(at_once, folder_.path() / "journal.txt");
    expect_equal(SourceStore(at_once).load({}).investigation, SourceStore(workspace).load({}).investigation);
    EXPECT_LE(most, 1.0);
}

}  // namespace
}  // namespace abm::test
