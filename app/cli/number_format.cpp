#include "app/cli/number_format.h"

namespace abm::cli {

std::string amount_text(Money amount) { return money_text(amount, false); }

}  // namespace abm::cli
