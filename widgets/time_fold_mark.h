// How a fold looks: a break in the lanes between two dotted lines.
#pragma once

#include <QPainter>

#include "widgets/time_scale.h"

namespace abm {

/// area: what the scale covers, in the painter's coordinates.
void paint_fold(QPainter& painter, const TimeFold::Fold& fold, const TimeScale& scale, const QRectF& area);

}  // namespace abm
