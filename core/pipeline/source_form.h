// What kind of reader a file is for.
#pragma once

#include <cstdint>
#include <filesystem>

namespace abm {

struct LogProfile;

enum class SourceForm : std::uint8_t { journal, capture, table, text_log };

/// By its first bytes, inflated if need be, whatever its name. What nobody knows, cannot be opened or stands on standard input
/// counts as a journal: that reader says best what is wrong with it.
SourceForm form_of(const std::filesystem::path& path);
/// Of a file somebody has named a log profile for: text that is no journal is a text log; by the profile of journals all that is
/// no capture is a journal.
SourceForm form_with_profile(const std::filesystem::path& path, const LogProfile& profile);

}  // namespace abm
