// What a file is and how well it was understood, as rich text. Its links: reading (how it is read), lines (not understood).
#pragma once

#include <QString>

#include "core/data/source.h"

namespace abm {

QString source_account(const Source& source);
QString failure_account(const Source& source);  ///< of one nothing could be read of

}  // namespace abm
