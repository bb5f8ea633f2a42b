#include "core/base/byte_source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using test::gzip;
using test::sample_text;
using test::TemporaryFolder;

std::string read_all(ByteSource& source, std::size_t block = 10'007) {
    std::string all;
    std::string buffer(block, '\0');
    while (const std::size_t got = source.read(buffer)) all.append(buffer, 0, got);
    return all;
}

std::string opening_error(const std::filesystem::path& path) {
    try {
        ByteSource::open(path);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Io);
        return error.what();
    }
    return "no error";
}

TEST(ByteSource, GivesEveryByteOfAPlainFileUntouched) {
    const TemporaryFolder folder;
    const std::string text = std::string("a\rb\nc\r\nd\x1B[05p\x0F\t\0e\xFF", 18) + sample_text(3'000'000);
    const auto source = ByteSource::open(folder.write("plain.txt", text));
    EXPECT_FALSE(source->is_gzip());
    EXPECT_EQ(source->size_hint(), static_cast<std::int64_t>(text.size()));
    EXPECT_EQ(source->position_fraction(), 0.0);
    EXPECT_TRUE(read_all(*source) == text);
    EXPECT_EQ(source->offset(), static_cast<std::int64_t>(text.size()));
    EXPECT_EQ(source->position_fraction(), 1.0);
    EXPECT_FALSE(source->problem());
}

TEST(ByteSource, FillsTheBufferAsFarAsPossible) {
    const TemporaryFolder folder;
    const std::string text = sample_text(2'500'000);
    for (const auto& file :
         {folder.write("a", text), folder.write("b", gzip(text.substr(0, 700'000)) + gzip(text.substr(700'000)))}) {
        std::string buffer(text.size() + 10, '\0');
        EXPECT_EQ(ByteSource::open(file)->read(buffer), text.size()) << file;
    }
}

TEST(ByteSource, EmptyFileHasNoBytesAndNoProblem) {
    const TemporaryFolder folder;
    const auto source = ByteSource::open(folder.write("empty", ""));
    EXPECT_EQ(read_all(*source), "");
    EXPECT_FALSE(source->problem());
    EXPECT_EQ(source->position_fraction(), 1.0);
}

TEST(ByteSource, JoinsGzipMembersWhateverTheirNameAndPadding) {
    const TemporaryFolder folder;
    const std::string first = sample_text(400'000, 1), second = sample_text(90'000, 2);
    const std::string packed = gzip(first) + gzip("") + gzip(second) + std::string(512, '\0');
    const auto source = ByteSource::open(folder.write("journal.txt", packed));
    EXPECT_TRUE(source->is_gzip());
    EXPECT_EQ(source->size_hint(), static_cast<std::int64_t>(packed.size()));
    EXPECT_TRUE(read_all(*source) == first + second);
    EXPECT_FALSE(source->problem());
    EXPECT_EQ(source->position_fraction(), 1.0);
}

