#include "widgets/log_view.h"

#include <QApplication>
#include <QClipboard>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QMenu>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <utility>

#include "widgets/format.h"
#include "widgets/log_measures.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kWheelRows = 3;
constexpr int kScrollSteps = 1'000'000;  // a scroll bar counts in 32 bits; files do not

}  // namespace

LogView::LogView(QWidget* parent) : QAbstractScrollArea(parent) {
    setAccessibleName("Log of the session");
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setCursor(Qt::IBeamCursor);
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &LogView::onScrollBar);
}

void LogView::showPage(ShownPage page, std::int64_t source_bytes) {
    bytes_ = source_bytes;
    asked_.reset();
    current_ = anchor_ = -1;
    top_ = top_part_ = 0;
    window_.show(std::move(page));
    keepInside();
}

void LogView::addPage(ShownPage page, LogRequest request) {
    if (!asked_ || asked_->where != request.where || asked_->offset != request.offset) return;
    asked_.reset();
    if (request.where == LogRequest::Where::after) {
        if (!page.page.lines.empty()) window_.append(std::move(page));
    } else if (request.where == LogRequest::Where::before) {
        const int before = window_.firstLineRow();
        const std::int64_t first = window_.span().offset;
        if (!page.page.lines.empty() && window_.prepend(std::move(page))) top_ += window_.rowAt(first) - before;
    } else {
        window_.show(std::move(page));
        top_part_ = 0;
        const int row = window_.rowAt(request.offset);
        top_ = std::max(row, 0);
        if (std::exchange(select_asked_, false) && row >= 0) {
            current_ = anchor_ = window_.offsetOf(row);
            top_ = std::max(row - visibleRows() / 3, 0);
        }
    }
    top_ -= window_.trim(top_);
    keepInside();
}

void LogView::restore(std::int64_t top, std::int64_t current) {
    current_ = anchor_ = current;
    jump(top);
}

void LogView::setFirstLine(std::int64_t page_offset, std::int64_t number) {
    if (page_offset != window_.span().offset) return;
    window_.setFirstLine(number);
    viewport()->update();
}

void LogView::setTicks(TextSpan record, std::vector<TextSpan> matches) {
    record_ = record;
    ticks_ = std::move(matches);
    viewport()->update();
}

void LogView::setPattern(std::optional<TextPattern> pattern) {
    pattern_ = std::move(pattern);
    viewport()->update();
}

void LogView::setWrapped(bool wrapped) {
    wrapped_ = wrapped;
    top_part_ = 0;
    horizontalScrollBar()->setValue(0);
    keepInside();
}

void LogView::setEscapes(bool shown) {
    escapes_ = shown;
    keepInside();
}

void LogView::goTo(std::int64_t offset) {
    const int row = window_.rowAt(offset);
    if (row < 0) {
        if (bytes_ == 0) return;
        select_asked_ = true;
        return ask({LogRequest::Where::around, offset});
    }
    current_ = anchor_ = window_.offsetOf(row);
    reveal(row);
    viewport()->update();
}

std::optional<std::int32_t> LogView::currentLine() const {
    const int row = current_ < 0 ? -1 : window_.rowAt(current_);
    return row < 0 ? std::nullopt : std::optional(window_.row(row).line);
}

std::int64_t LogView::topOffset() const { return window_.offsetOf(top_); }

void LogView::setCurrent(int row, bool extend) {
    if (window_.lines().empty()) return;
    row = std::clamp(row, 0, window_.rowCount() - 1);
    current_ = window_.lineOf(row) ? window_.offsetOf(row) : window_.offsetOf(row + 1);
    if (!extend || anchor_ < 0) anchor_ = current_;
    reveal(window_.rowAt(current_));
    viewport()->update();
    if (!extend) emit lineSelected(current_);
}

void LogView::step(int lines) {
    const int direction = lines > 0 ? 1 : -1;
    int row = current_ < 0 ? -1 : window_.rowAt(current_);
    row = row >= 0 ? row + direction : top_;
    while (row >= 0 && row < window_.rowCount() && !window_.lineOf(row)) row += direction;
    if (row >= 0 && row < window_.rowCount()) setCurrent(row, false);
}

void LogView::reveal(int row) {
    if (row < 0) return;
    const int visible = visibleRows();
    int below = 0;  // rows of text from the top to the row
    for (int at = top_; at <= row && below <= visible; ++at) below += parts(at);
    if (row < top_ + 1) {
        setTop(std::max(row - 2, 0));
    } else if (below > visible - 1) {
        setTop(std::max(row - visible + std::min(4, visible / 3), 0));
    } else {
        askForMore();
    }
}

