#include "core/base/source_identity.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/core/temporary_folder.h"

namespace abm {
namespace {

using test::sample_text;

SourceIdentity identity_of(std::string_view text, std::vector<std::int64_t> known = {}) {
    SourceIdentity identity(std::move(known));
    identity.update(text);
    return identity;
}

constexpr std::size_t kBlock = SourceIdentity::kBlockBytes;

TEST(SourceIdentity, DoesNotDependOnThePiecesItIsFedWith) {
    const std::string text = sample_text(5 * kBlock + 1234);
    const std::string expected = identity_of(text).hex();
    EXPECT_EQ(expected.size(), 32U);
    std::mt19937 random(3);
    for (int round = 0; round < 20; ++round) {
        SourceIdentity identity({1000, 70'000, 70'001});
        std::string_view rest = text;
        while (!rest.empty()) {
            const std::size_t piece = std::min<std::size_t>(rest.size(), 1 + random() % (2 * kBlock));
            identity.update(rest.substr(0, piece));
            rest.remove_prefix(piece);
        }
        EXPECT_EQ(identity.hex(), expected);
        EXPECT_EQ(identity.hex_at(70'000), identity_of(text.substr(0, 70'000)).hex());
    }
}

TEST(SourceIdentity, EveryByteAndTheLengthCount) {
    const std::string text = sample_text(2 * kBlock + 10);
    std::set<std::string> seen = {identity_of("").hex(), identity_of(text).hex()};
    for (const std::size_t at : {std::size_t{0}, kBlock - 1, kBlock, 2 * kBlock + 9}) {
        std::string changed = text;
        changed[at] ^= 1;
        EXPECT_TRUE(seen.insert(identity_of(changed).hex()).second) << at;
    }
    EXPECT_TRUE(seen.insert(identity_of(text + '\0').hex()).second);
    EXPECT_TRUE(seen.insert(identity_of(text.substr(kBlock, kBlock) + text.substr(0, kBlock)).hex()).second);
    EXPECT_TRUE(seen.insert(identity_of(text.substr(0, kBlock) + text.substr(kBlock, kBlock)).hex()).second);
}

TEST(SourceIdentity, KnowsWhatItHasGrownFrom) {
    const std::string text = sample_text(4 * kBlock + 77);
    const std::vector<std::size_t> lengths = {0,          1,          29'515,          kBlock - 1, kBlock,
                                              kBlock + 1, 3 * kBlock, 4 * kBlock + 76, text.size()};
    const SourceIdentity now = identity_of(text, {lengths.begin(), lengths.end()});
    for (const std::size_t length : lengths) {
        const SourceIdentity older = identity_of(text.substr(0, length));
        EXPECT_EQ(now.starts_with(older.bytes(), older.hex()), true) << length;
        if (length == 0) continue;
        std::string other = text.substr(0, length);
        other[length / 2] ^= 1;
        EXPECT_EQ(now.starts_with(older.bytes(), identity_of(other).hex()), false) << length;
    }
}

TEST(SourceIdentity, SaysWhenItCannotTell) {
    const SourceIdentity now = identity_of(sample_text(2 * kBlock + 5));
    EXPECT_EQ(now.hex_at(100), std::nullopt);
    EXPECT_EQ(now.starts_with(100, "x"), std::nullopt);
    EXPECT_EQ(now.starts_with(now.bytes() + 1, now.hex()), false);
    EXPECT_EQ(now.hex_at(-1), std::nullopt);
    EXPECT_EQ(now.hex_at(now.bytes()), now.hex());
}

TEST(SourceIdentity, CountsTheBlocksTwoSourcesShare) {
    const std::string text = sample_text(3 * kBlock + 9);
    std::string changed = text;
    changed[2 * kBlock + 1] ^= 1;
    EXPECT_EQ(identity_of(text).common_blocks(identity_of(changed)), static_cast<std::int64_t>(2 * kBlock));
    EXPECT_EQ(identity_of(text).common_blocks(identity_of("")), 0);
    EXPECT_EQ(identity_of(text + text).common_blocks(identity_of(text)), static_cast<std::int64_t>(3 * kBlock));
}

// The identity is kept in workspaces: it must never change.
TEST(SourceIdentity, IsTheSameInEveryVersion) {
    EXPECT_EQ(identity_of("").hex(), "00000000000000000000000000000000");
    EXPECT_EQ(identity_of("abc").hex(), "b6b2b1c3cd1c782df5c56289328581f0");
    EXPECT_EQ(identity_of(std::string(100'000, 'x')).hex(), "384160fa03ac17413597e7a98df0359e");
}

}  // namespace
}  // namespace abm
