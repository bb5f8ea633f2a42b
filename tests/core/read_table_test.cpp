#include "core/series/read_table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/series/cell.h"
#include "core/series/series_windows.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using test::TemporaryFolder;

SourceReading read_table_text(std::string_view text, const std::string& name = "some.csv", const TableOptions& options = {}) {
    const TemporaryFolder folder;
    return read_table(folder.write(name, text), options, {});
}

// Column by name; NaN is -999, so that rows compare.
std::vector<float> column(const SourceReading& reading, const std::string& name) {
    const auto& names = reading.features.names;
    const auto at = std::find(names.begin(), names.end(), name) - names.begin();
    if (at == static_cast<std::ptrdiff_t>(names.size())) return {};
    std::vector<float> values;
    for (Eigen::Index row = 0; row < reading.features.rows(); ++row) {
        const float value = reading.features.values(row, at);
        values.push_back(std::isnan(value) ? -999.0F : value);
    }
    return values;
}

using Floats = std::vector<float>;
using Names = std::vector<std::string>;

TEST(Cell, NumbersArePlainGroupedOrWithDecimalComma) {
    EXPECT_EQ(number_of(" +1.5 "), 1.5);
    EXPECT_EQ(number_of("1,234.5"), 1234.5);
    EXPECT_EQ(number_of("-1.234,5", Decimal::comma), -1234.5);
    EXPECT_EQ(number_of("0,125"), std::nullopt);
    EXPECT_EQ(number_of("1,5"), std::nullopt);
    EXPECT_EQ(number_of("1,5", Decimal::comma), 1.5);
    EXPECT_EQ(number_of("1e3"), 1000);
    EXPECT_EQ(number_of("12a"), std::nullopt);
    EXPECT_EQ(number_of("1e999"), std::numeric_limits<double>::infinity());
    EXPECT_EQ(number_of("1e-999"), 0);
    EXPECT_TRUE(std::isnan(number_of("N/A").value()));
}

TEST(Cell, TimesAreWholeCells) {
    const auto time = [](std::string_view text, DateOrder order = DateOrder::unknown) {
        return iso8601(time_of(time_of_cell(text), order));
    };
    EXPECT_EQ(time("2026-03-14T01:02:03"), "2026-03-14T01:02:03");
    EXPECT_EQ(time("2026-03-14 01:02"), "2026-03-14T01:02:00");
    EXPECT_EQ(time("2026-03-14"), "2026-03-14T00:00:00");
    EXPECT_EQ(time("14.03.2026 01:02:03", DateOrder::dmy), "2026-03-14T01:02:03");
    EXPECT_EQ(time("14/Mar/2026:01:02:03 +0100"), "2026-03-14T01:02:03");
    EXPECT_EQ(time("1773446400"), "2026-03-14T00:00:00");
    EXPECT_EQ(time("1773446400500"), "2026-03-14T00:00:00.500000");
    EXPECT_EQ(time("1773446400000001"), "2026-03-14T00:00:00.000001");
    EXPECT_EQ(time("2026/03/14 11:02:03 PM"), "2026-03-14T23:02:03");
    EXPECT_EQ(time("03/14/2026 12:02:03 AM", DateOrder::mdy), "2026-03-14T00:02:03");
    EXPECT_EQ(time("20260314010203"), "2026-03-14T01:02:03");
    EXPECT_EQ(time_of_cell("20261914010203").size, 0U);
    EXPECT_EQ(time_of_cell("2026-03-14T01:02:03 and more").size, 0U);
    EXPECT_EQ(time_of_cell("10.30").size, 0U);
}

