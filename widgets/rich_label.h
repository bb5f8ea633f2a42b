// Text one can select, copy and follow by mouse or keyboard: what panels of words are made of.
#pragma once

#include <QLabel>
#include <QLayout>

namespace abm {

/// Wraps; links open by mouse and key, text can be selected by both. name: of the style sheet.
QLabel* rich_label(const char* name = "");
/// Plain words that wrap. name: of the style sheet.
QLabel* wrapped_label(const char* name = "");
/// A link in the accent colour; words are plain text.
QString link_html(const QString& target, const QString& words);
QString coloured(const QString& html, const QColor& colour);
/// Takes out what the layout holds, and deletes it when the event on its way is over.
void clear_layout(QLayout& layout);
/// What one reads, without marks.
QString plain_text(const QLabel& label);

}  // namespace abm
