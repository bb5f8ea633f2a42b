// Journals that hold what another one held before: nothing counts twice, and nothing behind it is missed.
#include <gtest/gtest.h>

#include "core/pipeline/investigate.h"
#include "tests/core/generated_journals.h"

namespace abm::test {
namespace {

namespace fs = std::filesystem;

/// A journal in which notes leave the machine without a transaction, between two sessions whose counters prove it.
struct CumulativeExports : ::testing::Test {
    CumulativeExports() {
        GenerateOptions options;
        options.days = 30;
        options.incident_rate = 0.1;
        whole_ = one_journal(options);
        const auto found = read({write("alone.txt", whole_)});
        for (const Finding& finding : found->findings) {
            if (finding.rule == "notes-out-without-transaction") finding_ = finding;
        }
    }
    fs::path write(const std::string& name, const std::string& text) const { return folder_.write(name, text); }
    static std::shared_ptr<const Investigation> read(const std::vector<fs::path>& files) {
        return investigate(files, {}, {})->investigation();
    }
    static std::ptrdiff_t count(const Investigation& all, const std::string& rule) {
        return std::ranges::count(all.findings, rule, &Finding::rule);
    }

    TemporaryFolder folder_;
    std::string whole_;
    Finding finding_;
};

TEST_F(CumulativeExports, TheFirstNewSessionIsComparedWithTheCopiesBeforeIt) {
    ASSERT_FALSE(finding_.rule.empty());
    const auto start = static_cast<std::size_t>(finding_.span.offset);
    const fs::path first = write("1.txt", whole_.substr(0, start)), second = write("2.txt", whole_.substr(0, start + 200'000));
    const auto alone = read({second});
    const auto both = read({first, second});
    const std::string& rule = finding_.rule;
    ASSERT_GT(count(*alone, rule), count(*read({first}), rule));
    EXPECT_EQ(count(*both, rule), count(*alone, rule) + count(*read({first}), rule)) << "what copies say is said again";
    EXPECT_EQ(both->movements.size(), alone->movements.size()) << "and counts once";
}

TEST_F(CumulativeExports, ACopyBehindTheSessionsItCopiesChangesNothing) {
    const auto third = whole_.find("*TRANSACTION START*", whole_.size() / 3) - 5;
    const auto half = whole_.find("*TRANSACTION START*", whole_.size() / 2) - 5;
    const fs::path copied =
        write("copied.txt", whole_.substr(0, half) + whole_.substr(third, half - third) + whole_.substr(half));
    const auto alone = read({write("alone.txt", whole_)}), again = read({copied});
    EXPECT_NEAR(static_cast<double>(again->movements.size()), static_cast<double>(alone->movements.size()), 2.0)
        << "at the seams";
}

}  // namespace
}  // namespace abm::test
