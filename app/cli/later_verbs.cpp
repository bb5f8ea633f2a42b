// Verbs whose names are settled and whose work is not done yet: better a clear answer than "unknown verb".
#include <fmt/format.h>

#include <array>

#include "app/cli/exit_code.h"
#include "app/cli/message.h"
#include "app/cli/verbs.h"

namespace abm::cli {
namespace {

struct LaterVerb {
    const char* name;
    const char* what;
};

constexpr std::array<LaterVerb, 1> kLaterVerbs{{
    {"watch", "Score new files of a folder as they are written"},
}};

}  // namespace

int comes_later(std::string_view what) {
    say(fmt::format("{} comes with a later version", what));
    return kUsage;
}

void add_later_verbs(CLI::App& app, Action& action) {
    for (const LaterVerb& verb : kLaterVerbs) {
        CLI::App* sub = app.add_subcommand(verb.name, fmt::format("{} (comes with a later version)", verb.what));
        sub->allow_extras();
        sub->callback([&action, name = verb.name] {
            action = [name](const Progress&) { return comes_later(fmt::format("the verb '{}'", name)); };
        });
    }
}

}  // namespace abm::cli
