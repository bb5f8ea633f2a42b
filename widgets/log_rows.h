// What the log view shows, row by row: lines, and the silence between them.
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "core/data/finding.h"
#include "core/data/log_line.h"

namespace abm {

/// Where something begins in the source, such as a record: drawn as a rule with words.
struct LogMark {
    std::int64_t offset = 0;
    QString text;
    bool current = false;  ///< the record that is selected
};

/// A page of the log with what is known about its lines.
struct ShownPage {
    LogPage page;
    std::vector<Evidence> evidence;
    std::vector<LogMark> marks;  ///< by offset
};

struct LogRow {
    std::int32_t line = -1;  ///< index of the line; -1: a mark
    std::int64_t gap_s = 0;  ///< seconds since the last line with a time, when that is unusually long; else 0
    bool evidence = false;
    bool current = false;  ///< of a mark
    QString note;          ///< of the evidence; else what the event is or means; the words of a mark
};

inline constexpr std::int64_t kGapShown_s = 10;

/// Lines carry no date, so the gap to a line before a mark is not known: days may lie between. A clock that goes back by half a
/// day and more is read as midnight, a smaller step back as no gap.
std::vector<LogRow> log_rows(const std::vector<LogLine>& lines, const std::vector<Evidence>& evidence,
                             const std::vector<LogMark>& marks = {});

/// How many letters of the text are the time it begins with: that stands in the gutter.
qsizetype clock_length(const QString& text, const LogLine& line);
/// "09:36:07"; empty when the line carries no time.
QString clock_of(const LogLine& line);

}  // namespace abm
