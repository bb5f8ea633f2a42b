#include "core/base/random_access_text.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using test::gzip;
using test::sample_text;
using test::TemporaryFolder;

/// Several members, of different levels (0: stored blocks) and sizes, so that points lie in all kinds of blocks.
std::string packed_in_members(const std::string& text) {
    const std::size_t third = text.size() / 3;
    return gzip(text.substr(0, third), 9) + gzip(text.substr(third, 1000), 0) + gzip(text.substr(third + 1000, third), 1) +
           gzip(text.substr(2 * third + 1000), 0);
}

void expect_random_slices(const std::filesystem::path& file, const std::string& text, int slices) {
    const auto random_text = RandomAccessText::open(file);
    std::mt19937_64 random(7);
    for (int i = 0; i < slices; ++i) {
        const auto bytes = static_cast<std::int64_t>(random() % 9000);
        const auto offset = static_cast<std::int64_t>(random() % (text.size() - static_cast<std::size_t>(bytes)));
        ASSERT_TRUE(random_text->read({offset, bytes}) ==
                    text.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(bytes)))
            << offset << "+" << bytes;
    }
}

ErrorCode code_of(RandomAccessText& text, TextSpan span, std::string* message = nullptr) {
    try {
        text.read(span);
    } catch (const Error& error) {
        if (message != nullptr) *message = error.what();
        return error.code();
    }
    ADD_FAILURE() << "no error for " << span.offset << "+" << span.bytes;
    return ErrorCode::Cancelled;
}

TEST(RandomAccessText, PlainSlicesEqualThoseOfTheText) {
    const TemporaryFolder folder;
    const std::string text = sample_text(5'000'000);
    expect_random_slices(folder.write("a.txt", text), text, 200);
}

TEST(RandomAccessText, GzipSlicesEqualThoseOfTheText) {
    const TemporaryFolder folder;
    const std::string text = sample_text(24'000'000);
    expect_random_slices(folder.write("a.gz", packed_in_members(text)), text, 200);
}

TEST(RandomAccessText, SliceAcrossMembersAndToTheVeryEnd) {
    const TemporaryFolder folder;
    const std::string text = sample_text(9'000'000);
    const auto size = static_cast<std::int64_t>(text.size());
    const auto reader = RandomAccessText::open(folder.write("a.gz", packed_in_members(text)));
    EXPECT_TRUE(reader->is_gzip());
    EXPECT_TRUE(reader->read({0, size}) == text);
    EXPECT_TRUE(reader->read({size - 10, 10}) == text.substr(text.size() - 10));
    EXPECT_TRUE(reader->read({size / 3 - 5, 2000}) == text.substr(text.size() / 3 - 5, 2000));
    EXPECT_EQ(reader->read({size, 0}), "");
}

TEST(RandomAccessText, ManyThreadsMayReadOneText) {
    const TemporaryFolder folder;
    const std::string text = sample_text(12'000'000);
    const auto reader = RandomAccessText::open(folder.write("a.gz", gzip(text)));
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (unsigned seed = 0; seed < 4; ++seed) {
        threads.emplace_back([&, seed] {
            std::mt19937 random(seed);
            for (int i = 0; i < 20; ++i) {
                const std::size_t at = random() % (text.size() - 100);
                if (reader->read({static_cast<std::int64_t>(at), 100}) != text.substr(at, 100)) ++wrong;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

TEST(RandomAccessText, BytesThatAreGoneAreAnIoErrorThatSaysWhatToDo) {
    const TemporaryFolder folder;
    const auto file = folder.write("a.txt", sample_text(100'000));
    const auto reader = RandomAccessText::open(file);
    std::filesystem::resize_file(file, 50'000);
    std::string message;
    EXPECT_EQ(code_of(*reader, {49'990, 11}, &message), ErrorCode::Io);
    EXPECT_NE(message.find("a.txt: the file became shorter"), std::string::npos) << message;
    EXPECT_NE(message.find("open it again"), std::string::npos);
    EXPECT_EQ(reader->read({49'990, 10}).size(), 10U);
    EXPECT_EQ(code_of(*reader, {0, INT64_MAX}), ErrorCode::Io);
    EXPECT_EQ(code_of(*reader, {-1, 5}), ErrorCode::Invalid);
    EXPECT_EQ(code_of(*reader, {5, INT64_MAX}), ErrorCode::Invalid);
}

TEST(RandomAccessText, DamagedGzipStillGivesWhatIsBeforeTheDamage) {
    const TemporaryFolder folder;
    const std::string text = sample_text(6'000'000);
    const std::string packed = gzip(text);
    const auto cut = RandomAccessText::open(folder.write("cut.gz", packed.substr(0, packed.size() / 2)));
    EXPECT_EQ(code_of(*cut, {5'900'000, 100}), ErrorCode::Corrupt);
    EXPECT_TRUE(cut->read({2'500'000, 1000}) == text.substr(2'500'000, 1000));

    const auto file = folder.write("shrinks.gz", packed);
    const auto shrinks = RandomAccessText::open(file);
    std::filesystem::resize_file(file, packed.size() / 2);
    EXPECT_EQ(code_of(*shrinks, {5'900'000, 100}), ErrorCode::Io);
}

TEST(ReadRange, SeesAFileThatWasReplacedAndOneThatVanished) {
    const TemporaryFolder folder;
    const auto file = folder.write("a.txt", "old text");
    EXPECT_EQ(read_range(file, {4, 4}), "text");
    folder.write("a.txt", gzip("new and longer"));
    EXPECT_EQ(read_range(file, {4, 3}), "and");
    std::filesystem::remove(file);
    EXPECT_THROW(read_range(file, {4, 3}), Error);
}

}  // namespace
}  // namespace abm
