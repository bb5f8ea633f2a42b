#include "app/cli/detector_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/detect/detector_info.h"

namespace abm::cli {
namespace {

std::string list_of_detectors(const std::vector<std::string>& names) {
    std::string text = "Detectors and their parameters, set by --param DETECTOR.NAME=VALUE:\n";
    for (const DetectorInfo& info : detector_infos()) {
        if (std::ranges::find(names, info.kind) == names.end()) continue;
        text += fmt::format("  {:<10} {}\n", info.kind, info.help);
        for (const ParamInfo& param : info.params)
            text += fmt::format("    {}.{}: {}; {}\n", info.kind, param.name, param.help, allowed_values(param));
    }
    text +=
        "Beside iforest the others are channels: each may raise a record by DETECTOR.weight (0 to 10, default: 1); there\n"
        "knn.reference is 1024 unless set.";
    return text;
}

}  // namespace

void add_detector_options(CLI::App& verb, DetectorOptions& options, const std::vector<std::string>& names,
                          const std::string& help) {
    const auto repeated = [&](CLI::Option* option) {
        return option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
    };
    repeated(verb.add_option("--detector", options.detectors, help))
        ->type_name("NAME")
        ->check(CLI::IsMember(std::set<std::string>(names.begin(), names.end())).description(""));
    repeated(verb.add_option("--param", options.params, "A parameter of a detector, see below; may be repeated"))
        ->type_name("DETECTOR.NAME=VALUE");
    verb.footer(list_of_detectors(names));
}

void check_usage(const std::function<void()>& check) {
    try {
        check();
    } catch (const Error& error) {
        throw CLI::ValidationError(error.what());
    }
}

}  // namespace abm::cli