void LogView::revealEvidence(TextSpan record) {
    int row = -1;
    for (int at = std::max(window_.rowAt(record.offset), 0); at < window_.rowCount() && row < 0; ++at) {
        if (window_.offsetOf(at) >= record.end()) break;
        if (window_.row(at).evidence) row = at;
    }
    // What led to it stands above, what came of it below: the first third of the view is the place for it.
    const int begin = std::max(window_.rowAt(record.offset) - 1, 0);
    setTop(row < 0 ? begin : std::max(begin, row - visibleRows() / 3));
}

QString LogView::selectedText(bool gutter) const {
    if (current_ < 0) return {};
    const auto [first, last] = std::minmax(anchor_, current_);
    QString text;
    for (const LogLine& line : lines()) {
        if (line.span.offset < first || line.span.offset > last) continue;
        if (gutter) {
            const std::int64_t number = window_.numberOf(window_.rowAt(line.span.offset));
            text += (number > 0 ? QString::number(number) : QString()) + '\t' + clock_of(line) + '\t';
        }
        text += qstring(escapes_ && !line.escapes.empty() ? line.escapes : line.text) + '\n';
    }
    return text;
}

void LogView::copy(bool gutter) const {
    if (current_ >= 0) QApplication::clipboard()->setText(selectedText(gutter));
}

int LogView::visibleRows() const { return std::max(viewport()->height() / kLogRow_px, 1); }

int LogView::parts(int row) const {
    if (!wrapped_ || !window_.lineOf(row)) return 1;
    return std::max(1, (static_cast<int>(textOf(row).size()) + columns() - 1) / columns());
}

void LogView::scrollRows(int rows) {
    for (; rows > 0 && top_ < window_.rowCount(); --rows) {
        if (++top_part_ >= parts(top_)) top_part_ = 0, ++top_;
    }
    for (; rows < 0 && (top_ > 0 || top_part_ > 0); ++rows) {
        if (--top_part_ < 0) top_part_ = parts(--top_) - 1;
    }
    keepInside();
}

void LogView::setTop(int row) {
    top_ = row;
    top_part_ = 0;
    keepInside();
}

// The last line of the window stands at the bottom at the latest: more is asked for before one gets there.
void LogView::keepInside() {
    int room = visibleRows();
    int last = window_.rowCount();
    while (last > 0 && room > 0) room -= parts(--last);
    const int part = std::max(-room, 0);
    if (top_ > last || (top_ == last && top_part_ > part)) top_ = last, top_part_ = part;
    top_ = std::max(top_, 0);
    placeScrollBar();
    askForMore();
    viewport()->update();
}

void LogView::askForMore() {
    if (bytes_ == 0 || asked_) return;
    const int margin = 3 * visibleRows();
    if (top_ + margin > window_.rowCount() && window_.span().end() < bytes_) {
        ask({LogRequest::Where::after, window_.span().end()});
    } else if (top_ < margin && window_.span().offset > 0) {
        ask({LogRequest::Where::before, window_.span().offset});
    }
}

void LogView::ask(LogRequest request) {
    asked_ = request;
    emit pageWanted(request);
}

void LogView::placeScrollBar() {
    const QSignalBlocker quiet(verticalScrollBar());
    const bool list = bytes_ == 0;
    const int visible = visibleRows();
    std::size_t longest = 0;
    for (int at = top_; at < std::min(top_ + 2 * visible, window_.rowCount()); ++at)
        longest = std::max(longest, static_cast<std::size_t>(textOf(at).size()));
    if (list) {
        verticalScrollBar()->setRange(0, std::max(window_.rowCount() - visible, 0));
        verticalScrollBar()->setPageStep(visible);
        verticalScrollBar()->setValue(top_);
    } else {
        const double scale = kScrollSteps / static_cast<double>(bytes_);
        const std::int64_t shown = window_.offsetOf(std::min(top_ + visible, window_.rowCount())) - topOffset();
        const int page = std::clamp(static_cast<int>(static_cast<double>(shown) * scale), 1, kScrollSteps);
        verticalScrollBar()->setRange(0, kScrollSteps - page);
        verticalScrollBar()->setPageStep(page);
        const bool at_end = topOffset() + shown >= bytes_;
        verticalScrollBar()->setValue(at_end ? verticalScrollBar()->maximum()
                                             : static_cast<int>(static_cast<double>(topOffset()) * scale));
    }
    const int width = edges().text + QFontMetrics(log_font()).horizontalAdvance('0') * static_cast<int>(longest) + 20;
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, wrapped_ ? 0 : std::max(width - viewport()->width(), horizontalScrollBar()->value()));
    horizontalScrollBar()->setSingleStep(20);
}

