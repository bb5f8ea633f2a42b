// Search and line numbers against what one gets by going through all lines at once.
#include "core/pipeline/search_log.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "core/ingest/line_splitter.h"
#include "core/pipeline/line_blocks.h"
#include "core/pipeline/line_index.h"
#include "core/pipeline/log_text.h"

namespace abm {
namespace {

class SearchLog : public ::testing::Test {
protected:
    SearchLog() { std::filesystem::create_directories(folder_); }
    ~SearchLog() override { std::filesystem::remove_all(folder_); }

    Source write(const std::string& text, bool gzip = false) {
        Source source;
        source.path = folder_ / ("log" + std::to_string(++files_));
        source.bytes = static_cast<std::int64_t>(text.size());
        source.gzip = gzip;
        if (gzip) {
            const gzFile file = gzopen(source.path.c_str(), "wb");
            gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
            gzclose(file);
        } else {
            std::ofstream(source.path, std::ios::binary) << text;
        }
        return source;
    }

    /// Lines of random words with every kind of line end, escapes, card numbers and bytes above 0x7F between them.
    static std::string journal(unsigned seed, std::size_t bytes) {
        static const std::vector<std::string> words{"NOTES", "notes taken", "\x1B[020t",      "4111111111111111", " ",
                                                    "\t",    "\x0F",        "MICR 123456789", "\xC3\xA9",         "\xE9",
                                                    "E",     "12:30:01",    "\x1B(1",         "\xC4\xB1",         ""};
        static const std::vector<std::string> ends{"\r", "\n", "\r\n", "\r", "\r\r", "\n\n"};
        std::mt19937 random(seed);
        std::string text;
        while (text.size() < bytes) {
            for (auto count = random() % 5; count > 0; --count) text += words[random() % words.size()];
            text += ends[random() % ends.size()];
        }
        if (random() % 2 == 0) text += "the last line NOTES";
        return text;
    }

    static std::vector<LogMatchPlace> naive(const std::string& text, const TextPattern& pattern) {
        std::vector<LogMatchPlace> places;
        LineSplitter splitter(text);
        for (LineSplitter::Line line{}; splitter.next(line);) {
            const std::string shown = log_text({line.begin, static_cast<std::size_t>(line.end - line.begin)});
            TextPattern::Match match;
            for (std::size_t from = 0; pattern.next(shown, from, match); from = match.begin + match.bytes)
                places.push_back({line.begin - text.data(), match.begin, std::ssize(places) + 1});
        }
        return places;
    }

