#include "core/report/html_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/report/html_text.h"
#include "core/report/report_parts.h"
#include "core/report/report_style.h"

namespace abm {
namespace {

std::vector<RecordIndex> flagged_records(const Investigation& investigation) {
    std::vector<RecordIndex> flagged;
    for (std::size_t i = 0; i < investigation.records.size(); ++i) {
        if (investigation.records[i].severity != Severity::none) flagged.push_back(static_cast<RecordIndex>(i));
    }
    std::ranges::stable_sort(flagged, std::ranges::greater{},
                             [&](RecordIndex index) { return investigation.records[raw(index)].score; });
    return flagged;
}

void write_head(const ReportPage& page) {
    page.out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             // The page asks for nothing, and may not.
             << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
             << "<title>" << html(page.options.title) << "</title>\n<style>\n"
             << report_style() << "</style>\n</head>\n<body>\n<main>\n";
}

void write_foot(const ReportPage& page) {
    page.out << "<footer>";
    if (!page.options.program.empty()) page.out << "Made by " << html(page.options.program) << ". ";
    page.out << "Offsets count the uncompressed bytes of the file. Times are those of the machines. Card and account numbers are "
                "masked.</footer>\n</main>\n</body>\n</html>\n";
}

}  // namespace

std::string record_anchor(RecordIndex record) { return fmt::format("r{}", raw(record)); }

std::string short_score(float score) {
    const auto hundredths = static_cast<int>(std::floor(static_cast<double>(score) * 100 + 1e-4));
    return hundredths >= 100 ? "1.00" : fmt::format(".{:02}", hundredths);
}

void write_html_report(const ScoredInvestigation& scored, const ReportOptions& options, std::ostream& out,
                       const Progress& progress) {
    const Investigation& investigation = *scored.investigation();
    std::vector<RecordIndex> flagged = flagged_records(investigation);
    const std::size_t listed = std::min(flagged.size(), options.listed_records);
    const ReportPage page{scored, investigation, options, progress, std::move(flagged), listed, out};
    write_head(page);
    write_summary(page);
    write_timeline(page);
    write_findings(page);
    write_discrepancies(page);
    write_sources(page);
    write_foot(page);
}

}  // namespace abm
