#include "core/features/model_document.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace abm {
namespace {

[[noreturn]] void corrupt(std::string_view name, std::string_view what) {
    throw Error(ErrorCode::Corrupt, fmt::format("The saved model is damaged: \"{}\" {}. Train the model again.", name, what));
}

std::int64_t checked_integer(const Json& value, const char* name, std::int64_t least, std::int64_t most) {
    if (!value.is_number_integer()) corrupt(name, "is not a whole number");
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX))
        corrupt(name, "is out of range");
    const auto number = value.get<std::int64_t>();
    if (number < least || number > most) corrupt(name, fmt::format("is {}, allowed are {} to {}", number, least, most));
    return number;
}

double checked_number(const Json& value, const char* name) {
    if (!value.is_number()) corrupt(name, "is not a number");
    const auto number = value.get<double>();
    if (!std::isfinite(number)) corrupt(name, "is not finite");
    return number;
}

const Json& array_member(const Json& object, const char* name) {
    const Json& value = member(object, name);
    if (!value.is_array()) corrupt(name, "is not a list");
    return value;
}

}  // namespace

Json parse_model_text(std::string_view text) {
    Json document = Json::parse(text, nullptr, false);
    if (document.is_discarded())
        throw Error(ErrorCode::Corrupt, "The saved model is damaged: it is not JSON. Train the model again.");
    return document;
}

Json model_document(std::string_view kind, int format) { return Json{{"kind", std::string(kind)}, {"format", format}}; }

std::string model_kind(const Json& document) {
    const Json& kind = member(document, "kind");
    if (!kind.is_string()) corrupt("kind", "is not a word");
    return kind.get<std::string>();
}

void check_model_header(const Json& document, std::string_view kind, int newest) {
    if (const std::string found = model_kind(document); found != kind)
        throw Error(ErrorCode::Mismatch, fmt::format("The saved model is of kind \"{}\", expected \"{}\".", found, kind));
    if (const auto format = integer(document, "format", 1, INT32_MAX); format > newest) {
        throw Error(ErrorCode::Mismatch,
                    fmt::format("The saved model ({}) has format {}, written by a newer version; this one reads up "
                                "to {}. Update the program or train the model again.",
                                kind, format, newest));
    }
}

const Json& member(const Json& object, const char* name) {
    if (!object.is_object()) corrupt(name, "has nothing around it");
    const auto found = object.find(name);
    if (found == object.end()) corrupt(name, "is missing");
    return *found;
}

double finite_number(const Json& object, const char* name) { return checked_number(member(object, name), name); }

std::int64_t integer(const Json& object, const char* name, std::int64_t least, std::int64_t most) {
    return checked_integer(member(object, name), name, least, most);
}

std::vector<double> finite_numbers(const Json& object, const char* name) {
    std::vector<double> numbers;
    for (const Json& value : array_member(object, name)) numbers.push_back(checked_number(value, name));
    return numbers;
}

std::vector<std::int64_t> integers(const Json& object, const char* name, std::int64_t least, std::int64_t most) {
    std::vector<std::int64_t> numbers;
    for (const Json& value : array_member(object, name)) numbers.push_back(checked_integer(value, name, least, most));
    return numbers;
}

std::vector<std::string> strings(const Json& object, const char* name) {
    std::vector<std::string> texts;
    for (const Json& value : array_member(object, name)) {
        if (!value.is_string()) corrupt(name, "holds something that is not text");
        texts.push_back(value.get<std::string>());
    }
    return texts;
}

std::string hex_text(std::uint64_t value) { return fmt::format("{:016x}", value); }

}  // namespace abm
