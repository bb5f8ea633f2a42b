// Privacy: full card numbers and the account numbers of cheques are never shown, stored or exported.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace abm {

/// How many numbers were masked in a text or a source.
struct MaskCounts {
    std::int64_t cards = 0;
    std::int64_t accounts = 0;
    MaskCounts& operator+=(const MaskCounts& other) {
        cards += other.cards;
        accounts += other.accounts;
        return *this;
    }
};

/// Masks every card number in place: its first six and last four digits stay, the digits between become '*', separators and
/// the length stay. Returns how many. Masking again finds nothing. Linear in the length of the text.
///
/// A card number has 13 to 19 digits, passes the Luhn check and has the first digits and length of a scheme (Visa, Mastercard,
/// American Express, Discover, Diners, JCB, UnionPay, Maestro). Where one is seen:
/// - an unbroken run of digits: the whole run, with anything but a digit on either side ("=" in track 2, letters, '*');
/// - the same behind leading zeros of any number, as journals pad it to 19 digits; the zeros are not counted as its digits;
/// - runs separated by single blanks or hyphens in groups as cards are printed (four or more digits in each but the last),
///   also amid other numbers; or groups of any size with one kind of separator when nothing else adjoins.
/// What is not seen as one, so that counters, dates and ids stay readable:
/// - part of an unbroken run of more digits: it would be hit by chance in every long counter or hash;
/// - groups of five digits only: the counter rows of the journals, and no card is printed so;
/// - zeros in front of digits in groups: amounts, dates and counters begin so.
/// Give it text without escape sequences: "ESC(1" in front of a number would count as its first digit.
std::int64_t mask_card_numbers(std::string& text);

/// What mask_card_numbers would return. Text without candidates costs about one look at every twelfth byte.
std::int64_t count_card_numbers(std::string_view text);

/// In each line that holds "MICR", masks the digits of the fields behind it: of every field of five or more digits (single
/// hyphens and blanks may stand in it) the last three stay. Which field is the account differs between banks, so routing and
/// cheque numbers are treated alike. Lines end at CR or LF. Returns how many fields were masked; masking again finds nothing.
std::int64_t mask_micr(std::string& text);

/// Both of the above.
MaskCounts mask_private_numbers(std::string& text);

/// A text that is masked, of at most `most` bytes and `mark` when it was longer; no character is cut in two. What a cut leaves of
/// a number of too many digits may look like a card number: it is masked, too.
std::string cut_masked(std::string text, std::size_t most, std::string_view mark);

}  // namespace abm
