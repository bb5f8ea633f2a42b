#include "core/data/record_names.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

namespace abm {

std::vector<std::string> source_names(const Investigation& investigation) {
    constexpr std::size_t kHashDigits = 12;
    std::map<std::string, std::string> identity_of;
    std::map<std::string, bool> collides;
    for (const Source& source : investigation.sources) {
        const auto [first, fresh] = identity_of.emplace(source.name, source.identity);
        if (!fresh && first->second != source.identity) collides[source.name] = true;
    }
    std::vector<std::string> names;
    for (const Source& source : investigation.sources) {
        const bool by_hash = collides[source.name] && !source.identity.empty();
        names.push_back(by_hash ? source.identity.substr(0, kHashDigits) : source.name);
    }
    return names;
}

std::string score_digits(float score) {
    // The little more is for bounds such as .65 that a float holds as .64999998.
    return fmt::format("{:.4f}", std::floor(static_cast<double>(score) * 1e4 + 1e-3) / 1e4);
}

}  // namespace abm
