// Comma-separated values as RFC 4180 describes them.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace abm {

/// The field, quoted only where it must be.
std::string csv_field(std::string_view text);

/// Takes the byte order mark of UTF-8 at the front, nothing else.
void skip_byte_order_mark(std::streambuf& bytes);

/// Reads record after record; quoted fields may hold commas, quotes and line breaks; LF, CRLF and CR end a record; a byte order
/// mark and empty lines are skipped. Constant memory.
class CsvReader {
public:
    static constexpr std::size_t kMostBytes = 16 << 20;  ///< of one record

    /// name: of the file, for messages. separator: of fields.
    CsvReader(std::istream& input, std::string name, char separator = ',');

    /// false at the end. Throws Error{Corrupt} "name:line: ..." for an unclosed quote, text behind a closing quote or a record
    /// over kMostBytes, Error{Io} when reading fails.
    bool next(std::vector<std::string>& fields);
    std::int64_t line() const { return record_line_; }  ///< on which the last record began, from 1
    const std::string& name() const { return name_; }

private:
    std::istream& input_;
    std::string name_;
    char separator_;
    std::int64_t line_ = 1, record_line_ = 0;
    bool started_ = false;
};

}  // namespace abm
