#include "core/series/row_cutter.h"

#include <algorithm>
#include <cstring>

namespace abm {
namespace {

constexpr std::size_t kFirstBuffer = 256 * 1024;
constexpr auto kNone = std::string_view::npos;

bool ends_line(char c) { return c == '\n' || c == '\r'; }

// Where the quoted field that opens at `at` closes: behind its quote. kNone: not within the text.
std::size_t behind_quoted(std::string_view text, std::size_t at) {
    for (++at;;) {
        at = text.find('"', at);
        if (at == kNone) return kNone;
        if (at + 1 >= text.size() || text[at + 1] != '"') return at + 1;
        at += 2;
    }
}

struct End {
    std::size_t at = kNone;  ///< the line end, or the end of the text
    bool misquoted = false;
    bool open = false;  ///< the text ends within a quoted field
};

End end_of_quoted_row(std::string_view text, char separator) {
    for (std::size_t at = 0;;) {
        if (at < text.size() && text[at] == '"') {
            at = behind_quoted(text, at);
            if (at == kNone) return {text.size(), false, true};
            if (at < text.size() && text[at] != separator && !ends_line(text[at])) return {at, true, false};
        }
        while (at < text.size() && text[at] != separator && !ends_line(text[at])) ++at;
        if (at == text.size() || ends_line(text[at])) return {at, false, false};
        ++at;
    }
}

std::size_t end_of_line(std::string_view text) { return std::min(text.find_first_of("\r\n"), text.size()); }

std::size_t behind_line_end(std::string_view text, std::size_t end, bool ended) {
    if (end == text.size()) return ended ? end : 0;
    if (text[end] == '\n') return end + 1;
    if (end + 1 == text.size()) return ended ? end + 1 : 0;  // the LF of CRLF may follow
    return text[end + 1] == '\n' ? end + 2 : end + 1;
}

}  // namespace

std::size_t row_size(std::string_view text, char separator, bool ended) {
    const std::size_t line = end_of_line(text);
    if (separator == '\0' || text.substr(0, line).find('"') == kNone) return behind_line_end(text, line, ended);
    const End end = end_of_quoted_row(text, separator);
    if (end.open && !ended) return 0;
    return behind_line_end(text, end.misquoted || end.open ? line : end.at, ended);
}

std::string_view without_line_end(std::string_view row) {
    if (row.ends_with('\n')) row.remove_suffix(1);
    if (row.ends_with('\r')) row.remove_suffix(1);
    return row;
}

RowCutter::RowCutter(ByteSource& source, char separator, SourceIdentity* identity)
    : source_(source), separator_(separator), identity_(identity), buffer_(kFirstBuffer) {}

// More bytes behind the rest, which moves to the front. false: there are none, or no room.
bool RowCutter::refill() {
    if (ended_ || used_ - at_ >= kMostBytes) return false;
    std::memmove(buffer_.data(), buffer_.data() + at_, used_ - at_);
    used_ -= at_;
    at_ = 0;
    if (buffer_.size() - used_ < buffer_.size() / 2) buffer_.resize(2 * buffer_.size());
    const std::span<char> room(buffer_.data() + used_, buffer_.size() - used_);
    const std::size_t got = source_.read(room);
    if (identity_ != nullptr) identity_->update(room.first(got));
    used_ += got;
    ended_ = got == 0;
    return true;
}

void RowCutter::take(std::size_t bytes, Row& row) {
    row.text = without_line_end(rest().substr(0, bytes));
    row.span = {offset_, static_cast<std::int64_t>(bytes)};
    at_ += bytes;
    offset_ += row.span.bytes;
}

bool RowCutter::next(Row& row) {
    if (!started_) {
        while (used_ < 3 && refill()) {
        }
        started_ = true;
        if (rest().starts_with("\xEF\xBB\xBF")) {
            at_ += 3;
            offset_ += 3;
        }
    }
    for (;;) {
        const std::string_view text = rest();
        std::size_t bytes = text.empty() ? 0 : row_size(text, separator_, ended_);
        if (bytes == 0 && refill()) continue;
        if (text.empty()) return false;
        // No end within the most bytes: a quote that does not close means nothing, then the line is too long.
        if (bytes == 0) bytes = row_size(text, '\0', ended_);
        row.cut = within_long_ || bytes == 0 || bytes > kMostBytes;
        within_long_ = bytes == 0;
        take(bytes == 0 ? text.size() : bytes, row);
        return true;
    }
}

bool FieldSplitter::take_quoted(std::string_view row, std::size_t& at, char separator) {
    const std::size_t end = behind_quoted(row, at);
    if (end == kNone || (end < row.size() && row[end] != separator)) return false;
    const std::string_view inside = row.substr(at + 1, end - at - 2);
    at = end;
    if (inside.find('"') == kNone) {
        fields_.push_back(inside);
        return true;
    }
    const std::size_t first = unquoted_.size();
    for (std::size_t i = 0; i < inside.size(); ++i) {
        unquoted_ += inside[i];
        if (inside[i] == '"') ++i;
    }
    fields_.emplace_back(unquoted_.data() + first, unquoted_.size() - first);
    return true;
}

bool FieldSplitter::split(std::string_view row, char separator) {
    fields_.clear();
    unquoted_.clear();
    unquoted_.reserve(row.size());  // views into it stay valid
    for (std::size_t at = 0;; ++at) {
        if (at < row.size() && row[at] == '"') {
            if (!take_quoted(row, at, separator)) return false;
        } else {
            const std::size_t end = std::min(row.find(separator, at), row.size());
            fields_.push_back(row.substr(at, end - at));
            at = end;
        }
        if (at >= row.size()) return true;
    }
}

}  // namespace abm
