// Sources that grow: however the growth came in, the workspace holds what it would hold had the file been read once.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/decide/rule_set.h"
#include "core/generate/capture_generator.h"
#include "core/generate/metric_series.h"
#include "core/generate/ue_log.h"
#include "core/pipeline/workspace_import.h"
#include "tests/core/generated_journals.h"
#include "tests/core/store_test_support.h"

namespace abm {
namespace {

namespace fs = std::filesystem;
using test::read_whole;
using test::TemporaryFolder;
using Outcome = ImportedSource::Outcome;

/// Every value of every row a source has, as text; without the moment it was read at.
std::string dump(Workspace& workspace) {
    std::string all;
    for (const char* const query :
         {"SELECT identity, name, path, file_bytes, file_time, bytes, format, encoding, gzip, line_end, machine, lines,"
          " lines_not_understood, first_not_understood, sessions, intervals, card_numbers_masked, account_numbers_masked,"
          " first_time, last_time, problems, feature_schema, reader_version, packets, link_type FROM sources ORDER BY id",
          "SELECT r.source_id, start_offset, kind, bytes, ordinal, m.name, start_time, end_time, amount, at_risk, type, severity,"
          " activity, trivial, feature_row FROM records r JOIN machines m ON m.id = r.machine_id ORDER BY 1, 2, 3",
          "SELECT * FROM findings ORDER BY source_id, position", "SELECT * FROM movements ORDER BY source_id, position",
          "SELECT source_id, first_row, row_count, hex(data) FROM features ORDER BY source_id, first_row",
          "SELECT source_id, first_row, row_count, hex(data) FROM courses ORDER BY source_id, first_row",
          "SELECT * FROM course_words ORDER BY source_id",
          "SELECT source_id, hex(data) FROM session_prints ORDER BY source_id"}) {
        SQLite::Statement rows(workspace.database(), query);
        while (rows.executeStep()) {
            for (int at = 0; at < rows.getColumnCount(); ++at) all += rows.getColumn(at).getString() + "|";
            all += '\n';
        }
    }
    return all;
}

/// The first line that differs, for the message.
std::string difference(const std::string& a, const std::string& b) {
    std::istringstream left(a), right(b);
    std::string one, other;
    for (int line = 1;; ++line) {
        const bool more = static_cast<bool>(std::getline(left, one));
        const bool more_there = static_cast<bool>(std::getline(right, other));
        if (!more && !more_there) return {};
        if (more != more_there || one != other)
            return fmt::format("line {}:\n{}\n{}", line, more ? one.substr(0, 500) : "-",
                               more_there ? other.substr(0, 500) : "-");
    }
}

class GrownSource : public ::testing::Test {
protected:
    ImportedSource import(Workspace& workspace, const fs::path& file) const {
        ImportOptions options;
        options.threads = 2;
        options.rules = &RuleSet::built_in();
        options.who = "ada";
        return import_files(workspace, {&file, 1}, options, {}).front();
    }

    /// Grows a file of these bytes through the given lengths and compares with a workspace that read only the last of them.
    void grow(const std::string& name, const std::string& whole, const std::vector<double>& shares) {
        Workspace grown = Workspace::open(folder_.path() / (name + "-grown.abmw"));
        fs::path file;
        for (const double share : shares) {
            const auto bytes = static_cast<std::size_t>(share * static_cast<double>(whole.size()));
            file = folder_.write(name, std::string_view(whole).substr(0, bytes));
            const Outcome outcome = import(grown, file).outcome;
            EXPECT_EQ(outcome, share == shares.front() ? Outcome::added : Outcome::grown) << share;
            Workspace at_once = Workspace::open(folder_.path() / fmt::format("{}-{}.abmw", name, share));
            import(at_once, file);
            EXPECT_EQ(difference(dump(grown), dump(at_once)), "") << name << " at " << share;
            test::expect_equal(SourceStore(at_once).load({}).investigation, SourceStore(grown).load({}).investigation);
        }
    }

    TemporaryFolder folder_;
};

TEST_F(GrownSource, IsStoredAsIfItHadBeenReadAtOnce) {
    test::GeneratedFolder journals("grown_small");
    GenerateOptions options;
    options.machines = 1;
    options.days = 20;
    options.incident_rate = 0.2;
    journals.generate(options);
    grow("journal.txt", journals.journals().begin()->second, {0.2, 0.201, 0.5, 0.77, 0.9999, 1.0});
}

TEST_F(GrownSource, OfEveryKindIsStoredAsIfItHadBeenReadAtOnce) {
    GenerateUeLogOptions log;
    log.out = folder_.path() / "log";
    log.ues = 200;
    grow("ue.log", read_whole(generate_ue_log(log, {}).file), {0.3, 0.7, 1.0});
    GenerateCaptureOptions capture;
    capture.out = folder_.path() / "capture";
    grow("site.pcap", read_whole(generate_capture(capture, {}).file), {0.3, 0.7, 1.0});
    GenerateTableOptions table;
    table.out = folder_.path() / "table";
    table.days = 4;
    grow("metrics.csv", read_whole(generate_table(table, {}).file), {0.3, 0.7, 1.0});
}

TEST_F(GrownSource, LeavesTheRowsThatStandAlone) {
    test::GeneratedFolder journals("grown_rows");
    GenerateOptions options;
    options.machines = 1;
    options.days = 60;
    journals.generate(options);
    const std::string whole = journals.journals().begin()->second;
    const auto all_but = [&](std::size_t bytes) { return std::string_view(whole).substr(0, whole.size() - bytes); };
    Workspace workspace = Workspace::open(folder_.path() / "w.abmw");
    import(workspace, folder_.write("journal.txt", all_but(2'000)));
    const int before = workspace.database().getTotalChanges();
    const auto rows = workspace.database().execAndGet("SELECT count(*) FROM records").getInt();
    ASSERT_GT(rows, 5'000);
    EXPECT_EQ(import(workspace, folder_.write("journal.txt", whole)).outcome, Outcome::grown);
    EXPECT_LT(workspace.database().getTotalChanges() - before, 100) << "of " << rows << " records and what hangs on them";
}

}  // namespace
}  // namespace abm
