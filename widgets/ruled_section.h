// A part of a panel: a hairline above, then its content.
#pragma once

#include <QMargins>
#include <QVBoxLayout>

namespace abm {

inline constexpr int kCard_px = 12;  ///< from the edge of a panel to its words

/// `content` becomes the layout of what is under the hairline.
QWidget* ruled_section(QVBoxLayout*& content, const QMargins& margins);

}  // namespace abm
