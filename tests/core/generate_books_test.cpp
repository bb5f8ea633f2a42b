// An independent reading of the generated journals: books, header numbers and card numbers must hold unless the truth says
// otherwise.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <optional>
#include <set>

#include "core/base/random.h"
#include "tests/core/generated_journals.h"

namespace abm {
namespace {

using namespace test;
using Counts = std::array<int, 4>;

std::optional<Counts> four_numbers(std::string_view text, const char* format) {
    Counts counts{};
    const std::string copy(text);
    if (std::sscanf(copy.c_str(), format, &counts[0], &counts[1], &counts[2], &counts[3]) != 4) return std::nullopt;
    return counts;
}

struct SessionBooks {
    std::int64_t start = -1;
    std::optional<Counts> presented;
    std::optional<double> withdrawn;
};

// Follows the counter blocks of one journal and counts what it could check.
class BookKeeper {
public:
    BookKeeper(const std::set<std::int64_t>& excused) : excused_(excused) {}

    void read(const JournalLine& line) {
        const std::string_view text = line.text;
        if (text.ends_with("TRANSACTION START*")) return begin(line.offset);
        if (text.find("SUPERVISOR MODE ENTRY") != text.npos || text.find("CASH COUNTS CLEARED") != text.npos) last_.reset();
        if (text.find("NOTES PRESENTED ") != text.npos)
            session_.presented = four_numbers(text.substr(text.find("PRESENTED")), "PRESENTED %d,%d,%d,%d");
        if (text.starts_with("DENOMINATION")) denominations_ = *four_numbers(text, "DENOMINATION %d %d %d %d");
        if (text.starts_with("DISPENSED")) dispensed_ = *four_numbers(text, "DISPENSED %d %d %d %d");
        if (text.starts_with("REJECTED")) rejected_ = *four_numbers(text, "REJECTED %d %d %d %d");
        if (text.starts_with("REMAINING")) block(*four_numbers(text, "REMAINING %d %d %d %d"));
        if (text.starts_with("   WITHDRAWAL")) {
            session_.withdrawn = std::stod(std::string(text.substr(13)));
        }
        if (text.find("TRANSACTION END") != text.npos) end();
    }

    int withdrawals = 0, blocks = 0;

private:
    bool excused() const { return excused_.contains(session_.start); }

    void begin(std::int64_t offset) {
        session_ = {};
        session_.start = offset;
    }

    void block(const Counts& remaining) {
        ++blocks;
        if (last_) {
            for (std::size_t type = 0; type < 4; ++type) {
                EXPECT_EQ(dispensed_[type] + remaining[type], last_sum_[type]) << "conservation at " << session_.start;
                EXPECT_GE(rejected_[type], last_rejected_[type]) << session_.start;
                EXPECT_GE(remaining[type], rejected_[type]) << session_.start;
                const int presented = session_.presented ? (*session_.presented)[type] : 0;
                if (!excused()) {
                    EXPECT_EQ(dispensed_[type] - (*last_)[type], presented) << "session at " << session_.start;
                }
            }
        }
        last_ = dispensed_;
        last_rejected_ = rejected_;
        for (std::size_t type = 0; type < 4; ++type) last_sum_[type] = dispensed_[type] + remaining[type];
    }

    void end() {
        if (!session_.withdrawn) return;
        ++withdrawals;
        if (excused()) return;
        ASSERT_TRUE(session_.presented) << session_.start;
        double paid = 0;
        for (std::size_t type = 0; type < 4; ++type) paid += (*session_.presented)[type] * denominations_[type];
        EXPECT_EQ(paid, *session_.withdrawn) << session_.start;
        EXPECT_GT(paid, 0) << session_.start;
    }

    const std::set<std::int64_t>& excused_;
    SessionBooks session_;
    Counts denominations_{}, dispensed_{}, rejected_{}, last_rejected_{}, last_sum_{};
    std::optional<Counts> last_;
};

class GeneratedBooks : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = new GeneratedFolder("books");
        folder_->generate({.machines = 5, .bytes = 6'000'000, .incident_rate = 0.04});
    }
    static void TearDownTestSuite() { delete folder_; }
    static inline GeneratedFolder* folder_ = nullptr;
};

TEST_F(GeneratedBooks, WithdrawalsReconcileUnlessTheTruthSaysOtherwise) {
    const auto truth = truth_of(folder_->path());
    int withdrawals = 0;
    for (const auto& [name, content] : folder_->journals()) {
        std::set<std::int64_t> excused;
        for (const TruthRow& row : truth) {
            if (row.file == name && (row.type == "dispense_fault" || row.type == "cash_at_risk")) excused.insert(row.start);
        }
        BookKeeper keeper(excused);
        for (const JournalLine& line : lines_of(content)) keeper.read(line);
        withdrawals += keeper.withdrawals;
    }
    EXPECT_GT(withdrawals, 1500);
}

TEST_F(GeneratedBooks, ExcusedSessionsReallyDoNotReconcile) {
    int short_presentations = 0;
    const auto journals = folder_->journals();
    for (const TruthRow& row : truth_of(folder_->path())) {
        if (row.note.find("one note less") == std::string::npos) continue;
        ++short_presentations;
        EXPECT_FALSE(row.amount.empty());
        const std::string text =
            journals.at(row.file).substr(static_cast<std::size_t>(row.start), static_cast<std::size_t>(row.end - row.start));
        Counts denominations{}, presented{};
        double withdrawn = 0;
        for (const JournalLine& line : lines_of(text)) {
            if (const auto at = line.text.find("NOTES PRESENTED"); at != line.text.npos)
                presented = *four_numbers(line.text.substr(at), "NOTES PRESENTED %d,%d,%d,%d");
            if (line.text.starts_with("DENOMINATION")) denominations = *four_numbers(line.text, "DENOMINATION %d %d %d %d");
            if (line.text.starts_with("   WITHDRAWAL")) withdrawn = std::stod(std::string(line.text.substr(13)));
        }
        double paid = 0;
        for (std::size_t type = 0; type < 4; ++type) paid += presented[type] * denominations[type];
        EXPECT_DOUBLE_EQ(withdrawn - paid, std::stod(row.amount));
    }
    EXPECT_GT(short_presentations, 0);
}

