#include "widgets/record_query.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <algorithm>
#include <numeric>

#include "tests/widgets/synthetic_investigation.h"
#include "widgets/empty_list.h"
#include "widgets/filter_memory.h"
#include "widgets/format.h"
#include "widgets/ledger_model.h"
#include "widgets/record_copy.h"
#include "widgets/record_view.h"
#include "widgets/session_model.h"
#include "widgets/sources_panel.h"

namespace abm {
namespace {

bool text_matches(const Investigation& all, std::uint32_t at, const TextTerm& pattern) {
    const Record& record = all.records[at];
    QStringList fields{qstring(all.machine_of(record)), qstring(all.source_of(record).name), qstring(display_name(record.type)),
                       activity_text(record.activity)};
    for (const Finding& finding : all.findings_of(record)) fields.append(qstring(finding.sentence));
    if (const StandingLabel* const verdict = all.label_of(RecordIndex(at)))
        fields += {qstring(verdict->label.type).replace('_', ' '), qstring(verdict->label.note)};
    const QRegularExpression expression(
        pattern.regex ? pattern.text : QRegularExpression::escape(pattern.text),
        pattern.match_case ? QRegularExpression::NoPatternOption : QRegularExpression::CaseInsensitiveOption);
    return std::any_of(fields.begin(), fields.end(), [&](const QString& its) { return expression.match(its).hasMatch(); });
}

bool limits_hold(std::optional<double> value, const FilterChip& chip) {
    return value && (!chip.from || *value >= *chip.from) && (!chip.to || *value <= *chip.to);
}

std::optional<double> amount_of(Money amount) {
    return amount == kNoAmount ? std::nullopt : std::optional(static_cast<double>(amount));
}

bool holds(const Investigation& all, std::uint32_t at, const FilterChip& chip) {
    const Record& record = all.records[at];
    switch (chip.kind) {
        case FilterKind::severity:
            return chip.values.contains(qstring(name_of(record.severity)));
        case FilterKind::type:
            return chip.values.contains(qstring(name_of(record.type)));
        case FilterKind::machine:
            return chip.values.contains(qstring(all.machine_of(record)));
        case FilterKind::label:
            return chip.values.contains(label_value(record.label));
        case FilterKind::time:
            return known(record.start) && record.start >= chip.range->begin && record.start < chip.range->end;
        case FilterKind::score:
            return limits_hold(static_cast<double>(record.score), chip);
        case FilterKind::at_risk:
            return limits_hold(amount_of(record.at_risk), chip);
        case FilterKind::amount:
            return limits_hold(amount_of(record.amount), chip);
        case FilterKind::text:
            return text_matches(all, at, chip.pattern);
        case FilterKind::view:
            return chip.values.contains(name_of(view_of(all.sources[raw(record.source)], record.kind)));
        case FilterKind::file:
            return chip.values.contains(qstring(all.sources[raw(record.source)].name));
    }
    return false;
}

// The same question answered by the definition: filter one by one, then a stable sort with a comparison per column.
std::vector<std::uint32_t> naive(const Investigation& all, const RecordFilter& filter, const RecordOrder& order) {
    std::vector<std::uint32_t> rows;
    std::vector<FilterChip> chips = filter.chips;
    if (!filter.typed.text.isEmpty()) chips.push_back(text_chip(filter.typed));
    for (std::uint32_t at = 0; at < all.records.size(); ++at) {
        const Record& record = all.records[at];
        if (!filter.routine && record.trivial && record.severity == Severity::none) continue;
        if (std::all_of(chips.begin(), chips.end(), [&](const auto& chip) { return holds(all, at, chip) != chip.hides; }))
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

FilterChip hidden(FilterChip chip) {
    chip.hides = true;
    return chip;
}

// Every kind alone, and turned round; then some together.
std::vector<RecordFilter> filters(const Investigation& all) {
    const FilterChip chips[] = {severity_chip(Severity::medium),
                                values_chip(FilterKind::severity, {"low", "critical"}),
                                values_chip(FilterKind::type, {"cash_at_risk", "normal"}),
                                values_chip(FilterKind::machine, {qstring(all.machines[1]), qstring(all.machines[2])}),
                                values_chip(FilterKind::label, {"anomaly", "none"}),
                                time_chip({all.records[100].start, all.records[300].start}),
                                limits_chip(FilterKind::score, 0.2, 0.9),
                                limits_chip(FilterKind::at_risk, 100, std::nullopt),
                                limits_chip(FilterKind::amount, 2000, 50000),
                                text_chip({"CASH AT", false, false}),
                                text_chip({"Cash|chip", true, true}),
                                text_chip({"a .*note", true, false})};
    std::vector<RecordFilter> made(2);
    made[1].routine = true;
    made[1].typed.text = "0777";
    for (const FilterChip& chip : chips) {
        for (const FilterChip& its : {chip, hidden(chip)}) made.emplace_back().chips = {its};
    }
    made.emplace_back().chips = {hidden(chips[2]), chips[3], hidden(chips[5])};
    return made;
}

TEST(RecordQuery, AgreesWithTheDefinitionForEveryColumnAndFilter) {
    const auto made = test::synthetic_case();
    auto all = *made.investigation;
    all.records[7].start = kUnknownTime;  // a record without a time sorts first and never lies in a range
    all.records[9].label = LabelClass::anomaly;
    all.labels = {{RecordIndex(9), 1, {LabelClass::anomaly, "card_fault", "a short note", "me", Time{}}, false}};
    std::size_t listed = 0;
    for (const RecordFilter& filter : filters(all)) {
        for (int column = 0; column < kRecordColumnCount; ++column) {
            for (const bool ascending : {true, false}) {
                const RecordOrder order{static_cast<RecordColumn>(column), ascending};
                const auto rows = query_records(all, filter, order);
                EXPECT_EQ(rows, naive(all, filter, order)) << "column " << column << " ascending " << ascending;
                listed += rows.empty() ? 0 : 1;
            }
        }
    }
    EXPECT_GT(listed, filters(all).size() * kRecordColumnCount) << "most of them let something through";
}

TEST(RecordQuery, SearchesTheNoteAndTypeOfVerdicts) {
    auto all = *test::synthetic_case().investigation;
    all.records[8].label = LabelClass::anomaly;
    all.labels = {{RecordIndex(8), 1, {LabelClass::anomaly, "card_fault", "call the branch", "me", Time{}}, false}};
    for (const char* words : {"the branch", "CARD FAULT"}) {
        RecordFilter filter;
        filter.typed.text = words;
        const auto rows = query_records(all, filter, {});
        EXPECT_TRUE(std::find(rows.begin(), rows.end(), 8U) != rows.end()) << words;
    }
}

TEST(RecordQuery, AnExpressionThatIsNoneFiltersNothing) {
    const auto made = test::synthetic_case();
    RecordFilter filter;
    filter.typed = {"(cash", true, false};
    EXPECT_FALSE(error_of(filter.typed).isEmpty());
    EXPECT_EQ(query_records(*made.investigation, filter, {}), query_records(*made.investigation, {}, {}));
    filter.typed.regex = false;
    EXPECT_TRUE(error_of(filter.typed).isEmpty());
    EXPECT_TRUE(query_records(*made.investigation, filter, {}).empty()) << "as plain text it is a bracket nobody wrote";
}

TEST(RecordQuery, AnEmptyListKnowsWhichChipHidesEverything) {
    const auto made = test::synthetic_case();
    RecordFilter filter;
    filter.chips = {severity_chip(Severity::low), values_chip(FilterKind::machine, {"no such machine"})};
    const RecordList list = list_records(*made.investigation, filter, {});
    ASSERT_TRUE(list.rows.empty());
    EXPECT_EQ(list.relief.hidden[0], 0);
    EXPECT_EQ(list.relief.hidden[1], std::ssize(query_records(*made.investigation, filter.without(1), {})));
    const EmptyList words = words_for_empty(false, true, filter, list.relief);
    EXPECT_TRUE(words.cause.contains("machine: no such machine")) << words.cause.toStdString();
    EXPECT_EQ(words.next, filter.without(1));
}

TEST(FilterMemory, KeepsEveryKindAndIgnoresWhatIsDamaged) {
    const auto made = test::synthetic_case();
    for (const RecordFilter& filter : filters(*made.investigation)) {
        RecordFilter kept = filter;
        kept.chips = filter.conditions();
        kept.typed = {};
        EXPECT_EQ(filter_from(remembered(filter)), kept);
    }
    EXPECT_FALSE(filter_from({}));
    EXPECT_FALSE(filter_from("garbage \x01\xff"));
    const auto half = filter_from(R"({"chips":[{"kind":"type","values":["no_such_type"]},{"kind":"score","from":"x"},7,
        {"kind":"time","begin":"9","end":"3"},{"kind":"text","text":"(","regex":true},{"kind":"label","values":["none",3]}]})");
    ASSERT_TRUE(half);
    EXPECT_EQ(half->chips, std::vector{values_chip(FilterKind::label, {"none"})});
}

TEST(RecordQuery, StopsWhenAsked) {
    const auto made = test::synthetic_case();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(query_records(*made.investigation, {}, {}, stop.get_token()).empty());
}

TEST(SessionModel, KeepsTheRulesOfItemModelsThroughResets) {
    const auto made = test::synthetic_case();
    SessionModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.install(made.investigation, query_records(*made.investigation, {}, {}));
    EXPECT_EQ(model.rowCount(), 600);
    model.install(made.investigation, {});
    model.install(nullptr, {});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(SessionModel, FindsTheRowOfEachRecordAndNoneOfHiddenOnes) {
    const auto made = test::synthetic_case();
    SessionModel model;
    RecordFilter filter;
    filter.chips = {severity_chip(Severity::high)};
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

TEST(RecordCopy, WritesPlainValuesForSpreadsheets) {
    const auto made = test::synthetic_case();
    using enum RecordColumn;
    const std::vector<std::uint32_t> worst{raw(made.worst())};
    const QString with = tab_separated(*made.investigation, worst, {severity, time, at_risk}, true);
    const QStringList lines = with.split('\n');
    ASSERT_EQ(lines.size(), 3);
    EXPECT_EQ(lines[0], "severity\ttime\tat_risk");
    EXPECT_TRUE(lines[1].startsWith("critical\t2026-03-1")) << lines[1].toStdString();
    EXPECT_TRUE(lines[1].endsWith("\t1000.00"));
    EXPECT_EQ(tab_separated(*made.investigation, worst, {severity, time, at_risk}, false), lines[1] + '\n');
    EXPECT_EQ(record_names(*made.investigation, worst),
              qstring(record_name(*made.investigation, made.investigation->records[worst[0]])));
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
    auto all = std::make_shared<Investigation>(*test::synthetic_case({1, 20, 1, false}).investigation);
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
    const auto made = test::synthetic_case();
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
    const QStringList lines = QString::fromStdString(model.csv()).split("\n", Qt::SkipEmptyParts);
    EXPECT_EQ(lines.size(), model.rowCount() + 1);
    EXPECT_TRUE(lines[1].contains(",acceptor,100.00,recovery,5,12,5,-700.00")) << lines[1].toStdString();
}

TEST(SourceModel, KeepsTheRulesOfItemModels) {
    const auto made = test::synthetic_case();
    SourceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setSnapshot(made.investigation);
    EXPECT_EQ(model.rowCount(), 3);
}

}  // namespace
}  // namespace abm
