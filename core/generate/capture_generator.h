// Invents a fronthaul capture: a DU that asks and an RU that answers every millisecond, with faults and the truth about them.
// Used by tests and benchmarks.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/progress.h"

namespace abm {

struct GenerateCaptureOptions {
    int seconds = 60;        ///< 1 .. 1,000,000; ignored when bytes > 0
    std::int64_t bytes = 0;  ///< > 0: as many seconds as it takes to write about this many bytes
    std::uint64_t seed = 1;
    double faults_per_minute = 20;  ///< 0 .. 30; kinds in turn, never two within a second
    std::filesystem::path out{};    ///< folder, made if missing
};

struct GeneratedCapture {
    std::filesystem::path file;
    std::int64_t packets = 0;
    std::int64_t bytes = 0;
    std::int64_t windows = 0;  ///< rows of the truth: one for each non-empty window of 100 ms, counted from the first packet
    std::int64_t faulty = 0;   ///< of them
};

/// Writes out/fronthaul.pcap and out/truth.csv with the columns of generate_journals(); kind window; type is missing_responses,
/// late_response, silence, jitter_burst, packet_loss or normal. A missing or late response counts for the window of its
/// request, a silence for the window before it, a loss for the window of the packet behind it. Deterministic: the same options
/// give the same bytes on every platform. Memory is constant. Throws Error{Invalid}, Error{Io} and Error{Cancelled}; then no
/// file of the run is left and older files keep their content.
GeneratedCapture generate_capture(const GenerateCaptureOptions& options, const Progress& progress);

}  // namespace abm
