#include "widgets/log_view.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kRow_px = 18;
constexpr int kLeft_px = 10;
constexpr int kBar_px = 3;

QString clock_of(std::int32_t second) {
    if (second < 0) return {};
    return QStringLiteral("%1:%2:%3")
        .arg(second / 3600, 2, 10, QChar('0'))
        .arg(second / 60 % 60, 2, 10, QChar('0'))
        .arg(second % 60, 2, 10, QChar('0'));
}

}  // namespace

LogView::LogView(QWidget* parent) : QAbstractScrollArea(parent) {
    setAccessibleName("Log of the session");
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void LogView::setLines(std::vector<LogLine> lines, const std::vector<Evidence>& evidence) {
    const int top = verticalScrollBar()->value();
    std::optional<std::int64_t> top_offset;
    if (static_cast<std::size_t>(top) < rows_.size() && rows_[static_cast<std::size_t>(top)].line >= 0) {
        top_offset = lines_[static_cast<std::size_t>(rows_[static_cast<std::size_t>(top)].line)].span.offset;
    }
    lines_ = std::move(lines);
    rows_ = log_rows(lines_, evidence);
    matches_.clear();
    match_ = current_ = anchor_ = -1;
    updateScrollBars();
    const auto same =
        std::find_if(lines_.begin(), lines_.end(), [&](const LogLine& line) { return line.span.offset == top_offset; });
    verticalScrollBar()->setValue(same == lines_.end() ? 0 : rowOfLine(static_cast<std::int32_t>(same - lines_.begin())));
    viewport()->update();
}

int LogView::rowOfLine(std::int32_t line) const {
    const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const LogRow& row) { return row.line == line; });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

bool LogView::selectOffset(std::int64_t offset) {
    const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const LogLine& line) {
        return line.span.offset <= offset && offset < std::max(line.span.end(), line.span.offset + 1);
    });
    if (found == lines_.end()) return false;
    const int row = rowOfLine(static_cast<std::int32_t>(found - lines_.begin()));
    current_ = anchor_ = row;
    reveal(row);
    viewport()->update();
    return true;
}

std::optional<std::int32_t> LogView::currentLine() const {
    if (current_ < 0 || rows_[static_cast<std::size_t>(current_)].line < 0) return std::nullopt;
    return rows_[static_cast<std::size_t>(current_)].line;
}

void LogView::setCurrent(int row, bool extend) {
    if (rows_.empty()) return;
    row = std::clamp(row, 0, static_cast<int>(rows_.size()) - 1);
    current_ = row;
    if (!extend || anchor_ < 0) anchor_ = row;
    reveal(row);
    viewport()->update();
    if (const auto line = currentLine(); line && !extend) emit lineSelected(lines_[static_cast<std::size_t>(*line)].span.offset);
}

void LogView::step(int lines) {
    int row = current_ < 0 ? (lines > 0 ? -1 : static_cast<int>(rows_.size())) : current_;
    const int direction = lines > 0 ? 1 : -1;
    row += direction;
    while (row >= 0 && row < static_cast<int>(rows_.size()) && rows_[static_cast<std::size_t>(row)].line < 0) row += direction;
    if (row >= 0 && row < static_cast<int>(rows_.size())) setCurrent(row, false);
}

void LogView::reveal(int row) {
    const int visible = viewport()->height() / kRow_px;
    const int top = verticalScrollBar()->value();
    if (row < top + 1) verticalScrollBar()->setValue(std::max(row - 2, 0));
    if (row > top + visible - 2) verticalScrollBar()->setValue(row - visible + std::min(4, visible / 3));
}

void LogView::revealEvidence() {
    const auto found = std::find_if(rows_.begin(), rows_.end(), [](const LogRow& row) { return row.evidence; });
    if (found == rows_.end()) return;
    // What led to it stands above, what came of it below: the first third of the view is the place for it.
    const int visible = std::max(viewport()->height() / kRow_px, 1);
    const int row = static_cast<int>(found - rows_.begin());
    if (row > visible / 2) verticalScrollBar()->setValue(row - visible / 3);
}

int LogView::find(const QString& needle) {
    matches_ = find_in_log(lines_, needle);
    match_ = -1;
    viewport()->update();
    return static_cast<int>(matches_.size());
}

int LogView::goToMatch(int direction) {
    if (matches_.empty()) return 0;
    const int count = static_cast<int>(matches_.size());
    match_ = match_ < 0 ? (direction > 0 ? 0 : count - 1) : (match_ + direction + count) % count;
    setCurrent(rowOfLine(matches_[static_cast<std::size_t>(match_)].line), false);
    return match_ + 1;
}

void LogView::copy() const {
    if (current_ < 0) return;
    const auto [first, last] = std::minmax(anchor_, current_);
    QStringList text;
    for (int row = first; row <= last; ++row) {
        const LogRow& shown = rows_[static_cast<std::size_t>(row)];
        if (shown.line >= 0) text.append(qstring(lines_[static_cast<std::size_t>(shown.line)].text));
    }
    QApplication::clipboard()->setText(text.join('\n') + '\n');
}

int LogView::gutter() const { return kLeft_px + QFontMetrics(log_font()).horizontalAdvance("00:00:00") + 10; }

void LogView::updateScrollBars() {
    const int visible = std::max(viewport()->height() / kRow_px, 1);
    verticalScrollBar()->setPageStep(visible);
    verticalScrollBar()->setRange(0, std::max(static_cast<int>(rows_.size()) - visible, 0));
    std::size_t longest = 0;
    for (const LogLine& line : lines_) longest = std::max(longest, line.text.size());
    const int width = gutter() + QFontMetrics(log_font()).horizontalAdvance('0') * static_cast<int>(longest) + 20;
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, std::max(width - viewport()->width(), 0));
    horizontalScrollBar()->setSingleStep(20);
}

