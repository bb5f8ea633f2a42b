// A journal grows by 50 kB, again and again: what a look of a watched folder at it costs, beside reading the same file into a new
// workspace in the same run. With the model: everything is scored in both.
//   growth_bench FOLDER BYTES
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/generate/generate.h"
#include "core/pipeline/workspace_session.h"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kGrowth_bytes = 50'000;
constexpr int kRounds = 3;

std::string generated(const fs::path& folder, std::int64_t bytes) {
    abm::GenerateOptions options;
    options.machines = 1;
    options.bytes = bytes;
    options.out = folder;
    fs::remove_all(folder);
    abm::generate_journals(options, {});
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".txt") continue;
        std::ifstream in(entry.path(), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    return {};
}

/// Seconds, and what was done with the file.
double import(abm::WorkspaceSession& session, const fs::path& file, std::string& outcome) {
    const auto start = Clock::now();
    const auto imported = session.import({&file, 1}, {});
    outcome = fmt::format("{}, read from byte {}", name_of(imported.front().outcome), imported.front().read_from);
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void measure(const fs::path& folder, std::int64_t bytes) {
    const std::string text = generated(folder / "made", bytes);
    const fs::path file = folder / "journal.txt";
    if (text.size() < 2 * kRounds * kGrowth_bytes) throw abm::Error(abm::ErrorCode::Invalid, "BYTES must be 300,000 or more");
    std::size_t length = text.size() - kRounds * kGrowth_bytes;
    std::ofstream(file, std::ios::binary).write(text.data(), static_cast<std::streamsize>(length));
    fs::remove(folder / "followed.abmw");
    const auto followed = abm::WorkspaceSession::open(folder / "followed.abmw", {}, {});
    std::string outcome;
    fmt::print("at first    {:7.3f} s", import(*followed, file, outcome));
    fmt::print("  {}, {} MB\n", outcome, length / 1'000'000);
    for (int round = 0; round < kRounds; ++round, length += kGrowth_bytes) {
        std::ofstream(file, std::ios::binary | std::ios::app).write(text.data() + length, kGrowth_bytes);
        const double grown_s = import(*followed, file, outcome);
        fs::remove(folder / "anew.abmw");
        std::string anew_outcome;
        const auto anew = abm::WorkspaceSession::open(folder / "anew.abmw", {}, {});
        const double anew_s = import(*anew, file, anew_outcome);
        fmt::print("grown       {:7.3f} s  {}; read anew {:.3f} s, ratio {:.2f}\n", grown_s, outcome, anew_s, grown_s / anew_s);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: growth_bench FOLDER BYTES\n");
        return 2;
    }
    try {
        measure(argv[1], std::atoll(argv[2]));
    } catch (const abm::Error& error) {
        fmt::print(stderr, "growth_bench: {}\n", error.what());
        return 1;
    }
    return 0;
}
