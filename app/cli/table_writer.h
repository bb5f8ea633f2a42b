// Tables of the command line: aligned for people, CSV and JSON Lines for programs.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/cli/output_file.h"

namespace abm::cli {

enum class TableFormat { automatic, table, csv, jsonl };

struct TableOptions {
    TableFormat format = TableFormat::automatic;  ///< table on a terminal, else CSV; JSON Lines for a file named *.jsonl
    std::filesystem::path out;                    ///< empty: standard output
};

struct Column {
    enum class Kind { text, number };
    std::string_view name;
    Kind kind = Kind::text;
    bool detail = false;  ///< left out of the aligned table: of use to programs only
};

inline constexpr auto kNumber = Column::Kind::number;

/// Rows go out as they come, in constant memory; the aligned table takes its widths from the first rows.
class TableWriter {
public:
    /// columns: outlive the writer. Throws Error{Io} when the file cannot be created.
    TableWriter(std::span<const Column> columns, const TableOptions& options);

    TableFormat format() const { return format_; }  ///< the one chosen

    /// One text a column. Empty: not known, null in JSON Lines. Numbers come as they shall be printed.
    void row(std::vector<std::string> cells);
    /// Writes the rows so far to where they are read; the widths of the aligned table are settled with the first ones.
    void flush();
    /// Writes what is left and gives the file its name. Throws Error{Io}. Without it nothing of a file is kept.
    void finish();

private:
    void write_csv(const std::vector<std::string>& cells);
    void write_jsonl(const std::vector<std::string>& cells);
    void write_aligned(const std::vector<std::string>& cells);
    void start_aligned();
    void pass_on();

    std::span<const Column> columns_;
    OutputFile output_;
    TableFormat format_;
    std::string buffer_;
    std::vector<std::vector<std::string>> first_rows_;  ///< of the aligned table, until the widths are known
    std::vector<std::size_t> widths_;                   ///< empty until then
};

}  // namespace abm::cli
