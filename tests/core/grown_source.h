// Sources that grow, and what a workspace then holds of them.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

#include "core/decide/rule_set.h"
#include "core/pipeline/journal_checkpoint.h"
#include "core/pipeline/workspace_import.h"
#include "tests/core/generated_journals.h"
#include "tests/core/store_test_support.h"

namespace abm::test {

using Outcome = ImportedSource::Outcome;

/// Every value of every row a source has, as text; without the moment it was read at.
inline std::string dump(Workspace& workspace) {
    std::string all;
    for (const char* const query :
         {"SELECT identity, name, path, file_bytes, file_time, bytes, format, encoding, gzip, line_end, machine, lines,"
          " lines_not_understood, first_not_understood, sessions, intervals, card_numbers_masked, account_numbers_masked,"
          " first_time, last_time, problems, feature_schema, reader_version, packets, link_type FROM sources ORDER BY id",
          "SELECT r.source_id, start_offset, kind, bytes, ordinal, m.name, start_time, end_time, amount, at_risk, type, severity,"
          " activity, trivial, feature_row FROM records r JOIN machines m ON m.id = r.machine_id ORDER BY 1, 2, 3",
          "SELECT * FROM findings ORDER BY source_id, position", "SELECT * FROM movements ORDER BY source_id, position",
          "SELECT source_id, first_row, row_count, hex(data) FROM features ORDER BY source_id, first_row",
          "SELECT source_id, first_row, row_count, hex(data) FROM courses ORDER BY source_id, first_row",
          "SELECT * FROM course_words ORDER BY source_id",
          "SELECT source_id, hex(data) FROM session_prints ORDER BY source_id"}) {
        SQLite::Statement rows(workspace.database(), query);
        while (rows.executeStep()) {
            for (int at = 0; at < rows.getColumnCount(); ++at) all += rows.getColumn(at).getString() + "|";
            all += '\n';
        }
    }
    return all;
}

/// The first line that differs, for the message.
inline std::string difference(const std::string& a, const std::string& b) {
    std::istringstream left(a), right(b);
    std::string one, other;
    for (int line = 1;; ++line) {
        const bool more = static_cast<bool>(std::getline(left, one));
        const bool more_there = static_cast<bool>(std::getline(right, other));
        if (!more && !more_there) return {};
        if (more != more_there || one != other)
            return fmt::format("line {}:\n{}\n{}", line, more ? one.substr(0, 500) : "-",
                               more_there ? other.substr(0, 500) : "-");
    }
}

class GrownSource : public ::testing::Test {
protected:
    ImportedSource import(Workspace& workspace, const std::filesystem::path& file) const {
        ImportOptions options;
        options.threads = 2;
        options.rules = &RuleSet::built_in();
        options.who = "ada";
        return import_files(workspace, {&file, 1}, options, {}).front();
    }

    /// Grows a file of these bytes through the given lengths and compares with a workspace that read only the last of them.
    /// Returns from where each was read.
    std::vector<std::int64_t> grow(const std::string& name, const std::string& whole, const std::vector<double>& shares) {
        std::vector<std::int64_t> read_from;
        for (const double share : shares) {
            Workspace grown = Workspace::open(folder_.path() / (name + "-grown.abmw"));
            const auto bytes = static_cast<std::size_t>(share * static_cast<double>(whole.size()));
            const std::filesystem::path file = folder_.write(name, std::string_view(whole).substr(0, bytes));
            const ImportedSource imported = import(grown, file);
            EXPECT_EQ(imported.outcome, share == shares.front() ? Outcome::added : Outcome::grown) << share;
            read_from.push_back(imported.read_from);
            const std::string checkpoint = SourceStore(grown).checkpoint(imported.source);
            if (!checkpoint.empty()) late_ += checkpoint_from(checkpoint).late.size();
            Workspace at_once = Workspace::open(folder_.path() / fmt::format("{}-{}.abmw", name, share));
            import(at_once, file);
            EXPECT_EQ(difference(dump(grown), dump(at_once)), "") << name << " at " << share;
            expect_equal(SourceStore(at_once).load({}).investigation, SourceStore(grown).load({}).investigation);
        }
        return read_from;
    }

    /// A journal of many blocks, with incidents that reach from one to the next.
    static std::string long_journal(std::uint64_t seed, std::int64_t bytes = 16'000'000) {
        GenerateOptions options;
        options.bytes = bytes;
        options.seed = seed;
        options.incident_rate = 0.3;
        options.card_number_leaks = 40;
        return one_journal(options);
    }

    TemporaryFolder folder_;
    std::size_t late_ = 0;  ///< findings of grow() that stood only as long as the file ended there
};

}  // namespace abm::test
