// What is settled and not done yet: better a clear answer than a wrong one.
#include <fmt/format.h>

#include "app/cli/exit_code.h"
#include "app/cli/message.h"
#include "app/cli/verbs.h"

namespace abm::cli {

int comes_later(std::string_view what) {
    say(fmt::format("{} comes with a later version", what));
    return kUsage;
}

}  // namespace abm::cli
