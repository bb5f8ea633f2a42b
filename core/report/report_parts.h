// The sections of the report; each writes itself. Used by html_report.cpp alone.
#pragma once

#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "core/report/html_report.h"

namespace abm {

struct ReportPage {
    const ScoredInvestigation& scored;
    const Investigation& investigation;
    const ReportOptions& options;
    const Progress& progress;
    std::vector<RecordIndex> flagged;  ///< of low severity and above, gravest first
    std::size_t listed = 0;            ///< of them, the first so many have a place in the list
    std::ostream& out;
    mutable std::map<std::string, bool> holds = {};  ///< see same_file(); by identity

    /// The file is still the one that was read, so that its lines prove something.
    bool same_file(const Source& source) const {
        const auto known = holds.find(source.identity);
        if (known != holds.end()) return known->second;
        return holds.emplace(source.identity, still_holds(source)).first->second;
    }
};

void write_summary(const ReportPage& page);  ///< the few numbers a reader wants first, and a row for each machine
void write_timeline(const ReportPage& page);
void write_findings(const ReportPage& page);
void write_discrepancies(const ReportPage& page);
void write_sources(const ReportPage& page);  ///< what was read, and what was not understood

/// Name of the place in the list, "r17"; a link to it is "#r17".
std::string record_anchor(RecordIndex record);
/// ".98", cut and not rounded, so that it never shows the band above.
std::string short_score(float score);

}  // namespace abm
