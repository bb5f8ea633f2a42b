// From the numbers of an explanation to the words the window shows.
#pragma once

#include "core/data/explanation.h"
#include "core/data/record.h"
#include "widgets/shown_explanation.h"

namespace abm {

/// At most `most` odd values. An unusual record, of which only the models speak, gets its sentence from them.
ShownExplanation explanation_words(const Explanation& explanation, const Record& record, std::size_t most = 6);

}  // namespace abm
