// Sessions, intervals, dates and the bytes they stand in.
#include "core/ingest/journal_chunk.h"
#include "tests/core/journal_fixture.h"

namespace abm {
namespace {

using test::header;
using test::ingest_text;
using test::reader_activated;
using test::withdrawal;
using test::Withdrawal;

void expect_tiling(const Investigation& investigation) {
    std::vector<std::int64_t> at(investigation.sources.size(), 0);
    for (const Record& record : investigation.records) {
        EXPECT_EQ(record.span.offset, at[raw(record.source)]) << record_name(investigation, record);
        EXPECT_GT(record.span.bytes, 0);
        at[raw(record.source)] = record.span.end();
    }
    for (std::size_t i = 0; i < at.size(); ++i) EXPECT_EQ(at[i], investigation.sources[i].bytes);
}

std::vector<const Record*> sessions_of(const Investigation& investigation) {
    std::vector<const Record*> found;
    for (const Record& record : investigation.records) {
        if (record.kind == RecordKind::session) found.push_back(&record);
    }
    return found;
}

std::string two_sessions() {
    return withdrawal(101, {}) + reader_activated(102, "09:07") +
           withdrawal(103, {.time = "09:14",
                            .presented = "0,2,1,0",
                            .dispensed = "00121 00083 00301 00010",
                            .remaining = "01879 01917 01699 01990",
                            .amount = "200.00",
                            .card = "3138",
                            .serial = "614102"}) +
           reader_activated(104, "09:15");
}

TEST(Ingest, SessionsBeginAtTheStartLineAndRecordsTileTheFile) {
    const std::string text = two_sessions();
    const Investigation investigation = ingest_text(text);
    expect_tiling(investigation);
    const auto found = sessions_of(investigation);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0]->span.offset, static_cast<std::int64_t>(text.find("     *TRANSACTION START*")));
    EXPECT_EQ(investigation.records[0].kind, RecordKind::interval);
    EXPECT_EQ(investigation.records[0].ordinal, 0);
    EXPECT_EQ(found[1]->ordinal, 2);
    EXPECT_EQ(found[0]->type, RecordType::normal);
    EXPECT_EQ(found[0]->amount, 70'00);
    EXPECT_EQ(iso8601(found[0]->start), "2026-03-14T09:06:01");
    EXPECT_EQ(iso8601(found[0]->end), "2026-03-14T09:06:40");
    EXPECT_EQ(investigation.machines, std::vector<std::string>{"0777"});
    EXPECT_EQ(investigation.sources[0].lines_not_understood, 0);
}

TEST(Ingest, LineEndsDoNotChangeWhatIsRead) {
    const std::string lf = two_sessions();
    std::string cr = lf;
    std::replace(cr.begin(), cr.end(), '\n', '\r');
    std::string crlf;
    for (const char c : lf) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const Investigation with_lf = ingest_text(lf);
    const Investigation with_cr = ingest_text(cr);
    const Investigation with_crlf = ingest_text(crlf);
    expect_tiling(with_crlf);
    EXPECT_EQ(with_lf.sources[0].line_end, LineEnd::lf);
    EXPECT_EQ(with_cr.sources[0].line_end, LineEnd::cr);
    EXPECT_EQ(with_crlf.sources[0].line_end, LineEnd::crlf);
    ASSERT_EQ(with_lf.records.size(), with_cr.records.size());
    ASSERT_EQ(with_lf.records.size(), with_crlf.records.size());
    for (std::size_t i = 0; i < with_lf.records.size(); ++i) {
        EXPECT_EQ(with_lf.records[i].span, with_cr.records[i].span);
        EXPECT_EQ(with_lf.records[i].start, with_crlf.records[i].start);
        EXPECT_EQ(with_lf.records[i].type, with_crlf.records[i].type);
    }
    EXPECT_EQ(ingest_text(lf + cr).sources[0].line_end, LineEnd::mixed);
}

TEST(Ingest, ASessionWithoutEndKeepsTheRecoveryThatFollowsIt) {
    std::string text = withdrawal(101, {});
    const std::size_t end = text.find("\x1B[020t 09:06:40 TRANSACTION END");
    text = text.substr(0, end) + "09:07:21*CASHIN RECOVERY STARTED - CASSETTES\n" + reader_activated(102, "09:08");
    const Investigation investigation = ingest_text(text);
    expect_tiling(investigation);
    const auto found = sessions_of(investigation);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0]->span.end(), static_cast<std::int64_t>(text.find("\x1B[020t*102*")));
    EXPECT_GE(found[0]->severity, Severity::high);
}

