// Which sources this program understands journals with.
#pragma once

#include <string_view>

namespace abm {

/// 64 hex digits: the hash of everything that turns the bytes of a journal into records, findings and features. What a program
/// with another stamp has read may differ in ways nobody thought of.
std::string_view reader_stamp();

}  // namespace abm
