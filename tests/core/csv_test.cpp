// Reading and writing comma-separated values.
#include "core/base/csv.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/base/error.h"
#include "core/base/random.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::string& text) {
    std::istringstream input(text);
    CsvReader reader(input, "some.csv");
    Rows rows;
    for (std::vector<std::string> fields; reader.next(fields);) rows.push_back(fields);
    return rows;
}

std::vector<std::int64_t> line_numbers(const std::string& text) {
    std::istringstream input(text);
    CsvReader reader(input, "some.csv");
    std::vector<std::int64_t> lines;
    for (std::vector<std::string> fields; reader.next(fields);) lines.push_back(reader.line());
    return lines;
}

std::string complaint_about(const std::string& text) {
    try {
        rows_of(text);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Corrupt);
        return error.what();
    }
    return {};
}

TEST(Csv, FieldsAreQuotedOnlyWhereTheyMustBe) {
    EXPECT_EQ(csv_field("plain text"), "plain text");
    EXPECT_EQ(csv_field(""), "");
    EXPECT_EQ(csv_field("a,b"), "\"a,b\"");
    EXPECT_EQ(csv_field("he said \"no\""), "\"he said \"\"no\"\"\"");
    EXPECT_EQ(csv_field("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(csv_field("cr\rhere"), "\"cr\rhere\"");
    EXPECT_EQ(csv_field("=1+1"), "=1+1");
}

TEST(Csv, ReadsEveryLineEnd) {
    const Rows expected{{"a", "b"}, {"1", ""}, {"", "2"}};
    for (const char* text : {"a,b\n1,\n,2\n", "a,b\r\n1,\r\n,2\r\n", "a,b\r1,\r,2\r", "a,b\n1,\n,2"}) {
        EXPECT_EQ(rows_of(text), expected) << text;
    }
}

TEST(Csv, SkipsEmptyLinesAndTheByteOrderMarkOnly) {
    EXPECT_EQ(rows_of("\xEF\xBB\xBF\n\r\na\n\n\r\rb\n\n"), (Rows{{"a"}, {"b"}}));
    EXPECT_EQ(rows_of("\xEF\xBBx\n"), (Rows{{"\xEF\xBBx"}}));
    EXPECT_EQ(rows_of("\xEFx"), (Rows{{"\xEFx"}}));
    EXPECT_EQ(rows_of("\"\"\n"), (Rows{{""}}));
    EXPECT_TRUE(rows_of("").empty());
    EXPECT_TRUE(rows_of("\xEF\xBB\xBF").empty());
}

TEST(Csv, QuotedFieldsHoldAnything) {
    EXPECT_EQ(rows_of("\"a,\"\"b\"\"\r\nc\",d\n"), (Rows{{"a,\"b\"\r\nc", "d"}}));
    EXPECT_EQ(rows_of("\"x\ry\nz\""), (Rows{{"x\ry\nz"}}));
    EXPECT_EQ(rows_of("a\"b,c"), (Rows{{"a\"b", "c"}}));  // a quote amid a field is one
}

TEST(Csv, KnowsTheLineARecordBeganOn) {
    EXPECT_EQ(line_numbers("a\nb\n\nc"), (std::vector<std::int64_t>{1, 2, 4}));
    EXPECT_EQ(line_numbers("\"1\r\n2\r3\n4\"\r\nb\rc"), (std::vector<std::int64_t>{1, 5, 6}));
}

TEST(Csv, SaysWhereAFileIsNoCsv) {
    EXPECT_TRUE(complaint_about("a\n\nb,\"open\nto the end").starts_with("some.csv:3: "));
    EXPECT_TRUE(complaint_about("a\n\"closed\" and more\n").starts_with("some.csv:2: "));
    EXPECT_TRUE(complaint_about("a\n" + std::string(CsvReader::kMostBytes + 1, 'x')).starts_with("some.csv:2: "));
    EXPECT_TRUE(complaint_about("a\n" + std::string(CsvReader::kMostBytes, ',')).starts_with("some.csv:2: "));
    EXPECT_EQ(rows_of(std::string(CsvReader::kMostBytes / 2, 'x')).front().front().size(), CsvReader::kMostBytes / 2);
}

TEST(Csv, AFileThatCannotBeReadIsAnError) {
    const test::TemporaryFolder folder;
    for (const auto& path : {folder.path() / "absent.csv", folder.path()}) {
        std::ifstream input(path);
        CsvReader reader(input, path.string());
        std::vector<std::string> fields;
        try {
            reader.next(fields);
            ADD_FAILURE() << path;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::Io) << path;
        }
    }
}

TEST(Csv, WhatIsWrittenIsReadBack) {
    Random random(7);
    const std::string_view letters = "ab,\"\r\n \xC3\xBC'=;\t";
    for (int round = 0; round < 2000; ++round) {
        Rows rows(1 + random.below(4));
        std::string text;
        for (auto& row : rows) {
            row.resize(2 + random.below(3));
            for (std::size_t i = 0; i < row.size(); ++i) {
                for (auto left = random.below(8); left > 0; --left)
                    row[i] += letters[random.below(static_cast<std::uint32_t>(letters.size()))];
                text += (i == 0 ? "" : ",") + csv_field(row[i]);
            }
            text += '\n';
        }
        EXPECT_EQ(rows_of(text), rows) << text;
    }
}

}  // namespace
}  // namespace abm
