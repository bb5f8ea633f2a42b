#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/report/html_text.h"
#include "core/report/report_parts.h"
#include "core/report/timeline_svg.h"

namespace abm {
namespace {

constexpr std::array kGravestFirst{Severity::critical, Severity::high, Severity::medium, Severity::low};

struct Tally {
    std::int64_t records = 0, sessions = 0;
    std::array<std::int64_t, kSeverityCount> by_severity{};
    Money at_risk = 0;
    bool knows_amount = false;
};

void add(Tally& tally, const Record& record) {
    ++tally.records;
    if (record.kind == RecordKind::session) ++tally.sessions;
    ++tally.by_severity[static_cast<std::size_t>(record.severity)];
    if (record.severity == Severity::none || record.at_risk == kNoAmount) return;
    tally.at_risk += record.at_risk;
    tally.knows_amount = true;
}

// Files that are no journals have no machine to speak of.
std::size_t machines_seen(const std::vector<Tally>& tallies) {
    return static_cast<std::size_t>(std::ranges::count_if(tallies, [](const Tally& tally) { return tally.records > 0; }));
}

struct Span {
    Time first = kUnknownTime, last = kUnknownTime;
};

Span span_of(const Investigation& investigation) {
    Span span;
    for (const Source& source : investigation.sources) {
        if (!known(source.first_time)) continue;
        span.first = known(span.first) ? std::min(span.first, source.first_time) : source.first_time;
        span.last = known(span.last) ? std::max(span.last, source.last_time) : source.last_time;
    }
    return span;
}

void write_tile(std::ostream& out, std::string_view mark, std::string_view number, std::string_view label,
                std::string_view tone = {}) {
    out << fmt::format("<div class=\"tile {}\"><b>{}{}</b><span>{}</span></div>\n", tone, mark, number, label);
}

void write_tiles(const ReportPage& page, const Tally& all, bool several) {
    page.out << "<div class=\"tiles\">\n";
    write_tile(page.out, {}, grouped(all.sessions), all.sessions == 1 ? "session" : "sessions");
    for (const Severity severity : kGravestFirst) {
        write_tile(page.out, severity_mark(severity), grouped(all.by_severity[static_cast<std::size_t>(severity)]),
                   name_of(severity));
    }
    // Machines may pay out different currencies: a sum over them would mean nothing.
    if (all.knows_amount && !several) {
        write_tile(page.out, {}, money_text(all.at_risk), "at risk, in the currency of the machine", "risk");
    }
    page.out << "</div>\n";
}

void write_machines(const ReportPage& page, const std::vector<Tally>& tallies) {
    page.out << "<table><thead><tr><th>Machine</th><th class=\"n\">Sessions</th>";
    for (const Severity severity : kGravestFirst)
        page.out << "<th class=\"n\">" << severity_mark(severity) << ' ' << name_of(severity) << "</th>";
    page.out << "<th class=\"n\">At risk</th></tr></thead>\n<tbody>\n";
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        const Tally& tally = tallies[i];
        if (tally.records == 0) continue;
        page.out << "<tr><td>" << html(page.investigation.machines[i]) << "</td><td class=\"n\">" << grouped(tally.sessions)
                 << "</td>";
        for (const Severity severity : kGravestFirst) {
            page.out << "<td class=\"n\">" << grouped(tally.by_severity[static_cast<std::size_t>(severity)]) << "</td>";
        }
        page.out << "<td class=\"n\">" << (tally.knows_amount ? money_text(tally.at_risk) : "") << "</td></tr>\n";
    }
    page.out << "</tbody></table>\n";
}

}  // namespace

void write_summary(const ReportPage& page) {
    const Investigation& investigation = page.investigation;
    Tally all;
    std::vector<Tally> machines(investigation.machines.size());
    for (const Record& record : investigation.records) {
        if (investigation.source_of(record).format == "unknown") continue;
        add(all, record);
        add(machines[raw(record.machine)], record);
    }
    const Span span = span_of(investigation);
    page.out << "<header><h1>" << html(page.options.title) << "</h1>\n<p class=\"muted\">"
             << counted(investigation.sources.size(), "file", "files") << " &middot; "
             << counted(machines_seen(machines), "machine", "machines");
    if (known(span.first))
        page.out << " &middot; " << readable(span.first).substr(0, 16) << " to " << readable(span.last).substr(0, 16);
    page.out << "</p></header>\n";
    write_tiles(page, all, machines_seen(machines) > 1);
    if (machines_seen(machines) > 1) {
        page.out << "<section><h2>Machines</h2>\n";
        write_machines(page, machines);
        page.out << "</section>\n";
    }
}

void write_timeline(const ReportPage& page) {
    std::vector<bool> listed(page.investigation.records.size());
    for (std::size_t i = 0; i < page.listed; ++i) listed[raw(page.flagged[i])] = true;
    const Timeline timeline = draw_timeline(page.investigation, page.options.lanes, [&](RecordIndex record) {
        return listed[raw(record)] ? record_anchor(record) : std::string();
    });
    if (timeline.svg.empty()) return;
    page.out << "<section><h2>Scores over time</h2>\n" << timeline.svg << "<p class=\"legend\">";
    for (const Severity severity : kGravestFirst) page.out << severity_mark(severity) << ' ' << name_of(severity) << " &ensp; ";
    page.out << "Grey: ordinary records, the range of their scores.";
    if (timeline.machines_left_out > 0) {
        page.out << " The " << timeline.machines << " machines with the gravest records are drawn; "
                 << counted(timeline.machines_left_out, "other is", "others are") << " left out.";
    }
    if (timeline.without_time > 0) {
        page.out << ' ' << counted(timeline.without_time, "record has", "records have") << " no time and no place here.";
    }
    page.out << "</p></section>\n";
}

}  // namespace abm
