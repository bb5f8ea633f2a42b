// The real journals against the labels of an expert, and the designed cases, as far as ABM_SHARED_DATA is set.
#include <cstdlib>

#include "core/decide/metrics.h"
#include "core/pipeline/investigate.h"
#include "tests/core/csv_rows.h"
#include "tests/core/journal_fixture.h"

namespace abm {
namespace {

using test::CsvRow;
using test::read_csv;

class ReferenceJournals : public ::testing::Test {
protected:
    void SetUp() override {
        const char* folder = std::getenv("ABM_SHARED_DATA");
        if (folder == nullptr) GTEST_SKIP() << "ABM_SHARED_DATA is not set";
        journals_ = std::filesystem::path(folder) / "ej";
    }

    static std::shared_ptr<const ScoredInvestigation> investigate_files(const std::vector<std::filesystem::path>& files) {
        return investigate(files, {}, Progress());
    }
    std::shared_ptr<const ScoredInvestigation> both() const {
        return investigate_files({journals_ / "ABM175EJ_20250624_20250624.txt", journals_ / "ABM25EJ_20250613_20250613.txt"});
    }
    static const Record* session(const Investigation& investigation, const std::string& file, int ordinal) {
        for (const Record& record : investigation.records) {
            if (record.kind == RecordKind::session && record.ordinal == ordinal && investigation.source_of(record).name == file)
                return &record;
        }
        return nullptr;
    }

    std::filesystem::path journals_;
};

bool medium_or_worse(const std::string& severity) { return severity == "medium" || severity == "high" || severity == "critical"; }

TEST_F(ReferenceJournals, EverySessionStartsWhereTheExpertSaysAndEveryByteIsInOneRecord) {
    const auto scored = both();
    const Investigation& investigation = *scored->investigation();
    const std::vector<CsvRow> labels = read_csv(journals_ / "labels.csv");
    EXPECT_EQ(investigation.sources[0].sessions, 33);
    EXPECT_EQ(investigation.sources[1].sessions, 61);
    for (const CsvRow& label : labels) {
        const Record* record = session(investigation, label.at("file"), std::stoi(label.at("ordinal")));
        ASSERT_NE(record, nullptr) << label.at("file") << label.at("ordinal");
        EXPECT_EQ(record->span.offset, std::stoll(label.at("start_offset")));
    }
    std::vector<std::int64_t> at(2, 0);
    for (const Record& record : investigation.records) {
        EXPECT_EQ(record.span.offset, at[raw(record.source)]);
        at[raw(record.source)] = record.span.end();
    }
    EXPECT_EQ(at[0], investigation.sources[0].bytes);
    EXPECT_EQ(at[1], investigation.sources[1].bytes);
    EXPECT_EQ(investigation.sources[0].lines_not_understood + investigation.sources[1].lines_not_understood, 0);
}

TEST_F(ReferenceJournals, EveryWithdrawalReconcilesExceptWhereTheExpertSaysOtherwise) {
    const auto scored = both();
    for (const CashMovement& movement : scored->investigation()->movements) {
        if (movement.event == CashEvent::deposit || movement.event == CashEvent::withdrawal ||
            movement.event == CashEvent::unexplained) {
            EXPECT_EQ(movement.difference, 0) << movement.offset;
        }
    }
}

TEST_F(ReferenceJournals, RankingAgreesWithTheExpert) {
    const auto scored = both();
    const Investigation& investigation = *scored->investigation();
    std::vector<bool> positive;
    std::vector<double> rules_score, model_score, combined;
    const std::vector<CsvRow> labels = read_csv(journals_ / "labels.csv");
    int normal = 0;
    int false_alarms = 0;
    for (const CsvRow& label : labels) {
        const Record* record = session(investigation, label.at("file"), std::stoi(label.at("ordinal")));
        ASSERT_NE(record, nullptr);
        positive.push_back(medium_or_worse(label.at("severity")));
        rules_score.push_back(static_cast<double>(record->severity));
        model_score.push_back(1.0 - static_cast<double>(record->tail_probability));
        combined.push_back(static_cast<double>(record->score));
        if (label.at("label") == "normal") {
            ++normal;
            false_alarms += record->severity >= Severity::medium;
        }
    }
    const double rules_ap = average_precision(rules_score, positive);
    const double model_ap = average_precision(model_score, positive);
    const double combined_ap = average_precision(combined, positive);
    std::printf("average precision: rules %.3f, models %.3f, combined %.3f; false alarms %d of %d normal sessions\n", rules_ap,
                model_ap, combined_ap, false_alarms, normal);
    EXPECT_GE(combined_ap, 0.90);
    EXPECT_LE(false_alarms, 0.03 * normal);
}

TEST_F(ReferenceJournals, SessionsTheExpertCallsHighAreAmongTheFirstThreeOfTheirFile) {
    const auto scored = both();
    const Investigation& investigation = *scored->investigation();
    for (const CsvRow& label : read_csv(journals_ / "labels.csv")) {
        if (label.at("severity") != "high" && label.at("severity") != "critical") continue;
        const Record* record = session(investigation, label.at("file"), std::stoi(label.at("ordinal")));
        int ahead = 0;
        for (const Record& other : investigation.records) {
            ahead += other.kind == RecordKind::session && other.source == record->source && other.score > record->score;
        }
        EXPECT_LT(ahead, 3) << label.at("file") << " session " << label.at("ordinal");
    }
}

TEST_F(ReferenceJournals, IncidentsBetweenSessionsOverlapAFindingOfTheirType) {
    const auto scored = both();
    const Investigation& investigation = *scored->investigation();
    int wanted = 0;
    int found = 0;
    for (const CsvRow& incident : read_csv(journals_ / "incidents.csv")) {
        if (!medium_or_worse(incident.at("severity"))) continue;
        ++wanted;
        const std::int64_t from = std::stoll(incident.at("start_offset"));
        const std::int64_t to = std::stoll(incident.at("end_offset"));
        const bool hit = std::any_of(investigation.findings.begin(), investigation.findings.end(), [&](const Finding& finding) {
            const Record& record = investigation.records[raw(finding.record)];
            return investigation.source_of(record).name == incident.at("file") && name_of(finding.type) == incident.at("type") &&
                   finding.span.offset < to && finding.span.end() > from;
        });
        found += hit;
        if (!hit) std::printf("not found: %s at %s\n", incident.at("type").c_str(), incident.at("start_offset").c_str());
    }
    std::printf("incidents of medium or worse found: %d of %d\n", found, wanted);
    EXPECT_GE(found, 0.8 * wanted);
}

TEST_F(ReferenceJournals, EachDesignedCaseGivesItsTypeSeverityAndAmountAndNothingElse) {
    const std::filesystem::path cases = journals_ / "cases";
    for (const CsvRow& expected : read_csv(cases / "expected.csv")) {
        const std::string file = expected.at("file");
        const auto scored = investigate_files({cases / file});
        const Investigation& investigation = *scored->investigation();
        for (const Record& record : investigation.records) {
            if (record.kind != RecordKind::session) continue;
            if (record.ordinal != std::stoi(expected.at("ordinal"))) {
                EXPECT_LT(record.severity, Severity::medium) << file << " session " << record.ordinal;
                continue;
            }
            EXPECT_EQ(record.span.offset, std::stoll(expected.at("start_offset"))) << file;
            EXPECT_EQ(name_of(record.type), expected.at("type")) << file;
            EXPECT_EQ(name_of(record.severity), expected.at("severity")) << file;
            EXPECT_EQ(money_text(record.at_risk, false), expected.at("amount_at_risk")) << file;
        }
    }
}

}  // namespace
}  // namespace abm
