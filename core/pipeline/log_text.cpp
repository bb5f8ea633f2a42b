#include "core/pipeline/log_text.h"

#include <algorithm>

#include "core/base/card_mask.h"
#include "core/base/text_encoding.h"
#include "core/ingest/escapes.h"

namespace abm {

std::string log_text(std::string_view line) {
    std::string text = without_escapes(line);
    mask_private_numbers(text);
    return printable(text);
}

bool is_log_text(std::string_view line) {
    unsigned odd = 0;  // without a branch a byte: the compiler looks at many at a time
    for (const char c : line) odd |= static_cast<unsigned>(static_cast<unsigned char>(c - ' ') >= 0x5F);
    return odd == 0 && line.find("MICR") == std::string_view::npos && (line.size() < 13 || count_card_numbers(line) == 0);
}

}  // namespace abm