TEST(ByteSource, TruncatedGzipDeliversTheGoodBytesThenReports) {
    const TemporaryFolder folder;
    const std::string text = sample_text(1'000'000);
    const std::string packed = gzip(text);
    for (const std::size_t kept : {packed.size() - 1, packed.size() - 9, packed.size() / 2, std::size_t{3}}) {
        const auto source = ByteSource::open(folder.write("cut.gz", packed.substr(0, kept)));
        const std::string got = read_all(*source);
        EXPECT_TRUE(text.starts_with(got));
        if (kept >= packed.size() - 8) {
            EXPECT_EQ(got.size(), text.size());
        } else {
            EXPECT_GE(got.size() + 70'000, text.size() * kept / packed.size());
        }
        ASSERT_TRUE(source->problem()) << kept;
        EXPECT_EQ(source->problem()->code, ErrorCode::Corrupt);
        EXPECT_EQ(source->problem()->offset, static_cast<std::int64_t>(got.size()));
        EXPECT_NE(source->problem()->message.find("cut.gz"), std::string::npos);
        EXPECT_NE(source->problem()->message.find("The first " + std::to_string(got.size()) + " bytes were read"),
                  std::string::npos);
        std::string more(10, '\0');
        EXPECT_EQ(source->read(more), 0U);
    }
}

TEST(ByteSource, GzipDamagedInTheMiddleKeepsWhatIsBefore) {
    const TemporaryFolder folder;
    const std::string before = sample_text(300'000, 1), text = sample_text(1'000'000, 2);
    std::string packed = gzip(text);
    packed.replace(packed.size() / 2, 64, std::string(64, '\xFF'));
    const auto source = ByteSource::open(folder.write("bad.gz", gzip(before) + packed));
    const std::string got = read_all(*source);
    ASSERT_TRUE(source->problem());
    EXPECT_EQ(source->problem()->code, ErrorCode::Corrupt);
    EXPECT_EQ(source->problem()->offset, static_cast<std::int64_t>(got.size()));
    ASSERT_GT(got.size(), before.size() + 300'000);
    const std::string sure = (before + text).substr(0, before.size() + 300'000);
    EXPECT_TRUE(got.starts_with(sure));
}

TEST(ByteSource, WrongChecksumAndTrailingGarbageAreReported) {
    const TemporaryFolder folder;
    std::string packed = gzip("balance 100");
    packed[packed.size() - 6] ^= 1;
    const auto wrong = ByteSource::open(folder.write("crc.gz", packed));
    EXPECT_EQ(read_all(*wrong), "balance 100");
    ASSERT_TRUE(wrong->problem());
    EXPECT_NE(wrong->problem()->message.find("checksum"), std::string::npos);

    const auto garbage = ByteSource::open(folder.write("tail.gz", gzip("balance 100") + "trailing words"));
    EXPECT_EQ(read_all(*garbage), "balance 100");
    ASSERT_TRUE(garbage->problem());
    EXPECT_NE(garbage->problem()->message.find("left out"), std::string::npos);
}

TEST(ByteSource, FileThatShrinksEndsEarlyWithAProblem) {
    const TemporaryFolder folder;
    const std::string text = sample_text(500'000);
    const auto file = folder.write("shrinking.txt", text);
    const auto source = ByteSource::open(file);
    std::string first(100'000, '\0');
    ASSERT_EQ(source->read(first), first.size());
    std::filesystem::resize_file(file, 250'000);
    EXPECT_TRUE(first + read_all(*source) == text.substr(0, 250'000));
    ASSERT_TRUE(source->problem());
    EXPECT_EQ(source->problem()->offset, 250'000);
    EXPECT_EQ(source->problem()->code, ErrorCode::Io);
    EXPECT_NE(source->problem()->message.find("became shorter"), std::string::npos);
}

TEST(ByteSource, GzipThatShrinksIsNotCalledDamaged) {
    const TemporaryFolder folder;
    const std::string packed = gzip(sample_text(4'000'000));
    const auto file = folder.write("shrinking.gz", packed);
    const auto source = ByteSource::open(file);
    std::filesystem::resize_file(file, packed.size() / 2);
    EXPECT_GT(read_all(*source).size(), 0U);
    ASSERT_TRUE(source->problem());
    EXPECT_EQ(source->problem()->code, ErrorCode::Io);
    EXPECT_NE(source->problem()->message.find("became shorter"), std::string::npos);
}

TEST(ByteSource, FileThatGrowsIsReadUpToItsSizeAtOpening) {
    const TemporaryFolder folder;
    const auto file = folder.write("growing.txt", "first\r");
    const auto source = ByteSource::open(file);
    std::ofstream(file, std::ios::app) << "second\r";
    EXPECT_EQ(read_all(*source), "first\r");
    EXPECT_FALSE(source->problem());
}

TEST(ByteSource, SaysWhyAPathCannotBeOpened) {
    const TemporaryFolder folder;
    EXPECT_NE(opening_error(folder.path() / "absent.txt").find("absent.txt: cannot be opened: No such file"), std::string::npos);
    EXPECT_NE(opening_error(folder.path()).find("is a folder"), std::string::npos);
    EXPECT_NE(opening_error("/dev/zero").find("is a device"), std::string::npos);
}

TEST(ByteSource, UnreadableFileIsAnIoError) {
    const TemporaryFolder folder;
    const auto file = folder.write("secret.txt", "x");
    std::filesystem::permissions(folder.path(), std::filesystem::perms{0755});
    std::filesystem::permissions(file, std::filesystem::perms::none);
    const bool root = ::geteuid() == 0;
    if (root) {  // root may read everything
        ASSERT_EQ(::seteuid(65534), 0);
    }
    const std::string message = opening_error(file);
    if (root) {
        ASSERT_EQ(::seteuid(0), 0);
    }
    EXPECT_NE(message.find("secret.txt: cannot be opened: Permission denied"), std::string::npos) << message;
}

TEST(ByteSource, PipesAreCopiedAndCanBeReadAgain) {
    const TemporaryFolder folder;
    const auto pipe = folder.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const std::string text = sample_text(300'000);
    std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << gzip(text); });
    const auto source = ByteSource::open(pipe);
    writer.join();
    EXPECT_TRUE(source->is_gzip());
    EXPECT_TRUE(read_all(*source) == text);
}

TEST(ByteSource, SaysWhatToDoWhenAPipeCannotBeCopied) {
    const TemporaryFolder folder;
    const auto pipe = folder.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::thread writer([&] { std::ofstream(pipe).close(); });
    const char* before = std::getenv("TMPDIR");
    const std::string saved = before != nullptr ? before : "";
    ::setenv("TMPDIR", (folder.path() / "absent").c_str(), 1);
    const std::string message = opening_error(pipe);
    before != nullptr ? ::setenv("TMPDIR", saved.c_str(), 1) : ::unsetenv("TMPDIR");
    writer.join();
    EXPECT_NE(message.find("pipe: no temporary file can be made"), std::string::npos) << message;
    EXPECT_NE(message.find("set TMPDIR to a folder with room"), std::string::npos) << message;
}

TEST(ByteSource, StandardInputIsADash) {
    const TemporaryFolder folder;
    const std::string text = sample_text(200'000);
    const auto file = folder.write("input.txt", text);
    const int saved = ::dup(STDIN_FILENO);
    ASSERT_NE(std::freopen(file.c_str(), "rb", stdin), nullptr);
    const auto source = ByteSource::open("-");
    EXPECT_TRUE(read_all(*source) == text);
    EXPECT_TRUE(read_all(*ByteSource::open("-")) == text);  // the copy is kept
    if (saved >= 0) ::dup2(saved, STDIN_FILENO), ::close(saved);
}

}  // namespace
}  // namespace abm
