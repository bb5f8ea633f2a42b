// Why a list is empty, and the step that leads out.
#pragma once

#include <QString>

#include "widgets/record_query.h"

namespace abm {

struct EmptyList {
    QString cause;
    QString button;     ///< empty: there is nothing to press
    RecordFilter next;  ///< what the button asks for
};

/// reading: files are being read. any: there are records at all. relief: of the filter, see RecordList.
EmptyList words_for_empty(bool reading, bool any, const RecordFilter& filter, const RecordRelief& relief);

}  // namespace abm
