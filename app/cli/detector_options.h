// --detector and --param: which detectors speak, and how.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

namespace abm::cli {

struct DetectorOptions {
    std::vector<std::string> detectors;  ///< empty: as it is without the option
    std::vector<std::string> params;     ///< "knn.k=10"
};

/// names: what --detector takes. The help of the verb gets a list of detectors and parameters at its end, those that learn from
/// labels only when they are among the names.
void add_detector_options(CLI::App& verb, DetectorOptions& options, const std::vector<std::string>& names,
                          const std::string& help);

/// Runs `check`, which throws Error{Invalid}, while the command line is read: a wrong parameter is a matter of usage, and nothing
/// has been read for it.
void check_usage(const std::function<void()>& check);

}  // namespace abm::cli
