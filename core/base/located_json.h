// JSON that remembers on which line everything stood, so that a mistake in a rule file can be pointed at.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace abm {

enum class JsonKind { null, boolean, number, string, array, object };
std::string_view name_of(JsonKind kind);  ///< "a number": the word of messages

struct JsonMember;

struct JsonNode {
    JsonKind kind = JsonKind::null;
    int line = 1;  ///< from 1
    bool boolean = false;
    double number = 0;                ///< finite
    std::string text;                 ///< of a string
    std::vector<JsonNode> items;      ///< of an array
    std::vector<JsonMember> members;  ///< of an object, in file order, no key twice

    /// The value of a key of an object; null when there is none.
    const JsonNode* find(std::string_view key) const;
};

struct JsonMember {
    std::string key;
    int line = 1;
    JsonNode value;
};

/// A document may nest this deep; everything that recurses over it relies on the bound.
inline constexpr int kDeepestJson = 32;

/// Comments (// and /* */) are allowed. Throws Error{Invalid} "file:line: what is wrong": syntax, a key given twice in one
/// object, too deep nesting, bytes that are not UTF-8.
JsonNode parse_located_json(std::string_view text, std::string_view file_name);

/// Throws Error{Invalid} with "file:line: message".
[[noreturn]] void refuse(std::string_view file_name, int line, std::string_view message);

}  // namespace abm
