#include "core/data/record_type.h"

#include <algorithm>
#include <array>

namespace abm {
namespace {

constexpr std::array<std::string_view, kSeverityCount> kSeverityNames{"none", "low", "medium", "high", "critical"};

constexpr auto kTypeNames = std::to_array<std::string_view>({
#define ABM_X(name) #name,
    ABM_RECORD_TYPES(ABM_X)
#undef ABM_X
});

template <class Enum, class Names>
std::optional<Enum> find_name(const Names& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::string_view name_of(Severity severity) { return kSeverityNames[static_cast<std::size_t>(severity)]; }
std::optional<Severity> severity_from_name(std::string_view name) { return find_name<Severity>(kSeverityNames, name); }

std::string_view name_of(RecordType type) { return kTypeNames[static_cast<std::size_t>(type)]; }
std::optional<RecordType> record_type_from_name(std::string_view name) { return find_name<RecordType>(kTypeNames, name); }

std::string display_name(RecordType type) {
    std::string text(name_of(type));
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

}  // namespace abm
