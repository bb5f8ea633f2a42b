// The account numbers on cheques; card numbers are in card_mask.cpp.
#include <algorithm>

#include "core/base/card_mask.h"
#include "core/base/letters.h"

namespace abm {
namespace {

constexpr std::string_view kMark = "MICR";
constexpr std::size_t kFewestAccountDigits = 5;
constexpr std::size_t kShownOfAccount = 3;

bool is_joint(char c) { return c == ' ' || c == '-'; }

/// Masks the field of digits that starts at `at` when it is long enough; moves `at` behind it.
bool mask_field(std::string& text, std::size_t& at, std::size_t line_end) {
    const std::size_t begin = at;
    std::size_t digits = 0;
    for (; at < line_end; ++at) {
        if (is_digit(text[at])) {
            ++digits;
        } else if (!is_joint(text[at]) || at + 1 >= line_end || !is_digit(text[at + 1])) {
            break;
        }
    }
    if (digits < kFewestAccountDigits) return false;
    std::size_t to_mask = digits - kShownOfAccount;
    for (std::size_t i = begin; to_mask > 0; ++i) {
        if (!is_digit(text[i])) continue;
        text[i] = '*';
        --to_mask;
    }
    return true;
}

}  // namespace

std::int64_t mask_micr(std::string& text) {
    std::int64_t fields = 0;
    std::size_t at = 0;
    while ((at = text.find(kMark, at)) != std::string::npos) {
        const std::size_t line_end = std::min(text.find_first_of("\r\n", at), text.size());
        for (at += kMark.size(); at < line_end;) {
            if (!is_digit(text[at])) {
                ++at;
            } else if (mask_field(text, at, line_end)) {
                ++fields;
            }
        }
    }
    return fields;
}

MaskCounts mask_private_numbers(std::string& text) {
    MaskCounts counts;
    counts.accounts = mask_micr(text);  // first: a cheque's fields must not count as a card
    counts.cards = mask_card_numbers(text);
    return counts;
}

}  // namespace abm