    std::filesystem::path folder_ = std::filesystem::temp_directory_path() / ("search-log-" + std::to_string(::getpid()));
    int files_ = 0;
};

TEST_F(SearchLog, CountsAndStepsAsGoingThroughAllLinesDoes) {
    const std::vector<std::pair<std::string, PatternOptions>> patterns{
        {"notes", {}},         {"notes", {false, true}},  {"^NOTES", {true, true}}, {"S$", {true, false}},
        {"x*", {true, false}}, {"[^A-Z]+", {true, true}}, {"\\s", {true, false}},   {"\\Anotes", {true, false}},
        {"E|1", {true, true}}, {"\xC3\xA9", {}}};
    for (unsigned seed = 1; seed <= 6; ++seed) {
        const std::string text = journal(seed, 150'000);
        const Source source = write(text, seed % 3 == 0);
        for (const auto& [words, options] : patterns) {
            const TextPattern pattern(words, options);
            const auto expected = naive(text, pattern);
            const LogMatches matches = search_log(source, {0, source.bytes}, pattern, {}, {});
            ASSERT_EQ(matches.matches, std::ssize(expected)) << words << " seed " << seed;
            EXPECT_TRUE(matches.complete);
            LogMatchPlace at{-1, 0, 0};
            for (std::size_t step = 0; step < std::min<std::size_t>(expected.size(), 20); ++step) {
                const auto next = step_match(source, pattern, matches, at.line, at.column, 1);
                ASSERT_TRUE(next);
                ASSERT_EQ(std::tuple(next->line, next->column, next->number),
                          std::tuple(expected[step].line, expected[step].column, expected[step].number))
                    << words << " seed " << seed;
                at = *next;
            }
            if (expected.empty()) continue;
            const auto last = step_match(source, pattern, matches, expected[0].line, expected[0].column, -1);
            ASSERT_TRUE(last);
            EXPECT_EQ(last->number, std::ssize(expected)) << "back from the first match is the last";
        }
    }
}

TEST_F(SearchLog, BlocksOfAnySizeHoldTheSameLines) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const std::string text = journal(seed, 600);
        const Source source = write(text);
        for (std::size_t size = 40; size < 60; ++size) {
            LineBlocks blocks(source, {0, source.bytes}, size);
            std::string joined;
            for (LineBlocks::Block block; blocks.next(block);) {
                ASSERT_EQ(block.offset, std::ssize(joined));
                ASSERT_FALSE(joined.ends_with('\r') && block.text.starts_with('\n')) << "a CRLF was divided";
                joined += block.text;
            }
            ASSERT_EQ(joined, text);
        }
    }
}

TEST_F(SearchLog, FindsMaskedTextOnly) {
    const Source source = write("PAN 4111111111111111\rPAN\x1B[020t 4111111111111111\r");
    EXPECT_EQ(search_log(source, {0, source.bytes}, TextPattern("4111111111111111", {}), {}, {}).matches, 0);
    EXPECT_EQ(search_log(source, {0, source.bytes}, TextPattern("411111******1111", {}), {}, {}).matches, 2);
    EXPECT_EQ(search_log(source, {0, source.bytes}, TextPattern("020t", {}), {}, {}).matches, 0) << "escapes are not text";
}

TEST_F(SearchLog, MillionsOfMatchesAreCountedInBoundedMemory) {
    std::string text;
    for (int line = 0; line < 40'000; ++line) text += "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\r";
    const Source source = write(text);
    const LogMatches matches = search_log(source, {0, source.bytes}, TextPattern("E", {}), {}, {});
    EXPECT_EQ(matches.matches, 2'000'000);
    EXPECT_EQ(matches.lines, 40'000);
    EXPECT_LE(std::ssize(matches.parts), LogMatches::kParts + 1);
}

TEST_F(SearchLog, StopsWhenCancelledAndRefusesWhatIsNoExpression) {
    const Source source = write(journal(1, 3'000'000));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_THROW(search_log(source, {0, source.bytes}, TextPattern("a", {}), {}, Progress(stop.get_token(), {})), Error);
    EXPECT_THROW(TextPattern("(", {true, false}), Error);
    EXPECT_THROW(TextPattern("", {}), Error);
    EXPECT_THROW(TextPattern(std::string(3'000, 'a'), {}), Error);
    EXPECT_NO_THROW(TextPattern("(", {}));
}

TEST_F(SearchLog, LinesHaveTheNumbersOneCounts) {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        const std::string text = journal(seed, 400'000);
        const Source source = write(text, seed == 4);
        LineIndex index(source);
        EXPECT_FALSE(index.line_of(0)) << "nothing was read yet";
        EXPECT_FALSE(index.lines());
        index.build({});
        std::int64_t number = 0;
        LineSplitter splitter(text);
        for (LineSplitter::Line line{}; splitter.next(line);) {
            ++number;
            if (number % 997 != 0 && line.next != text.data() + text.size()) continue;
            const std::int64_t offset = line.begin - text.data();
            ASSERT_EQ(index.line_of(offset), number) << "seed " << seed;
            ASSERT_EQ(index.line_of(line.next - text.data() - 1), number) << "its last byte";
            ASSERT_EQ(index.offset_of(number), offset);
        }
        EXPECT_EQ(index.lines(), number);
        EXPECT_FALSE(index.offset_of(number + 1));
    }
}

TEST_F(SearchLog, LineBeginAndEndAreFoundFromAnyByte) {
    const std::string text = journal(7, 2'000);
    const Source source = write(text);
    LineSplitter splitter(text);
    for (LineSplitter::Line line{}; splitter.next(line);) {
        for (const char* at = line.begin; at < line.next; ++at)
            ASSERT_EQ(line_begin(source, at - text.data()), line.begin - text.data());
        ASSERT_EQ(line_end(source, line.begin - text.data()), line.next - text.data());
    }
}

}  // namespace
}  // namespace abm
