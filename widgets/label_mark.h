// The mark of a verdict on a time axis: a small cross, tick or ring, told apart by shape.
#pragma once

#include <QPainter>

#include "widgets/score_index.h"

namespace abm {

/// Draws the verdicts of a lane along `baseline`, from `left` on; of those that fall on the same spot only the first.
void paint_label_marks(QPainter& painter, const Lane& lane, const TimeScale& scale, double left, double baseline);

}  // namespace abm
