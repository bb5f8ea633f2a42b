// Any text: masking keeps the length and everything but digits, counts what it masks, and leaves no card number behind.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/card_mask.h"
#include "core/base/card_scheme.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Looks at every byte, without the search of card_mask.cpp: an unbroken run, zeros in front dropped, that is a card number;
/// or four groups of four with single separators.
bool plain_card_left(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
        std::vector<unsigned char> digits;
        for (std::size_t i = at; i < text.size() && is_digit(text[i]); ++i) {
            if (text[i] != '0' || !digits.empty()) digits.push_back(static_cast<unsigned char>(text[i] - '0'));
        }
        if (abm::is_card_number(digits)) return true;
    }
    return false;
}

bool printed_card_left(std::string_view text) {
    for (std::size_t at = 0; at + 19 <= text.size(); ++at) {
        if ((at > 0 && is_digit(text[at - 1])) || (at + 19 < text.size() && is_digit(text[at + 19]))) continue;
        std::vector<unsigned char> digits;
        for (std::size_t i = 0; i < 19; ++i) {
            const char c = text[at + i];
            if (i % 5 == 4 ? (c != ' ' && c != '-') : !is_digit(c)) break;
            if (i % 5 != 4) digits.push_back(static_cast<unsigned char>(c - '0'));
        }
        if (digits.size() == 16 && abm::is_card_number(digits)) return true;
    }
    return false;
}

void check_unchanged_but_stars(std::string_view before, std::string_view after) {
    require(before.size() == after.size());
    for (std::size_t i = 0; i < before.size(); ++i) require(before[i] == after[i] || (is_digit(before[i]) && after[i] == '*'));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string before(reinterpret_cast<const char*>(data), size);
    std::string after = before;
    const std::int64_t count = abm::count_card_numbers(before);
    require(abm::mask_card_numbers(after) == count);
    require((count == 0) == (before == after));
    check_unchanged_but_stars(before, after);
    require(abm::count_card_numbers(after) == 0);
    require(!plain_card_left(after) && !printed_card_left(after));

    std::string cheque = before;
    const std::int64_t fields = abm::mask_micr(cheque);
    check_unchanged_but_stars(before, cheque);
    require((fields == 0) == (before == cheque));
    require(abm::mask_micr(cheque) == 0);
    return 0;
}
