// Mouse, wheel and keys of the score chart.
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/lane_item.h"
#include "widgets/score_chart.h"

namespace abm {
namespace {

constexpr double kZoomStep = 0.8;
constexpr float kThresholdStep = 0.01F;
constexpr float kThresholdStride = 0.05F;

}  // namespace

std::optional<std::size_t> ScoreChart::laneOfName(QPointF point) const {
    const QRectF plot = chart()->plotArea();
    if (!index_ || index_->lanes.empty() || point.x() >= plot.left() || point.y() < plot.top() || point.y() >= plot.bottom())
        return std::nullopt;
    const std::size_t lane = item_->laneAt(point.y());
    return point.y() < item_->laneTop(lane) + item_->laneHeight(lane) ? std::optional(lane) : std::nullopt;
}

bool ScoreChart::overThreshold(QPointF point) const {
    if (!index_ || index_->lanes.empty() || !chart()->plotArea().contains(point)) return false;
    const std::size_t lane = item_->laneAt(point.y());
    return item_->layout().open(lane) && std::abs(item_->thresholdY(lane) - point.y()) <= 3 && !item_->recordAt(point);
}

void ScoreChart::wheelEvent(QWheelEvent* event) {
    const QPoint turn = event->angleDelta();
    const QRectF plot = chart()->plotArea();
    if (event->modifiers().testFlag(Qt::ControlModifier) || (!plot.isEmpty() && event->position().x() < plot.left())) {
        scroll_->setValue(scroll_->value() - turn.y() / 120 * LaneLayout::kLeast_px);
    } else if (turn.x() != 0 || event->modifiers().testFlag(Qt::ShiftModifier)) {
        pan(-(turn.x() != 0 ? turn.x() : turn.y()) / 1200.0);
    } else if (plot.width() > 0) {
        zoom(std::pow(kZoomStep, turn.y() / 120.0), std::clamp((event->position().x() - plot.left()) / plot.width(), 0.0, 1.0));
    }
    event->accept();
}

void ScoreChart::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !index_) return;
    pressed_at_ = event->position();
    if (const auto named = laneOfName(pressed_at_)) return setCollapsed(*named, item_->layout().open(*named));
    drag_ = overThreshold(pressed_at_) ? Drag::threshold : Drag::pressed;
    lane_ = item_->laneAt(pressed_at_.y());
    followFocus();
    if (drag_ == Drag::threshold) item_->setDraggedLane(lane_);
}

void ScoreChart::mouseMoveEvent(QMouseEvent* event) {
    constexpr double kDragStarts_px = 4;
    const QPointF at = event->position();
    if (drag_ == Drag::pressed && std::abs(at.x() - pressed_at_.x()) > kDragStarts_px) drag_ = Drag::range;
    if (drag_ == Drag::range) {
        const auto [first, last] = std::minmax({timeAt(pressed_at_.x()), timeAt(at.x())});
        item_->setRange(TimeRange{first, last});
    } else if (drag_ == Drag::threshold) {
        setThreshold(item_->scoreAt(at.y()));
        emit thresholdDragged(threshold_);
    } else if (drag_ == Drag::none) {
        const bool over_something = laneOfName(at) || item_->recordAt(at);
        setCursor(overThreshold(at) ? Qt::SizeVerCursor : over_something ? Qt::PointingHandCursor : Qt::ArrowCursor);
    }
}

void ScoreChart::mouseReleaseEvent(QMouseEvent* event) {
    const Drag ended = std::exchange(drag_, Drag::none);
    item_->setDraggedLane(std::nullopt);
    if (ended == Drag::range) {
        const auto [first, last] = std::minmax({timeAt(pressed_at_.x()), timeAt(event->position().x())});
        selection_.setRange(TimeRange{first, last});
    } else if (ended == Drag::threshold) {
        emit thresholdChanged(threshold_);
    } else if (ended == Drag::pressed) {
        const auto record = item_->recordAt(event->position());
        const Pin* const pin = item_->pinAt(event->position());
        if (record) selection_.selectRecord(RecordIndex(*record), pin && pin->record == *record ? pin->line : std::nullopt);
    }
}

void ScoreChart::mouseDoubleClickEvent(QMouseEvent* event) {
    if (laneOfName(event->position())) return mousePressEvent(event);
    drag_ = Drag::none;
    selection_.setRange(std::nullopt);
    fit();
}

