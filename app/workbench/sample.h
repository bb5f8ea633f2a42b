// The sample investigations: invented journals, and one of each other kind of file, made once on this computer and kept in its
// cache.
#pragma once

#include <QString>
#include <array>
#include <filesystem>
#include <optional>

#include "core/base/progress.h"

namespace abm {

enum class SampleKind { journals, capture, metrics, ue_log, all };
inline constexpr std::array kOtherSamples{SampleKind::capture, SampleKind::metrics, SampleKind::ue_log, SampleKind::all};

/// Where the window keeps a sample: "sample", "sample-capture" ... in the user's cache folder of the program.
std::filesystem::path sample_folder(SampleKind kind = SampleKind::journals);
/// "Sample investigation", "Sample capture" ...: also the name of its workspace.
QString sample_title(SampleKind kind);
/// What is in it, in a few words.
QString sample_words(SampleKind kind);
/// By the name of its folder.
std::optional<SampleKind> sample_kind(const QString& name);

/// Returns folder; makes its files first unless all of them are there. They appear in it together or not at all, so that two
/// windows may do this at once. Throws Error{Io} when the place cannot be written, Error{Cancelled}.
std::filesystem::path make_sample(SampleKind kind, const std::filesystem::path& folder, const Progress& progress);
inline std::filesystem::path make_sample(const std::filesystem::path& folder, const Progress& progress) {
    return make_sample(SampleKind::journals, folder, progress);
}

}  // namespace abm
