// A sample of a metric as a line chart draws it, with the band it usually keeps.
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

namespace abm {

struct SeriesPoint {
    Time time = kUnknownTime;
    double value = 0;          ///< NaN: unknown
    double low = 0, high = 0;  ///< the usual range at this time
    TextSpan row;              ///< where it stands in the source
};

}  // namespace abm
