#include <gtest/gtest.h>

#include <sstream>

#include "core/base/source_identity.h"
#include "core/decide/combine.h"
#include "core/generate/generate.h"
#include "core/report/html_report.h"
#include "core/report/html_text.h"
#include "core/report/time_axis.h"
#include "core/report/timeline_svg.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using namespace std::chrono_literals;

std::size_t count_of(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++count;
    return count;
}

/// An investigation somebody else made: what a report must cope with, without reading files.
class Made final : public ScoredInvestigation {
public:
    explicit Made(Investigation investigation) : investigation_(std::make_shared<Investigation>(std::move(investigation))) {}
    std::shared_ptr<const Investigation> investigation() const override { return investigation_; }
    Explanation explain(RecordIndex) const override {
        Explanation explanation;
        explanation.contributions.push_back({"longest_gap_s", 383, 4, 21, 2.0, 1.0});
        return explanation;
    }

private:
    std::shared_ptr<const Investigation> investigation_;
};

Record session_at(Time start, Severity severity) {
    Record record;
    record.start = start;
    record.end = start + 60s;
    record.ordinal = 1;
    record.severity = severity;
    record.type = severity == Severity::none ? RecordType::normal : RecordType::unusual;
    record.score = static_cast<float>(displayed_score(severity, 0.5));
    return record;
}

const Time kMorning =
    std::chrono::sys_days(std::chrono::year_month_day(std::chrono::year(2026), std::chrono::March, std::chrono::day(14))) + 6h;

Investigation one_machine(std::vector<Record> records) {
    Investigation investigation;
    Source source;
    source.name = "ABM1<b>&.txt";
    source.path = "/nonexistent/ABM1.txt";
    source.format = "ndc-journal";
    source.first_time = kMorning;
    source.last_time = kMorning + 24h;
    investigation.sources.push_back(source);
    investigation.machines = {"0001"};
    investigation.records = std::move(records);
    return investigation;
}

std::string report_of(Investigation investigation, const ReportOptions& options = {}) {
    std::ostringstream out;
    write_html_report(Made(std::move(investigation)), options, out);
    return out.str();
}

