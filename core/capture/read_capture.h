// A packet capture as a source of windows.
#pragma once

#include <filesystem>

#include "core/base/progress.h"
#include "core/capture/capture_options.h"
#include "core/data/source_reading.h"

namespace abm {

/// Reads the file twice, from front to back and in blocks: first who talks and which gaps are usual, then windows, features
/// and findings. Records are the non-empty windows, of kind window, in the order of the file; entities: the one link. A file
/// that cannot be read, or breaks off, is a reading of what came before with a fatal problem, as with every source.
/// Memory: about 200 bytes a window, a few MB besides, whatever the number of packets.
/// Throws Error{Invalid} for options out of range or a party that is no address and no filter, Error{Cancelled}.
SourceReading read_capture(const std::filesystem::path& path, const CaptureOptions& options, const Progress& progress);

/// Whether the file, inflated if need be, begins as a capture does, whatever its name. false also when it cannot be opened.
bool is_capture(const std::filesystem::path& path);

/// What the first pass shows: format, packets, link type, times, problems; no records. Throws Error{Cancelled}.
Source inspect_capture(const std::filesystem::path& path, const Progress& progress);

}  // namespace abm
