// The house rules of docs/architecture.md that a compiler does not check, read off the source tree itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/source_folder.h"

namespace {

namespace fs = std::filesystem;

// Bottom up: a folder of core includes itself and those before it.
constexpr std::array<std::string_view, 13> kCoreFolders = {"base",    "data",     "generate", "ingest", "features",
                                                           "capture", "textlog",  "detect",   "series", "decide",
                                                           "store",   "pipeline", "report"};
// What a widget may know of core.
constexpr std::array<std::string_view, 2> kCoreOfWidgets = {"base", "data"};
constexpr std::size_t kMostLines = 400;
constexpr std::array<std::string_view, 0> kLongFiles = {};  // exceptions, with the reason beside each
const std::vector<std::string> kNone;

struct Code {
    std::string path;  // from the root of the tree, with '/'
    std::string text;
};

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool is_code(const fs::path& path) {
    const std::string extension = path.extension().string();
    return extension == ".cpp" || extension == ".h" || extension == ".in";
}

std::vector<Code> code_of(std::initializer_list<const char*> folders) {
    const fs::path root = abm::test::source_folder();
    std::vector<Code> all;
    for (const char* folder : folders) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (!entry.is_regular_file() || !is_code(entry.path())) continue;
            all.push_back({fs::relative(entry.path(), root).generic_string(), read_file(entry.path())});
        }
    }
    return all;
}

const std::vector<Code>& all_code() {
    static const std::vector<Code> all = code_of({"core", "widgets", "app", "tests", "bench"});
    return all;
}

struct Include {
    std::string file;
    bool quoted = false;
};

std::vector<Include> includes_of(const Code& code) {
    static const std::regex pattern(R"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"])", std::regex::multiline);
    std::vector<Include> found;
    for (std::sregex_iterator it(code.text.begin(), code.text.end(), pattern), end; it != end; ++it) {
        found.push_back({(*it)[2], (*it)[1] == "\""});
    }
    return found;
}

// "core/base/time.h" -> "core", "base", "time.h"
std::vector<std::string> parts_of(const std::string& path) {
    std::vector<std::string> parts;
    for (const fs::path& part : fs::path(path)) parts.push_back(part.string());
    return parts;
}

std::ptrdiff_t floor_of(std::string_view core_folder) {
    return std::find(kCoreFolders.begin(), kCoreFolders.end(), core_folder) - kCoreFolders.begin();
}

bool is_qt(const std::string& include) {
    return include.starts_with("Q") || include.starts_with("qt") || include.starts_with("ui_");
}

std::string complaint(const Code& code, const std::string& about) { return code.path + ": " + about; }

// Every complaint that `check` has about the includes of these files.
template <class Check>
std::vector<std::string> complaints(const std::vector<Code>& all, const Check& check) {
    std::vector<std::string> found;
    for (const Code& code : all) {
        for (const Include& include : includes_of(code)) {
            if (check(code, include)) found.push_back(complaint(code, include.file));
        }
    }
    return found;
}

TEST(Architecture, TheTreeIsFound) {
    EXPECT_GT(code_of({"core"}).size(), 50U);
    EXPECT_GT(code_of({"tests"}).size(), 10U);
    const Code sample{"x.cpp", "#include <QString>\n  # include \"core/base/time.h\"\n// #include <QNot>\n"};
    ASSERT_EQ(includes_of(sample).size(), 2U);
    EXPECT_TRUE(is_qt(includes_of(sample)[0].file));
    EXPECT_TRUE(includes_of(sample)[1].quoted);
}

TEST(Architecture, CoreIsFreeOfQt) {
    EXPECT_EQ(complaints(code_of({"core"}), [](const Code&, const Include& include) { return is_qt(include.file); }), kNone);
}

TEST(Architecture, TheCommandLineIsFreeOfQt) {
    EXPECT_EQ(complaints(code_of({"app/cli"}), [](const Code&, const Include& include) { return is_qt(include.file); }), kNone);
}

TEST(Architecture, AppKnowsWidgetsKnowCore) {
    const auto upward = [](const Code& code, const Include& include) {
        const std::string from = parts_of(code.path).front();
        const std::string to = parts_of(include.file).front();
        if (from == "core") return to == "widgets" || to == "app" || to == "tests" || to == "bench";
        if (from == "widgets") return to == "app" || to == "tests" || to == "bench";
        return from == "app" && (to == "tests" || to == "bench");
    };
    EXPECT_EQ(complaints(all_code(), upward), kNone);
}

