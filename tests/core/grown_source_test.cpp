// Sources that grow: however the growth came in, the workspace holds what it would hold had the file been read once.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/decide/rule_set.h"
#include "core/generate/capture_generator.h"
#include "core/generate/metric_series.h"
#include "core/generate/ue_log.h"
#include "core/pipeline/journal_checkpoint.h"
#include "core/pipeline/workspace_import.h"
#include "tests/core/generated_journals.h"
#include "tests/core/store_test_support.h"

namespace abm {
namespace {

namespace fs = std::filesystem;
using test::read_whole;
using test::TemporaryFolder;
using Outcome = ImportedSource::Outcome;

/// Every value of every row a source has, as text; without the moment it was read at.
std::string dump(Workspace& workspace) {
    std::string all;
    for (const char* const query :
         {"SELECT identity, name, path, file_bytes, file_time, bytes, format, encoding, gzip, line_end, machine, lines,"
          " lines_not_understood, first_not_understood, sessions, intervals, card_numbers_masked, account_numbers_masked,"
          " first_time, last_time, problems, feature_schema, reader_version, packets, link_type FROM sources ORDER BY id",
          "SELECT r.source_id, start_offset, kind, bytes, ordinal, m.name, start_time, end_time, amount, at_risk, type, severity,"
          " activity, trivial, feature_row FROM records r JOIN machines m ON m.id = r.machine_id ORDER BY 1, 2, 3",
          "SELECT * FROM findings ORDER BY source_id, position", "SELECT * FROM movements ORDER BY source_id, position",
          "SELECT source_id, first_row, row_count, hex(data) FROM features ORDER BY source_id, first_row",
          "SELECT source_id, first_row, row_count, hex(data) FROM courses ORDER BY source_id, first_row",
          "SELECT * FROM course_words ORDER BY source_id",
          "SELECT source_id, hex(data) FROM session_prints ORDER BY source_id"}) {
        SQLite::Statement rows(workspace.database(), query);
        while (rows.executeStep()) {
            for (int at = 0; at < rows.getColumnCount(); ++at) all += rows.getColumn(at).getString() + "|";
            all += '\n';
        }
    }
    return all;
}

/// The first line that differs, for the message.
std::string difference(const std::string& a, const std::string& b) {
    std::istringstream left(a), right(b);
    std::string one, other;
    for (int line = 1;; ++line) {
        const bool more = static_cast<bool>(std::getline(left, one));
        const bool more_there = static_cast<bool>(std::getline(right, other));
        if (!more && !more_there) return {};
        if (more != more_there || one != other)
            return fmt::format("line {}:\n{}\n{}", line, more ? one.substr(0, 500) : "-",
                               more_there ? other.substr(0, 500) : "-");
    }
}

class GrownSource : public ::testing::Test {
protected:
    ImportedSource import(Workspace& workspace, const fs::path& file) const {
        ImportOptions options;
        options.threads = 2;
        options.rules = &RuleSet::built_in();
        options.who = "ada";
        return import_files(workspace, {&file, 1}, options, {}).front();
    }

    /// Grows a file of these bytes through the given lengths and compares with a workspace that read only the last of them.
    /// Returns from where each was read.
    std::vector<std::int64_t> grow(const std::string& name, const std::string& whole, const std::vector<double>& shares) {
        std::vector<std::int64_t> read_from;
        for (const double share : shares) {
            Workspace grown = Workspace::open(folder_.path() / (name + "-grown.abmw"));
            const auto bytes = static_cast<std::size_t>(share * static_cast<double>(whole.size()));
            const fs::path file = folder_.write(name, std::string_view(whole).substr(0, bytes));
            const ImportedSource imported = import(grown, file);
            EXPECT_EQ(imported.outcome, share == shares.front() ? Outcome::added : Outcome::grown) << share;
            read_from.push_back(imported.read_from);
            const std::string checkpoint = SourceStore(grown).checkpoint(imported.source);
            if (!checkpoint.empty()) late_ += checkpoint_from(checkpoint).late.size();
            Workspace at_once = Workspace::open(folder_.path() / fmt::format("{}-{}.abmw", name, share));
            import(at_once, file);
            EXPECT_EQ(difference(dump(grown), dump(at_once)), "") << name << " at " << share;
            test::expect_equal(SourceStore(at_once).load({}).investigation, SourceStore(grown).load({}).investigation);
        }
        return read_from;
    }

