#include "core/data/record_type.h"

#include <algorithm>
#include <array>

#include "core/base/enum_names.h"

namespace abm {
namespace {

constexpr std::array<std::string_view, kSeverityCount> kSeverityNames{"none", "low", "medium", "high", "critical"};

constexpr auto kTypeNames = std::to_array<std::string_view>({
#define ABM_X(name) #name,
    ABM_RECORD_TYPES(ABM_X)
#undef ABM_X
});

}  // namespace

std::string_view name_of(Severity severity) { return kSeverityNames[static_cast<std::size_t>(severity)]; }
std::optional<Severity> severity_from_name(std::string_view name) { return enum_from_name<Severity>(kSeverityNames, name); }

std::string_view name_of(RecordType type) { return kTypeNames[static_cast<std::size_t>(type)]; }
std::optional<RecordType> record_type_from_name(std::string_view name) { return enum_from_name<RecordType>(kTypeNames, name); }

std::string display_name(RecordType type) {
    std::string text(name_of(type));
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

}  // namespace abm