TEST(Ingest, MidnightFallsBetweenHeaderAndLine) {
    std::string text = withdrawal(101, {.time = "23:59"});
    const std::string late = "\x1B[020t 23:59:40 TRANSACTION END";
    text.replace(text.find(late), late.size(), "\x1B[020t 00:00:12 TRANSACTION END");
    const Investigation investigation = ingest_text(text);
    const auto found = sessions_of(investigation);
    EXPECT_EQ(iso8601(found.at(0)->start), "2026-03-14T23:59:01");
    EXPECT_EQ(iso8601(found.at(0)->end), "2026-03-15T00:00:12");
}

TEST(Ingest, WithoutAHeaderATimeIsMissingNotInvented) {
    const std::string text = withdrawal(101, {});
    const Investigation investigation = ingest_text(text.substr(text.find("     *TRANSACTION START*")));
    EXPECT_EQ(investigation.records[0].kind, RecordKind::session);
    EXPECT_FALSE(known(investigation.records[0].start));
}

TEST(Ingest, CountsAndListsLinesNothingUnderstands) {
    const Investigation investigation = ingest_text("WHAT IS THIS\n" + two_sessions() + "AND THIS\n");
    EXPECT_EQ(investigation.sources[0].lines_not_understood, 2);
    ASSERT_EQ(investigation.sources[0].first_not_understood.size(), 2U);
    EXPECT_EQ(investigation.sources[0].first_not_understood[0], (TextSpan{0, 12}));
}

TEST(Ingest, TheSameSessionInTwoFilesCountsOnceInTheLedger) {
    const test::TemporaryFolder folder;
    const auto first = folder.write("ABM0777EJ_1.txt", two_sessions());
    const auto second = folder.write("ABM0777EJ_2.txt", two_sessions());
    const Investigation once = test::ingest_files({first});
    const Investigation twice = test::ingest_files({first, second});
    EXPECT_EQ(twice.movements.size(), once.movements.size());
    EXPECT_EQ(twice.records.size(), 2 * once.records.size());
    EXPECT_TRUE(twice.sources[0].problems.empty());
    ASSERT_EQ(twice.sources[1].problems.size(), 1U);
    EXPECT_NE(twice.sources[1].problems[0].message.find("2 sessions"), std::string::npos);
}

TEST(Ingest, FullCardNumbersAreCountedAndAreAFindingAboutTheSource) {
    std::string text = two_sessions();
    const std::string mark = "  ---START OF TRANSACTION---\n";
    text.insert(text.find(mark) + mark.size(), "TRACK 2: 4111111111111111=28121010000012345600\n");
    const Investigation investigation = ingest_text(text);
    EXPECT_EQ(investigation.sources[0].card_numbers_masked, 1);
    ASSERT_EQ(investigation.source_findings.size(), 1U);
    EXPECT_EQ(investigation.source_findings[0].type, RecordType::card_number_in_log);
    EXPECT_EQ(sessions_of(investigation)[0]->severity, Severity::none);
}

