#include "core/pipeline/table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "core/base/error.h"
#include "tests/core/feature_test_data.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using test::kInfinity;

LabelledTable read_labelled_text(const std::string& text, const std::string& label = "label") {
    const test::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "t.csv";
    std::ofstream(file, std::ios::binary) << text;
    return read_labelled_table(file, label, {});
}

/// Code and message of the refusal, the folder left out.
std::pair<ErrorCode, std::string> table_refusal(const std::string& text, const std::string& label = "label") {
    try {
        read_labelled_text(text, label);
    } catch (const Error& error) {
        const std::string message = error.what();
        const auto name = message.find("t.csv");
        return {error.code(), name == std::string::npos ? message : message.substr(name)};
    }
    return {ErrorCode::Cancelled, "was read"};
}

TEST(LabelledTable, HoldsEveryColumnButTheLabel) {
    const LabelledTable table = read_labelled_text("a,label,\"b, c\"\n1,0,2.5\n-3e2,1,+4\n");
    EXPECT_EQ(table.features.names, (std::vector<std::string>{"a", "b, c"}));
    RowMatrix expected(2, 2);
    expected << 1.0F, 2.5F, -300.0F, 4.0F;
    EXPECT_EQ(table.features.values, expected);
    EXPECT_EQ(table.anomalous, (std::vector<bool>{false, true}));
}

TEST(LabelledTable, TakesTheWordsForLabelsAndForUnknown) {
    const LabelledTable table =
        read_labelled_text("x,label\r\n1,Anomaly\r\n,normal\r\nNA,YES\r\nnan,no\r\n?,TRUE\r\n n/a ,False\r\nNull, 1 \r\n8,0\r\n");
    EXPECT_EQ(table.anomalous, (std::vector<bool>{true, false, true, false, true, false, true, false}));
    EXPECT_EQ(table.features.values(0, 0), 1.0F);
    for (Eigen::Index row = 1; row < 7; ++row) EXPECT_TRUE(std::isnan(table.features.values(row, 0))) << row;
    EXPECT_EQ(table.features.values(7, 0), 8.0F);
}

TEST(LabelledTable, TakesNumbersBeyondTheRangeOfItsOwn) {
    const LabelledTable table = read_labelled_text("a,b,c,d,label\n1e39,-1e999,1e-999,inf,1\n1,1,1,1,0\n");
    EXPECT_EQ(table.features.values(0, 0), kInfinity);
    EXPECT_EQ(table.features.values(0, 1), -kInfinity);
    EXPECT_EQ(table.features.values(0, 2), 0.0F);
    EXPECT_EQ(table.features.values(0, 3), kInfinity);
}

TEST(LabelledTable, FieldsMayBePartedBySemicolonsOrTabs) {
    const LabelledTable semicolons = read_labelled_text("a;b;label\n1,5;2;0\n3;-4,25;1\n");
    EXPECT_EQ(semicolons.features.values(0, 0), 1.5F);
    EXPECT_EQ(semicolons.features.values(1, 1), -4.25F);
    EXPECT_EQ(semicolons.anomalous, (std::vector<bool>{false, true}));
    EXPECT_EQ(read_labelled_text("a\tb\tlabel\n1.5\t2\t0\n3\t4\t1\n").features.values(0, 0), 1.5F);
}

TEST(LabelledTable, OfOneAndMinusOneTheRarerIsTheAnomaly) {
    EXPECT_EQ(read_labelled_text("a,label\n1,1\n2,-1\n3,1\n").anomalous, (std::vector<bool>{false, true, false}));
    EXPECT_EQ(read_labelled_text("a,label\n1,-1\n2,1\n3,-1\n").anomalous, (std::vector<bool>{false, true, false}));
    EXPECT_EQ(read_labelled_text("a,label\n1,-1\n2,1\n").anomalous, (std::vector<bool>{true, false}))
        << "as outliers are written elsewhere";
    EXPECT_EQ(table_refusal("a,label\n1,-1\n2,1\n3,0\n").first, ErrorCode::Invalid);
}

TEST(LabelledTable, ColumnsOfTextAreLeftOut) {
    const LabelledTable table = read_labelled_text("name,a,label,city\nx,1,0,Rome\ny,2,1,Oslo\n");
    EXPECT_EQ(table.features.names, std::vector<std::string>{"a"});
    EXPECT_EQ(table.features.values(1, 0), 2.0F);
    EXPECT_EQ(table_refusal("name,label\nx,1\ny,0\n").first, ErrorCode::Invalid);
}

TEST(LabelledTable, SaysWhichCellIsNoNumber) {
    EXPECT_EQ(table_refusal("a,kind,label\n1,2,0\n3,deposit,1\n"),
              std::pair(ErrorCode::Invalid, std::string("t.csv:3: column \"kind\": \"deposit\" is not a number")));
    for (const char* cell : {"1.2.3", "1 2", "0x10", "--1", "+-1", "+", "1,5"}) {
        const std::string quoted = "\"" + std::string(cell) + "\"";
        EXPECT_EQ(table_refusal("a,label\n1,0\n" + quoted + ",1\n").first, ErrorCode::Invalid) << cell;
    }
}

TEST(LabelledTable, SaysWhichLabelItDoesNotKnow) {
    for (const char* cell : {"2", "", "maybe", "unsure", "nan"}) {
        const auto [code, message] = table_refusal("a,label\n1,0\n1," + std::string(cell) + "\n");
        EXPECT_EQ(code, ErrorCode::Invalid) << cell;
        EXPECT_TRUE(message.starts_with("t.csv:3: column \"label\": \"" + std::string(cell) + "\" is not a label")) << message;
    }
}

TEST(LabelledTable, NamesTheColumnsWhenThereIsNoSuchLabel) {
    const auto [code, message] = table_refusal("a,label\n1,0\n", "lable");
    EXPECT_EQ(code, ErrorCode::Invalid);
    EXPECT_EQ(message, "t.csv: no column \"lable\"; did you mean \"label\"?");
}

TEST(LabelledTable, RefusesWhatIsNoTable) {
    EXPECT_EQ(table_refusal("").first, ErrorCode::Invalid);
    EXPECT_EQ(table_refusal("a,label\n").second, "t.csv: there are names but no rows.");
    EXPECT_EQ(table_refusal("label\n1\n").second, "t.csv: there is no column beside \"label\".");
    EXPECT_EQ(table_refusal("a,b,label\n1,,0\n2,NA,1\n").second, "t.csv: column \"b\" has no number. Leave it out.");
    EXPECT_EQ(table_refusal("a,b,label\n1,2,0\n1,0\n"),
              std::pair(ErrorCode::Corrupt, std::string("t.csv:3: 2 cells, the row of names has 3")));
    EXPECT_EQ(table_refusal("a,label\n\"1,0\n").first, ErrorCode::Corrupt);
    const test::TemporaryFolder folder;
    for (const std::filesystem::path& path : {folder.path(), folder.path() / "absent.csv"}) {
        try {
            read_labelled_table(path, "label", {});
            FAIL() << path;
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::Io) << path;
        }
    }
}

TEST(LabelledTable, StopsWhenAsked) {
    const test::TemporaryFolder folder;
    std::ofstream(folder.path() / "t.csv") << "a,label\n1,0\n";
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(read_labelled_table(folder.path() / "t.csv", "label", Progress(stop.get_token(), nullptr)), Error);
}

}  // namespace
}  // namespace abm