void ScoreChart::keyPressEvent(QKeyEvent* event) {
    constexpr double kStep = 0.15;
    if (keyWithModifier(*event)) return;
    switch (event->key()) {
        case Qt::Key_Left:
            return pan(-kStep);
        case Qt::Key_Right:
            return pan(kStep);
        case Qt::Key_Up:
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoom(kZoomStep);
        case Qt::Key_Down:
        case Qt::Key_Minus:
            return zoom(1 / kZoomStep);
        case Qt::Key_Home:
            return fit();
        case Qt::Key_PageUp:
            return scroll_->triggerAction(QScrollBar::SliderPageStepSub);
        case Qt::Key_PageDown:
            return scroll_->triggerAction(QScrollBar::SliderPageStepAdd);
        case Qt::Key_C:
            return setCollapsed(lane_, item_->layout().count() > lane_ && item_->layout().open(lane_));
        case Qt::Key_Escape:
            return selection_.setRange(std::nullopt);
        default:
            event->ignore();
    }
}

bool ScoreChart::keyWithModifier(const QKeyEvent& key) {
    const auto modifiers = key.modifiers() & ~Qt::KeypadModifier;
    const int up = key.key() == Qt::Key_Up ? 1 : key.key() == Qt::Key_Down ? -1 : 0;
    const int right = key.key() == Qt::Key_Right ? 1 : key.key() == Qt::Key_Left ? -1 : 0;
    if (modifiers.testFlag(Qt::AltModifier) && up != 0) {
        stepThreshold(static_cast<float>(up) * (modifiers.testFlag(Qt::ShiftModifier) ? kThresholdStride : kThresholdStep));
    } else if (modifiers == Qt::ControlModifier && up != 0) {
        stepLane(-up);
    } else if (modifiers == Qt::ControlModifier && right != 0) {
        stepMark(right);
    } else {
        return false;
    }
    return true;
}

void ScoreChart::stepThreshold(float step) {
    const float next = std::round((threshold_ + step) * 100) / 100;  // what is written at the line is what it is
    setThreshold(std::clamp(next, 0.0F, 1.0F));
    emit thresholdChanged(threshold_);
}

void ScoreChart::stepMark(int direction) {
    if (!index_ || lane_ >= index_->lanes.size()) return;
    const Lane& lane = index_->lanes[lane_];
    const auto selected = selection_.record();
    const bool here = selected && index_->laneOf(snapshot_->records[raw(*selected)]) == lane_ &&
                      known(snapshot_->records[raw(*selected)].start);
    const Time from = here ? snapshot_->records[raw(*selected)].start : direction > 0 ? view_.begin : view_.end;
    if (const auto* const next = lane.anomaly_beside(from, here ? raw(*selected) : 0, direction > 0))
        selection_.selectRecord(RecordIndex(next->record));
}

void ScoreChart::stepLane(int direction) {
    const LaneLayout& layout = item_->layout();
    for (auto lane = static_cast<std::ptrdiff_t>(lane_) + direction; lane >= 0 && lane < std::ssize(index_->lanes);
         lane += direction) {
        if (layout.shown(static_cast<std::size_t>(lane))) return showLane(static_cast<std::size_t>(lane));
    }
}

// One sees which lane the keys act on while they act here.
void ScoreChart::followFocus() {
    item_->setFocusLane(hasFocus() && index_ && !index_->lanes.empty() ? std::optional(lane_) : std::nullopt);
    describe();
}

void ScoreChart::focusInEvent(QFocusEvent* event) {
    QChartView::focusInEvent(event);
    followFocus();
}

void ScoreChart::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    followFocus();
}

void ScoreChart::contextMenuEvent(QContextMenuEvent* event) {
    if (!index_ || index_->lanes.empty()) return;
    const bool by_key = event->reason() == QContextMenuEvent::Keyboard;
    const std::size_t lane = by_key ? lane_ : item_->laneAt(event->pos().y());
    const bool open = item_->layout().open(lane);
    QMenu menu(this);
    menu.addAction(open ? "Collapse " + machineOf(lane) : "Open " + machineOf(lane), this,
                   [this, lane, open] { setCollapsed(lane, open); });
    menu.addAction("Collapse the other lanes", this, [this, lane] {
        for (std::size_t other = 0; other < index_->lanes.size(); ++other) setCollapsed(other, other != lane);
    });
    menu.addAction("Open all lanes", this,
                   [this] {
                       collapsed_.clear();
                       layOutLanes();
                   })
        ->setEnabled(!collapsed_.isEmpty());
    menu.addSeparator();
    QAction* const only = menu.addAction("Only " + machineOf(lane), this, [this, lane] { singleOut(lane); });
    only->setEnabled(single_.isEmpty() && index_->lanes.size() > 1);
    menu.addAction("All lanes again", this, [this] { singleOut(std::nullopt); })->setEnabled(!single_.isEmpty());
    menu.addSeparator();
    menu.addAction("Fit the chart", this, &ScoreChart::fit);
    const int top = std::max(item_->laneTop(lane), 0);
    menu.exec(by_key ? mapToGlobal(QPoint(static_cast<int>(chart()->plotArea().left()) + 8, top + 8)) : event->globalPos());
}

}  // namespace abm
