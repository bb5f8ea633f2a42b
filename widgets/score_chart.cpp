#include "widgets/score_chart.h"

#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineSeries>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/lane_item.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kTickEvery_px = 80;
constexpr int kLeastLane_px = 30;
constexpr double kZoomStep = 0.8;

}  // namespace

ScoreChart::ScoreChart(Selection& selection, QWidget* parent)
    : QChartView(parent), selection_(selection), times_(new QCategoryAxis), machines_(new QCategoryAxis) {
    setAccessibleName("Score over time");
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAcceptDrops(false);  // the window takes files, wherever they are dropped
    viewport()->setAcceptDrops(false);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    chart()->legend()->hide();
    chart()->setMargins(QMargins(4, 0, 8, 0));
    chart()->setBackgroundRoundness(0);
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    auto* const carrier = new QLineSeries;  // axes show only when a series is attached to them
    chart()->addSeries(carrier);
    chart()->addAxis(times_, Qt::AlignBottom);
    chart()->addAxis(machines_, Qt::AlignLeft);
    carrier->attachAxis(times_);
    carrier->attachAxis(machines_);
    times_->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    machines_->setLabelsPosition(QCategoryAxis::AxisLabelsPositionCenter);
    machines_->setGridLineVisible(false);
    times_->setTruncateLabels(false);
    machines_->setTruncateLabels(false);
    item_ = new LaneItem(chart());
    item_->setZValue(10);
    connect(chart(), &QChart::plotAreaChanged, this, &ScoreChart::placeItem);
    connect(&selection_, &Selection::recordChanged, this, &ScoreChart::followSelection);
    connect(&selection_, &Selection::rangeChanged, this, [this] { item_->setRange(selection_.range()); });
    connect(&Theme::instance(), &Theme::changed, this, &ScoreChart::applyTheme);
    applyTheme();
}

void ScoreChart::applyTheme() {
    const Tokens& t = tokens();
    chart()->setBackgroundBrush(t.panel);
    chart()->setBackgroundPen(Qt::NoPen);
    setBackgroundBrush(t.panel);
    for (QCategoryAxis* axis : {times_, machines_}) {
        axis->setLabelsColor(t.muted);
        axis->setLabelsFont(ui_font(11));
        axis->setLinePen(QPen(t.line));
        axis->setGridLinePen(QPen(t.line));
    }
    machines_->setLineVisible(false);
    viewport()->update();
}

void ScoreChart::setSnapshot(Snapshot snapshot, std::shared_ptr<const ScoreIndex> index) {
    snapshot_ = std::move(snapshot);
    index_ = std::move(index);
    for (const QString& label : machines_->categoriesLabels()) machines_->remove(label);
    const auto lanes = index_ ? index_->lanes.size() : 0;
    machines_->setRange(0, static_cast<qreal>(std::max<std::size_t>(lanes, 1)));
    for (std::size_t at = 0; at < lanes; ++at) {  // the axis counts upwards, lanes downwards
        const Lane& lane = index_->lanes[lanes - 1 - at];
        machines_->append(qstring(snapshot_->machines[raw(lane.machine)]), static_cast<qreal>(at + 1));
    }
    setMinimumHeight(static_cast<int>(lanes) * kLeastLane_px + 40);
    item_->setIndex(index_);
    if (!index_) return;
    if (fitted_ || view_.length().count() <= 0) {
        fit();
    } else {
        showRange(view_);
    }
    followSelection();
}

void ScoreChart::setThreshold(float threshold) {
    threshold_ = threshold;
    item_->setThreshold(threshold);
}

void ScoreChart::showRange(TimeRange view) {
    if (!index_) return;
    const TimeFold& fold = index_->fold;
    view_ = fold.unfolded(zoomed(fold.folded(view), 1, 0.5, fold.folded(index_->whole)));
    fitted_ = view_ == index_->whole;
    item_->setView(view_);
    layOutAxes();
    viewport()->update();
    emit visibleRangeChanged(view_);
}

void ScoreChart::fit() {
    if (index_) showRange(index_->whole);
}

void ScoreChart::zoom(double factor, double anchor) {
    if (!index_) return;
    const TimeFold& fold = index_->fold;
    showRange(fold.unfolded(zoomed(fold.folded(view_), factor, anchor, fold.folded(index_->whole))));
}

void ScoreChart::pan(double part) {
    if (!index_) return;
    const TimeFold& fold = index_->fold;
    showRange(fold.unfolded(panned(fold.folded(view_), part, fold.folded(index_->whole))));
}

void ScoreChart::layOutAxes() {
    for (const QString& label : times_->categoriesLabels()) times_->remove(label);
    const TimeRange shown = index_->fold.folded(view_);
    const double seconds = static_cast<double>(shown.length().count()) / 1e6;
    times_->setStartValue(0);
    times_->setRange(0, seconds);
    const int most = std::max(2, static_cast<int>(chart()->plotArea().width()) / kTickEvery_px);
    if (index_->lanes.empty()) return;  // no record has a time: an axis would invent one
    QStringList used;
    for (const Tick& tick : time_ticks(view_, most, index_->fold)) {
        QString text = tick.text;
        while (used.contains(text))
            text += QChar(0x200B);  // the axis wants labels that differ; the same clock on another day may repeat
        used.append(text);
        times_->append(text, static_cast<double>((index_->fold.folded(tick.time) - shown.begin).count()) / 1e6);
    }
}

