#include <fmt/format.h>

#include <algorithm>

#include "core/report/html_text.h"
#include "core/report/report_parts.h"

namespace abm {
namespace {

constexpr std::size_t kShownNotUnderstood = 5;

std::string span_text(const Source& source) {
    if (!known(source.first_time)) return {};
    return readable(source.first_time) + " to " + readable(source.last_time);
}

void write_source_row(const ReportPage& page, const Source& source) {
    const auto number = [&](std::int64_t value) { page.out << "<td class=\"n\">" << grouped(value) << "</td>"; };
    page.out << "<tr><td>" << html(source.name) << "</td><td>" << html(source.format) << (source.gzip ? ", gzip" : "")
             << "</td><td>" << html(source.machine) << "</td><td>" << span_text(source) << "</td>";
    number(source.bytes);
    number(source.sessions);
    number(source.intervals);
    number(source.lines);
    number(source.lines_not_understood);
    number(source.card_numbers_masked);
    number(source.account_numbers_masked);
    page.out << "</tr>\n";
}

void write_problems(const ReportPage& page, const Source& source) {
    for (const SourceProblem& problem : source.problems) {
        page.out << "<p class=\"problem\">" << (problem.fatal ? severity_mark(Severity::high) : severity_mark(Severity::low))
                 << ' ' << html(problem.message) << "</p>\n";
    }
}

// A few of them: what a reader needs to judge whether anything of weight was missed.
void write_not_understood(const ReportPage& page, const Source& source) {
    if (source.first_not_understood.empty()) return;
    page.out << "<details><summary>" << html(source.name) << ": "
             << counted(static_cast<std::size_t>(source.lines_not_understood), "line", "lines") << " not understood</summary>\n"
             << "<table class=\"log plain\"><tbody>\n";
    const std::size_t shown = page.same_file(source) ? std::min(kShownNotUnderstood, source.first_not_understood.size()) : 0;
    if (shown == 0) page.out << "<tr><td></td><td><i>the file is not as it was read</i></td></tr>\n";
    try {
        for (std::size_t i = 0; i < shown; ++i) {
            const TextSpan& line = source.first_not_understood[i];
            const std::vector<LogLine> lines = read_log(source, line);
            page.out << "<tr><td class=\"n muted\">" << grouped(line.offset) << "</td><td class=\"line\">"
                     << (lines.empty() ? std::string() : html(lines.front().text)) << "</td></tr>\n";
        }
    } catch (const Error& error) {
        page.out << "<tr><td></td><td><i>" << html(error.what()) << "</i></td></tr>\n";
    }
    page.out << "</tbody></table></details>\n";
}

}  // namespace

void write_sources(const ReportPage& page) {
    page.out << "<section><h2>What was read</h2>\n<table><thead><tr><th>File</th><th>Format</th><th>Machine</th><th>Time</th><th "
                "class=\"n\">Bytes</th>"
                "<th class=\"n\">Sessions</th><th class=\"n\">Intervals</th><th class=\"n\">Lines</th><th class=\"n\">Not "
                "understood</th>"
                "<th class=\"n\">Card numbers masked</th><th class=\"n\">Account numbers masked</th></tr></thead>\n<tbody>\n";
    for (const Source& source : page.investigation.sources) write_source_row(page, source);
    page.out << "</tbody></table>\n";
    for (const Source& source : page.investigation.sources) write_problems(page, source);
    for (const Source& source : page.investigation.sources) write_not_understood(page, source);
    page.out << "</section>\n";
}

}  // namespace abm
