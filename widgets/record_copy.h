// Records as text for the clipboard.
#pragma once

#include <QString>
#include <stop_token>
#include <vector>

#include "widgets/record_query.h"

namespace abm {

/// A word for a column as tables call it: "at_risk".
QString column_word(RecordColumn column);
/// Tab-separated, full dates and plain numbers: for spreadsheets. records: indices. May run off the UI thread.
QString tab_separated(const Investigation& investigation, const std::vector<std::uint32_t>& records,
                      const std::vector<RecordColumn>& columns, bool headers, std::stop_token stop = {});
/// "ABM25EJ.txt#session:7", a line each.
QString record_names(const Investigation& investigation, const std::vector<std::uint32_t>& records);
/// "12 records selected, 3,400.00 at risk": machine by machine where there are several, whose currencies may differ.
QString selection_words(const Investigation& investigation, const std::vector<std::uint32_t>& records);

}  // namespace abm
