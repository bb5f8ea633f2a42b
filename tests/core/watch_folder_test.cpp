#include "core/pipeline/watch_folder.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "core/base/error.h"
#include "tests/core/session_fixture.h"

namespace abm::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names(const std::vector<SeenFile>& files) {
    std::vector<std::string> found;
    for (const SeenFile& file : files) found.push_back(file.name);
    return found;
}

class WatchFolder : public ::testing::Test {
protected:
    WatchFolder() { fs::create_directories(watched()); }
    fs::path watched() const { return folder_.path() / "in"; }
    void write(const std::string& name, const std::string& text) const {
        fs::create_directories((watched() / name).parent_path());
        folder_.write("in/" + name, text);
    }
    /// As if it had been written last at that second.
    void age(const std::string& name, std::int64_t second) const {
        const timespec times[2]{{second, 0}, {second, 0}};
        ASSERT_EQ(::utimensat(AT_FDCWD, (watched() / name).c_str(), times, 0), 0);
    }
    std::vector<std::string> look() { return names(settling_.look(list_folder(watched()))); }
    void finish(const std::string& name, WatchOutcome outcome = WatchOutcome::stored) {
        const auto seen = look_at(watched(), name);
        ASSERT_TRUE(seen);
        settling_.done({name, seen->stamp, seen->change_time, outcome, {}, {}});
    }

    TemporaryFolder folder_;
    SettlingFiles settling_;
};

using Names = std::vector<std::string>;

TEST_F(WatchFolder, ListsWhatLiesBelowAndNothingThatIsHiddenUnfinishedOrAWorkspace) {
    for (const char* name : {"a.txt", "below/b.pcap", "c", ".hidden", ".folder/x.txt", "d.part", "e.tmp", "f.txt.crdownload",
                             "g~", "w.abmw", "w.abmw-wal", "w.abmw.before-restore", ".w.abmw.new-12-1", "h.txt.partial", "part"})
        write(name, "text");
    fs::create_symlink(watched() / "a.txt", watched() / "link.txt");
    fs::create_symlink(watched() / "nowhere", watched() / "dangling.txt");
    fs::create_directory_symlink(watched() / "below", watched() / "round");
    EXPECT_EQ(names(list_folder(watched())), (Names{"a.txt", "below/b.pcap", "c", "link.txt", "part"}));
}

TEST_F(WatchFolder, AFolderThatIsNotThereIsAnErrorThatNamesIt) {
    try {
        list_folder(watched() / "gone");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Io);
        EXPECT_NE(std::string(error.what()).find("gone"), std::string::npos);
    }
    write("file", "x");
    EXPECT_THROW(list_folder(watched() / "file"), Error);
}

TEST_F(WatchFolder, AFileCountsWhenSizeAndTimeStoodStillForOneLook) {
    write("a.txt", "one");
    age("a.txt", 100);
    EXPECT_EQ(look(), Names{});
    EXPECT_EQ(settling_.waiting(), 1);
    write("a.txt", "one two");
    age("a.txt", 100);
    EXPECT_EQ(look(), Names{}) << "another size";
    age("a.txt", 101);
    EXPECT_EQ(look(), Names{}) << "another time";
    EXPECT_EQ(look(), Names{"a.txt"});
    EXPECT_EQ(settling_.waiting(), 0);
    EXPECT_EQ(look(), Names{"a.txt"}) << "until it is done with";
    finish("a.txt");
    EXPECT_EQ(look(), Names{});
    EXPECT_EQ(settling_.done_count(), 1);
}

TEST_F(WatchFolder, OneThatVanishesMeanwhileBeginsAnew) {
    write("a.txt", "one");
    look();
    fs::remove(watched() / "a.txt");
    EXPECT_EQ(look(), Names{});
    write("a.txt", "one");
    EXPECT_EQ(look(), Names{});
    EXPECT_EQ(look(), Names{"a.txt"});
}

