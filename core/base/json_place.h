// How values of the files people write (rules, profiles of logs) are read. Everything here throws Error{Invalid} with
// "file:line: what is wrong, what is allowed" and suggests the nearest valid name.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/base/located_json.h"

namespace abm {

/// A place in such a file: the file and the value being read.
struct Place {
    std::string_view file;
    const JsonNode& node;
    Place at(const JsonNode& other) const { return {file, other}; }
    [[noreturn]] void refuse(std::string_view message) const { abm::refuse(file, node.line, message); }
};

Place member(Place object, std::string_view key);                ///< refused when missing
void expect(Place place, JsonKind kind, std::string_view what);  ///< "severity must be a string, ..."
void allow_keys(Place object, std::initializer_list<std::string_view> keys, std::string_view where);

std::string read_text(Place place, std::string_view what);  ///< not empty
double read_number(Place place, std::string_view what);
bool read_flag(Place place, std::string_view what);

}  // namespace abm