void LogView::onScrollBar(int action) {
    QScrollBar* const bar = verticalScrollBar();
    const int wanted = bar->sliderPosition();
    const int page = std::max(visibleRows() - 1, 1);
    switch (action) {
        case QAbstractSlider::SliderSingleStepAdd:
            return scrollRows(1), bar->setSliderPosition(bar->value());
        case QAbstractSlider::SliderSingleStepSub:
            return scrollRows(-1), bar->setSliderPosition(bar->value());
        case QAbstractSlider::SliderPageStepAdd:
            return scrollRows(page), bar->setSliderPosition(bar->value());
        case QAbstractSlider::SliderPageStepSub:
            return scrollRows(-page), bar->setSliderPosition(bar->value());
        default:
            break;
    }
    if (bytes_ == 0) return setTop(wanted);
    jump(wanted >= bar->maximum()
             ? bytes_ - 1
             : static_cast<std::int64_t>(wanted / static_cast<double>(kScrollSteps) * static_cast<double>(bytes_)));
}

void LogView::jump(std::int64_t offset) {
    const int row = window_.rowAt(offset);
    if (row >= 0) return setTop(row);
    select_asked_ = false;
    ask({LogRequest::Where::around, offset});
}

void LogView::scrollContentsBy(int, int) { viewport()->update(); }
void LogView::resizeEvent(QResizeEvent*) { keepInside(); }

void LogView::wheelEvent(QWheelEvent* event) {
    if (event->modifiers() & Qt::ShiftModifier) return QAbstractScrollArea::wheelEvent(event);
    scrollRows(-event->angleDelta().y() * kWheelRows / QWheelEvent::DefaultDeltasPerStep);
    event->accept();
}

bool LogView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto* const help = static_cast<QHelpEvent*>(event);  // a note may be cut in a narrow window
    const int row = rowAtPoint(help->pos());
    QToolTip::showText(help->globalPos(), row < window_.rowCount() ? window_.row(row).note : QString(), viewport());
    return true;
}

int LogView::rowAtPoint(QPointF point) const {
    int left = static_cast<int>(point.y()) / kLogRow_px + top_part_;
    int row = top_;
    while (row < window_.rowCount() && left >= parts(row)) left -= parts(row++);
    return point.y() < 0 ? std::max(top_ - 1, 0) : row;
}

void LogView::mousePressEvent(QMouseEvent* event) {
    const int row = rowAtPoint(event->position());
    if (row >= window_.rowCount()) return;
    const auto [first, last] = std::minmax(anchor_, current_);
    const std::int64_t offset = window_.offsetOf(row);
    if (event->button() == Qt::RightButton && offset >= first && offset <= last) return;  // the menu is for what is selected
    setCurrent(row, event->modifiers().testFlag(Qt::ShiftModifier));
}

void LogView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) setCurrent(rowAtPoint(event->position()), true);
}

void LogView::mouseDoubleClickEvent(QMouseEvent*) {
    if (current_ >= 0) emit lineActivated(current_);
}

void LogView::keyPressEvent(QKeyEvent* event) {
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const int page = std::max(visibleRows() - 1, 1);
    const int here = current_ < 0 ? top_ : window_.rowAt(current_);
    const auto move = [&](int rows) {
        int row = here + rows;
        while (rows < 0 && row > 0 && !window_.lineOf(row)) --row;
        setCurrent(row, extend);
    };
    if (event->matches(QKeySequence::Copy)) return copy();
    if (event->matches(QKeySequence::SelectAll) && !lines().empty()) {
        anchor_ = lines().front().span.offset;
        return setCurrent(window_.rowCount() - 1, true);
    }
    switch (event->key()) {
        case Qt::Key_Up:
            return move(-1);
        case Qt::Key_Down:
            return move(1);
        case Qt::Key_PageUp:
            return move(-page);
        case Qt::Key_PageDown:
            return move(page);
        case Qt::Key_Left:
            return horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
        case Qt::Key_Right:
            return horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (current_ >= 0) emit lineActivated(current_);
            return;
        default:
            break;
    }
    const bool ctrl = event->modifiers().testFlag(Qt::ControlModifier);
    if (ctrl && event->key() == Qt::Key_Home) return bytes_ ? jump(0) : setTop(0);
    if (ctrl && event->key() == Qt::Key_End) return bytes_ ? jump(bytes_ - 1) : setTop(window_.rowCount());
    event->ignore();
}

void LogView::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    QAction* const copy_text = menu.addAction("&Copy lines", [this] { copy(); });
    QAction* const copy_all = menu.addAction("Copy with &numbers and times", [this] { copy(true); });
    QAction* const open = menu.addAction("&Open the record of this line", [this] { emit lineActivated(current_); });
    for (QAction* const action : {copy_text, copy_all, open}) action->setEnabled(current_ >= 0);
    menu.addSeparator();
    QAction* const wrap = menu.addAction("&Wrap long lines", this, &LogView::setWrapped);
    wrap->setCheckable(true);
    wrap->setChecked(wrapped_);
    QAction* const escapes = menu.addAction("Show &escape sequences", this, &LogView::setEscapes);
    escapes->setCheckable(true);
    escapes->setChecked(escapes_);
    menu.exec(event->globalPos());
}

}  // namespace abm
