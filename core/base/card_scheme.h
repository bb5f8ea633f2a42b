// First digits and lengths of payment cards.
#pragma once

#include <span>

namespace abm {

/// `digits`: values 0..9. True when number and length are those of a payment scheme and the Luhn check holds.
bool is_card_number(std::span<const unsigned char> digits);

}  // namespace abm
