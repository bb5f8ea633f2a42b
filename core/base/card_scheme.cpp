#include "core/base/card_scheme.h"

#include <cstdint>

namespace abm {
namespace {

constexpr std::uint32_t lengths() { return 0; }
template <class... More>
constexpr std::uint32_t lengths(int first, More... more) {
    return (1U << first) | lengths(more...);
}

/// The issuer identification ranges that the schemes publish (ISO/IEC 7812), by the first four digits.
struct Scheme {
    int first, last;        ///< first four digits, both ends included
    std::uint32_t lengths;  ///< bit n: n digits are possible
};

constexpr std::uint32_t kSixteenUp = lengths(16, 17, 18, 19);
constexpr std::uint32_t kAny = lengths(13, 14, 15) | kSixteenUp;

constexpr Scheme kSchemes[] = {
    {4000, 4999, lengths(13, 16, 19)},       // Visa
    {5100, 5599, lengths(16)},               // Mastercard
    {2221, 2720, lengths(16)},               // Mastercard, since 2017
    {3400, 3499, lengths(15)},               // American Express
    {3700, 3799, lengths(15)},               // American Express
    {3000, 3059, lengths(14) | kSixteenUp},  // Diners
    {3600, 3699, lengths(14) | kSixteenUp},  // Diners
    {3800, 3899, lengths(14) | kSixteenUp},  // Diners
    {3528, 3589, kSixteenUp},                // JCB
    {5000, 5099, kAny},                      // Maestro
    {5600, 6999, kAny},                      // Maestro; within it Discover (6011, 64, 65) and UnionPay (62)
};

bool scheme_fits(int first_four, std::size_t length) {
    for (const Scheme& scheme : kSchemes) {
        if (first_four >= scheme.first && first_four <= scheme.last && (scheme.lengths >> length & 1U) != 0) return true;
    }
    return false;
}

bool luhn_holds(std::span<const unsigned char> digits) {
    int sum = 0;
    bool twice = false;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
        const int value = twice ? *digit * 2 : *digit;
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

}  // namespace

bool is_card_number(std::span<const unsigned char> digits) {
    if (digits.size() < 13 || digits.size() > 19) return false;
    const int first_four = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    return scheme_fits(first_four, digits.size()) && luhn_holds(digits);
}

}  // namespace abm
