// Finding names by parts of their words, as one types in a hurry.
#pragma once

#include <QString>
#include <optional>

namespace abm {

/// How well `name` answers `typed`: each word typed must begin a word of the name, stand within one, or be spelled by letters of
/// one in their order ("lbl" finds "label"). Higher is better; nullopt: not at all. Everything answers nothing typed, with 0.
std::optional<int> word_match(const QString& typed, const QString& name);

}  // namespace abm
