#include "widgets/tabular_text.h"

#include <algorithm>

namespace abm {
namespace {

qreal digit_cell(const QFontMetricsF& metrics) {
    qreal widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit) widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

bool has_digit(const QString& text) {
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.isDigit(); });
}

// Calls piece(text, left, cell) for each digit and each run between digits; returns the full width.
template <class Piece>
qreal each_piece(const QFontMetricsF& metrics, const QString& text, const Piece& piece) {
    const qreal cell = digit_cell(metrics);
    qreal left = 0;
    for (qsizetype at = 0; at < text.size();) {
        if (text[at].isDigit()) {
            piece(text.mid(at, 1), left + (cell - metrics.horizontalAdvance(text[at])) / 2);
            left += cell;
            ++at;
            continue;
        }
        qsizetype end = at;
        while (end < text.size() && !text[end].isDigit()) ++end;
        const QString run = text.mid(at, end - at);
        piece(run, left);
        left += metrics.horizontalAdvance(run);
        at = end;
    }
    return left;
}

}  // namespace

qreal tabular_width(const QFontMetricsF& metrics, const QString& text) {
    return each_piece(metrics, text, [](const QString&, qreal) {});
}

void draw_tabular(QPainter& painter, const QRectF& box, Qt::Alignment alignment, const QString& text) {
    if (text.isEmpty()) return;
    const QFontMetricsF metrics(painter.font(), painter.device());
    if (!has_digit(text)) {
        painter.drawText(box, static_cast<int>(alignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter | Qt::TextSingleLine,
                         metrics.elidedText(text, Qt::ElideRight, box.width()));
        return;
    }
    const qreal width = tabular_width(metrics, text);
    if (width > box.width() && !(alignment & Qt::AlignRight)) {
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         metrics.elidedText(text, Qt::ElideRight, box.width()));
        return;
    }
    const qreal left = (alignment & Qt::AlignRight) ? box.right() - width : box.left();
    const qreal baseline = box.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    each_piece(metrics, text, [&](const QString& piece, qreal at) { painter.drawText(QPointF(left + at, baseline), piece); });
}

}  // namespace abm
