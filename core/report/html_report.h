// An investigation as one HTML file: to read, to print, to file with the case. Nothing in it is loaded from elsewhere.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>

#include "core/base/progress.h"
#include "core/pipeline/investigate.h"

namespace abm {

struct ReportOptions {
    std::string title = "Journal investigation";
    std::string program;               ///< "ABM Workbench 0.2.0", shown at the foot; may be empty
    std::size_t listed_records = 200;  ///< the gravest ones are listed, the others counted
    std::size_t listed_discrepancies = 500;
    std::size_t lanes = 60;           ///< machines in the timeline, those with the gravest records first
    std::size_t evidence_lines = 12;  ///< of each finding
};

/// Reads the evidence lines from the sources at this moment, masked; a line that can no longer be read says so in its place.
/// The same investigation and options give the same bytes. Memory: one record at a time beside the investigation.
/// Throws Error{Cancelled}; a stream that fails is the caller's to notice.
void write_html_report(const ScoredInvestigation& scored, const ReportOptions& options, std::ostream& out,
                       const Progress& progress = {});

}  // namespace abm
