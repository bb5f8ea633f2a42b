// The chart of the series a record belongs to, in the real window.
#include <gtest/gtest.h>

#include <QComboBox>
#include <cmath>

#include "core/series/read_table.h"
#include "tests/widgets/come_to_rest.h"
#include "tests/widgets/other_sources.h"
#include "widgets/log_panel.h"
#include "widgets/series_chart.h"

namespace abm::test {
namespace {

using namespace std::chrono_literals;

class SeriesWindow : public OtherSources {
protected:
    SeriesChart& chart() { return *log().series(); }
    const std::vector<SeriesPoint>& points() { return chart().shown().data->points; }
};

TEST_F(SeriesWindow, ShowsTheSeriesAroundTheRecordWithWhatIsFlagged) {
    openFiles({metrics()});
    ASSERT_TRUE(select(RecordType::spike));
    ASSERT_TRUE(chart().isVisible());
    EXPECT_EQ(chart().shown().data->name.toStdString(), all().machine_of(record()));
    const auto expected = read_series(all().source_of(record()).path, all().machine_of(record()), {}, {});
    ASSERT_EQ(points().size(), expected.size());
    EXPECT_LE(chart().view().begin, record().start);
    EXPECT_GE(chart().view().end, record().end);
    EXPECT_LT(chart().view().length(), chart().shown().data->whole().length());
    std::int64_t flagged = 0;
    for (const Record& other : all().records) flagged += other.machine == record().machine && other.severity != Severity::none;
    EXPECT_EQ(std::ssize(chart().shown().flags), flagged);
    EXPECT_TRUE(chart().readout().contains("evidence")) << chart().readout().toStdString();
    EXPECT_TRUE(chart().readout().contains("usual"));
    EXPECT_GT(log().view()->rows().size(), 10U) << "its rows stand below";
    picture("series");
}

TEST_F(SeriesWindow, KeysGoFromSampleToSampleAndFromFlagToFlag) {
    openFiles({metrics()});
    ASSERT_TRUE(select(RecordType::drop));
    chart().setFocus();
    const std::size_t first = *chart().current();
    QTest::keyClick(&chart(), Qt::Key_Right);
    EXPECT_EQ(chart().current(), first + 1);
    QTest::keyClick(&chart(), Qt::Key_Left);
    QTest::keyClick(&chart(), Qt::Key_Left);
    EXPECT_EQ(chart().current(), first - 1);
    const TimeRange before = chart().view();
    QTest::keyClick(&chart(), Qt::Key_Plus);
    EXPECT_LT(chart().view().length(), before.length());
    QTest::keyClick(&chart(), Qt::Key_Home);
    EXPECT_GE(chart().view().length(), chart().shown().data->whole().length()) << "its own Home, not that of the score chart";
    QTest::keyClick(&chart(), Qt::Key_End);
    EXPECT_EQ(chart().view(), before);
    QTest::keyClick(&chart(), Qt::Key_Return);
    EXPECT_EQ(log().view()->currentOffset(), points()[first - 1].row.offset) << "the row of the sample";
    QTest::keyClick(&chart(), Qt::Key_Home);
    QTest::keyClick(&chart(), Qt::Key_Right, Qt::ControlModifier);
    const Time at = points()[*chart().current()].time;
    EXPECT_TRUE(std::ranges::any_of(
        chart().shown().flags, [&](const SeriesFlag& flag) { return flag.range.begin - 10min <= at && at <= flag.range.end; }));
}

TEST_F(SeriesWindow, ThePointerReadsValuesAndAClickOnAShapeOpensItsRecord) {
    openFiles({metrics(2, 21)});
    ASSERT_TRUE(select(RecordType::drift));
    chart().fit();
    QTest::mouseMove(&chart(), chart().plot().center());
    test::come_to_rest();
    const RecordIndex before = selected();
    const auto other = std::ranges::find_if(chart().shown().flags, [&](const SeriesFlag& flag) {
        return flag.record != raw(before) && flag.severity >= Severity::medium;
    });
    ASSERT_NE(other, chart().shown().flags.end());
    const TimeScale scale{chart().view(), chart().plot().width()};
    const int x = chart().plot().left() + static_cast<int>(scale.x_of(other->range.begin + other->range.length() / 2));
    QTest::mouseClick(&chart(), Qt::LeftButton, {}, QPoint(x, chart().plot().top() + 6));
    ASSERT_TRUE(settle());
    EXPECT_NE(selected(), before);
    EXPECT_TRUE(chart().isVisible());
}

TEST_F(SeriesWindow, ARowOfATableHasAChartOfItsOddestColumnAndOfAnyOther) {
    const auto file = place("wide.csv");
    {
        std::ofstream out(file);
        out << "time,machine,load,temperature,queue\n";
        for (int at = 0; at < 600; ++at) {
            const int hour = at / 60 % 24, minute = at % 60;
            out << "2026-03-14 " << (hour < 10 ? "0" : "") << hour << ':' << (minute < 10 ? "0" : "") << minute << ":00,"
                << (at % 2 ? "A" : "B") << ',' << 10 + at % 7 << ',' << (at == 301 ? 95.5 : 20 + at % 5) << ',' << at % 3 << '\n';
        }
    }
    openFiles({file});
    window_->triage()->selection().selectRecord(RecordIndex(301));
    ASSERT_TRUE(settle());
    ASSERT_TRUE(chart().isVisible());
    EXPECT_EQ(chart().shown().data->name, "temperature");
    EXPECT_EQ(points().size(), 300U) << "of machine A alone";
    EXPECT_TRUE(chart().readout().contains("95.5")) << chart().readout().toStdString();
    EXPECT_EQ(chart().column()->count(), 3);
    const int load = chart().column()->findText("load");
    chart().column()->setCurrentIndex(load);
    emit chart().column()->textActivated("load");
    ASSERT_TRUE(settle());
    EXPECT_EQ(chart().shown().data->name, "load");
}

TEST(SeriesData, ColumnsAgreeWithAWalkOverAllSamplesAndKeepGaps) {
    std::vector<SeriesPoint> all;
    const Time start{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)};
    for (int at = 0; at < 40'000; ++at) {
        if (at >= 20'000 && at < 24'000) continue;  // missing
        const double value = at % 977 == 5 ? std::nan("") : std::sin(at / 300.0) * 10 + (at == 31'234 ? 500 : at % 3);
        all.push_back({start + at * 1s, value, -12, 14, {at, 1}});
    }
    const auto data = SeriesData::of("x", all);
    for (const TimeRange view :
         {data->whole(), TimeRange{start + 19'000s, start + 26'000s}, TimeRange{start + 31'000s, start + 31'400s}}) {
        const TimeScale scale{view, 500};
        const auto columns = data->columns(scale);
        ASSERT_EQ(columns.size(), 500U);
        std::size_t samples = 0;
        double high = -1e9;
        for (const SeriesColumn& column : columns) {
            samples += column.end - column.begin;
            double low_here = 1e9, high_here = -1e9;
            for (std::size_t at = column.begin; at < column.end; ++at) {
                if (std::isnan(all[at].value)) continue;
                low_here = std::min(low_here, all[at].value), high_here = std::max(high_here, all[at].value);
            }
            ASSERT_EQ(column.known, low_here <= high_here);
            if (!column.known) continue;
            EXPECT_EQ(column.low, low_here);
            EXPECT_EQ(column.high, high_here);
            high = std::max(high, high_here);
        }
        const auto inside = std::ranges::count_if(
            all, [&](const SeriesPoint& point) { return point.time >= view.begin && point.time <= view.end; });
        EXPECT_EQ(static_cast<std::int64_t>(samples), inside);
        if (view.end > start + 31'234s && view.begin < start + 31'234s) {
            EXPECT_GT(high, 480) << "a single sample is never lost";
        }
    }
    const TimeScale gap{{start + 19'000s, start + 25'000s}, 600};
    const auto columns = data->columns(gap);
    EXPECT_FALSE(columns[300].known);
    const auto behind =
        std::ranges::find_if(columns.begin() + 200, columns.end(), [](const SeriesColumn& column) { return column.known; });
    EXPECT_TRUE(behind->broken) << "no line leads over missing data";
}

}  // namespace
}  // namespace abm::test
