// From the numbers of an explanation to the words the window shows.
#pragma once

#include "core/data/explanation.h"
#include "core/data/log_line.h"
#include "core/data/record.h"
#include "widgets/shown_explanation.h"

namespace abm {

/// At most `most` odd values, with the lines that show them among `lines`, those of the record. An unusual record, of which only
/// the models speak, gets its sentence from them.
ShownExplanation explanation_words(const Explanation& explanation, const Record& record, std::size_t most = 6,
                                   const std::vector<LogLine>& lines = {});

}  // namespace abm
