// How people and files name sources and records: "ABM25EJ.txt", "ABM25EJ.txt#session:7".
#pragma once

#include <string>
#include <vector>

#include "core/data/investigation.h"

namespace abm {

/// [sources] the file name, or the first 12 digits of its hash where another file of another content has the same name.
std::vector<std::string> source_names(const Investigation& investigation);

/// Four decimals, cut and not rounded: a rounded score could show the severity band above its own.
std::string score_digits(float score);

}  // namespace abm
