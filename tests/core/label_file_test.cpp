// Label files: what is read, which record a row means, and what an import stores.
#include "core/store/label_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/data/record_names.h"
#include "core/store/utc_text.h"
#include "tests/core/label_workspace.h"
#include "tests/core/source_folder.h"

namespace abm {
namespace {

using test::LabelWorkspace;
using enum LabelClass;

LabelFile read_label_text(const std::string& text) {
    std::istringstream input(text);
    return read_label_file(input, "labels.csv");
}

ErrorCode label_file_error(const std::string& text) {
    try {
        read_label_text(text);
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("labels.csv"), std::string::npos) << error.what();
        return error.code();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorCode::Cancelled;
}

const std::string kHeader = "source,kind,start_offset,label,type,note,who,when\n";

TEST(UtcText, ReadsAndWritesTheSameTime) {
    const std::string whole = "2026-11-20T15:43:53Z", fine = "2026-11-20T15:43:53.123456Z";
    EXPECT_EQ(utc_text(*parse_utc(whole)), whole);
    EXPECT_EQ(utc_text(*parse_utc(fine)), fine);
    EXPECT_EQ(utc_text(kUnknownTime), "");
    EXPECT_EQ(parse_utc("2026-11-20 15:43:53"), parse_utc(whole));
    EXPECT_EQ(parse_utc("2026-11-20T15:43:53.5"), parse_utc("2026-11-20T15:43:53.500000Z"));
    EXPECT_EQ(parse_utc("1969-12-31T23:59:59Z"), Time(std::chrono::seconds(-1)));
    EXPECT_TRUE(parse_utc("2024-02-29T00:00:00Z"));
}

TEST(UtcText, RefusesWhatIsNoTime) {
    for (const char* text : {"", "2026", "2026-11-20", "2026-13-20T15:43:53Z", "2026-02-29T15:43:53Z", "2026-11-20T24:00:00Z",
                             "2026-11-20T15:60:00Z", "2026-11-20T15:43:60Z", "2026-11-20T15:43:53.Z",
                             "2026-11-20T15:43:53.1234567Z", "2026-11-20T15:43:53+01:00", "2026-11-20T15:43:53ZZ",
                             "20.11.2026 15:43:53", "-026-11-20T15:43:53Z", "2026-11-20T15:43", "2026-1-20T15:43:53Z"})
        EXPECT_FALSE(parse_utc(text)) << text;
}

TEST(LabelFileReader, NamesWhatIsNotPlainText) {
    for (const auto& [text, remedy] : {std::pair("\x1F\x8B\x08", "unpack"), std::pair("\xFF\xFEs", "UTF-8")}) {
        try {
            read_label_text(text);
            ADD_FAILURE() << remedy;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::Invalid);
            EXPECT_NE(std::string(error.what()).find(remedy), std::string::npos) << error.what();
        }
    }
}

TEST(LabelFileReader, ReadsColumnsByNameInAnyOrder) {
    const LabelFile file = read_label_text(
        "\xEF\xBB\xBFwhen,label,score,source,start_offset,note\r\n"
        "2026-11-20T15:43:53Z,anomaly,0.9,ABM25EJ.txt,189,\"short, by \"\"40\"\"\nsee receipt\"\r\n"
        ",normal,,ABM25EJ.txt,1057,\r\n");
    EXPECT_TRUE(file.problems.empty());
    ASSERT_EQ(file.rows.size(), 2U);
    const LabelRow& row = file.rows[0];
    EXPECT_EQ(row.line, 2);
    EXPECT_EQ(row.source, "ABM25EJ.txt");
    EXPECT_EQ(row.kind, RecordKind::session) << "the default";
    EXPECT_EQ(row.start_offset, 189);
    EXPECT_EQ(row.label.label, anomaly);
    EXPECT_EQ(row.label.note, "short, by \"40\"\nsee receipt");
    EXPECT_EQ(row.label.when, parse_utc("2026-11-20T15:43:53Z"));
    EXPECT_EQ(file.rows[1].line, 4);
    EXPECT_FALSE(known(file.rows[1].label.when));
    EXPECT_EQ(file.rows[1].label.who, "");
}

TEST(LabelFileReader, ReadsJsonLines) {
    const LabelFile file = read_label_text(
        "{\"source\":\"a.txt\",\"kind\":\"interval\",\"start_offset\":7,\"label\":\"unsure\",\"type\":\"my own\","
        "\"note\":\"G\\u00fcnther\\nx\",\"who\":\"anna\",\"when\":\"2026-11-20T15:43:53.5Z\",\"more\":[1]}\r\n"
        "\n{\"source\":\"a.txt\",\"start_offset\":\"8\",\"label\":\"normal\",\"type\":null}\n"
        "{\"source\":\"a.txt\",\"start_offset\":8.5,\"label\":\"normal\"}\nnot json\n{\"source\":\"a.txt\"}\n[]\n");
    ASSERT_EQ(file.rows.size(), 2U);
    EXPECT_EQ(file.rows[0].kind, RecordKind::interval);
    EXPECT_EQ(file.rows[0].start_offset, 7);
    EXPECT_EQ(file.rows[0].label.label, unsure);
    EXPECT_EQ(file.rows[0].label.type, "my own");
    EXPECT_EQ(file.rows[0].label.note, "G\xC3\xBCnther\nx");
    EXPECT_EQ(file.rows[1].line, 3);
    EXPECT_EQ(file.rows[1].start_offset, 8);
    std::vector<std::int64_t> lines;
    for (const RowProblem& problem : file.problems) lines.push_back(problem.line);
    EXPECT_EQ(lines, (std::vector<std::int64_t>{4, 5, 6, 7}));
}

TEST(LabelFileReader, SaysWhatIsWrongWithARow) {
    const std::pair<const char*, const char*> bad[] = {
        {",session,1,normal,,,,", "source is empty"},
        {"a,sesion,1,normal,,,,", "kind is \"sesion\""},
        {"a,session,-1,normal,,,,", "start_offset is \"-1\""},
        {"a,session,1e3,normal,,,,", "start_offset is \"1e3\""},
        {"a,session,99999999999999999999,normal,,,,", "start_offset"},
        {"a,session,,normal,,,,", "start_offset is empty"},
        {"a,session,1,weird,,,,", "label is \"weird\""},
        {"a,session,1,,,,,", "label is empty"},
        {"a,session,1,normal,,,,yesterday", "when is \"yesterday\""},
        {"a,session,1,normal,\"two\nlines\",,,", "type is"},
        {"a,session,1,normal,,a note, with a comma,,", "9 fields where the header has 8"},
        {"a,session,1,norm", "4 fields"},
        {"a,session,1,4111111111111111,,,,", "label is \"411111******1111\""},
    };
    for (const auto& [row, expected] : bad) {
        const LabelFile file = read_label_text(kHeader + "a,session,5,normal,,,,\n" + row + "\na,,6,anomaly,,,,\n");
        EXPECT_EQ(file.rows.size(), 2U) << row;
        ASSERT_EQ(file.problems.size(), 1U) << row;
        EXPECT_EQ(file.problems[0].line, 3) << row;
        EXPECT_NE(file.problems[0].message.find(expected), std::string::npos) << file.problems[0].message;
    }
    EXPECT_EQ(read_label_text(kHeader + "a,,1,normal," + std::string(65, 'x') + ",,,").problems.size(), 1U);
    std::string umlauts;
    for (int i = 0; i < 64; ++i) umlauts += "\xC3\xBC";
    EXPECT_EQ(read_label_text(kHeader + "a,,1,normal,  " + umlauts + " ,,,").rows.at(0).label.type, umlauts)
        << "characters, not bytes";
}

TEST(LabelFileReader, RefusesWhatIsNoLabelFile) {
    EXPECT_EQ(label_file_error(""), ErrorCode::Invalid);
    EXPECT_EQ(label_file_error("source;start_offset;label\n"), ErrorCode::Invalid);
    EXPECT_EQ(label_file_error("source,label\n"), ErrorCode::Invalid);
    EXPECT_EQ(label_file_error("source,label,start_offset,label\n"), ErrorCode::Invalid);
    EXPECT_EQ(label_file_error(kHeader + "\"open"), ErrorCode::Corrupt);
    EXPECT_EQ(label_file_error("{oops\n"), ErrorCode::Corrupt);
}

TEST(LabelFileReader, ReadsLatinOneAsWhatItMeans) {
    const LabelFile file = read_label_text(kHeader + "a,,1,normal,,G\xFCnther,,");
    EXPECT_EQ(file.rows.at(0).label.note, "G\xC3\xBCnther");
}

TEST(LabelFileReader, TakesTheColumnsOfATableOfTruth) {
    const LabelFile file = read_label_text(
        "file,kind,ordinal,start_offset,end_offset,label,type,note\nABM.txt,interval,0,31,99,anomaly,power_reset,x\n");
    EXPECT_EQ(file.rows.at(0).source, "ABM.txt");
    EXPECT_EQ(file.rows.at(0).start_offset, 31);
}

/// What stands between "```LANGUAGE" and "```" in docs/label-files.md.
std::string documented(const std::string& language) {
    std::ifstream in(test::source_folder() / "docs" / "label-files.md");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::size_t begin = text.find("```" + language + "\n") + language.size() + 4;
    return text.substr(begin, text.find("```", begin) - begin);
}

TEST(LabelFileReader, ReadsTheExamplesOfTheDocumentation) {
    const LabelFile csv = read_label_text(documented("csv")), json = read_label_text(documented("json"));
    EXPECT_TRUE(csv.problems.empty() && json.problems.empty());
    ASSERT_EQ(csv.rows.size(), 3U);
    ASSERT_EQ(json.rows.size(), 1U);
    EXPECT_EQ(csv.rows[0].label.note, "short by \"40\",\nsee receipt");
    EXPECT_EQ(json.rows[0].label.note, csv.rows[0].label.note);
    EXPECT_EQ(json.rows[0].label.when, csv.rows[0].label.when);
    EXPECT_EQ(json.rows[0].start_offset, csv.rows[0].start_offset);
    EXPECT_EQ(utc_text(csv.rows[1].label.when), "2026-11-20T15:50:07.250000Z");
    EXPECT_EQ(csv.rows[2].label.type, "my own word");
}

// -- import --

std::string row(const std::string& source, const RecordKey& key, const std::string& rest) {
    return '"' + source + "\"," + std::string(name_of(key.kind)) + ',' + std::to_string(key.start_offset) + ',' + rest + '\n';
}

const std::string kOther = "other, with a comma.txt";

TEST(LabelImport, StoresRowsInOneStepAndFindsThemAgain) {
    LabelWorkspace w;
    const std::string text = kHeader + row(kOther, w.key(2), "anomaly,cash_at_risk,\"a, \"\"b\"\"\",anna,2026-11-20T15:43:53Z") +
                             row(kOther, w.key(2, RecordKind::session, 1), "normal,,,,");
    const LabelImport first = w.import(text, "bob");
    EXPECT_EQ(first.stored, 2);
    EXPECT_EQ(first.already_there, 0);
    EXPECT_TRUE(first.unmatched.empty() && first.contradictions.empty());
    const auto verdicts = w.verdicts();
    ASSERT_EQ(verdicts.size(), 2U);
    EXPECT_EQ(verdicts[0].label.who, "anna");
    EXPECT_EQ(verdicts[0].label.note, "a, \"b\"");
    EXPECT_EQ(verdicts[0].label.when, parse_utc("2026-11-20T15:43:53Z"));
    EXPECT_EQ(verdicts[1].label.who, "bob") << "the row named nobody";

    const LabelImport again = w.import(text, "bob");
    EXPECT_EQ(again.stored, 0);
    EXPECT_EQ(again.already_there, 2);
    EXPECT_EQ(w.labels().events().size(), 2U);
    EXPECT_TRUE(w.labels().undo("bob"));
    EXPECT_TRUE(w.verdicts().empty()) << "an import is undone as one";
    EXPECT_EQ(w.import(text, "bob").stored, 2) << "what was undone is not there";
    EXPECT_EQ(w.count("SELECT count(*) FROM audit WHERE action = 'label-import'"), 3);
}

TEST(LabelImport, ARowTwiceInAFileIsStoredOnce) {
    LabelWorkspace w;
    const std::string timed = row(kOther, w.key(2), "anomaly,,,anna,2026-11-20T15:43:53Z"),
                      untimed = row(kOther, w.key(2, RecordKind::session, 1), "normal,,,,");
    const LabelImport result = w.import(kHeader + timed + untimed + timed + untimed);
    EXPECT_EQ(result.stored, 2);
    EXPECT_EQ(result.already_there, 2);
}

TEST(LabelImport, KnowsSourcesByNameAndByHash) {
    LabelWorkspace w;
    const std::vector<std::string> names = source_names(w.investigation);
    const std::string hash = w.investigation.sources[1].identity;
    EXPECT_EQ(names[0], w.investigation.sources[0].identity.substr(0, 12)) << "two files of one name are named by their hash";
    EXPECT_EQ(names[1], hash.substr(0, 12));
    EXPECT_EQ(names[2], kOther);
    std::string shouted = hash.substr(0, 12);
    std::ranges::transform(shouted, shouted.begin(), [](char c) { return static_cast<char>(std::toupper(c)); });
    int minute = 10;
    for (const std::string& source : {names[1], hash, hash.substr(0, 8), shouted, "renamed.txt@" + hash.substr(0, 10)}) {
        const LabelImport result =
            w.import(kHeader + row(source, w.key(1), fmt::format("normal,,,anna,2026-11-20T15:{}:00Z", minute++)));
        EXPECT_EQ(result.stored, 1) << source;
        EXPECT_EQ(w.labels().events().back().key.source, w.ids[1]) << source;
    }
    const std::pair<std::string, const char*> strangers[] = {{"ABM0777EJ.txt", "2 files are named"},
                                                             {"nowhere.txt", "no file \"nowhere.txt\""},
                                                             {hash.substr(0, 7), "no file"},
                                                             {"ABM0777EJ.txt@00000000", "another content"}};
    for (const auto& [source, expected] : strangers) {
        const LabelImport result = w.import(kHeader + row(source, w.key(1), "normal,,,,"));
        EXPECT_EQ(result.stored, 0) << source;
        ASSERT_EQ(result.unmatched.size(), 1U) << source;
        EXPECT_EQ(result.unmatched[0].line, 2);
        EXPECT_NE(result.unmatched[0].message.find(expected), std::string::npos) << result.unmatched[0].message;
    }
}

TEST(LabelImport, AFileThatIsNotStoredHasNoRecords) {
    LabelWorkspace w;
    w.ids[2] = SourceId{};
    const LabelImport result = w.import(
        kHeader + row(kOther, {SourceId{}, RecordKind::session, w.record(2, RecordKind::session).span.offset}, "normal,,,,"));
    EXPECT_EQ(result.stored, 0);
    EXPECT_EQ(result.unmatched.size(), 1U);
}

TEST(LabelImport, ReportsRowsThatMatchNoRecordWithTheOneThatMayBeMeant) {
    LabelWorkspace w;
    RecordKey inside = w.key(2), other_kind = w.key(1, RecordKind::interval), far = inside;
    const std::int64_t right = inside.start_offset++;
    other_kind.kind = RecordKind::session;
    far.start_offset = 1'000'000'000;
    const std::string first = source_names(w.investigation)[1];
    const LabelImport result = w.import(kHeader + row(kOther, inside, "anomaly,,,,") + row(first, other_kind, "normal,,,,") +
                                        row(kOther, far, "normal,,,,") + row(kOther, w.key(2), "normal,,,,"));
    EXPECT_EQ(result.stored, 1) << "the good row is kept";
    ASSERT_EQ(result.unmatched.size(), 3U);
    EXPECT_NE(result.unmatched[0].message.find(fmt::format("session:1, which starts at byte {}, holds it", right)),
              std::string::npos)
        << result.unmatched[0].message;
    EXPECT_NE(result.unmatched[1].message.find("interval:0 does"), std::string::npos) << result.unmatched[1].message;
    EXPECT_NE(result.unmatched[2].message.find("no session starts at byte 1000000000"), std::string::npos);
    EXPECT_EQ(result.unmatched[2].line, 4);
}

TEST(LabelImport, KeepsAndListsContradictions) {
    LabelWorkspace w;
    w.import(kHeader + row(kOther, w.key(2), "anomaly,cash_at_risk,,anna,2026-11-20T10:00:00Z"));
    const LabelImport result = w.import(kHeader + row(kOther, w.key(2), "normal,,,bob,2026-11-20T11:00:00Z") +
                                        row(kOther, w.key(2), "anomaly,deposit_fault,,carl,2026-11-20T12:00:00Z") +
                                        row(kOther, w.key(2), "anomaly,,agreed,dora,2026-11-20T09:00:00Z") +
                                        row(kOther, w.key(2), "unsure,,,anna,2026-11-20T13:00:00Z"));
    EXPECT_EQ(result.stored, 4);
    ASSERT_EQ(result.contradictions.size(), 3U);
    EXPECT_EQ(result.contradictions[0].line, 2);
    EXPECT_EQ(result.contradictions[0].message, kOther + "#session:1: bob says normal; anna said anomaly (cash_at_risk)");
    EXPECT_EQ(result.contradictions[1].line, 3) << "another type";
    EXPECT_EQ(result.contradictions[2].line, 5) << "the same expert, later";
    const auto verdicts = w.verdicts();
    ASSERT_EQ(verdicts.size(), 4U);
    EXPECT_EQ(verdicts[0].label.who, "anna");
    EXPECT_EQ(verdicts[0].label.label, unsure) << "the later verdict of the same expert stands";
    EXPECT_TRUE(verdicts[0].counts && verdicts[0].disputed);
}

TEST(LabelImport, ALaterVerdictOfTheSameExpertIsNotOvertakenByAnOlderRow) {
    LabelWorkspace w;
    w.import(kHeader + row(kOther, w.key(2), "normal,,,anna,2026-11-20T11:00:00Z"));
    const LabelImport result = w.import(kHeader + row(kOther, w.key(2), "anomaly,,,anna,2026-11-20T10:00:00Z"));
    EXPECT_EQ(result.stored, 1);
    EXPECT_EQ(result.contradictions.size(), 1U);
    EXPECT_EQ(w.verdicts().at(0).label.label, normal);
}

TEST(LabelImport, MasksCardNumbersBeforeAnythingIsStoredOrSaid) {
    LabelWorkspace w;
    const std::string text = kHeader +
                             row(kOther, w.key(2), "anomaly,t" + test::kCard + ",card " + test::kCard + "," + test::kCard + ",") +
                             row(test::kCard, w.key(2), "normal,,,,");
    const LabelImport result = w.import(text);
    EXPECT_EQ(result.card_numbers_masked, 3);
    EXPECT_EQ(w.verdicts().at(0).label.note, "card 411111******1111");
    EXPECT_EQ(result.unmatched.at(0).message.find(test::kCard), std::string::npos);
    EXPECT_NE(w.text("SELECT details FROM audit WHERE action = 'label-import'").find("\"card_numbers_masked\":3"),
              std::string::npos);
    const LabelImport again = w.import(text);
    EXPECT_EQ(again.already_there, 1) << "compared as it is stored";
    EXPECT_EQ(again.card_numbers_masked, 0);
}

TEST(LabelImport, WhatIsCutOfATextForAMessageIsNoCardNumberEither) {
    LabelWorkspace w;
    const std::string when = std::string(44, 'x') + test::kCard + "1234567890";  // 26 digits are no card, the first 16 are one
    const LabelImport result = w.import(kHeader + row(kOther, w.key(2), "anomaly,,,anna," + when));
    EXPECT_EQ(result.stored, 0);
    std::istringstream input(kHeader + row(kOther, w.key(2), "anomaly,,,anna," + when));
    const LabelFile file = read_label_file(input, "labels.csv");
    ASSERT_EQ(file.problems.size(), 1U);
    EXPECT_EQ(file.problems[0].message.find(test::kCard), std::string::npos) << file.problems[0].message;
}

}  // namespace
}  // namespace abm
