#include "widgets/log_window.h"

#include <algorithm>

namespace abm {
namespace {

template <class T>
void move_behind(std::vector<T>& into, std::vector<T>& from) {
    into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// Evidence of a record that two pages share comes with both; one mark belongs to one page.
void join(ShownPage& first, ShownPage& second) {
    move_behind(first.page.lines, second.page.lines);
    move_behind(first.evidence, second.evidence);
    move_behind(first.marks, second.marks);
    first.page.span.bytes += second.page.span.bytes;
}

}  // namespace

void LogWindow::show(ShownPage page) {
    shown_ = std::move(page);
    makeRows();
}

bool LogWindow::append(ShownPage page) {
    if (page.page.span.offset != span().end()) return false;
    join(shown_, page);
    makeRows();
    return true;
}

bool LogWindow::prepend(ShownPage page) {
    if (page.page.span.end() != span().offset) return false;
    join(page, shown_);
    shown_ = std::move(page);
    makeRows();
    return true;
}

int LogWindow::trim(int row) {
    if (rowCount() <= kMostRows) return 0;
    const int keep = kMostRows / 3;
    const int rows = rowCount();
    const std::int64_t begin = row > keep ? offsetOf(row - keep) : span().offset;
    const std::int64_t end = row + keep < rows ? offsetOf(row + keep) : span().end();
    const auto outside = [&](std::int64_t offset) { return offset < begin || offset >= end; };
    const auto gone =
        std::count_if(lines().begin(), lines().end(), [&](const LogLine& line) { return line.span.offset < begin; });
    const auto line_row = row_of_line_[static_cast<std::size_t>(gone)];
    std::erase_if(shown_.page.lines, [&](const LogLine& line) { return outside(line.span.offset); });
    std::erase_if(shown_.marks, [&](const LogMark& mark) { return outside(mark.offset); });
    std::erase_if(shown_.evidence, [&](const Evidence& item) { return item.line.end() < begin || item.line.offset >= end; });
    shown_.page.span = {begin, end - begin};
    if (shown_.page.first_line > 0) shown_.page.first_line += gone;
    makeRows();
    return line_row - firstLineRow();
}

const LogLine* LogWindow::lineOf(int row) const {
    if (row < 0 || row >= rowCount() || rows_[static_cast<std::size_t>(row)].line < 0) return nullptr;
    return &lines()[static_cast<std::size_t>(rows_[static_cast<std::size_t>(row)].line)];
}

std::int64_t LogWindow::offsetOf(int row) const {
    for (; row < rowCount(); ++row) {
        if (const LogLine* const line = lineOf(row)) return line->span.offset;
    }
    return span().end();
}

int LogWindow::rowAt(std::int64_t offset) const {
    if (lines().empty() || offset < span().offset || offset >= std::max(span().end(), span().offset + 1)) return -1;
    const auto behind = std::upper_bound(lines().begin(), lines().end(), offset,
                                         [](std::int64_t at, const LogLine& line) { return at < line.span.offset; });
    return behind == lines().begin() ? row_of_line_.front()
                                     : row_of_line_[static_cast<std::size_t>(behind - lines().begin() - 1)];
}

std::int64_t LogWindow::numberOf(int row) const {
    if (shown_.page.first_line <= 0 || !lineOf(row)) return 0;
    return shown_.page.first_line + rows_[static_cast<std::size_t>(row)].line;
}

void LogWindow::makeRows() {
    rows_ = log_rows(lines(), shown_.evidence, shown_.marks);
    row_of_line_.clear();
    for (int at = 0; at < rowCount(); ++at) {
        if (rows_[static_cast<std::size_t>(at)].line >= 0) row_of_line_.push_back(at);
    }
}

}  // namespace abm
