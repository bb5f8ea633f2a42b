// The mark of a verdict on a time axis: a small cross, tick or ring, told apart by shape.
#pragma once

#include <QPainter>

#include "widgets/score_index.h"

namespace abm {

/// Draws the verdicts of a lane along `baseline`, from `left` on, and a page above those with a note; of those of a kind that
/// fall on the same spot only the first.
void paint_label_marks(QPainter& painter, const Lane& lane, const TimeScale& scale, double left, double baseline);

void paint_label_mark(QPainter& painter, QPointF centre, LabelClass label);  ///< one of them
void paint_note_mark(QPainter& painter, QPointF centre);

inline constexpr double kNoteAbove_px = 9;  ///< from the verdict to its note

}  // namespace abm