    /// A journal of many blocks, with incidents that reach from one to the next.
    static std::string long_journal(std::uint64_t seed, std::int64_t bytes = 16'000'000) {
        test::GeneratedFolder journals("grown_long");
        GenerateOptions options;
        options.machines = 1;
        options.bytes = bytes;
        options.seed = seed;
        options.incident_rate = 0.3;
        options.card_number_leaks = 40;
        journals.generate(options);
        return journals.journals().begin()->second;
    }

    TemporaryFolder folder_;
    std::size_t late_ = 0;  ///< findings of grow() that stood only as long as the file ended there
};

TEST_F(GrownSource, IsStoredAsIfItHadBeenReadAtOnce) {
    test::GeneratedFolder journals("grown_small");
    GenerateOptions options;
    options.machines = 1;
    options.days = 20;
    options.incident_rate = 0.2;
    journals.generate(options);
    grow("journal.txt", journals.journals().begin()->second, {0.2, 0.201, 0.5, 0.77, 0.9999, 1.0});
}

TEST_F(GrownSource, OfEveryKindIsStoredAsIfItHadBeenReadAtOnce) {
    GenerateUeLogOptions log;
    log.out = folder_.path() / "log";
    log.ues = 200;
    grow("ue.log", read_whole(generate_ue_log(log, {}).file), {0.3, 0.7, 1.0});
    GenerateCaptureOptions capture;
    capture.out = folder_.path() / "capture";
    grow("site.pcap", read_whole(generate_capture(capture, {}).file), {0.3, 0.7, 1.0});
    GenerateTableOptions table;
    table.out = folder_.path() / "table";
    table.days = 4;
    grow("metrics.csv", read_whole(generate_table(table, {}).file), {0.3, 0.7, 1.0});
}

TEST_F(GrownSource, LeavesTheRowsThatStandAlone) {
    test::GeneratedFolder journals("grown_rows");
    GenerateOptions options;
    options.machines = 1;
    options.days = 60;
    journals.generate(options);
    const std::string whole = journals.journals().begin()->second;
    const auto all_but = [&](std::size_t bytes) { return std::string_view(whole).substr(0, whole.size() - bytes); };
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    import(workspace, folder_.write("journal.txt", all_but(2'000)));
    const int before = workspace.database().getTotalChanges();
    const auto rows = workspace.database().execAndGet("SELECT count(*) FROM records").getInt();
    ASSERT_GT(rows, 5'000);
    EXPECT_EQ(import(workspace, folder_.write("journal.txt", whole)).outcome, Outcome::grown);
    EXPECT_LT(workspace.database().getTotalChanges() - before, 100) << "of " << rows << " records and what hangs on them";
}

TEST_F(GrownSource, AJournalIsReadOnFromItsLastBlock) {
    const auto from = grow("journal.txt", long_journal(1), {0.4, 0.4001, 0.55, 0.9999, 1.0});
    EXPECT_EQ(from[0], 0);
    EXPECT_GT(from[1], 0) << "a journal of a few blocks has a place to go on from";
    EXPECT_TRUE(std::ranges::is_sorted(from));
    EXPECT_GT(from.back(), from[1]) << "the place moves with the end";
}

TEST_F(GrownSource, WhatTheLastBlockSaysOfTheOneBeforeIsSaidAnew) {
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

TEST_F(GrownSource, ARealJournalIsReadOnFromItsLastBlock) {
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

TEST_F(GrownSource, AnotherFileInThePlaceOfAJournalIsReadFromItsBeginning) {
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
    test::expect_equal(expected, SourceStore(workspace).load_one(replaced.source, {}));
}

TEST_F(GrownSource, ACheckpointNobodyUnderstandsCostsTimeOnly) {
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

TEST_F(GrownSource, OtherRulesReadAJournalFromItsBeginning) {
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

/// Movements of sessions; those of the intervals between them count in each file.
std::ptrdiff_t moved_in_sessions(Workspace& workspace) {
    const Investigation all = SourceStore(workspace).load({}).investigation;
    return std::ranges::count_if(all.movements, [&](const CashMovement& movement) {
        return all.records[raw(movement.record)].kind == RecordKind::session;
    });
}

TEST_F(GrownSource, SessionsInTwoFilesCountOnceWhicheverGrows) {
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
    EXPECT_NEAR(static_cast<double>(moved_in_sessions(workspace)), static_cast<double>(moved_in_sessions(alone)), 2.0)
        << "but for the session the shorter file was cut in";
}

}  // namespace
}  // namespace abm
