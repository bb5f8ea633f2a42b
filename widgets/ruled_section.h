// A part of a panel: a hairline above, then its content.
#pragma once

#include <QMargins>
#include <QVBoxLayout>

namespace abm {

/// `content` becomes the layout of what is under the hairline.
QWidget* ruled_section(QVBoxLayout*& content, const QMargins& margins);

}  // namespace abm
