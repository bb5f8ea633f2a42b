// Saved models are JSON documents from outside: every value is checked before it is believed.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace abm {

using Json = nlohmann::json;

/// Throws Error{Corrupt} when the text is not JSON.
Json parse_model_text(std::string_view text);

/// {"kind": kind, "format": format}: what every saved model begins with.
Json model_document(std::string_view kind, int format);
/// Throws Error{Corrupt} when the document carries no kind or format, Error{Mismatch} when they are another's or newer than
/// `newest`.
void check_model_header(const Json& document, std::string_view kind, int newest);
/// The kind a document claims to be. Throws Error{Corrupt} when it claims none.
std::string model_kind(const Json& document);

/// Checked access. All throw Error{Corrupt} naming the member when it is missing or not what it should be.
const Json& member(const Json& object, const char* name);
double finite_number(const Json& object, const char* name);
std::int64_t integer(const Json& object, const char* name, std::int64_t least, std::int64_t most);
std::vector<double> finite_numbers(const Json& object, const char* name);
std::vector<std::int64_t> integers(const Json& object, const char* name, std::int64_t least, std::int64_t most);
std::vector<std::string> strings(const Json& object, const char* name);
/// 16 hexadecimal digits, because JSON readers elsewhere lose the low bits of 64-bit numbers.
std::string hex_text(std::uint64_t value);

}  // namespace abm
