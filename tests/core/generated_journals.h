// Reads what the generator wrote, with code that shares nothing with it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/generate/generate.h"
#include "tests/core/csv_rows.h"
#include "tests/core/temporary_folder.h"

namespace abm::test {

struct JournalLine {
    std::int64_t offset;
    std::string_view text;
};

struct TruthRow {
    std::string file, kind, label, type, severity, note, start_time, amount;
    std::int64_t ordinal, start, end;
};

inline std::vector<JournalLine> lines_of(std::string_view content) {
    std::vector<JournalLine> lines;
    std::size_t at = 0;
    while (at < content.size()) {
        const std::size_t end = std::min(content.find_first_of("\r\n", at), content.size());
        lines.push_back({static_cast<std::int64_t>(at), content.substr(at, end - at)});
        at = end + 1;
        if (end + 1 < content.size() && content[end] == '\r' && content[end + 1] == '\n') ++at;
    }
    return lines;
}

inline std::vector<TruthRow> truth_of(const std::filesystem::path& folder) {
    std::ifstream in(folder / "truth.csv");
    std::vector<TruthRow> rows;
    std::string line;
    std::getline(in, line);
    EXPECT_EQ(line, "file,kind,ordinal,start_offset,end_offset,start_time,label,type,severity,amount_at_risk,note");
    while (std::getline(in, line)) {
        const auto f = csv_fields(line);
        EXPECT_EQ(f.size(), 11u) << line;
        if (f.size() != 11) continue;
        rows.push_back({f[0], f[1], f[6], f[7], f[8], f[10], f[5], f[9], std::stoll(f[2]), std::stoll(f[3]), std::stoll(f[4])});
    }
    return rows;
}

/// A folder of its own that goes with the test.
class GeneratedFolder {
public:
    explicit GeneratedFolder(std::string_view name)
        : path_(std::filesystem::temp_directory_path() /
                ("abm_generate_" + std::string(name) + "_" + std::to_string(::getpid()))) {
        std::filesystem::remove_all(path_);
    }
    ~GeneratedFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

    GeneratedSummary generate(GenerateOptions options = {}) {
        options.out = path_;
        return generate_journals(options, Progress{});
    }

    /// Journals by name, without truth.csv.
    std::map<std::string, std::string> journals() const {
        std::map<std::string, std::string> all;
        for (const auto& entry : std::filesystem::directory_iterator(path_)) {
            if (entry.path().filename() != "truth.csv") all[entry.path().filename().string()] = read_whole(entry.path());
        }
        return all;
    }

private:
    std::filesystem::path path_;
};

/// The text of a journal of one machine.
inline std::string one_journal(GenerateOptions options) {
    GeneratedFolder journals("one_" + std::to_string(options.seed) + "_" + std::to_string(options.days));
    options.machines = 1;
    journals.generate(options);
    return journals.journals().begin()->second;
}

}  // namespace abm::test