TEST(Ingest, ResultsAreTheSameForAnyNumberOfThreadsAndInAnyBlocks) {
    // More than one block of 4 MB, so that threads share the work.
    std::string text;
    int serial = 0;
    CassetteCounts dispensed{};
    for (int i = 0; text.size() < (std::size_t{9} << 20); ++i) {
        ++dispensed[0];
        ++dispensed[1];
        text += withdrawal(
            (2 * i + 101) % 1000,
            {.time = fmt::format("{:02}:{:02}", (i / 60) % 24, i % 60),
             .dispensed = fmt::format("{:05} {:05} 00300 00010", dispensed[0] % 50'000, dispensed[1] % 50'000),
             .remaining = fmt::format("{:05} {:05} 01700 01990", 60'000 - dispensed[0] % 50'000, 60'000 - dispensed[1] % 50'000),
             .card = fmt::format("{:04}", i % 977),
             .serial = fmt::format("61{:04}", ++serial % 10'000)});
        text += reader_activated((2 * i + 102) % 1000, fmt::format("{:02}:{:02}", (i / 60) % 24, i % 60));
    }
    const test::TemporaryFolder folder;
    const auto file = folder.write("ABM0777EJ.txt", text);
    const Investigation one = test::ingest_files({file}, 1);
    const Investigation three = test::ingest_files({file}, 3);
    expect_tiling(one);
    ASSERT_EQ(one.records.size(), three.records.size());
    ASSERT_EQ(one.findings.size(), three.findings.size());
    EXPECT_EQ(one.movements.size(), three.movements.size());
    for (std::size_t i = 0; i < one.records.size(); ++i) {
        ASSERT_EQ(one.records[i].span, three.records[i].span);
        ASSERT_EQ(one.records[i].start, three.records[i].start);
        ASSERT_EQ(one.records[i].severity, three.records[i].severity);
    }
    for (std::size_t i = 0; i < one.findings.size(); ++i) ASSERT_EQ(one.findings[i].sentence, three.findings[i].sentence);
    EXPECT_TRUE((one.features[0].features.values.array() == three.features[0].features.values.array() ||
                 one.features[0].features.values.array().isNaN())
                    .all());
}

const Source& only_source(const Investigation& investigation) { return investigation.sources.at(0); }

void expect_problem(const Source& source, const std::string& words) {
    ASSERT_FALSE(source.problems.empty()) << source.name;
    EXPECT_NE(source.problems[0].message.find(words), std::string::npos) << source.problems[0].message;
}

TEST(BadInput, AnEmptyFileIsSaidToBeEmpty) {
    const Investigation investigation = ingest_text("");
    EXPECT_EQ(only_source(investigation).format, "empty");
    expect_problem(only_source(investigation), "is empty");
    EXPECT_TRUE(investigation.records.empty());
}

TEST(BadInput, BinaryAndUtf16FilesAreRefusedWithTheWayOut) {
    std::string binary;
    for (int i = 0; i < 20'000; ++i) binary += static_cast<char>((i * 7919) % 251);
    expect_problem(only_source(ingest_text(binary)), "not a text file");
    std::string utf16 = "\xFF\xFE";
    for (const char c : two_sessions()) utf16 += {c, '\0'};
    expect_problem(only_source(ingest_text(utf16)), "iconv -f UTF-16LE");
}

TEST(BadInput, TextThatIsNoJournalHasNoRecords) {
    const Investigation investigation = ingest_text("Dear colleague,\nPOWER-UP/RESET it is.\nSee you.\n");
    EXPECT_EQ(only_source(investigation).format, "unknown");
    expect_problem(only_source(investigation), "no line was understood");
    EXPECT_TRUE(investigation.records.empty());
    EXPECT_TRUE(investigation.findings.empty());
}

TEST(BadInput, ALineOfAHundredMegabytesIsKeptAndCounted) {
    const std::string text = two_sessions() + std::string(100'000'000, 'x') + "\n" + two_sessions();
    const Investigation investigation = ingest_text(text);
    expect_tiling(investigation);
    EXPECT_EQ(only_source(investigation).sessions, 4);
    EXPECT_GE(only_source(investigation).lines_not_understood, 1);
}

TEST(BadInput, ATruncatedGzipKeepsWhatCameBefore) {
    std::string text;
    for (int i = 0; i < 200; ++i) text += two_sessions();
    const std::string packed = test::gzip(text);
    const test::TemporaryFolder folder;
    const Investigation whole = test::ingest_files({folder.write("whole.txt.gz", packed)});
    const Investigation broken =
        test::ingest_files({folder.write("broken.txt.gz", std::string_view(packed).substr(0, packed.size() / 2))});
    EXPECT_EQ(whole.sources[0].bytes, static_cast<std::int64_t>(text.size()));
    EXPECT_TRUE(whole.sources[0].gzip);
    EXPECT_GT(broken.sources[0].sessions, 0);
    EXPECT_LT(broken.sources[0].sessions, 400);
    ASSERT_FALSE(broken.sources[0].problems.empty());
    expect_tiling(broken);
}

TEST(BadInput, AMissingFileDoesNotHideTheOthers) {
    const test::TemporaryFolder folder;
    const Investigation investigation =
        test::ingest_files({folder.path() / "gone.txt", folder.write("ABM1.txt", two_sessions())});
    EXPECT_FALSE(investigation.sources[0].problems.empty());
    EXPECT_EQ(investigation.sources[1].sessions, 2);
    EXPECT_EQ(investigation.machines, std::vector<std::string>{"0777"});
}

TEST(BadInput, CancellingStopsAndSaysSo) {
    const test::TemporaryFolder folder;
    const auto file = folder.write("ABM1.txt", two_sessions());
    std::stop_source stop;
    stop.request_stop();
    IngestOptions options;
    options.threads = 2;
    options.rules = &RuleSet::built_in();
    const std::filesystem::path files[] = {file};
    try {
        ingest(files, options, Progress(stop.get_token(), {}));
        FAIL() << "not cancelled";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Cancelled);
    }
}

}  // namespace
}  // namespace abm