void LogView::resizeEvent(QResizeEvent*) { updateScrollBars(); }

bool LogView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto* const help = static_cast<QHelpEvent*>(event);  // a note may be cut in a narrow window
    const int row = rowAt(help->pos());
    const bool noted = row < static_cast<int>(rows_.size()) && !rows_[static_cast<std::size_t>(row)].note.isEmpty();
    QToolTip::showText(help->globalPos(), noted ? rows_[static_cast<std::size_t>(row)].note : QString(), viewport());
    return true;
}

int LogView::rowAt(QPointF point) const { return verticalScrollBar()->value() + static_cast<int>(point.y()) / kRow_px; }

void LogView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), tokens().panel);
    painter.setFont(log_font());
    const int top = verticalScrollBar()->value();
    for (int y = 0; y < viewport()->height(); y += kRow_px) {
        const int row = top + y / kRow_px;
        if (row >= static_cast<int>(rows_.size())) break;
        paintRow(painter, row, QRect(0, y, viewport()->width(), kRow_px));
    }
}

void LogView::paintRow(QPainter& painter, int row, const QRect& box) const {
    const Tokens& t = tokens();
    const LogRow& shown = rows_[static_cast<std::size_t>(row)];
    const auto [first, last] = std::minmax(anchor_, current_);
    if (shown.evidence) {
        painter.fillRect(box, t.evidence);
        painter.fillRect(QRect(box.left(), box.top(), kBar_px, box.height()), t.evidence_bar);
    }
    if (current_ >= 0 && row >= first && row <= last) {
        if (!shown.evidence) painter.fillRect(box, t.accent_wash);
        painter.setPen(t.accent);
        painter.drawRect(box.adjusted(shown.evidence ? kBar_px : 0, 0, -1, -1));
    }
    const int text_left = gutter() - horizontalScrollBar()->value();
    int text_end = text_left;
    if (shown.line < 0) {
        painter.setPen(t.muted);
        const QString gap = QStringLiteral("- %1 without a line -").arg(duration_text(shown.gap_s));
        painter.drawText(box.adjusted(text_left, 0, 0, 0), Qt::AlignVCenter, gap);
    } else {
        const LogLine& line = lines_[static_cast<std::size_t>(shown.line)];
        const QString text = shown_text(line);
        painter.save();
        painter.setClipRect(box.adjusted(gutter() - 4, 0, 0, 0));
        paintMatches(painter, shown.line, box, text_left);
        painter.setPen(line.understood ? t.text : t.high);
        painter.drawText(box.adjusted(text_left, 0, 4000, 0), Qt::AlignVCenter | Qt::TextSingleLine, text);
        painter.restore();
        text_end += painter.fontMetrics().horizontalAdvance(text);
        painter.setPen(t.muted);
        painter.drawText(box.adjusted(kLeft_px, 0, 0, 0), Qt::AlignVCenter, clock_of(line.second_of_day));
    }
    if (shown.note.isEmpty()) return;
    painter.save();
    painter.setFont(ui_font(11));
    painter.setPen(shown.evidence ? t.text : t.muted);
    const QRect right = box.adjusted(text_end + 14, 0, -10, 0);  // a note never covers its line
    if (right.width() > 40) {
        painter.drawText(right, Qt::AlignVCenter | Qt::AlignRight,
                         painter.fontMetrics().elidedText(shown.note, Qt::ElideRight, right.width()));
    }
    painter.restore();
}

void LogView::paintMatches(QPainter& painter, std::int32_t line, const QRect& box, int text_left) const {
    const auto begin =
        std::partition_point(matches_.begin(), matches_.end(), [&](const LogMatch& match) { return match.line < line; });
    const int cell = painter.fontMetrics().horizontalAdvance('0');
    for (auto match = begin; match != matches_.end() && match->line == line; ++match) {
        const bool current = match - matches_.begin() == match_;
        QColor colour = tokens().accent;
        colour.setAlphaF(current ? 0.45F : 0.2F);
        painter.fillRect(QRect(text_left + match->column * cell, box.top() + 1, match->length * cell, box.height() - 2), colour);
    }
}

void LogView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const int row = rowAt(event->position());
    if (row < static_cast<int>(rows_.size())) setCurrent(row, event->modifiers().testFlag(Qt::ShiftModifier));
}

void LogView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) setCurrent(rowAt(event->position()), true);
}

void LogView::mouseDoubleClickEvent(QMouseEvent*) {
    if (const auto line = currentLine()) emit lineActivated(lines_[static_cast<std::size_t>(*line)].span.offset);
}

void LogView::keyPressEvent(QKeyEvent* event) {
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const int page = std::max(viewport()->height() / kRow_px - 1, 1);
    if (event->matches(QKeySequence::Copy)) return copy();
    if (event->matches(QKeySequence::SelectAll) && !rows_.empty()) {
        anchor_ = 0;
        return setCurrent(static_cast<int>(rows_.size()) - 1, true);
    }
    switch (event->key()) {
        case Qt::Key_Up:
            return setCurrent(current_ - 1, extend);
        case Qt::Key_Down:
            return setCurrent(current_ + 1, extend);
        case Qt::Key_PageUp:
            return setCurrent(current_ - page, extend);
        case Qt::Key_PageDown:
            return setCurrent(current_ + page, extend);
        case Qt::Key_Left:
            return horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
        case Qt::Key_Right:
            return horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return mouseDoubleClickEvent(nullptr);
        default:
            event->ignore();
    }
}

}  // namespace abm
