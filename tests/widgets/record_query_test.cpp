#include "widgets/record_query.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <algorithm>
#include <numeric>

#include "tests/widgets/synthetic_investigation.h"
#include "widgets/format.h"
#include "widgets/ledger_model.h"
#include "widgets/session_model.h"
#include "widgets/sources_panel.h"

namespace abm {
namespace {

bool text_matches(const Investigation& all, const Record& record, const QString& needle) {
    QString everything = qstring(all.machine_of(record)) + '\n' + qstring(all.source_of(record).name) + '\n' +
                         qstring(display_name(record.type)) + '\n' + activity_text(record.activity);
    for (const Finding& finding : all.findings_of(record)) everything += '\n' + qstring(finding.sentence);
    return everything.contains(needle, Qt::CaseInsensitive);
}

// The same question answered by the definition: filter one by one, then a stable sort with a comparison per column.
std::vector<std::uint32_t> naive(const Investigation& all, const RecordFilter& filter, const RecordOrder& order) {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t at = 0; at < all.records.size(); ++at) {
        const Record& record = all.records[at];
        if (record.severity < filter.min_severity || record.score < filter.min_score) continue;
        if (!filter.routine && record.trivial && record.severity == Severity::none) continue;
        if (filter.range && (!known(record.start) || record.start < filter.range->begin || record.start >= filter.range->end))
            continue;
        if (!filter.text.isEmpty() && !text_matches(all, record, filter.text)) continue;
        rows.push_back(at);
    }
    const auto less = [&](std::uint32_t a, std::uint32_t b) {
        const Record& x = all.records[a];
        const Record& y = all.records[b];
        switch (order.column) {
            case RecordColumn::time:
                return x.start < y.start;
            case RecordColumn::machine:
                return all.machine_of(x) < all.machine_of(y);
            case RecordColumn::severity:
                return x.severity < y.severity;
            case RecordColumn::score:
                return x.score < y.score;
            case RecordColumn::type:
                return display_name(x.type) < display_name(y.type);
            case RecordColumn::at_risk:
                return x.at_risk < y.at_risk;
            case RecordColumn::amount:
                return x.amount < y.amount;
            case RecordColumn::activity:
                return activity_text(x.activity) < activity_text(y.activity);
            case RecordColumn::label:
                return x.label < y.label;
        }
        return false;
    };
    std::stable_sort(rows.begin(), rows.end(), [&](auto a, auto b) { return order.ascending ? less(a, b) : less(b, a); });
    return rows;
}

std::vector<RecordFilter> filters(const Investigation& all) {
    std::vector<RecordFilter> made(6);
    made[1].min_severity = Severity::medium;
    made[2].min_score = 0.2F;
    made[3].text = "CASH AT";
    made[4].routine = true;
    made[4].text = "0777";
    made[5].range = TimeRange{all.records[100].start, all.records[300].start};
    return made;
}

TEST(RecordQuery, AgreesWithTheDefinitionForEveryColumnAndFilter) {
    const auto made = testing::synthetic_case();
    auto all = *made.investigation;
    all.records[7].start = kUnknownTime;  // a record without a time sorts first and never lies in a range
    for (const RecordFilter& filter : filters(all)) {
        for (int column = 0; column < kRecordColumnCount; ++column) {
            for (const bool ascending : {true, false}) {
                const RecordOrder order{static_cast<RecordColumn>(column), ascending};
                const auto rows = query_records(all, filter, order);
                EXPECT_EQ(rows, naive(all, filter, order)) << "column " << column << " ascending " << ascending;
                EXPECT_FALSE(rows.empty());
            }
        }
    }
}

TEST(RecordQuery, StopsWhenAsked) {
    const auto made = testing::synthetic_case();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(query_records(*made.investigation, {}, {}, stop.get_token()).empty());
}

TEST(SessionModel, KeepsTheRulesOfItemModelsThroughResets) {
    const auto made = testing::synthetic_case();
    SessionModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.install(made.investigation, query_records(*made.investigation, {}, {}));
    EXPECT_EQ(model.rowCount(), 600);
    model.install(made.investigation, {});
    model.install(nullptr, {});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(SessionModel, FindsTheRowOfEachRecordAndNoneOfHiddenOnes) {
    const auto made = testing::synthetic_case();
    SessionModel model;
    RecordFilter filter;
    filter.min_severity = Severity::high;
    model.install(made.investigation, query_records(*made.investigation, filter, {}));
    for (std::uint32_t at = 0; at < made.investigation->records.size(); ++at) {
        const int row = model.rowOf(RecordIndex(at));
        const bool listed = made.investigation->records[at].severity >= Severity::high;
        ASSERT_EQ(row >= 0, listed);
        if (listed) {
            EXPECT_EQ(model.recordAt(row), RecordIndex(at));
        }
    }
}

TEST(SessionModel, CopiesPlainValuesForSpreadsheets) {
    const auto made = testing::synthetic_case();
    SessionModel model;
    model.install(made.investigation, {raw(made.worst())});
    const QStringList lines = model.tabSeparated({0}).split('\n');
    ASSERT_EQ(lines.size(), 3);
    EXPECT_EQ(lines[0], "record\ttime\tmachine\tseverity\tscore\ttype\tat_risk\tamount\tactivity\tlabel");
    const QStringList cells = lines[1].split('\t');
    ASSERT_EQ(cells.size(), 10);
    EXPECT_EQ(cells[3], "critical");
    EXPECT_EQ(cells[6], "1000.00");
    EXPECT_TRUE(cells[1].startsWith("2026-03-1"));
}

TEST(Format, WritesAsMuchOfADateAsTellsTimesApart) {
    Investigation all;
    all.records.resize(2);
    const Time noon = Time{} + std::chrono::hours(12);
    all.records[0].start = all.records[1].start = noon;
    EXPECT_EQ(when_text(noon, date_detail(all)), "12:00:00");
    all.records[1].start = noon + std::chrono::hours(24);
    EXPECT_EQ(when_text(noon, date_detail(all)), "1 Jan 12:00:00");
    all.records[1].start = noon + std::chrono::hours(24 * 400);
    EXPECT_EQ(when_text(noon, date_detail(all)), "1 Jan 1970 12:00:00");
    EXPECT_EQ(span_text(noon, all.records[1].start), "1 Jan 1970 – 5 Feb 1971");
    EXPECT_EQ(when_text(kUnknownTime, DateDetail::day), "no time");
}

TEST(LedgerModel, CountersSetAnewAreNoDiscrepancy) {
    auto all = std::make_shared<Investigation>(*testing::synthetic_case({1, 20, 1, false}).investigation);
    CashMovement cleared = all->movements.front();
    cleared.event = CashEvent::counts_cleared;
    cleared.expected = 100;
    cleared.counted = 2000;
    cleared.difference = 0;
    all->movements.edit().push_back(cleared);
    LedgerModel model;
    model.install(all, {});
    EXPECT_EQ(model.totals().discrepancies, 0);
    EXPECT_TRUE(model.totals().differences.empty());
}

TEST(LedgerModel, AddsUpAndExportsWhatItShows) {
    const auto made = testing::synthetic_case();
    LedgerModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.install(made.investigation, {});
    EXPECT_EQ(model.totals().movements, static_cast<std::int64_t>(made.investigation->movements.size()));
    std::map<MachineIndex, Money> differences;
    std::int64_t discrepancies = 0;
    for (const CashMovement& movement : made.investigation->movements) {
        if (movement.difference != 0) differences[movement.machine] += movement.difference;
        discrepancies += movement.difference != 0 ? 1 : 0;
    }
    EXPECT_LT(differences.begin()->second, 0);
    EXPECT_EQ(model.totals().differences, differences);

    model.install(made.investigation, {MachineIndex(1), true});
    EXPECT_GT(model.rowCount(), 0);
    EXPECT_LT(model.totals().discrepancies, discrepancies);
    for (int row = 0; row < model.rowCount(); ++row) {
        EXPECT_EQ(model.movementAt(row)->machine, MachineIndex(1));
        EXPECT_TRUE(is_discrepancy(*model.movementAt(row)));
    }
    const QStringList lines = model.csv().split("\r\n", Qt::SkipEmptyParts);
    EXPECT_EQ(lines.size(), model.rowCount() + 1);
    EXPECT_TRUE(lines[1].contains(",recovery,acceptor,100.00,5,12,5,-700.00,")) << lines[1].toStdString();
}

TEST(SourceModel, KeepsTheRulesOfItemModels) {
    const auto made = testing::synthetic_case();
    SourceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSnapshot(made.investigation);
    EXPECT_EQ(model.rowCount(), 3);
}

}  // namespace
}  // namespace abm
