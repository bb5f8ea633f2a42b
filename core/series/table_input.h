// One pass over the rows of a table, whatever it is written in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/byte_source.h"
#include "core/base/source_identity.h"
#include "core/series/row_cutter.h"
#include "core/series/table_form.h"

namespace abm {

inline constexpr std::int64_t kRowsPerReport = 4'096;   ///< of progress
inline constexpr std::size_t kMostNotUnderstood = 100;  ///< places that are listed; all are counted

struct TableRow {
    TextSpan span;
    std::vector<std::string_view> cells;  ///< by column; those a JSON object lacks are empty; valid until the next row
    bool understood = false;  ///< false: not JSON, another number of fields, a quote that does not close, or over 1 MiB
    std::string_view text;    ///< without its line end
    bool ends_cr = false, ends_lf = false;
};

/// Columns are the fields of the first row that has any, or the members of the JSON objects as they appear, members within
/// members as "a.b"; arrays are one cell of text. Empty lines are no rows. Not thread-safe; one pass.
class TableInput {
public:
    static constexpr std::size_t kMostColumns = 2'000;  ///< of JSON Lines; members beyond are left out
    static constexpr int kDeepest = 8;                  ///< members within members; below, they are one cell of text

    /// columns: of an earlier pass over the same source, or empty. identity: see RowCutter. Throws Error{Io}.
    TableInput(const std::filesystem::path& path, std::vector<std::string> columns = {}, SourceIdentity* identity = nullptr);

    /// false at the end, or where the source breaks off: bytes().problem() says why.
    bool next(TableRow& row);

    const TableForm& form() const { return form_; }
    const ByteSource& bytes() const { return *bytes_; }
    /// The names as written, known after the first row; of JSON Lines those so far.
    const std::vector<std::string>& columns() const { return columns_; }
    bool left_out() const { return left_out_; }  ///< there were more than kMostColumns
    std::string_view head() const { return head_; }

private:
    void read_fields(TableRow& row);
    void read_object(TableRow& row);
    void name_columns(const std::vector<std::string_view>& fields);
    std::size_t column_of(const std::string& name);

    std::string head_;
    TableForm form_;
    std::unique_ptr<ByteSource> bytes_;
    std::unique_ptr<RowCutter> cutter_;
    FieldSplitter splitter_;
    std::vector<std::string> columns_;
    std::unordered_map<std::string, std::size_t> column_index_;
    std::vector<std::string> json_cells_;
    bool header_pending_ = false, left_out_ = false;
};

}  // namespace abm
