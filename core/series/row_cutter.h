// The rows of a table as bytes: where one ends, and its fields.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/byte_source.h"
#include "core/base/ids.h"
#include "core/base/source_identity.h"

namespace abm {

/// Bytes of the row at the front of the text, with its line end (LF, CRLF or CR); 0 when it does not end within the text and
/// the text goes on (not `ended`). With a separator (not NUL) line ends within quoted fields belong to the row; a quote that
/// does not close as RFC 4180 wants it means nothing, so that one bad quote costs one line and not the rest of the file.
std::size_t row_size(std::string_view text, char separator, bool ended);

/// The row without its line end.
std::string_view without_line_end(std::string_view row);

/// Cuts one source. Constant memory: a row over kMostBytes comes in pieces that are marked.
class RowCutter {
public:
    static constexpr std::size_t kMostBytes = 1U << 20;

    struct Row {
        std::string_view text;  ///< without its line end; valid until the next call
        TextSpan span;          ///< with its line end
        bool cut = false;       ///< a piece of a row over kMostBytes
    };

    /// separator: NUL: every line is a row. identity: when given, fed with every byte. Both outlive this object.
    RowCutter(ByteSource& source, char separator, SourceIdentity* identity);

    /// false at the end, or where the source breaks off. A byte order mark is skipped; empty rows are not.
    bool next(Row& row);

private:
    std::string_view rest() const { return {buffer_.data() + at_, used_ - at_}; }
    bool refill();
    void take(std::size_t bytes, Row& row);

    ByteSource& source_;
    char separator_;
    SourceIdentity* identity_;
    std::vector<char> buffer_;
    std::size_t at_ = 0, used_ = 0;
    std::int64_t offset_ = 0;  ///< of buffer_[at_]
    bool ended_ = false, started_ = false, within_long_ = false;
};

/// The fields of one row.
class FieldSplitter {
public:
    /// false for a quote that does not close. Fields are valid until the next call and as long as the row.
    bool split(std::string_view row, char separator);
    const std::vector<std::string_view>& fields() const { return fields_; }

private:
    bool take_quoted(std::string_view row, std::size_t& at, char separator);

    std::vector<std::string_view> fields_;
    std::string unquoted_;  ///< fields whose doubled quotes had to go
};

}  // namespace abm
