#include "core/pipeline/model_checksum.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

namespace abm {
namespace {

constexpr std::string_view kMember = "\"checksum\":\"";

/// A document may be indented on its way.
std::string without_spaces(std::string_view text) {
    std::string dense;
    dense.reserve(text.size());
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted && c == '\\' && at + 1 < text.size()) {
            dense.append(text.substr(at++, 2));
            continue;
        }
        if (c == '"') quoted = !quoted;
        if (quoted || (c != ' ' && c != '\n' && c != '\r' && c != '\t')) dense.push_back(c);
    }
    return dense;
}

/// Where the digits stand. Within a string the quotes of the member would be escaped: what is found is a member.
std::size_t digits_at(std::string_view dense, std::string_view digits) {
    const std::size_t at = dense.find(fmt::format("{}{}\"", kMember, digits));
    return at == std::string_view::npos ? at : at + kMember.size();
}

std::string hash_of(std::string_view dense) {
    const XXH128_hash_t hash = XXH3_128bits(dense.data(), dense.size());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

}  // namespace

bool checksum_fits(std::string_view text, const Json& document) {
    const auto carried = document.find("checksum");
    if (carried == document.end() || !carried->is_string()) return false;
    const auto& digits = carried->get_ref<const std::string&>();
    if (digits.size() != kBlankChecksum.size()) return false;
    std::string dense = without_spaces(text);
    const std::size_t at = digits_at(dense, digits);
    if (at == std::string::npos) return false;
    dense.replace(at, digits.size(), kBlankChecksum);
    return hash_of(dense) == digits;
}

std::string sealed(std::string text) {
    const std::size_t at = digits_at(text, kBlankChecksum);
    assert(at != std::string::npos);
    return text.replace(at, kBlankChecksum.size(), hash_of(text));
}

}  // namespace abm
