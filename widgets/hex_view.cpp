#include "widgets/hex_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

#include "widgets/theme.h"

namespace abm {

HexView::HexView(QWidget* parent) : QAbstractScrollArea(parent) {
    setAccessibleName("Bytes of the packet");
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void HexView::show(const PacketDetail& detail) {
    bytes_ = detail.bytes;
    masked_ = detail.masked;
    anchor_ = current_ = -1;
    verticalScrollBar()->setValue(0);
    placeScrollBar();
    viewport()->update();
}

int HexView::cell() const { return QFontMetrics(log_font()).horizontalAdvance('0'); }

int HexView::bytesPerRow() const {
    const int wide = kLeft_px + (6 + 3 * 16 + 1 + 16 + 1) * cell();
    return viewport()->width() >= wide ? 16 : 8;
}

QString HexView::hexOf(int byte) const {
    const auto at = static_cast<std::size_t>(byte);
    return masked_[at] ? QStringLiteral("**") : QStringLiteral("%1").arg(bytes_[at], 2, 16, QChar('0'));
}

QChar HexView::letterOf(int byte) const {
    const auto at = static_cast<std::size_t>(byte);
    if (masked_[at]) return '*';
    return bytes_[at] >= 0x20 && bytes_[at] < 0x7F ? QChar(bytes_[at]) : QChar(0x00B7);
}

QString HexView::rowText(int row) const {
    const int first = row * bytesPerRow(), last = std::min(first + bytesPerRow(), static_cast<int>(bytes_.size()));
    QString hex, letters;
    for (int byte = first; byte < last; ++byte) {
        hex += hexOf(byte) + ' ';
        letters += letterOf(byte);
    }
    return QStringLiteral("%1  %2 %3").arg(first, 4, 16, QChar('0')).arg(hex, -3 * bytesPerRow()).arg(letters);
}

QString HexView::text() const {
    QString all;
    for (int row = 0; row < rows(); ++row) all += rowText(row) + '\n';
    return all;
}

void HexView::copy() const {
    if (bytes_.empty()) return;
    QString copied;
    const int first = current_ < 0 ? 0 : firstSelected() / bytesPerRow();
    const int last = current_ < 0 ? rows() - 1 : (firstSelected() + selectedCount() - 1) / bytesPerRow();
    for (int row = first; row <= last; ++row) copied += rowText(row) + '\n';
    QApplication::clipboard()->setText(copied);
}

void HexView::select(int first, int count) {
    const int size = static_cast<int>(bytes_.size());
    anchor_ = current_ = -1;
    if (count > 0 && first < size) {
        anchor_ = first;
        current_ = std::min(first + count, size) - 1;
        const int row = first / bytesPerRow(), visible = std::max(viewport()->height() / kRow_px, 1);
        if (row < verticalScrollBar()->value() || row >= verticalScrollBar()->value() + visible)
            verticalScrollBar()->setValue(std::max(row - 1, 0));
    }
    viewport()->update();
}

void HexView::placeScrollBar() {
    const int visible = std::max(viewport()->height() / kRow_px, 1);
    verticalScrollBar()->setRange(0, std::max(rows() - visible, 0));
    verticalScrollBar()->setPageStep(visible);
}

void HexView::resizeEvent(QResizeEvent*) { placeScrollBar(); }

void HexView::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), t.panel);
    painter.setFont(log_font());
    const int width = cell(), first = firstSelected(), last = first + selectedCount() - 1;
    for (int row = verticalScrollBar()->value(), y = 4; row < rows() && y < viewport()->height(); ++row, y += kRow_px) {
        const auto write = [&](int x, const QString& text, const QColor& colour) {
            painter.setPen(colour);
            painter.drawText(QRect(x, y, width * static_cast<int>(text.size()) + 2, kRow_px),
                             Qt::AlignVCenter | Qt::TextSingleLine, text);
        };
        write(kLeft_px, QStringLiteral("%1").arg(row * bytesPerRow(), 4, 16, QChar('0')), t.muted);
        for (int at = 0; at < bytesPerRow(); ++at) {
            const int byte = row * bytesPerRow() + at;
            if (byte >= static_cast<int>(bytes_.size())) break;
            const int hex = hexLeft() + 3 * at * width, letter = lettersLeft() + at * width;
            if (current_ >= 0 && byte >= first && byte <= last) {
                const bool ends = byte == last || at + 1 == bytesPerRow();
                painter.fillRect(QRect(hex - 1, y, (ends ? 2 : 3) * width + 2, kRow_px), t.accent_wash);
                painter.fillRect(QRect(letter, y, width, kRow_px), t.accent_wash);
            }
            const bool masked = masked_[static_cast<std::size_t>(byte)];
            const QChar shown = letterOf(byte);
            write(hex, hexOf(byte), masked ? t.high : t.text);
            write(letter, QString(shown), masked ? t.high : shown == QChar(0x00B7) ? t.muted : t.text);
        }
    }
}

int HexView::byteAt(QPoint point) const {
    const int row = verticalScrollBar()->value() + std::max(point.y() - 4, 0) / kRow_px;
    const bool letters = point.x() >= lettersLeft() - cell() / 2;
    const int column = letters ? (point.x() - lettersLeft()) / cell() : (point.x() - hexLeft()) / (3 * cell());
    const int byte = row * bytesPerRow() + std::clamp(column, 0, bytesPerRow() - 1);
    return byte < static_cast<int>(bytes_.size()) ? byte : -1;
}

void HexView::moveTo(int byte, bool extend) {
    if (bytes_.empty()) return;
    byte = std::clamp(byte, 0, static_cast<int>(bytes_.size()) - 1);
    const int from = extend && anchor_ >= 0 ? anchor_ : byte;
    select(byte, 1);
    anchor_ = from;
    viewport()->update();
    if (!extend) emit byteSelected(byte);
}

void HexView::mousePressEvent(QMouseEvent* event) {
    const int byte = byteAt(event->pos());
    if (event->button() == Qt::LeftButton && byte >= 0) moveTo(byte, event->modifiers().testFlag(Qt::ShiftModifier));
}

void HexView::mouseMoveEvent(QMouseEvent* event) {
    const int byte = byteAt(event->pos());
    if ((event->buttons() & Qt::LeftButton) && byte >= 0) moveTo(byte, true);
}

void HexView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) return copy();
    if (event->matches(QKeySequence::SelectAll)) return select(0, static_cast<int>(bytes_.size()));
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const int here = std::max(current_, 0), page = std::max(viewport()->height() / kRow_px - 1, 1) * bytesPerRow();
    switch (event->key()) {
        case Qt::Key_Left:
            return moveTo(here - 1, extend);
        case Qt::Key_Right:
            return moveTo(current_ < 0 ? 0 : here + 1, extend);
        case Qt::Key_Up:
            return moveTo(here - bytesPerRow(), extend);
        case Qt::Key_Down:
            return moveTo(here + bytesPerRow(), extend);
        case Qt::Key_PageUp:
            return moveTo(here - page, extend);
        case Qt::Key_PageDown:
            return moveTo(here + page, extend);
        default:
            event->ignore();
    }
}

void HexView::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    connect(menu.addAction("&Copy"), &QAction::triggered, this, &HexView::copy);
    connect(menu.addAction("Copy &all bytes"), &QAction::triggered, this, [this] { QApplication::clipboard()->setText(text()); });
    menu.exec(event->globalPos());
}

}  // namespace abm
