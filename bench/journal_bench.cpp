// Reads one journal as the workbench does, without scoring: blocks, sessions, ledger, rules, features. See journal_vs_grep.sh.
//   journal_bench generate FOLDER BYTES cr|lf SEED     writes one journal of about BYTES and prints its path
//   journal_bench read FILE THREADS                    prints "seconds peak_mib sessions movements findings"
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "core/decide/rule_set.h"
#include "core/generate/generate.h"
#include "core/pipeline/ingest.h"

namespace {

int generate(const std::filesystem::path& folder, std::int64_t bytes, std::string_view line_end, std::uint64_t seed) {
    abm::GenerateOptions options;
    options.machines = 1;
    options.bytes = bytes;
    options.seed = seed;
    options.line_end = line_end == "cr" ? abm::LineEnd::cr : abm::LineEnd::lf;
    options.out = folder;
    abm::generate_journals(options, abm::Progress());
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".txt") fmt::print("{}\n", entry.path().string());
    }
    return 0;
}

int read(const std::filesystem::path& file, int threads) {
    abm::IngestOptions options;
    options.threads = threads;
    options.rules = &abm::RuleSet::built_in();
    const std::filesystem::path files[] = {file};
    const auto start = std::chrono::steady_clock::now();
    const abm::Investigation investigation = abm::ingest(files, options, abm::Progress());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    fmt::print("{:.3f} {} {} {} {}\n", seconds, usage.ru_maxrss / 1024, investigation.sources[0].sessions,
               investigation.movements.size(), investigation.findings.size());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string verb = argc > 1 ? argv[1] : "";
    try {
        if (verb == "generate" && argc == 6)
            return generate(argv[2], std::atoll(argv[3]), argv[4], std::strtoull(argv[5], nullptr, 10));
        if (verb == "read" && argc == 4) return read(argv[2], std::atoi(argv[3]));
    } catch (const abm::Error& error) {
        fmt::print(stderr, "journal_bench: {}\n", error.what());
        return 1;
    }
    fmt::print(stderr, "usage: journal_bench generate FOLDER BYTES cr|lf SEED | read FILE THREADS\n");
    return 2;
}
