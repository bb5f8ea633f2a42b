// The first of two passes over a capture: what it is, who talks in it, which gaps are usual, what is irregular.
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/progress.h"
#include "core/capture/capture_options.h"
#include "core/capture/conversations.h"
#include "core/capture/log_histogram.h"
#include "core/data/source.h"

namespace abm {

inline constexpr std::int64_t kPacketsPerReport = 8192;  ///< of progress, in both passes

struct CaptureSurvey {
    bool readable = false;  ///< there is a capture to take the second pass over
    std::int64_t packets = 0;
    int link_type = 0;
    int snap_length = 0;
    std::optional<Link> link;  ///< the two parties, as far as packets have ends
    LogHistogram<4> gaps_ns;   ///< between packets that follow one another, both with a time
};

/// Fills format, sizes, identity, times and problems of `source`, whose path is set. Throws Error{Cancelled} alone: what
/// cannot be read is a problem of the source. Progress: 0 .. 0.5.
CaptureSurvey survey_capture(Source& source, const Progress& progress);

/// What the gaps of a capture make of a silence.
struct SilenceLimit {
    std::int64_t usual_ns = 0;  ///< 95 of 100 gaps are at or below
    std::int64_t limit_ns = 0;  ///< longer gaps are silences
};
/// The limit is the largest of silence_least, silence_factor times the usual gap, and three times the gap that all but one in
/// 500 (and at least five) stay under: what happens again and again is no silence. Never reached below 20 gaps.
SilenceLimit silence_limit(const LogHistogram<4>& gaps_ns, const CaptureOptions& options);

}  // namespace abm
