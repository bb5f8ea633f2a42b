#include "widgets/source_account.h"

#include "widgets/format.h"
#include "widgets/record_view.h"
#include "widgets/theme.h"

namespace abm {
namespace {

QString line_end_words(LineEnd end) {
    switch (end) {
        case LineEnd::cr:
            return QStringLiteral("CR");
        case LineEnd::lf:
            return QStringLiteral("LF");
        case LineEnd::crlf:
            return QStringLiteral("CR LF");
        case LineEnd::mixed:
            return QStringLiteral("mixed");
        case LineEnd::none:
            break;
    }
    return QStringLiteral("none");
}

QString row(const QString& name, const QString& value) {
    return QStringLiteral("<tr><td style='color:%1; padding-right:12px'>%2</td><td>%3</td></tr>")
        .arg(tokens().muted.name(), name, value);
}

QString problem_html(const SourceProblem& problem) {
    const QColor colour = problem.fatal ? tokens().critical : tokens().medium;
    const QString where = problem.offset >= 0 ? " · byte " + count_text(problem.offset) : QString();
    const QString often = problem.count > 1 ? " · " + count_text(problem.count) + " times" : QString();
    return QStringLiteral("<p><span style='color:%1'>%2 <b>%3</b></span><span style='color:%4'>%5</span><br>%6</p>")
        .arg(colour.name(), problem.fatal ? "▲" : "●", problem.fatal ? "Reading stopped" : "Read on", tokens().muted.name(),
             where + often, qstring(problem.message).toHtmlEscaped());
}

QString time_words(const Source& source, const char* none) {
    return known(source.first_time) ? span_text(source.first_time, source.last_time) : QString::fromLatin1(none);
}

QString link_html(const char* target, const char* words) {
    return QStringLiteral("<a style='color:%1' href='%2'>%3</a>").arg(tokens().accent.name(), target, words);
}

QString path_html(const Source& source) {
    return QStringLiteral("<p style='color:%1'>%2</p>")
        .arg(tokens().muted.name(), short_path(qstring(source.path.string())).toHtmlEscaped());
}

QString record_words(const Source& source, const SourceRecords& records) {
    return count_text(records.count) + ' ' + plural_of(view_of(source, records.kind));
}

QString line_rows(const Source& source, const SourceRecords& records) {
    const bool journal = source.sessions + source.intervals > 0;
    QString html;
    if (has_profile(source)) html = row("profile", link_html("reading", "show, choose or edit it"));
    html += row("encoding", qstring(source.encoding).toHtmlEscaped());
    html += row("line ends", line_end_words(source.line_end));
    if (journal || !source.machine.empty())
        html += row(journal ? "machine" : "about",
                    source.machine.empty() ? QStringLiteral("unknown") : qstring(source.machine).toHtmlEscaped());
    html += row("time", time_words(source, "none on its lines"));
    html += journal ? row("sessions", count_text(source.sessions) + " and " + counted(source.intervals, "interval", "intervals"))
                    : row("records", record_words(source, records));
    html += row("lines", count_text(source.lines) + " in " + counted(source.bytes, "byte", "bytes"));
    const QString missing = count_text(source.lines_not_understood);
    html += row("not understood",
                source.lines_not_understood == 0 ? QStringLiteral("none") : missing + " · " + link_html("lines", "list them"));
    html += row("masked", counted(source.card_numbers_masked, "card number", "card numbers") + ", " +
                              counted(source.account_numbers_masked, "account number", "account numbers"));
    return html;
}

QString capture_rows(const Source& source, const SourceRecords& records) {
    QString html = row("link type", qstring(source.link_type).toHtmlEscaped());
    html += row("parties", qstring(source.machine).toHtmlEscaped());
    html += row("reading", link_html("reading", "show or change parties, windows and the limit of responses"));
    html += row("time", time_words(source, "none on its packets"));
    html += row("records", record_words(source, records));
    html += row("packets", count_text(source.packets) + " in " + counted(source.bytes, "byte", "bytes"));
    return html;
}

}  // namespace

QString source_account(const Source& source, const SourceRecords& records) {
    QString html =
        QStringLiteral("<p><b>%1</b></p><table cellpadding='2' cellspacing='0'>").arg(qstring(source.name).toHtmlEscaped());
    html += row("format", qstring(source.format).toHtmlEscaped() + (source.gzip ? ", gzip" : ""));
    html += source.is_capture() ? capture_rows(source, records) : line_rows(source, records);
    html += "</table>";
    for (const SourceProblem& problem : source.problems) html += problem_html(problem);
    return html + path_html(source);
}

QString failure_account(const Source& source) {
    QString html = QStringLiteral("<p><b>%1</b></p><p>Nothing of it was read; the other files are not concerned.</p>")
                       .arg(qstring(source.name).toHtmlEscaped());
    for (const SourceProblem& problem : source.problems) html += problem_html(problem);
    return html + path_html(source);
}

}  // namespace abm
