// What the log view shows, row by row: lines, and the silence between them.
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "core/data/finding.h"
#include "core/data/log_line.h"

namespace abm {

struct LogRow {
    std::int32_t line = -1;  ///< index of the line; -1: a gap
    std::int64_t gap_s = 0;  ///< seconds without a line, for a gap
    bool evidence = false;
    QString note;  ///< of the evidence; else what the event is or means
};

inline constexpr std::int64_t kGapShown_s = 60;

/// Gaps of a minute and more get a row of their own. A clock that goes back by half a day and more is read as midnight, a smaller
/// step back as no gap. A gap between two lines of evidence is evidence.
std::vector<LogRow> log_rows(const std::vector<LogLine>& lines, const std::vector<Evidence>& evidence);

/// The text without the time it begins with: that stands in the gutter.
QString shown_text(const LogLine& line);

struct LogMatch {
    std::int32_t line;
    std::int32_t column;  ///< in shown_text()
    std::int32_t length;
};
/// Every occurrence in the order of the lines; case does not matter; overlapping ones are not counted twice.
std::vector<LogMatch> find_in_log(const std::vector<LogLine>& lines, const QString& needle);

}  // namespace abm
