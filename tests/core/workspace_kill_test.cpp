// What was acknowledged survives kill -9 at any moment.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "core/base/random.h"
#include "core/store/workspace_care.h"
#include "tests/core/store_test_support.h"

namespace abm {
namespace {

/// Puts the same sources under new identities until it is killed; writes the number of each one that is stored into the pipe.
[[noreturn]] void store_for_ever(const std::filesystem::path& path, Investigation& read, int first, int pipe) {
    try {
        Workspace workspace = Workspace::open(path);
        SourceStore store(workspace);
        for (int number = first;; ++number) {
            const auto index = static_cast<SourceIndex>(static_cast<std::size_t>(number) % read.sources.size());
            read.sources[raw(index)].identity = fmt::format("{:032x}", number);
            store.put(read, index, {{1, 2}, {}}, std::nullopt, 1, "ada", Progress());
            if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(3);
        }
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        ::_exit(4);
    }
}

/// The numbers a child acknowledged before it was killed after `life_us`.
std::vector<int> stored_until_killed(const std::filesystem::path& path, Investigation& read, int first, int life_us) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        store_for_ever(path, read, first, ends[1]);
    }
    ::close(ends[1]);
    ::usleep(static_cast<useconds_t>(life_us));
    ::kill(child, SIGKILL);
    std::vector<int> numbers;
    int number = 0;
    while (::read(ends[0], &number, sizeof number) == sizeof number) numbers.push_back(number);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << status;
    return numbers;
}

/// How long this machine, busy as it is, takes to make a workspace and store a few sources.
int usual_life_us(const std::filesystem::path& path, Investigation read) {
    const auto begin = std::chrono::steady_clock::now();
    Workspace workspace = Workspace::open(path);
    SourceStore store(workspace);
    for (int number = 0; number < 4; ++number) {
        const auto index = static_cast<SourceIndex>(static_cast<std::size_t>(number) % read.sources.size());
        read.sources[raw(index)].identity = fmt::format("{:032x}", number);
        store.put(read, index, {{1, 2}, {}}, std::nullopt, 1, "ada", Progress());
    }
    const auto life = std::chrono::steady_clock::now() - begin;
    return static_cast<int>(std::chrono::duration_cast<std::chrono::microseconds>(life).count());
}

TEST(KilledWorkspace, HasEverySourceThatWasAcknowledged) {
    const test::GeneratedInvestigation journals("killed", 2, 1);
    Investigation read = journals.read;
    const test::TemporaryFolder folder;
    const auto path = folder.path() / "w.abmw";
    const int longest_us = std::max(40'000, 2 * usual_life_us(folder.path() / "calibration.abmw", read));
    Random random(2026);
    int next = 0, interrupted = 0;
    std::set<std::string> acknowledged;
    constexpr int kKills = 50;
    for (int round = 0; round < kKills; ++round) {
        const std::vector<int> numbers = stored_until_killed(path, read, next, random.between(500, longest_us));
        for (const int number : numbers) acknowledged.insert(fmt::format("{:032x}", number));
        next = numbers.empty() ? next + 1 : numbers.back() + 2;  // the next one may be stored, though not acknowledged

        if (acknowledged.empty() && !std::filesystem::exists(path)) continue;  // killed before it was whole
        const WorkspaceCheck check = check_workspace(path, Progress());
        ASSERT_TRUE(check.clean()) << check.problems[0].message;
        interrupted += numbers.empty() ? 1 : 0;
    }
    Workspace workspace = Workspace::open(path);
    const StoredInvestigation loaded = SourceStore(workspace).load(Progress());
    std::size_t complete = 0;
    for (std::size_t at = 0; at < loaded.ids.size(); ++at) {
        const Source& source = loaded.investigation.sources[at];
        complete += acknowledged.count(source.identity);
        const auto index = static_cast<SourceIndex>(at);
        const auto records = std::count_if(loaded.investigation.records.begin(), loaded.investigation.records.end(),
                                           [&](const Record& r) { return r.source == index; });
        EXPECT_EQ(records, source.sessions + source.intervals);
        EXPECT_EQ(SourceStore(workspace).prints(loaded.ids[at]).size(), 2u);
    }
    EXPECT_EQ(complete, acknowledged.size());
    EXPECT_GT(acknowledged.size(), static_cast<std::size_t>(kKills));
    EXPECT_GT(interrupted, 0) << "no child was killed early: the lives are too long";
}

}  // namespace
}  // namespace abm