TEST(HtmlText, EscapesMarkupAndHidesControlCharacters) {
    EXPECT_EQ(html("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    EXPECT_EQ(html(std::string("a\x1B") + "b").find('\x1B'), std::string::npos);
    EXPECT_EQ(grouped(12480), "12,480");
}

TEST(TimeAxis, TicksAreRoundAndAboutAsManyAsWanted) {
    for (const auto span : {std::chrono::minutes(5), std::chrono::minutes(90), std::chrono::minutes(60 * 20),
                            std::chrono::minutes(60 * 24 * 40), std::chrono::minutes(60 * 24 * 4000)}) {
        const auto ticks = time_ticks(kMorning + 17s, kMorning + 17s + span, 8);
        EXPECT_GE(ticks.size(), 2U) << span.count();
        EXPECT_LE(ticks.size(), 16U) << span.count();
        for (const TimeTick& tick : ticks) EXPECT_EQ(tick.time, std::chrono::floor<std::chrono::minutes>(tick.time));
    }
    EXPECT_EQ(time_ticks(kMorning, kMorning + 24h, 4).front().label, "06:00");
    EXPECT_EQ(time_ticks(kMorning + 1h, kMorning + 23h, 2).back().label, "15 Mar");
}

TEST(Timeline, ThinsTheOrdinaryAndNeverDropsAGraveMark) {
    std::vector<Record> records;
    for (int i = 0; i < 50'000; ++i)
        records.push_back(session_at(kMorning + std::chrono::seconds(i), i % 3 == 0 ? Severity::low : Severity::none));
    constexpr int kGrave = 300;
    for (int i = 0; i < kGrave; ++i)
        records.push_back(session_at(kMorning + std::chrono::seconds(160 * i + 7), Severity::medium));
    const Timeline timeline = draw_timeline(one_machine(records), 10, [](RecordIndex) { return std::string(); });
    EXPECT_EQ(count_of(timeline.svg, "class=\"medium\""), kGrave);
    EXPECT_LE(count_of(timeline.svg, "class=\"low\"") + count_of(timeline.svg, "V"), 2'000U);
    EXPECT_GE(count_of(timeline.svg, "V"), 900U) << "ordinary records fill every column";
}

TEST(Timeline, MarksAtOnePlaceSayHowManyTheyAre) {
    const Timeline timeline =
        draw_timeline(one_machine({session_at(kMorning, Severity::high), session_at(kMorning, Severity::high),
                                   session_at(kMorning + 1h, Severity::none)}),
                      10, [](RecordIndex) { return std::string("r0"); });
    EXPECT_EQ(count_of(timeline.svg, "class=\"high\""), 1U);
    EXPECT_NE(timeline.svg.find("and 1 more at this place"), std::string::npos);
    EXPECT_NE(timeline.svg.find("href=\"#r0\""), std::string::npos);
}

TEST(HtmlReport, IsOneFileThatAsksForNothing) {
    const std::string report = report_of(one_machine({session_at(kMorning, Severity::low)}));
    EXPECT_EQ(report.find("http:"), std::string::npos);
    EXPECT_EQ(report.find("https:"), std::string::npos);
    EXPECT_EQ(report.find("url("), std::string::npos);
    EXPECT_EQ(report.find("<script"), std::string::npos);
    EXPECT_NE(report.find("prefers-color-scheme: dark"), std::string::npos);
    EXPECT_NE(report.find("@media print"), std::string::npos);
}

TEST(HtmlReport, EscapesEverythingThatComesFromOutside) {
    Investigation investigation = one_machine({session_at(kMorning, Severity::high)});
    Finding finding;
    finding.severity = Severity::high;
    finding.sentence = "<script>alert(1)</script>";
    finding.action = "a & b <i>";
    finding.evidence.push_back({{0, 4}, "<u>note</u>"});
    investigation.findings.edit().push_back(finding);
    investigation.records[0].finding_count = 1;
    investigation.machines[0] = "<machine>";
    investigation.sources[0].problems.push_back({0, 1, true, "<problem>"});
    ReportOptions options;
    options.title = "</title><x>";
    const std::string report = report_of(investigation, options);
    for (const char* raw_text : {"<script>", "<i>\n", "b <i>", "<u>", "<b>&.txt", "<machine>", "<problem>", "<x>"}) {
        EXPECT_EQ(report.find(raw_text), std::string::npos) << raw_text;
    }
    EXPECT_NE(report.find("&lt;script&gt;alert(1)"), std::string::npos);
    EXPECT_NE(report.find("cannot be shown"), std::string::npos) << "the source is gone: the reader must be told";
}

TEST(HtmlReport, ShowsNoLinesOfAFileThatIsNotTheOneThatWasRead) {
    const test::TemporaryFolder folder;
    Investigation investigation = one_machine({session_at(kMorning, Severity::high)});
    Source& source = investigation.sources[0];
    source.path = folder.write("journal.txt", "the line that proves it\n");
    source.bytes = 24;
    SourceIdentity identity;
    identity.update(std::string_view("the line that proves it\n"));
    source.identity = identity.hex();
    Finding finding;
    finding.severity = Severity::high;
    finding.sentence = "Something.";
    finding.evidence.push_back({{0, 24}, "note"});
    investigation.findings.edit().push_back(finding);
    investigation.records[0].finding_count = 1;
    EXPECT_NE(report_of(investigation).find("the line that proves it"), std::string::npos);
    folder.write("journal.txt", "the line that proves it\nand one more\n");
    EXPECT_NE(report_of(investigation).find("the line that proves it"), std::string::npos) << "it has grown";
    folder.write("journal.txt", "a line of another file that says nothing of it\n");
    const std::string report = report_of(investigation);
    EXPECT_EQ(report.find("a line of another"), std::string::npos);
    EXPECT_NE(report.find("the file has changed since it was read"), std::string::npos);
}

TEST(HtmlReport, ListsTheGravestAndCountsTheOthers) {
    std::vector<Record> records;
    for (int i = 0; i < 30; ++i)
        records.push_back(session_at(kMorning + std::chrono::minutes(i), i == 20 ? Severity::critical : Severity::low));
    ReportOptions options;
    options.listed_records = 5;
    const std::string report = report_of(one_machine(records), options);
    EXPECT_EQ(count_of(report, "<article"), 5U);
    EXPECT_NE(report.find("The 5 gravest of 30 flagged records"), std::string::npos);
    const std::size_t first = report.find("<article");
    EXPECT_EQ(report.substr(first, 40).find("<article id=\"r20\""), 0U);
    EXPECT_NE(report.find("the longest gap"), std::string::npos) << "what is unusual is explained by its numbers";
}

TEST(HtmlReport, ListsOnlyTheMovementsThatDoNotAgree) {
    Investigation investigation = one_machine({session_at(kMorning, Severity::none)});
    CashMovement agrees;
    agrees.expected = agrees.counted = 10;
    CashMovement missing = agrees;
    missing.counted = 7;
    missing.offset = 4711;
    missing.difference = -15000;
    investigation.movements = std::vector<CashMovement>{agrees, missing};
    const std::string report = report_of(investigation);
    EXPECT_NE(report.find("2 movements of notes were followed; 1 does not agree"), std::string::npos);
    EXPECT_EQ(count_of(report, "at byte"), 1U);
    EXPECT_NE(report.find("at byte 4,711"), std::string::npos);
    EXPECT_NE(report.find("-150.00"), std::string::npos);
}

TEST(HtmlReport, SaysSoWhenNothingWasFound) {
    const std::string report = report_of(one_machine({session_at(kMorning, Severity::none)}));
    EXPECT_NE(report.find("Nothing was found"), std::string::npos);
    EXPECT_EQ(report_of(Investigation()).find("class=\"timeline\""), std::string::npos) << "nothing read: no empty chart";
}

TEST(HtmlReport, ShowsTheLinesOfAJournalMasked) {
    const test::TemporaryFolder folder;
    GenerateOptions made;
    made.machines = 1;
    made.out = folder.path();
    generate_journals(made, Progress());
    std::vector<std::filesystem::path> journals;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().extension() == ".txt") journals.push_back(entry.path());
    }
    const auto scored = investigate(journals, {}, Progress());
    std::ostringstream out;
    write_html_report(*scored, {}, out);
    const std::string report = out.str();
    EXPECT_EQ(report.find("4111111111111111"), std::string::npos);
    EXPECT_NE(report.find("full card number"), std::string::npos);
    EXPECT_EQ(report.find("cannot be shown"), std::string::npos);
    EXPECT_GT(count_of(report, "class=\"line\""), 20U);
    EXPECT_EQ(count_of(report, "<article"), count_of(report, "</article>"));
    EXPECT_EQ(count_of(report, "<section"), count_of(report, "</section>"));
    std::ostringstream again;
    write_html_report(*scored, {}, again);
    EXPECT_EQ(report, again.str());
}

}  // namespace
}  // namespace abm
