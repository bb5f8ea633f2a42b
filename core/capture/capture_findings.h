// What a capture proves about its windows, in sentences. Thresholds: CaptureOptions, docs/captures.md.
#pragma once

#include <vector>

#include "core/capture/capture_options.h"
#include "core/capture/capture_survey.h"
#include "core/capture/capture_windows.h"
#include "core/data/finding.h"

namespace abm {

struct CaptureContext {
    const CaptureOptions& options;
    const SilenceLimit& silence;
    std::string a, b;  ///< what the sentences call the parties: "DU 00:11:22:33:44:55", "party A"
};

struct CaptureFindings {
    std::vector<Finding> findings;  ///< by record, gravest first
    std::int64_t not_kept = 0;      ///< beyond CaptureOptions::most_findings of a type
};

/// Time O(n log n) in windows and findings.
CaptureFindings find_in_capture(const CaptureWindows& windows, const CaptureContext& context);

/// "1.06 ms", "2.3 s", "3 h 25 min": three figures, or whole minutes.
std::string gap_text(double ns);

}  // namespace abm