void ScoreChart::placeItem() {
    item_->setPlotArea(chart()->plotArea());
    if (index_) layOutAxes();
}

void ScoreChart::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    placeItem();
}

Time ScoreChart::timeAt(double x) const { return item_->scale().time_of(x - chart()->plotArea().left()); }

void ScoreChart::followSelection() {
    const auto record = selection_.record();
    if (!record || !snapshot_ || raw(*record) >= snapshot_->records.size()) return item_->setSelected(std::nullopt, std::nullopt);
    const Record& selected = snapshot_->records[raw(*record)];
    item_->setSelected(known(selected.start) ? std::optional(selected.start) : std::nullopt, raw(*record));
    setAccessibleDescription(record_title(*snapshot_, selected) + ", score " + score_text(selected.score));
    if (known(selected.start) && !view_.contains(selected.start)) {
        const TimeFold& fold = index_->fold;
        const auto half = fold.folded(view_).length() / 2;
        const Time centre = fold.folded(selected.start);
        showRange(fold.unfolded(TimeRange{centre - half, centre + half}));
    }
}

bool ScoreChart::overThreshold(QPointF point) const {
    if (!index_ || index_->lanes.empty() || !chart()->plotArea().contains(point)) return false;
    return std::abs(item_->thresholdY(item_->laneAt(point.y())) - point.y()) <= 3 && !item_->recordAt(point);
}

void ScoreChart::wheelEvent(QWheelEvent* event) {
    const QPoint turn = event->angleDelta();
    const QRectF plot = chart()->plotArea();
    if (turn.x() != 0 || event->modifiers().testFlag(Qt::ShiftModifier)) {
        pan(-(turn.x() != 0 ? turn.x() : turn.y()) / 1200.0);
    } else if (plot.width() > 0) {
        zoom(std::pow(kZoomStep, turn.y() / 120.0), std::clamp((event->position().x() - plot.left()) / plot.width(), 0.0, 1.0));
    }
    event->accept();
}

void ScoreChart::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !index_) return;
    pressed_at_ = event->position();
    drag_ = overThreshold(pressed_at_) ? Drag::threshold : Drag::pressed;
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
        setCursor(overThreshold(at) ? Qt::SizeVerCursor : item_->recordAt(at) ? Qt::PointingHandCursor : Qt::ArrowCursor);
    }
}

void ScoreChart::mouseReleaseEvent(QMouseEvent* event) {
    const Drag ended = std::exchange(drag_, Drag::none);
    if (ended == Drag::range) {
        const auto [first, last] = std::minmax({timeAt(pressed_at_.x()), timeAt(event->position().x())});
        selection_.setRange(TimeRange{first, last});
    } else if (ended == Drag::threshold) {
        emit thresholdChanged(threshold_);
    } else if (ended == Drag::pressed) {
        if (const auto record = item_->recordAt(event->position())) selection_.selectRecord(RecordIndex(*record));
    }
}

void ScoreChart::mouseDoubleClickEvent(QMouseEvent*) {
    drag_ = Drag::none;
    selection_.setRange(std::nullopt);
    fit();
}

void ScoreChart::keyPressEvent(QKeyEvent* event) {
    constexpr double kStep = 0.15;
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
        case Qt::Key_Escape:
            return selection_.setRange(std::nullopt);
        default:
            event->ignore();
    }
}

QString ScoreChart::tip(std::uint32_t at) const {
    const Record& record = snapshot_->records[at];
    return QStringLiteral("<b>%1 · %2</b><br>%3 · score %4<br>%5")
        .arg(qstring(iso8601(record.start)).replace('T', ' ').left(19), qstring(snapshot_->machine_of(record)).toHtmlEscaped(),
             qstring(display_name(record.type)), score_text(record.score),
             qstring(sentence_of(*snapshot_, record)).toHtmlEscaped());
}

QString ScoreChart::foldTip(QPointF at) const {
    if (!index_ || !chart()->plotArea().contains(at)) return {};
    const Time time = timeAt(at.x());
    for (const TimeFold::Fold& fold : index_->fold.folds()) {
        if (!fold.range.contains(time)) continue;
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(fold.range.length()).count();
        return QStringLiteral("%1 without any record, folded away").arg(duration_text(seconds));
    }
    return {};
}

bool ScoreChart::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && snapshot_) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        if (const auto record = item_->recordAt(help->pos())) {
            QToolTip::showText(help->globalPos(), tip(*record), this);
        } else {
            QToolTip::showText(help->globalPos(), foldTip(help->pos()), this);  // without words it hides
        }
        return true;
    }
    return QChartView::event(event);
}

}  // namespace abm
