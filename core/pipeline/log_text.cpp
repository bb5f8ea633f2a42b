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

std::string log_text_with_escapes(std::string_view line) {
    if (line.find(kEscape) == std::string_view::npos && line.find(kShiftIn) == std::string_view::npos) return {};
    std::string masked = without_escapes(line);
    mask_private_numbers(masked);  // keeps the length, so every byte knows its place
    std::string text, run;
    std::size_t used = 0;
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] != kEscape && line[at] != kShiftIn) {
            run += masked[used++];
            ++at;
            continue;
        }
        text += printable(run);
        run.clear();
        const std::size_t length = line[at] == kEscape ? escape_length(line.substr(at)) : 1;
        text += line[at] == kEscape ? "\u241B" : "\u240F";
        text += printable(line.substr(at + 1, length - 1));
        at += length;
    }
    return text + printable(run);
}

bool is_log_text(std::string_view line) {
    unsigned odd = 0;  // without a branch a byte: the compiler looks at many at a time
    for (const char c : line) odd |= static_cast<unsigned>(static_cast<unsigned char>(c - ' ') >= 0x5F);
    return odd == 0 && line.find("MICR") == std::string_view::npos && (line.size() < 13 || count_card_numbers(line) == 0);
}

}  // namespace abm
