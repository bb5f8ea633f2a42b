#include "widgets/log_rows.h"

#include <QStringList>
#include <algorithm>

#include "widgets/format.h"

namespace abm {
namespace {

constexpr std::int64_t kDay_s = 86400;

std::int64_t gap_between(std::int32_t before, std::int32_t after) {
    std::int64_t gap = after - before;
    if (gap <= -kDay_s / 2) gap += kDay_s;
    return std::max<std::int64_t>(gap, 0);
}

const Evidence* evidence_of(const LogLine& line, const std::vector<Evidence>& evidence) {
    const Evidence* found = nullptr;
    for (const Evidence& item : evidence) {
        const bool overlaps =
            item.line.offset < std::max(line.span.end(), line.span.offset + 1) && line.span.offset < item.line.end();
        if (overlaps && (!found || found->note.empty())) found = &item;
    }
    return found;
}

// "*CIM-DEPOSIT ACTIVATED" is a deposit activated: every word of the event stands in the line.
bool repeats(const QString& event, const QString& text) {
    QString letters;  // "GENAC 1 : ARQC" is a "genac1 arqc"
    for (const QChar letter : text) {
        if (letter.isLetterOrNumber()) letters += letter.toLower();
    }
    const QStringList words = event.split(' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) { return letters.contains(word); });
}

// Lines people read without help; a word beside each of them hides the words that matter.
bool speaks_for_itself(const LogLine& line) {
    const std::string_view event = line.event;
    if (repeats(event_text(event), qstring(line.text))) return true;
    return event.empty() || event == "blank" || event == "text" || event == "header" || event.starts_with("receipt") ||
           event.ends_with("_title") || event.ends_with("_head");
}

LogRow row_of(const LogLine& line, std::int32_t index, const std::vector<Evidence>& evidence) {
    LogRow row{index, 0, false, false, qstring(line.meaning)};
    if (row.note.isEmpty() && !speaks_for_itself(line)) row.note = event_text(line.event);
    if (!line.understood && row.note.isEmpty()) row.note = QStringLiteral("not understood");
    if (const Evidence* const proof = evidence_of(line, evidence)) {
        row.evidence = true;
        if (!proof->note.empty()) row.note = qstring(proof->note);
    }
    return row;
}

}  // namespace

qsizetype clock_length(const QString& text, const LogLine& line) {
    constexpr qsizetype kClock = 8;
    if (line.second_of_day < 0) return 0;
    qsizetype at = 0;
    while (at < text.size() && text[at] == ' ') ++at;
    const bool timed =
        text.size() >= at + kClock && text[at + 2] == ':' && text[at + 5] == ':' && text[at].isDigit() && text[at + 7].isDigit();
    return timed ? at + kClock : 0;
}

QString clock_of(const LogLine& line) {
    if (line.second_of_day < 0) return {};
    const std::int32_t second = line.second_of_day;
    return QStringLiteral("%1:%2:%3")
        .arg(second / 3600, 2, 10, QChar('0'))
        .arg(second / 60 % 60, 2, 10, QChar('0'))
        .arg(second % 60, 2, 10, QChar('0'));
}

std::vector<LogRow> log_rows(const std::vector<LogLine>& lines, const std::vector<Evidence>& evidence,
                             const std::vector<LogMark>& marks) {
    std::vector<LogRow> rows;
    rows.reserve(lines.size() + marks.size());
    std::int32_t clock = -1;
    auto mark = marks.begin();
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const LogLine& line = lines[at];
        for (; mark != marks.end() && mark->offset <= line.span.offset; ++mark) {
            rows.push_back({-1, 0, false, mark->current, mark->text});
            clock = -1;
        }
        LogRow row = row_of(line, static_cast<std::int32_t>(at), evidence);
        if (line.second_of_day >= 0) {
            const std::int64_t gap = clock >= 0 ? gap_between(clock, line.second_of_day) : 0;
            if (gap >= kGapShown_s) row.gap_s = gap;
            clock = line.second_of_day;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace abm
