#include "core/data/record_names.h"

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

}  // namespace abm
