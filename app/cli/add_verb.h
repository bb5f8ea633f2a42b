// A verb of `abm`, or one of its parts, that runs a function over the options it filled.
#pragma once

#include <memory>

#include "app/cli/verbs.h"

namespace abm::cli {

/// work(*options, progress) is what is to be done when the user chose it. Options of the verb may stand behind the name of a
/// part.
template <class Options>
CLI::App* add_verb(CLI::App& parent, Action& action, const std::shared_ptr<Options>& options, const char* name, const char* about,
                   int (*work)(const Options&, const Progress&)) {
    CLI::App* const verb = parent.add_subcommand(name, about);
    if (parent.get_parent() != nullptr) verb->fallthrough();
    verb->callback(
        [&action, options, work] { action = [options, work](const Progress& progress) { return work(*options, progress); }; });
    return verb;
}

}  // namespace abm::cli