TEST_F(GeneratedBooks, HeaderNumbersFollowEachOtherUnlessTheTruthSaysOtherwise) {
    const auto truth = truth_of(folder_->path());
    int headers = 0, jumps = 0;
    bool wrapped = false;
    for (const auto& [name, content] : folder_->journals()) {
        int last = -1;
        std::int64_t last_offset = 0;
        for (const JournalLine& line : lines_of(content)) {
            const std::string text(line.text.starts_with("\x1b[020t") ? line.text.substr(6) : line.text);
            int number = 0, month = 0;
            if (text.size() != 22 || std::sscanf(text.c_str(), "*%3d*%2d/", &number, &month) != 2) continue;
            ++headers;
            wrapped |= last == 999 && number == 0;
            if (last >= 0 && number != (last + 1) % 1000) {
                ++jumps;
                bool told = false;
                for (const TruthRow& row : truth) {
                    told |= row.file == name && row.kind == "interval" && row.start <= line.offset && row.end >= last_offset &&
                            (row.type == "journal_gap" || row.type == "clock_jump" || row.type == "duplicate_block");
                }
                EXPECT_TRUE(told) << name << " at " << line.offset << ": " << last << " then " << number;
            }
            last = number;
            last_offset = line.offset;
        }
    }
    EXPECT_GT(headers, 5000);
    EXPECT_GT(jumps, 0);
    EXPECT_TRUE(wrapped);
}

TEST_F(GeneratedBooks, DuplicateBlocksAreCopiesOfWhatStandsBeforeThem) {
    const auto journals = folder_->journals();
    int copies = 0;
    for (const TruthRow& row : truth_of(folder_->path())) {
        if (row.type != "duplicate_block") continue;
        ++copies;
        const auto bytes = static_cast<std::size_t>(row.end - row.start), start = static_cast<std::size_t>(row.start);
        EXPECT_EQ(journals.at(row.file).substr(start, bytes), journals.at(row.file).substr(start - bytes, bytes));
    }
    EXPECT_GT(copies, 0);
}

bool passes_luhn(std::string_view digits) {
    int sum = 0;
    for (std::size_t index = 0; index < digits.size(); ++index) {
        int digit = digits[digits.size() - 1 - index] - '0';
        if (index % 2 == 1) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += digit;
    }
    return sum % 10 == 0;
}

// Runs of 13 to 19 digits that begin like a payment card and pass Luhn.
std::vector<std::string> card_numbers(std::string_view text) {
    std::vector<std::string> found;
    std::string run;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const bool digit = at < text.size() && text[at] >= '0' && text[at] <= '9';
        if (digit) {
            run += text[at];
            continue;
        }
        if (run.size() >= 13 && run.size() <= 19 && run[0] >= '2' && run[0] <= '6' && passes_luhn(run)) found.push_back(run);
        run.clear();
    }
    return found;
}

TEST(GeneratedCards, OnlyTheLeaksAskedForShowANumber) {
    for (const int leaks : {0, 1, 4}) {
        GeneratedFolder folder("cards");
        folder.generate({.card_number_leaks = leaks});
        std::vector<std::string> found;
        for (const auto& [name, content] : folder.journals()) {
            const auto numbers = card_numbers(content);
            found.insert(found.end(), numbers.begin(), numbers.end());
        }
        EXPECT_EQ(found, std::vector<std::string>(static_cast<std::size_t>(leaks), "4111111111111111"));
        int told = 0;
        for (const TruthRow& row : truth_of(folder.path()))
            told += row.note.find("must be masked") != std::string::npos && row.label == "normal";
        EXPECT_EQ(told, leaks);
    }
}

TEST(Random, IsTheSameEverywhere) {
    // xoshiro256** seeded by splitmix64(1); computed independently.
    Random random(1);
    EXPECT_EQ(random.next(), 12966619160104079557u);
    EXPECT_EQ(random.next(), 9600361134598540522u);
    EXPECT_EQ(random.next(), 10590380919521690900u);
}

TEST(Random, DistributionsHaveTheirMeans) {
    Random random(5);
    double uniform = 0, exponential = 0, square = 0;
    std::array<int, 3> picks{};
    constexpr int kDraws = 200000;
    constexpr std::array<int, 3> kWeights{1, 0, 3};
    for (int draw = 0; draw < kDraws; ++draw) {
        uniform += random.uniform();
        const double wait = random.exponential();
        exponential += wait;
        square += wait * wait;
        ++picks[random.pick(kWeights)];
        const int between = random.between(-2, 2);
        ASSERT_TRUE(between >= -2 && between <= 2);
    }
    EXPECT_NEAR(uniform / kDraws, 0.5, 0.005);
    EXPECT_NEAR(exponential / kDraws, 1.0, 0.02);
    EXPECT_NEAR(square / kDraws, 2.0, 0.08);
    EXPECT_NEAR(picks[2] / double{kDraws}, 0.75, 0.01);
    EXPECT_EQ(picks[1], 0);
}

}  // namespace
}  // namespace abm
