// The sample investigation: invented journals, made once on this computer and kept in its cache.
#pragma once

#include <filesystem>

#include "core/base/progress.h"

namespace abm {

/// Where the window keeps the sample: "sample" in the user's cache folder of the program.
std::filesystem::path sample_folder();

/// Returns folder; makes the journals first unless all of them are there. They appear in it together or not at all, so that two
/// windows may do this at once. Throws Error{Io} when the place cannot be written, Error{Cancelled}.
std::filesystem::path make_sample(const std::filesystem::path& folder, const Progress& progress);

}  // namespace abm
