#include "widgets/score_chart.h"

#include <QCategoryAxis>
#include <QChart>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QScrollBar>
#include <QStyle>
#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/chart_accessible.h"
#include "widgets/format.h"
#include "widgets/lane_item.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kRight_px = 8;
constexpr int kLeastHeight_px = 100;
constexpr int kLeastName_px = 100;
constexpr QChar kNothing(0x200B);  // takes no room: axes of categories want labels that differ, and none that is empty

}  // namespace

ScoreChart::ScoreChart(Selection& selection, QWidget* parent)
    : QChartView(parent),
      selection_(selection),
      times_(new QCategoryAxis),
      machines_(new QCategoryAxis),
      scroll_(new QScrollBar(Qt::Vertical, this)) {
    make_value_accessible();  // before the name: naming it makes the interface, and that is kept
    setAccessibleName("Score over time");
    setFocusPolicy(Qt::StrongFocus);
    setMinimumHeight(kLeastHeight_px);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAcceptDrops(false);  // the window takes files, wherever they are dropped
    viewport()->setAcceptDrops(false);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    chart()->legend()->hide();
    chart()->setMargins(QMargins(4, 0, kRight_px, 0));
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
    scroll_->setAccessibleName("Machines of the chart");
    scroll_->setFocusPolicy(Qt::NoFocus);
    scroll_->hide();
    connect(scroll_, &QScrollBar::valueChanged, this, [this](int y) {
        item_->setScroll(y);
        layOutMachines();
    });
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
    item_->setIndex(index_, laneLayout());
    layOutLanes();
    setBookmarks(bookmarks_);
    if (!index_) return;
    if (fitted_ || view_.length().count() <= 0) {
        fit();
    } else {
        showRange(view_);
    }
    followSelection();
}

void ScoreChart::setBookmarks(std::shared_ptr<const Bookmarks> bookmarks) {
    bookmarks_ = std::move(bookmarks);
    std::vector<std::vector<Pin>> pins(index_ ? index_->lanes.size() : 0);
    for (std::size_t lane = 0; bookmarks_ && snapshot_ && lane < pins.size(); ++lane)
        pins[lane] = pins_of(*snapshot_, *bookmarks_, [&](const Record& record) { return index_->laneOf(record) == lane; });
    item_->setPins(std::move(pins));
}

void ScoreChart::setThreshold(float threshold) {
    threshold_ = threshold;
    item_->setThreshold(threshold);
    describe();
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
    const double plot_px = chart()->plotArea().width();
    const int most = std::max(2, static_cast<int>(plot_px) / kTimeTickEvery_px);
    if (index_->lanes.empty()) return;  // no record has a time: an axis would invent one
    const QFontMetrics metrics(times_->labelsFont());
    QStringList used;
    const std::vector<Tick> ticks = time_ticks(view_, most, index_->fold);
    for (const Tick& tick : ticks) {
        const double at = static_cast<double>((index_->fold.folded(tick.time) - shown.begin).count()) / 1e6;
        QString text = tick.text;
        if (ticks.size() > 1 && seconds > 0 &&
            at / seconds * plot_px + metrics.horizontalAdvance(text) / 2.0 > plot_px + kRight_px)
            text = kNothing;                           // the edge of the window would cut it
        while (used.contains(text)) text += kNothing;  // the clock of another day
        used.append(text);
        times_->append(text, at);
    }
}

QString ScoreChart::machineOf(std::size_t lane) const { return qstring(index_->lanes[lane].name); }

LaneLayout ScoreChart::laneLayout() const {
    std::vector<bool> collapsed(index_ ? index_->lanes.size() : 0), left_out(collapsed.size());
    std::optional<std::size_t> single;
    for (std::size_t lane = 0; lane < collapsed.size(); ++lane) {
        collapsed[lane] = collapsed_.contains(machineOf(lane));
        if (!single_.isEmpty() && machineOf(lane) == single_) single = lane;
        left_out[lane] = (index_->lanes[lane].views & views_) == 0;
    }
    if (std::count(left_out.begin(), left_out.end(), false) == 0)
        left_out.clear();  // nothing of these kinds has a time: all is better than none
    return {std::move(collapsed), single, static_cast<int>(chart()->plotArea().height()), left_out};
}

