#include "core/base/csv.h"

#include <fmt/format.h>

#include <streambuf>

#include "core/base/error.h"

namespace abm {
namespace {

constexpr int kEnd = std::char_traits<char>::eof();
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool ends_line(int c) { return c == '\n' || c == '\r'; }

/// The bytes of one record, one after the other, with the lines counted.
class RecordScan {
public:
    RecordScan(std::streambuf& bytes, std::int64_t& line, const std::string& name, char separator)
        : bytes_(bytes), line_(line), first_line_(line), name_(name), separator_(separator) {}

    void skip_line_ends() {
        while (ends_line(bytes_.sgetc())) take_line_end();
        first_line_ = line_;
    }
    std::int64_t first_line() const { return first_line_; }
    bool at_end() const { return bytes_.sgetc() == kEnd; }

    void read(std::vector<std::string>& fields) {
        do {
            count(sizeof(std::string));  // a record of nothing but commas is large, too
            read_field(fields.emplace_back());
        } while (take_separator());
        if (!at_end()) take_line_end();
    }

private:
    void read_field(std::string& field) {
        if (bytes_.sgetc() == '"') return read_quoted(field);
        for (int c = bytes_.sgetc(); c != kEnd && c != separator_ && !ends_line(c); c = bytes_.snextc()) keep(field, c);
    }

    void read_quoted(std::string& field) {
        const std::int64_t opened = line_;
        bytes_.sbumpc();
        for (;;) {
            const int c = bytes_.sgetc();
            if (c == kEnd) fail(opened, "a quoted field begins here and does not end");
            if (c == '"') {
                if (bytes_.snextc() != '"') break;  // else a doubled quote: one of the field's own
                keep(field, '"');
                bytes_.sbumpc();
            } else if (c == '\r') {
                keep(field, '\r');
                if (bytes_.snextc() != '\n') ++line_;  // else the LF counts
            } else {
                if (c == '\n') ++line_;
                keep(field, c);
                bytes_.sbumpc();
            }
        }
        const int behind = bytes_.sgetc();
        if (behind != kEnd && behind != separator_ && !ends_line(behind)) fail(line_, "text behind the closing quote of a field");
    }

    bool take_separator() {
        if (bytes_.sgetc() != separator_) return false;
        bytes_.sbumpc();
        return true;
    }

    void take_line_end() {
        if (bytes_.sbumpc() == '\r' && bytes_.sgetc() == '\n') bytes_.sbumpc();
        ++line_;
    }

    void keep(std::string& field, int c) {
        count(1);
        field += std::char_traits<char>::to_char_type(c);
    }

    void count(std::size_t bytes) {
        taken_ += bytes;
        if (taken_ > CsvReader::kMostBytes)
            fail(first_line_, fmt::format("a row of more than {} MiB begins here", CsvReader::kMostBytes >> 20));
    }

    [[noreturn]] void fail(std::int64_t line, std::string_view what) const {
        throw Error(ErrorCode::Corrupt, fmt::format("{}:{}: {}; is this a CSV file?", name_, line, what));
    }

    std::streambuf& bytes_;
    std::int64_t& line_;
    std::int64_t first_line_;
    const std::string& name_;
    int separator_;
    std::size_t taken_ = 0;
};

}  // namespace

void skip_byte_order_mark(std::streambuf& bytes) {
    std::size_t seen = 0;
    while (seen < kByteOrderMark.size() && bytes.sgetc() == std::char_traits<char>::to_int_type(kByteOrderMark[seen])) {
        bytes.sbumpc();
        ++seen;
    }
    // Part of a mark is text of another kind: hand it back.
    while (seen > 0 && seen < kByteOrderMark.size()) bytes.sputbackc(kByteOrderMark[--seen]);
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

CsvReader::CsvReader(std::istream& input, std::string name, char separator)
    : input_(input), name_(std::move(name)), separator_(separator) {}

bool CsvReader::next(std::vector<std::string>& fields) {
    fields.clear();
    if (input_.fail() || input_.rdbuf() == nullptr) throw Error(ErrorCode::Io, name_ + ": cannot be read");
    try {
        std::streambuf& bytes = *input_.rdbuf();
        if (!started_) skip_byte_order_mark(bytes);
        started_ = true;
        RecordScan scan(bytes, line_, name_, separator_);
        scan.skip_line_ends();
        if (scan.at_end()) return false;
        record_line_ = scan.first_line();
        scan.read(fields);
        return true;
    } catch (const std::ios_base::failure& error) {
        throw Error(ErrorCode::Io, fmt::format("{}:{}: cannot be read on: {}", name_, line_, error.what()));
    }
}

}  // namespace abm
