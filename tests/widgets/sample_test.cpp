// The sample is made once, whole, and without the answers.
#include "app/workbench/sample.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>
#include <fstream>

#include "core/base/error.h"

// Not in abm, where series have samples of their own.
namespace {

using abm::ErrorCode;
using abm::make_sample;
namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

class Sample : public ::testing::Test {
protected:
    QTemporaryDir place_;
    fs::path cache_ = fs::path(place_.path().toStdString()) / "cache";
    fs::path folder_ = cache_ / "sample";
};

TEST_F(Sample, HoldsThreeJournalsAndNothingElseIsLeft) {
    EXPECT_EQ(make_sample(folder_, {}), folder_);
    const auto files = files_of(cache_);
    ASSERT_EQ(files.size(), 3U);
    for (const fs::path& file : files) {
        EXPECT_EQ(file.extension(), ".txt");
        EXPECT_EQ(file.parent_path(), folder_);
        EXPECT_GT(fs::file_size(file), 10000U);
    }
}

TEST_F(Sample, IsMadeAgainOnlyWhenAJournalIsMissing) {
    make_sample(folder_, {});
    const auto first = files_of(folder_).front();
    const auto size = fs::file_size(first);
    std::ofstream(first, std::ios::app) << "a note of the user\n";
    make_sample(folder_, {});
    EXPECT_GT(fs::file_size(first), size) << "a whole sample is left alone";
    fs::remove(files_of(folder_).back());
    make_sample(folder_, {});
    EXPECT_EQ(files_of(folder_).size(), 3U);
    EXPECT_EQ(fs::file_size(first), size);
}

TEST_F(Sample, SaysWhereItCouldNotBeMade) {
    fs::create_directories(cache_);
    std::ofstream(cache_ / "file") << "in the way";
    try {
        make_sample(cache_ / "file" / "sample", {});
        FAIL() << "a file is no folder";
    } catch (const abm::Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::Io);
        EXPECT_NE(std::string(error.what()).find("file/sample"), std::string::npos) << error.what();
    }
}

}  // namespace
