// What the program would say about a record if it were the expert: a proposal, accepted or not with one key.
#pragma once

#include <span>
#include <string>

#include "core/data/explanation.h"
#include "core/data/investigation.h"

namespace abm {

struct Suggestion {
    LabelClass label = LabelClass::none;
    std::string type;     ///< of an anomaly: a record type or a word of an expert
    std::string because;  ///< one sentence
};

/// alike: terms of the labels in the score of this record, largest size first. A verdict on a record that is much alike goes
/// before the rules' word, since it was made by an expert on such a case; then the gravest finding; then whether the models find
/// it odd.
Suggestion suggest(const Investigation& investigation, RecordIndex record, std::span<const LabelInfluence> alike);

/// From here on two records are so alike that one verdict may serve both. Of 100 trees, this share puts them into the same leaf.
inline constexpr double kMuchAlike = 0.5;

}  // namespace abm