// Lanes that do not fit are scrolled; the axis of time stays where it is.
void ScoreChart::layOutLanes() {
    const QRectF plot = chart()->plotArea();
    item_->setLayout(laneLayout());
    const int furthest = item_->layout().furthest();
    const int bar = style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, scroll_);
    const QMargins margins(4, 0, furthest > 0 ? bar + 4 : kRight_px, 0);
    if (chart()->margins() != margins) chart()->setMargins(margins);
    scroll_->setVisible(furthest > 0);
    scroll_->setGeometry(width() - bar, static_cast<int>(plot.top()), bar, static_cast<int>(plot.height()));
    scroll_->setPageStep(static_cast<int>(plot.height()));
    scroll_->setSingleStep(LaneLayout::kLeast_px);
    scroll_->setRange(0, furthest);
    lane_ = std::min(lane_, std::max<std::size_t>(item_->layout().count(), 1) - 1);
    followFocus();
    layOutMachines();
}

// The axis has a category for each lane in sight. It is slow to change: only when the names or their places do.
void ScoreChart::layOutMachines() {
    const QRectF plot = chart()->plotArea();
    const QFontMetrics metrics(machines_->labelsFont());
    const int room_px = std::max(kLeastName_px, width() / 5);  // a lane may be the two ends of a conversation
    std::vector<NamedLane> named;
    qreal start = 0;
    const std::size_t lanes = index_ ? index_->lanes.size() : 0;
    for (std::size_t lane = lanes; lane-- > 0;) {  // the axis counts upwards, lanes downwards
        if (!item_->inSight(lane)) continue;
        const qreal top = std::max<qreal>(item_->laneTop(lane), plot.top());
        if (named.empty()) start = std::max(plot.bottom() - item_->laneTop(lane) - item_->laneHeight(lane), 0.0);
        const QString name = (item_->layout().open(lane) ? QString() : QString::fromUtf8("▸ ")) + machineOf(lane);
        QString label = metrics.elidedText(name, Qt::ElideMiddle, room_px);
        while (std::ranges::any_of(named, [&](const NamedLane& other) { return other.name == label; })) label += kNothing;
        named.push_back({label, plot.bottom() - top});
    }
    if (named == named_) return;
    named_ = named;
    for (const QString& label : machines_->categoriesLabels()) machines_->remove(label);
    machines_->setRange(0, std::max(plot.height(), 1.0));
    machines_->setStartValue(start);
    for (const NamedLane& lane : named) machines_->append(lane.name, lane.end);
}

void ScoreChart::setViews(std::uint32_t views) {
    if (std::exchange(views_, views) != views) layOutLanes();
}

void ScoreChart::setCollapsed(std::size_t lane, bool collapsed) {
    if (!index_ || lane >= index_->lanes.size()) return;
    if (collapsed) {
        collapsed_.insert(machineOf(lane));
    } else {
        collapsed_.remove(machineOf(lane));
    }
    layOutLanes();
}

void ScoreChart::singleOut(std::optional<std::size_t> lane) {
    if (!index_ || (lane && *lane >= index_->lanes.size())) return;
    single_ = lane ? machineOf(*lane) : QString();
    if (lane) lane_ = *lane;
    layOutLanes();
    emit machineRequested(single_);
}

void ScoreChart::showLane(std::size_t lane) {
    if (lane >= item_->layout().count() || !item_->layout().shown(lane)) return;
    lane_ = lane;
    const int top = item_->layout().top(lane), bottom = top + item_->laneHeight(lane);
    if (top < scroll_->value()) scroll_->setValue(top);
    if (bottom > scroll_->value() + scroll_->pageStep()) scroll_->setValue(bottom - scroll_->pageStep());
    followFocus();
}

void ScoreChart::placeItem() {
    item_->setPlotArea(chart()->plotArea());
    layOutLanes();
    if (index_) layOutAxes();
}

void ScoreChart::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    placeItem();
}

Time ScoreChart::timeAt(double x) const { return item_->scale().time_of(x - chart()->plotArea().left()); }

void ScoreChart::followSelection() {
    const auto record = selection_.record();
    if (!record || !snapshot_ || raw(*record) >= snapshot_->records.size()) {
        item_->setSelected(std::nullopt, std::nullopt);
        return describe();
    }
    const Record& selected = snapshot_->records[raw(*record)];
    item_->setSelected(known(selected.start) ? std::optional(selected.start) : std::nullopt, raw(*record));
    describe();
    if (const auto lane = index_->laneOf(selected)) showLane(*lane);
    if (known(selected.start) && !view_.contains(selected.start)) {
        const TimeFold& fold = index_->fold;
        const auto half = fold.folded(view_).length() / 2;
        const Time centre = fold.folded(selected.start);
        showRange(fold.unfolded(TimeRange{centre - half, centre + half}));
    }
}

}  // namespace abm
