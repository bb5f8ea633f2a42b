#include "core/detect/detector_params.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace abm {

DetectorParams::DetectorParams(std::string_view detector, const Json& params) : detector_(detector), params_(params) {
    if (!params.is_null() && !params.is_object())
        throw Error(ErrorCode::Invalid, fmt::format("The parameters of {} must be an object.", detector));
}

void DetectorParams::refuse(std::string_view name, std::string_view what) const {
    throw Error(ErrorCode::Invalid, fmt::format("Parameter \"{}\" of {} {}.", name, detector_, what));
}

const Json* DetectorParams::find(const char* name) {
    known_.insert(name);
    if (!has(name)) return nullptr;
    return &params_[name];
}

bool DetectorParams::has(const char* name) const { return params_.is_object() && params_.contains(name); }

std::int64_t DetectorParams::integer(const char* name, std::int64_t least, std::int64_t most, std::int64_t absent) {
    const Json* value = find(name);
    if (value == nullptr) return absent;
    const bool huge = value->is_number_unsigned() && value->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX);
    if (!value->is_number_integer() || huge || value->get<std::int64_t>() < least || value->get<std::int64_t>() > most)
        refuse(name, fmt::format("is {}, allowed are whole numbers from {} to {}", value->dump(), least, most));
    return value->get<std::int64_t>();
}

std::uint64_t DetectorParams::seed(std::uint64_t absent) {
    const Json* value = find("seed");
    if (value == nullptr) return absent;
    if (!value->is_number_integer()) refuse("seed", "must be a whole number");
    return value->get<std::uint64_t>();
}

double DetectorParams::positive(const char* name, double absent) {
    const Json* value = find(name);
    if (value == nullptr) return absent;
    if (!value->is_number() || !std::isfinite(value->get<double>()) || value->get<double>() <= 0)
        refuse(name, fmt::format("is {}, allowed are numbers above 0", value->dump()));
    return value->get<double>();
}

std::string DetectorParams::word(const char* name, std::span<const std::string_view> allowed) {
    const Json* value = find(name);
    if (value == nullptr) return std::string(allowed.front());
    const std::string found = value->is_string() ? value->get<std::string>() : value->dump();
    if (std::find(allowed.begin(), allowed.end(), found) == allowed.end())
        refuse(name, fmt::format("is {}, allowed are {}", found, fmt::join(allowed, ", ")));
    return found;
}

void DetectorParams::finish() const {
    if (!params_.is_object()) return;
    for (const auto& [name, value] : params_.items()) {
        if (!known_.contains(name)) refuse(name, fmt::format("is unknown; known are {}", fmt::join(known_, ", ")));
    }
}

}  // namespace abm
