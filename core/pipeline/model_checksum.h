// Tells a damaged model document from a whole one. It guards against accidents, not against forgers: XXH3 is no secure hash.
#pragma once

#include <string>
#include <string_view>

#include "core/features/model_document.h"

namespace abm {

inline constexpr std::string_view kBlankChecksum = "00000000000000000000000000000000";

/// Whether the member "checksum" of the document parsed from text is XXH3-128, as 32 hexadecimal digits, of the text without
/// white space outside of strings and with the checksum's own digits as zeros. Of the text, not of what was parsed: not every
/// digit of a number changes the number.
bool checksum_fits(std::string_view text, const Json& document);

/// The text with its checksum. text: JSON without white space, carrying "checksum":kBlankChecksum (assert).
std::string sealed(std::string text);

}  // namespace abm
