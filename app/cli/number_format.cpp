#include "app/cli/number_format.h"

#include <fmt/format.h>

#include <cmath>

namespace abm::cli {

std::string score_text(double score) {
    // The little more is for bounds such as .65 that a float holds as .64999998.
    return fmt::format("{:.4f}", std::floor(score * 1e4 + 1e-3) / 1e4);
}

std::string amount_text(Money amount) { return money_text(amount, false); }

}  // namespace abm::cli
