// Detection against the truth of the generator: two readings of the same format, written apart.
#include <map>

#include "core/generate/generate.h"
#include "core/pipeline/investigate.h"
#include "tests/core/csv_rows.h"
#include "tests/core/journal_fixture.h"

namespace abm {
namespace {

using test::CsvRow;

TEST(GeneratedJournals, EveryIncidentIsFoundAndOrdinarySessionsAreLeftAlone) {
    const test::TemporaryFolder folder;
    GenerateOptions options;
    options.machines = 4;
    options.bytes = 6'000'000;
    options.seed = 11;
    options.out = folder.path();
    generate_journals(options, Progress());
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    const auto scored = investigate(files, {}, Progress());
    const Investigation& investigation = *scored->investigation();
    std::map<std::pair<std::string, int>, const Record*> sessions;
    for (const Record& record : investigation.records) {
        if (record.kind == RecordKind::session) sessions[{investigation.source_of(record).name, record.ordinal}] = &record;
    }

    std::size_t told = 0;
    int incidents = 0, found = 0, ordinary = 0, alarms = 0;
    for (const CsvRow& truth : test::read_csv(folder.path() / "truth.csv")) {
        if (truth.at("kind") != "session") continue;
        ++told;
        const auto at = sessions.find({truth.at("file"), std::stoi(truth.at("ordinal"))});
        ASSERT_NE(at, sessions.end()) << truth.at("file") << " " << truth.at("ordinal");
        const Record& record = *at->second;
        EXPECT_EQ(record.span.offset, std::stoll(truth.at("start_offset")));
        if (truth.at("severity") == "none") {
            ++ordinary;
            alarms += record.severity >= Severity::medium;
        } else {
            ++incidents;
            const bool amount_agrees =
                truth.at("amount_at_risk").empty() || money_text(record.at_risk, false) == truth.at("amount_at_risk");
            const bool hit =
                name_of(record.type) == truth.at("type") && name_of(record.severity) == truth.at("severity") && amount_agrees;
            found += hit;
            if (!hit) {
                std::printf("%s %s: truth %s %s %s, found %s %s %s (%s)\n", truth.at("file").c_str(), truth.at("ordinal").c_str(),
                            truth.at("type").c_str(), truth.at("severity").c_str(), truth.at("amount_at_risk").c_str(),
                            std::string(name_of(record.type)).c_str(), std::string(name_of(record.severity)).c_str(),
                            money_text(record.at_risk).c_str(), truth.at("note").c_str());
            }
        }
    }
    EXPECT_EQ(told, sessions.size());
    EXPECT_GT(incidents, 100);
    EXPECT_GE(found, 0.98 * incidents);
    EXPECT_LE(alarms, 0.002 * ordinary);
}

}  // namespace
}  // namespace abm