TEST(ReadTable, TypesDecideWhatIsAFeature) {
    const SourceReading reading = read_table_text(
        "id,amount,ok,when,terminal,note,same,label\n"
        "1,10.5,true,2026-03-14 10:00:00,T1,abc,7,0\n"
        "2,,false,2026-03-14 10:05:00,T2,def,7,0\n"
        "3,oops?,yes,2026-03-14 10:10:00,T1,ghi,7,1\n"
        "4,12,no,2026-03-14 10:15:00,T2,jkl,7,0\n"
        "5,NaN,,2026-03-14 10:20:00,T1,mno,7,0\n"
        "6,-3e2,no,2026-03-14 10:25:00,T1,pqr,7,1\n"
        "7,1,no,,T1,pqr,7,1\n8,1,no,,T1,pqr,7,1\n9,1,no,,T1,pqr,7,1\n10,1,no,,T1,pqr,7,1\n"
        "11,1,no,,T1,pqr,7,1\n12,1,no,,T1,pqr,7,1\n13,1,no,,T1,pqr,7,1\n");
    EXPECT_EQ(reading.source.format, "csv");
    EXPECT_EQ(reading.features.names, (Names{"amount", "ok"}));
    EXPECT_EQ(Floats(column(reading, "amount")).at(0), 10.5F);
    EXPECT_EQ(column(reading, "amount").at(1), -999.0F);
    EXPECT_EQ(column(reading, "amount").at(2), -999.0F);  // and said
    EXPECT_EQ(column(reading, "ok").at(2), 1.0F);
    EXPECT_EQ(column(reading, "ok").at(4), -999.0F);
    ASSERT_EQ(reading.source.problems.size(), 1U);
    EXPECT_EQ(reading.source.problems[0].count, 1);
    EXPECT_EQ(reading.entities, (Names{"T1", "T2"}));
    EXPECT_EQ(raw(reading.records[1].machine), 1U);
    EXPECT_EQ(iso8601(reading.records[1].start), "2026-03-14T10:05:00");
    EXPECT_FALSE(known(reading.records[6].start));
    EXPECT_EQ(reading.records[0].kind, RecordKind::row);
    EXPECT_EQ(reading.records[0].span, (TextSpan{43, 43}));
}

TEST(ReadTable, SeparatorsLineEndsMarkAndQuotesAreUnderstood) {
    for (const char* text :
         {"a,b,c\n1.5,2,x\n2.5,4,y\n",
          "\xEF\xBB\xBF"
          "a;b;c\r\n1,5;2;x\r\n2,5;4;y\r\n",
          "a\tb\tc\r1.5\t2\tx\r2.5\t4\ty", "\"a\",\"b\",\"c\"\n\"1.5\",2,\"x \"\"1\"\"\n\"\n2.5,4,\"y,z\"\n"}) {
        const SourceReading reading = read_table_text(text);
        EXPECT_EQ(reading.features.names, (Names{"a", "b"})) << text;
        EXPECT_EQ(column(reading, "a"), (Floats{1.5F, 2.5F})) << text;
        EXPECT_EQ(column(reading, "b"), (Floats{2, 4})) << text;
        EXPECT_EQ(reading.source.lines_not_understood, 0) << text;
    }
    EXPECT_EQ(read_table_text("a;b\r\n1;2\r\n").source.line_end, LineEnd::crlf);
    const SourceReading bare = read_table_text("1.5;2\n0.5;3\n2.5;1\n");
    EXPECT_EQ(bare.features.names, (Names{"column_1", "column_2"}));
    EXPECT_EQ(bare.records.size(), 3U);
}

TEST(ReadTable, BrokenRowsAreCountedAndTheRestKept) {
    const SourceReading reading = read_table_text("a,b\n1,2\n3\n\"never closed,5\n6,7\n8,9,10\n11,1\n\n");
    EXPECT_EQ(column(reading, "a"), (Floats{1, 6, 11}));
    EXPECT_EQ(reading.source.lines_not_understood, 3);
    ASSERT_EQ(reading.source.first_not_understood.size(), 3U);
    EXPECT_EQ(reading.source.first_not_understood[0], (TextSpan{8, 2}));
}

TEST(ReadTable, JsonLinesMayNestMissAndBreak) {
    const SourceReading reading = read_table_text(
        "{\"t\":1,\"cpu\":{\"user\":5,\"idle\":\"9.5\"},\"list\":[1,2]}\n"
        "{\"t\":0,\"cpu\":{\"user\":7}}\n{\"t\":3, "
        "broken\n[1,2]\n{\"late\":true,\"t\":null}\n{\"late\":false,\"t\":2,\"cpu\":{\"idle\":3}}\n",
        "some.jsonl");
    EXPECT_EQ(reading.source.format, "jsonl");
    EXPECT_EQ(column(reading, "cpu.user"), (Floats{5, 7, -999, -999}));
    EXPECT_EQ(column(reading, "cpu.idle"), (Floats{9.5F, -999, -999, 3}));
    EXPECT_EQ(column(reading, "late"), (Floats{-999, -999, 1, 0}));
    EXPECT_EQ(column(reading, "list"), Floats{});
    EXPECT_EQ(reading.source.lines_not_understood, 2);
}

