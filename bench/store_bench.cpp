// Stores sessions of generated journals, many times over, in a workspace and loads them; the peer copies the same bytes and
// forces them to the disk.
//   store_bench FOLDER SESSIONS      prints one line a measure; 0 sessions: loads what is there
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/decide/rule_set.h"
#include "core/generate/generate.h"
#include "core/pipeline/ingest.h"
#include "core/store/source_store.h"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// About 14,000 sessions of one machine.
abm::Investigation one_journal(const fs::path& folder) {
    abm::GenerateOptions generate;
    generate.machines = 1;
    generate.bytes = 20'000'000;
    generate.out = folder;
    abm::generate_journals(generate, abm::Progress());
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    abm::IngestOptions options;
    options.rules = &abm::RuleSet::built_in();
    return abm::ingest(files, options, abm::Progress());
}

/// The same journal again, as another source.
void put(abm::Workspace& workspace, abm::Investigation& journal, int number) {
    journal.sources[0].identity = fmt::format("{:032x}", number);
    abm::ReadingTraces traces;
    traces.prints.assign(static_cast<std::size_t>(journal.sources[0].sessions), 7);
    abm::SourceStore(workspace).put(journal, abm::SourceIndex{0}, traces, std::nullopt, 1, "bench", abm::Progress());
}

double seconds_to_copy(const fs::path& from, const fs::path& to) {
    const auto start = Clock::now();
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    const int file = ::open(to.c_str(), O_WRONLY | O_CLOEXEC);
    ::fsync(file);
    ::close(file);
    return seconds_since(start);
}

void measure_put(const fs::path& path, abm::Investigation& journal, std::int64_t sessions) {
    const std::int64_t each = journal.sources[0].sessions;
    std::int64_t stored = 0;
    const auto start = Clock::now();
    {
        abm::Workspace workspace = abm::Workspace::open(path);
        for (int number = 0; stored < sessions; ++number, stored += each) put(workspace, journal, number);
    }
    const double put_s = seconds_since(start);
    const double copy_s = seconds_to_copy(path, path.string() + ".copy");
    fmt::print("put         {:7.3f} s  {:.0f} sessions/s, {} MiB; cp + fsync {:.3f} s, ratio {:.1f}\n", put_s,
               static_cast<double>(stored) / put_s, fs::file_size(path) >> 20U, copy_s, put_s / copy_s);
}

void measure_load(const fs::path& path) {
    double first_s = 0;
    const double copy_s = seconds_to_copy(path, path.string() + ".copy");
    const auto start = Clock::now();
    abm::Workspace workspace = abm::Workspace::open(path, abm::Workspace::Access::read_only);
    const auto loaded = abm::SourceStore(workspace).load(
        abm::Progress(), [&](const abm::StoredInvestigation&) { first_s = seconds_since(start); });
    const double all_s = seconds_since(start);
    const abm::Investigation& read = loaded.investigation;
    fmt::print("load first  {:7.3f} s  {} records, {} findings; cp + fsync {:.3f} s, ratio {:.2f}\n", first_s,
               read.records.size(), read.findings.size(), copy_s, first_s / copy_s);
    fmt::print("load all    {:7.3f} s  {} movements, {} x {} features; ratio {:.2f}\n", all_s, read.movements.size(),
               read.features.rows(), read.features[0].features.columns(), all_s / copy_s);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: store_bench FOLDER SESSIONS\n");
        return 2;
    }
    try {
        const fs::path folder = argv[1];
        const fs::path path = folder / "bench.abmw";
        const std::int64_t sessions = std::atoll(argv[2]);
        if (sessions > 0) {
            abm::Investigation journal = one_journal(folder / "journal");
            fs::remove(path);
            measure_put(path, journal, sessions);
        }
        for (int round = 0; round < 3; ++round) measure_load(path);
    } catch (const abm::Error& error) {
        fmt::print(stderr, "store_bench: {}\n", error.what());
        return 1;
    }
    return 0;
}
