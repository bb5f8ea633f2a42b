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
    LogRow row{index, 0, false, qstring(line.meaning)};
    if (row.note.isEmpty() && !speaks_for_itself(line)) row.note = event_text(line.event);
    if (!line.understood && row.note.isEmpty()) row.note = QStringLiteral("not understood");
    if (const Evidence* const proof = evidence_of(line, evidence)) {
        row.evidence = true;
        if (!proof->note.empty()) row.note = qstring(proof->note);
    }
    return row;
}

}  // namespace

QString shown_text(const LogLine& line) {
    constexpr qsizetype kClock = 8;
    const QString text = qstring(line.text);
    if (line.second_of_day < 0) return text;
    qsizetype at = 0;
    while (at < text.size() && text[at] == ' ') ++at;
    const bool timed =
        text.size() >= at + kClock && text[at + 2] == ':' && text[at + 5] == ':' && text[at].isDigit() && text[at + 7].isDigit();
    return timed ? text.mid(at + kClock) : text;
}

std::vector<LogRow> log_rows(const std::vector<LogLine>& lines, const std::vector<Evidence>& evidence) {
    std::vector<LogRow> rows;
    rows.reserve(lines.size());
    std::int32_t clock = -1;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const LogLine& line = lines[at];
        if (line.second_of_day >= 0) {
            const std::int64_t gap = clock >= 0 ? gap_between(clock, line.second_of_day) : 0;
            if (gap >= kGapShown_s) rows.push_back({-1, gap, false, {}});
            clock = line.second_of_day;
        }
        rows.push_back(row_of(line, static_cast<std::int32_t>(at), evidence));
    }
    for (std::size_t at = 1; at + 1 < rows.size(); ++at) {
        if (rows[at].line < 0) rows[at].evidence = rows[at - 1].evidence && rows[at + 1].evidence;
    }
    return rows;
}

std::vector<LogMatch> find_in_log(const std::vector<LogLine>& lines, const QString& needle) {
    std::vector<LogMatch> matches;
    if (needle.isEmpty()) return matches;
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const QString text = shown_text(lines[at]);
        for (qsizetype from = 0; (from = text.indexOf(needle, from, Qt::CaseInsensitive)) >= 0; from += needle.size()) {
            matches.push_back(
                {static_cast<std::int32_t>(at), static_cast<std::int32_t>(from), static_cast<std::int32_t>(needle.size())});
        }
    }
    return matches;
}

}  // namespace abm
