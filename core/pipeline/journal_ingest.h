// Reads journals into an investigation without scores: blocks are understood in parallel, linked in order, judged in parallel.
#pragma once

#include "core/pipeline/ingest.h"

namespace abm {

/// ingest() of files that are journals, or cannot be read as anything else.
Investigation ingest_journals(std::span<const std::filesystem::path> files, const IngestOptions& options,
                              const Progress& progress);

}  // namespace abm
