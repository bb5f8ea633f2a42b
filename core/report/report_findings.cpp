#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "core/decide/explain.h"
#include "core/features/session_features.h"
#include "core/report/html_text.h"
#include "core/report/report_parts.h"

namespace abm {
namespace {

constexpr std::size_t kMostContributions = 6;

/// The masked line a piece of evidence names, or why it cannot be shown.
std::string evidence_text(const ReportPage& page, const Source& source, const TextSpan& line) {
    try {
        const std::vector<LogLine> lines = read_log(source, line);
        if (!page.same_file(source)) return "<i>cannot be shown: the file has changed since it was read</i>";
        if (lines.empty()) return {};
        const bool blank = lines.front().text.find_first_not_of(' ') == std::string::npos;
        // Only escape sequences for the printer: what they mean to the machine says more than nothing.
        return blank ? fmt::format("<i>control sequence: {}</i>", html(lines.front().event)) : html(lines.front().text);
    } catch (const Error& error) {
        return fmt::format("<i>cannot be shown: {}</i>", html(error.what()));
    }
}

void write_evidence(const ReportPage& page, const Source& source, const std::vector<Evidence>& evidence) {
    if (evidence.empty()) return;
    page.out << "<table class=\"log\"><tbody>\n";
    const std::size_t shown = std::min(evidence.size(), page.options.evidence_lines);
    for (std::size_t i = 0; i < shown; ++i) {
        page.out << "<tr><td class=\"n muted\">" << grouped(evidence[i].line.offset) << "</td><td class=\"line\">"
                 << evidence_text(page, source, evidence[i].line) << "</td><td class=\"note\">" << html(evidence[i].note)
                 << "</td></tr>\n";
    }
    page.out << "</tbody></table>\n";
    if (evidence.size() > shown)
        page.out << "<p class=\"muted\">and " << counted(evidence.size() - shown, "more line", "more lines") << "</p>\n";
}

/// Findings of one rule with one sentence: twenty restarts in one interval are one line with all that proves them.
struct Group {
    const Finding* first = nullptr;
    std::size_t times = 0;
    std::vector<Evidence> evidence;
};

std::vector<Group> grouped_findings(std::span<const Finding> findings) {
    std::vector<Group> groups;
    for (const Finding& finding : findings) {
        auto group = std::ranges::find_if(groups, [&](const Group& other) {
            return other.first->rule == finding.rule && other.first->sentence == finding.sentence;
        });
        if (group == groups.end()) group = groups.insert(group, Group{&finding, 0, {}});
        ++group->times;
        group->evidence.insert(group->evidence.end(), finding.evidence.begin(), finding.evidence.end());
    }
    return groups;
}

void write_group(const ReportPage& page, const Source& source, const Group& group, bool headline) {
    const std::string times =
        group.times > 1 ? fmt::format(" <span class=\"muted\">{} times</span>", group.times) : std::string();
    if (!headline) {
        page.out << "<p class=\"finding\">" << severity_mark(group.first->severity) << ' ' << html(group.first->sentence) << times
                 << "</p>\n";
    } else if (group.times > 1) {
        page.out << "<p>" << times << "</p>\n";
    }
    if (!group.first->action.empty()) page.out << "<p class=\"action\">Do: " << html(group.first->action) << "</p>\n";
    write_evidence(page, source, group.evidence);
}

std::string usual_range(const Contribution& part) {
    if (!std::isfinite(part.usual_low)) return {};
    const std::string low = feature_text(part.feature, part.usual_low);
    const std::string high = feature_text(part.feature, part.usual_high);
    return low == high ? low : fmt::format("{} to {}", low, high);
}

void write_contributions(const ReportPage& page, const Explanation& explanation) {
    page.out << "<table class=\"why\"><thead><tr><th>What the models found odd</th><th class=\"n\">Here</th><th "
                "class=\"n\">Usual on this "
                "machine</th><th>Weight</th></tr></thead><tbody>\n";
    std::size_t shown = 0;
    for (const Contribution& part : explanation.contributions) {
        if (part.margin <= 0 || shown++ == kMostContributions) break;
        const std::string value = std::isfinite(part.value) ? feature_text(part.feature, part.value) : "unknown";
        page.out
            << "<tr><td>" << html(feature_phrase(part.feature)) << "</td><td class=\"n\">" << html(value)
            << "</td><td class=\"n muted\">" << html(usual_range(part))
            << fmt::format(
                   R"(</td><td><svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label="{0:.0f} %"><rect class="track" width="100" height="6"/><rect width="{0:.1f}" height="6"/></svg></td></tr>)",
                   100 * part.share)
            << '\n';
    }
    page.out << "</tbody></table>\n";
}

/// From the forest to the place among all records, as numbers: without them two records of one score look the same.
void write_steps(const ReportPage& page, const Explanation& explanation) {
    page.out << fmt::format("<p class=\"facts\">Course as a whole {:+.1f}", explanation.deviations);
    if (explanation.correction != 0) page.out << fmt::format(", labels {:+.1f}", explanation.correction);
    for (const ChannelShare& channel : explanation.channels) {
        if (channel.lift > 0) page.out << fmt::format(", {} {:+.1f}", html(channel_words(channel.name)), channel.lift);
    }
    const double silenced = explanation.raised - explanation.deviations - explanation.lift;
    if (silenced > 0.05) page.out << fmt::format(", less {:.1f} that labels take from these", silenced);
    page.out << fmt::format(": together {:+.1f} standard deviations, as odd as one in {} records", explanation.taught,
                            grouped(std::llround(1.0 / std::max(explanation.tail_probability, 1e-9))));
    if (explanation.probability)
        page.out << fmt::format("; of those reviewed {:.0f} % like it were called anomalies", 100 * *explanation.probability);
    page.out << "</p>\n";
}

std::string record_facts(const Investigation& investigation, const Record& record) {
    std::string facts = html(investigation.machine_of(record));
    facts += fmt::format(" &middot; {} {}", name_of(record.kind), record.ordinal);
    if (known(record.start)) facts += " &middot; " + readable(record.start);
    if (known(record.end)) facts += " &ndash; " + clock_text(record.end);
    facts += fmt::format(" &middot; {}, bytes {}&ndash;{}", html(investigation.source_of(record).name),
                         grouped(record.span.offset), grouped(record.span.end()));
    return facts;
}

void write_record(const ReportPage& page, RecordIndex index) {
    const Investigation& investigation = page.investigation;
    const Record& record = investigation.records[raw(index)];
    const auto findings = investigation.findings_of(record);
    Explanation explanation;
    if (findings.empty()) explanation = page.scored.explain(index);
    const bool explained = !explanation.contributions.empty();
    const std::string sentence =
        explained ? unusual_sentence(explanation, record.provisional) : sentence_of(investigation, record);

    page.out << fmt::format("<article id=\"{}\" class=\"{}\">\n<p class=\"facts\">{}</p>\n", record_anchor(index),
                            name_of(record.severity), record_facts(investigation, record));
    page.out << "<h3>" << html(sentence) << "</h3>\n<p class=\"verdict\">" << severity_mark(record.severity) << " <b>"
             << name_of(record.severity) << "</b> &middot; " << html(display_name(record.type)) << " &middot; score "
             << short_score(record.score);
    if (record.at_risk != kNoAmount) page.out << " &middot; <b>" << money_text(record.at_risk) << "</b> at risk";
    page.out << "</p>\n";
    const std::vector<Group> groups = grouped_findings(findings);
    for (std::size_t i = 0; i < groups.size(); ++i) write_group(page, investigation.source_of(record), groups[i], i == 0);
    if (explained) write_contributions(page, explanation);
    if (!explanation.channels.empty()) write_steps(page, explanation);
    page.out << "</article>\n";
}

void write_source_findings(const ReportPage& page) {
    for (const Finding& finding : page.investigation.source_findings) {
        const Source& source = page.investigation.sources[raw(finding.record)];
        page.out << "<article class=\"" << name_of(finding.severity) << "\">\n<p class=\"facts\">" << html(source.name)
                 << "</p>\n<h3>" << html(finding.sentence) << "</h3>\n<p class=\"verdict\">" << severity_mark(finding.severity)
                 << " <b>" << name_of(finding.severity) << "</b> &middot; " << html(display_name(finding.type)) << "</p>\n";
        write_group(page, source, grouped_findings({&finding, 1}).front(), true);
        page.out << "</article>\n";
    }
}

}  // namespace

void write_findings(const ReportPage& page) {
    page.out << "<section><h2>Findings</h2>\n";
    if (page.flagged.empty() && page.investigation.source_findings.empty()) {
        page.out << "<p>Nothing was found: no rule holds and no session is unusual.</p>\n";
    }
    for (std::size_t i = 0; i < page.listed; ++i) {
        page.progress.checkpoint(static_cast<double>(i) / static_cast<double>(page.listed), "writing the report");
        write_record(page, page.flagged[i]);
    }
    if (page.flagged.size() > page.listed) {
        page.out << "<p>The " << page.listed << " gravest of "
                 << counted(page.flagged.size(), "flagged record", "flagged records")
                 << " are listed; the others are counted above.</p>\n";
    }
    write_source_findings(page);
    page.out << "</section>\n";
}

}  // namespace abm
