// The text of a line as it is shown and searched: without escapes, private numbers masked, printable UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace abm {

/// Of one line without its line end, in full length.
std::string log_text(std::string_view line);
/// The same with its escape sequences and shift characters where they stand, ESC as U+241B; empty when there are none.
std::string log_text_with_escapes(std::string_view line);
/// Whether log_text() would give these very bytes back. Quick: most lines of a journal are plain.
bool is_log_text(std::string_view line);

}  // namespace abm