TEST(ReadTable, GzipGivesTheSameRowsAndHugeFieldsCostOnlyTheirRow) {
    const std::string huge(3 << 20, 'x'), large(100'000, 'y');
    const std::string text = "a,b\n1,x\n2," + large + "\n3," + huge + "\n4,y\n";
    const SourceReading plain = read_table_text(text);
    EXPECT_EQ(column(plain, "a"), (Floats{1, 2, 4}));
    EXPECT_GE(plain.source.lines_not_understood, 1);
    const SourceReading packed = read_table_text(test::gzip(text), "some.csv.gz");
    EXPECT_TRUE(packed.source.gzip);
    EXPECT_EQ(packed.source.identity, plain.source.identity);
    EXPECT_EQ(packed.records.size(), 3U);
    EXPECT_EQ(packed.records[2].span, plain.records[2].span);
}

TEST(ReadTable, CardNumbersAreMaskedInEntitiesAndNoFeature) {
    const SourceReading reading = read_table_text(
        "host,card,x\nA 4111111111111111,4111111111111111,1\nA "
        "4111111111111111,5500005555555559,2\nB,4111111111111111,1\nB,5500005555555559,5\n");
    EXPECT_EQ(reading.entities, (Names{"A 411111******1111", "B"}));
    EXPECT_EQ(reading.source.card_numbers_masked, 1);
    EXPECT_EQ(reading.features.names, (Names{"x"}));
}

TEST(ReadTable, WhatCannotBeReadIsASourceWithAProblem) {
    EXPECT_EQ(read_table_text("").source.format, "empty");
    EXPECT_TRUE(read_table_text(std::string("\0\1\2\3\4\5\6\0\0\0", 10)).source.problems.at(0).fatal);
    EXPECT_TRUE(read_table("/no/such/file.csv", {}, {}).source.problems.at(0).fatal);
    EXPECT_EQ(read_table_text("a,b\n").records.size(), 0U);
    std::stop_source stop;
    stop.request_stop();
    const TemporaryFolder folder;
    EXPECT_THROW(read_table(folder.write("a.csv", "a,b\n1,2\n"), {}, Progress(stop.get_token(), {})), Error);
}

// Three metrics a row, every minute; a spike of cpu, an hour without load, rows that are missing.
std::string wide_stream(bool rhythm) {
    std::string text = "time,cpu,load,queue\n";
    std::int64_t seconds = 1'773'446'400;
    for (int i = 0; i < 600; ++i) {
        seconds += rhythm ? 60 : 1 + (i * 7919) % 1'000;
        if (i >= 450 && i < 470) continue;
        const double noise = (i * 37 % 11) - 5;
        text += fmt::format("{},{},{},{}\n", iso8601(Time(std::chrono::seconds(seconds))), i == 200 ? 95.0 : 40 + noise,
                            i >= 300 && i < 360 ? 1 + noise / 10 : 50 + noise, 7 + noise / 3);
    }
    return text;
}

TEST(ReadTable, FaultsOfWideStreamsAreFindingsOfTheirRows) {
    const SourceReading reading = read_table_text(wide_stream(true), "wide.csv");
    ASSERT_EQ(reading.records.size(), 580U);
    ASSERT_EQ(reading.findings.size(), 3U);
    EXPECT_EQ(reading.findings[0].type, RecordType::spike);
    EXPECT_EQ(raw(reading.findings[0].record), 200U);
    EXPECT_NE(reading.findings[0].sentence.find("cpu"), std::string::npos);
    EXPECT_EQ(reading.findings[1].type, RecordType::drop);
    EXPECT_EQ(reading.findings[2].type, RecordType::missing_data) << "once, not for each column";
    for (std::size_t i = 0; i < reading.findings.size(); ++i) {
        const Record& record = reading.records[raw(reading.findings[i].record)];
        EXPECT_EQ(record.first_finding, i);
        EXPECT_EQ(record.finding_count, 1U);
        EXPECT_EQ(record.severity, reading.findings[i].severity);
    }
    EXPECT_TRUE(read_table_text(wide_stream(false)).findings.empty()) << "bookings have no rhythm";
}

TEST(SniffTable, TablesAreTablesAndLogsAreNot) {
    EXPECT_TRUE(sniff_table("a,b\n1,2\n3,4\n"));
    EXPECT_TRUE(sniff_table("timestamp;wert\n2026-03-14 10:00:00;1,5\n2026-03-14 10:00:01;2,5\n"));
    EXPECT_TRUE(sniff_table("{\"a\":1}\n{\"a\":2}\n"));
    EXPECT_FALSE(sniff_table(""));
    EXPECT_FALSE(
        sniff_table("2015-10-18 18:01:47,978 INFO [main] org.a.B: Created\n2015-10-18 18:01:48,963 INFO [main] org.a.B: Ok\n"));
    EXPECT_FALSE(sniff_table("Dear reader, this is text.\nIt has commas, too.\nAnd more, of them.\n"));
    EXPECT_FALSE(sniff_table("*777*06/24/2025*05:51*\r     *TRANSACTION START*\rCARD INSERTED\r"));
}

std::string head_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head(64 * 1024, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    return head;
}

TEST(SniffTable, ReferenceTablesAreTablesAndReferenceLogsAndJournalsAreNot) {
    const char* const data = std::getenv("ABM_SHARED_DATA");
    if (data == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
    int seen = 0;
    for (const char* folder : {"adbench", "active-learning", "logs", "ej", "ej/cases"}) {
        for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(data) / folder)) {
            const auto extension = entry.path().extension();
            if (extension != ".csv" && extension != ".log" && extension != ".txt") continue;
            EXPECT_EQ(sniff_table(head_of(entry.path())), extension == ".csv") << entry.path();
            ++seen;
        }
    }
    EXPECT_GT(seen, 30);
}

