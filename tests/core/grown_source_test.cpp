// Sources that grow: however the growth came in, the workspace holds what it would hold had the file been read once.
#include "tests/core/grown_source.h"

#include "core/generate/capture_generator.h"
#include "core/generate/metric_series.h"
#include "core/generate/ue_log.h"

namespace abm::test {
namespace {

namespace fs = std::filesystem;

TEST_F(GrownSource, IsStoredAsIfItHadBeenReadAtOnce) {
    GenerateOptions options;
    options.days = 20;
    options.incident_rate = 0.2;
    grow("journal.txt", one_journal(options), {0.2, 0.201, 0.5, 0.77, 0.9999, 1.0});
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
    GenerateOptions options;
    options.days = 60;
    const std::string whole = one_journal(options);
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
}  // namespace abm::test
