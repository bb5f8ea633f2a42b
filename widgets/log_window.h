// The part of a log that is in memory: pages that follow each other, and their rows.
#pragma once

#include <optional>

#include "widgets/log_rows.h"

namespace abm {

class LogWindow {
public:
    static constexpr int kMostRows = 30'000;

    void show(ShownPage page);
    /// False when the page does not continue the window: it was asked for before something else was shown.
    bool append(ShownPage page);
    bool prepend(ShownPage page);
    /// Forgets lines far from a row once there are too many; returns how many rows went in front.
    int trim(int row);
    void setFirstLine(std::int64_t number) { shown_.page.first_line = number; }

    TextSpan span() const { return shown_.page.span; }
    const std::vector<LogLine>& lines() const { return shown_.page.lines; }
    const std::vector<LogRow>& rows() const { return rows_; }
    int rowCount() const { return static_cast<int>(rows_.size()); }
    const LogRow& row(int at) const { return rows_[static_cast<std::size_t>(at)]; }
    /// Of a row; null for a mark.
    const LogLine* lineOf(int row) const;
    /// Where the row begins in the source: for a mark where the next line does.
    std::int64_t offsetOf(int row) const;
    /// The row of the line that holds the byte or is the last before it; -1: outside.
    int rowAt(std::int64_t offset) const;
    int firstLineRow() const { return rowAt(span().offset); }
    std::int64_t numberOf(int row) const;  ///< of its line, from 1; 0: not known

private:
    void makeRows();

    ShownPage shown_;
    std::vector<LogRow> rows_;
    std::vector<int> row_of_line_;
};

}  // namespace abm