TEST(Architecture, WidgetsKnowPlainValuesOnly) {
    const auto too_much = [](const Code&, const Include& include) {
        const std::vector<std::string> to = parts_of(include.file);
        return to.front() == "core" && (to.size() < 2 || std::ranges::find(kCoreOfWidgets, to[1]) == kCoreOfWidgets.end());
    };
    EXPECT_EQ(complaints(code_of({"widgets"}), too_much), kNone);
}

TEST(Architecture, EveryFolderOfCoreHasItsFloor) {
    std::vector<std::string> strangers;
    for (const Code& code : code_of({"core"})) {
        const std::vector<std::string> parts = parts_of(code.path);
        if (parts.size() != 3 || floor_of(parts[1]) == std::ssize(kCoreFolders)) strangers.push_back(code.path);
    }
    EXPECT_EQ(strangers, kNone);
}

TEST(Architecture, CoreIncludesDownwardOnly) {
    const auto upward = [](const Code& code, const Include& include) {
        const std::vector<std::string> to = parts_of(include.file);
        if (to.front() != "core") return false;
        return to.size() != 3 || floor_of(to[1]) > floor_of(parts_of(code.path)[1]);
    };
    EXPECT_EQ(complaints(code_of({"core"}), upward), kNone);
}

// What writes sample journals and what reads them share no code: a mistake in one must show in the other.
TEST(Architecture, GeneratorAndReaderAreApart) {
    const auto shared = [](const Code& code, const Include& include) {
        return include.file.starts_with("core/generate/") && parts_of(code.path)[1] != "generate";
    };
    EXPECT_EQ(complaints(code_of({"core"}), shared), kNone);
}

TEST(Architecture, IncludesAreFromTheRoot) {
    const fs::path root = abm::test::source_folder();
    const auto elsewhere = [&root](const Code& code, const Include& include) {
        const bool made_by_moc = include.file.ends_with(".moc");  // Qt's own convention for a Q_OBJECT in a .cpp
        return include.quoted && !made_by_moc && code.path.find(".in") == std::string::npos && !fs::exists(root / include.file);
    };
    EXPECT_EQ(complaints(all_code(), elsewhere), kNone);
}

TEST(Architecture, EveryHeaderIsReadOnce) {
    std::vector<std::string> without;
    for (const Code& code : all_code()) {
        if (code.path.ends_with(".h") && code.text.find("#pragma once\n") == std::string::npos) without.push_back(code.path);
    }
    EXPECT_EQ(without, kNone);
}

TEST(Architecture, FilesAreShort) {
    std::vector<std::string> found;
    for (const Code& code : all_code()) {
        const auto lines = static_cast<std::size_t>(std::ranges::count(code.text, '\n'));
        const bool allowed = std::ranges::find(kLongFiles, code.path) != kLongFiles.end();
        if (lines > kMostLines && !allowed) found.push_back(complaint(code, std::to_string(lines) + " lines"));
    }
    EXPECT_EQ(found, kNone);
}

// A checkout works anywhere: nothing may know where it was written, or where reference data lies.
TEST(Architecture, NoPathOfAnyOneMachine) {
    const std::array<std::string, 4> forbidden = {std::string("/wo") + "rk/", std::string("/ho") + "me/",
                                                  std::string("/ro") + "ot/", std::string("../sha") + "red"};
    std::vector<Code> files = all_code();
    const fs::path root = abm::test::source_folder();
    for (const char* folder : {"packaging", "docs", "resources"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.is_regular_file())
                files.push_back({fs::relative(entry.path(), root).generic_string(), read_file(entry.path())});
        }
    }
    for (const char* file : {"CMakeLists.txt", "CMakePresets.json", "README.md"}) files.push_back({file, read_file(root / file)});
    std::vector<std::string> found;
    for (const Code& code : files) {
        for (const std::string& path : forbidden) {
            if (code.text.find(path) != std::string::npos) found.push_back(complaint(code, path));
        }
    }
    EXPECT_EQ(found, kNone);
}

}  // namespace
