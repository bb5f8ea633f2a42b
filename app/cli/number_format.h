// Numbers as the machine-readable tables print them.
#pragma once

#include <string>

#include "core/base/money.h"

namespace abm::cli {

/// "1000.00"; empty when unknown.
std::string amount_text(Money amount);

}  // namespace abm::cli