TEST_F(WatchFolder, FilesComeInTheOrderOfTheirArrival) {
    write("z.txt", "1");
    age("z.txt", 500);
    look();
    write("a.txt", "2");
    age("a.txt", 100);  // copied with its old time: it arrived later all the same
    write("c.txt", "3");
    age("c.txt", 300);
    write("b.txt", "4");
    age("b.txt", 300);
    EXPECT_EQ(look(), Names{"z.txt"});
    EXPECT_EQ(look(), (Names{"z.txt", "a.txt", "b.txt", "c.txt"}));
}

TEST_F(WatchFolder, AnEmptyFileWaitsForItsContentButOneThatWasEmptiedIsTold) {
    write("a.txt", "");
    look();
    EXPECT_EQ(look(), Names{});
    write("a.txt", "text");
    look();
    EXPECT_EQ(look(), Names{"a.txt"});
    finish("a.txt");
    write("a.txt", "");
    look();
    const auto emptied = settling_.look(list_folder(watched()));
    ASSERT_EQ(names(emptied), Names{"a.txt"});
    ASSERT_TRUE(emptied.front().before);
    EXPECT_EQ(emptied.front().before->stamp.bytes, 4);
}

TEST_F(WatchFolder, AFileThatChangesComesBackWithWhatBecameOfItBefore) {
    write("a.txt", "one");
    look();
    look();
    finish("a.txt");
    write("a.txt", "one two");
    EXPECT_EQ(look(), Names{});
    const auto again = settling_.look(list_folder(watched()));
    ASSERT_EQ(names(again), Names{"a.txt"});
    ASSERT_TRUE(again.front().before);
    EXPECT_EQ(again.front().before->outcome, WatchOutcome::stored);
    EXPECT_EQ(again.front().before->stamp.bytes, 3);
}

TEST_F(WatchFolder, WhatIsSetAsideIsTriedAgainWhenItOrItsPermissionsChangeOrWhenAsked) {
    write("bad.txt", "one");
    look();
    look();
    finish("bad.txt", WatchOutcome::failed);
    ASSERT_EQ(settling_.set_aside().size(), 1U);
    EXPECT_EQ(settling_.done_count(), 0);
    EXPECT_EQ(look(), Names{});
    fs::permissions(watched() / "bad.txt", fs::perms::owner_read);
    EXPECT_EQ(look(), Names{});
    EXPECT_EQ(look(), Names{"bad.txt"});
    finish("bad.txt", WatchOutcome::failed);
    EXPECT_EQ(look(), Names{});
    settling_.again("bad.txt");
    look();
    EXPECT_EQ(look(), Names{"bad.txt"});
    finish("bad.txt");
    EXPECT_TRUE(settling_.set_aside().empty());
    EXPECT_EQ(settling_.done_count(), 1);
    fs::permissions(watched() / "bad.txt", fs::perms::owner_all);
    EXPECT_EQ(look(), Names{}) << "its content is what was read";
}

TEST_F(WatchFolder, WhatAnEarlierWatchWasDoneWithStaysDoneWith) {
    write("a.txt", "one");
    write("bad.txt", "two");
    const auto a = look_at(watched(), "a.txt");
    const auto bad = look_at(watched(), "bad.txt");
    settling_ = SettlingFiles({{"a.txt", a->stamp, a->change_time, WatchOutcome::stored, {}, {}},
                               {"bad.txt", bad->stamp, bad->change_time, WatchOutcome::failed, "why", {}}});
    EXPECT_EQ(look(), Names{});
    EXPECT_EQ(look(), Names{});
    EXPECT_EQ(settling_.waiting(), 0);
    EXPECT_EQ(settling_.set_aside().front().reason, "why");
}

TEST_F(WatchFolder, TenThousandFilesSettleInOneLookEach) {
    std::vector<SeenFile> files(10'000);
    for (std::size_t at = 0; at < files.size(); ++at) {
        files[at].name = std::to_string(at);
        files[at].stamp = {1, static_cast<std::int64_t>(files.size() - at)};
    }
    EXPECT_EQ(settling_.look(files).size(), 0U);
    EXPECT_EQ(settling_.waiting(), 10'000);
    const auto settled = settling_.look(files);
    ASSERT_EQ(settled.size(), 10'000U);
    EXPECT_EQ(settled.front().name, "9999") << "written first";
}

}  // namespace
}  // namespace abm::test