// Ten-minute windows of samples a minute apart, by hand.
TEST(SeriesWindows, FeaturesEqualFiguresByHand) {
    std::string text = "time,value\n";
    const auto add = [&](int minute, const std::string& value) {
        text += fmt::format("2026-03-14 00:{:02}:00,{}\n", minute, value);
    };
    for (int minute = 0; minute < 20; ++minute) {
        if (minute == 13) continue;
        add(minute, minute == 4 ? "" : std::to_string(minute % 2 == 0 ? 9 : 11));
    }
    TableOptions options;
    options.window = std::chrono::minutes(10);
    const SourceReading reading = read_table_text(text, "m.csv", options);
    EXPECT_EQ(reading.features.names, series_feature_names());
    ASSERT_EQ(reading.records.size(), 3U);  // from 0, 5 and 10: the rest lies within these
    EXPECT_EQ(reading.records[0].span.offset, 11);
    EXPECT_EQ(iso8601(reading.records[2].start), "2026-03-14T00:10:00");
    // 18 values are known, nine 9 and nine 11: median 10, MAD 1.
    const double z9 = column(reading, "min_deviations")[0], z11 = column(reading, "max_deviations")[0];
    EXPECT_NEAR(z9, -1 / 1.4826, 1e-4);
    EXPECT_NEAR(z11, 1 / 1.4826, 1e-4);
    EXPECT_NEAR(column(reading, "mean_deviations")[0], (4 * z9 + 5 * z11) / 9, 1e-5);
    EXPECT_NEAR(column(reading, "std_deviations")[0], (z11 - z9) * std::sqrt(20.0 / 9 / 8), 1e-5);
    EXPECT_NEAR(column(reading, "last_minus_first_deviations")[0], z11 - z9, 1e-5);
    EXPECT_NEAR(column(reading, "missing_share")[0], 0.1, 1e-6);
    EXPECT_NEAR(column(reading, "missing_share")[2], 0.1, 1e-6);
    EXPECT_NEAR(column(reading, "robust_z_max")[0], std::max(std::abs(z9), std::abs(z11)), 1e-5);
}

}  // namespace
}  // namespace abm
