#include "widgets/overview_strip.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/label_mark.h"
#include "widgets/lane_marks.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"
#include "widgets/time_fold_mark.h"

namespace abm {
namespace {

constexpr int kSide = 8;
constexpr double kEdge_px = 4;     // from an edge of the window one can take hold of it
constexpr int kDensityBar_px = 3;  // width of a density bar, with its gap

}  // namespace

OverviewStrip::OverviewStrip(QWidget* parent) : QWidget(parent) {
    setAccessibleName("Overview of the whole time");
    setMinimumHeight(40);
    setMaximumHeight(48);
    setMouseTracking(true);
    setToolTip(QString::fromUtf8(
        "The whole time: density of sessions, every anomaly, verdict (× anomaly, ✓ normal, ○ unsure), note, "
        "bookmark and flag. Drag the window or its edges to move the chart, click to jump, double-click to fit."));
    connect(&Theme::instance(), &Theme::changed, this, &OverviewStrip::forgetPicture);
}

void OverviewStrip::setIndex(std::shared_ptr<const ScoreIndex> index) {
    index_ = std::move(index);
    forgetPicture();
}

void OverviewStrip::setBookmarks(const Snapshot& snapshot, const std::shared_ptr<const Bookmarks>& bookmarks) {
    pins_ = snapshot && bookmarks ? pins_of(*snapshot, *bookmarks) : std::vector<Pin>();
    update();
}

void OverviewStrip::setView(TimeRange view) {
    view_ = view;
    update();
}

void OverviewStrip::setRange(std::optional<TimeRange> range) {
    range_ = range;
    update();
}

void OverviewStrip::setSelected(std::optional<Time> time) {
    selected_ = time;
    update();
}

TimeScale OverviewStrip::scale() const {
    return {index_ ? index_->whole : TimeRange{}, std::max(width() - 2 * kSide, 1), index_ ? &index_->fold : nullptr};
}

std::vector<Mark> OverviewStrip::marks() const {
    return index_ ? marks_of(index_->together, scale(), height() / 2) : std::vector<Mark>();
}

void OverviewStrip::paintDensity(QPainter& painter) const {
    TimeScale bars = scale();
    bars.width = std::max(bars.width / kDensityBar_px, 1);
    const auto columns = columns_of(index_->together, bars);
    std::uint32_t most = 1;
    for (const Column& column : columns) most = std::max(most, column.count);
    const double room = height() - 22;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        if (columns[at].count == 0) continue;
        const double part =
            std::sqrt(static_cast<double>(columns[at].count) / most);  // a quiet night stays visible beside a rush hour
        const double bar = std::max(2.0, room * part);
        painter.fillRect(QRectF(kSide + static_cast<double>(at) * kDensityBar_px, height() - 5 - bar, kDensityBar_px - 1, bar),
                         tokens().density);
    }
}

void OverviewStrip::paintBand(QPainter& painter, TimeRange range, const QColor& colour) const {
    const double left = std::max(scale().x_of(range.begin), 0.0);
    const double right = std::min(scale().x_of(range.end), static_cast<double>(scale().width));
    painter.fillRect(QRectF(kSide + left, 2, std::max(right - left, 2.0), height() - 4), colour);
}

// What the chart shows, with edges to take hold of.
void OverviewStrip::paintWindow(QPainter& painter) const {
    if (view_ == index_->whole) return;
    paintBand(painter, view_, see_through(tokens().accent, tokens().dark ? 0.25F : 0.16F));
    for (const Time edge : {view_.begin, view_.end}) {
        const double x = std::round(xOf(edge));
        painter.fillRect(QRectF(x - 1, 2, 2, height() - 4), tokens().accent);
        painter.fillRect(QRectF(x - 2, height() / 2.0 - 6, 4, 12), tokens().accent);
    }
}

void OverviewStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!index_) return;
    paintWindow(painter);
    for (const TimeFold::Fold& fold : index_->fold.folds())
        paint_fold(painter, fold, scale(), QRectF(kSide, 2, width() - 2 * kSide, height() - 4));
    paintDensity(painter);
    paint_label_marks(painter, index_->together, scale(), kSide, height() - 5.5);
    if (range_) paintBand(painter, *range_, see_through(tokens().accent, 0.2F));
    if (selected_) painter.fillRect(QRectF(kSide + std::floor(scale().x_of(*selected_)), 2, 1, height() - 4), tokens().accent);
    paint_pins(painter, pins_, scale(), kSide, pin_middle(height()));
    if (marks_picture_.isNull()) marks_picture_ = pictureOfMarks();
    painter.drawPixmap(0, 0, marks_picture_);
}

// Drawn once: every step of the chart's zoom paints the strip anew, and its marks stay what they are.
QPixmap OverviewStrip::pictureOfMarks() const {
    QPixmap picture(size() * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    const SeverityStamps grave(10, devicePixelRatioF()), mild(7, devicePixelRatioF());
    for (const Mark& mark : marks())
        (mark.severity >= Severity::high ? grave : mild).draw(painter, QPointF(kSide + mark.x + 0.5, mark.y + 2), mark.severity);
    return picture;
}

void OverviewStrip::forgetPicture() {
    marks_picture_ = {};
    update();
}

double OverviewStrip::xOf(Time time) const { return kSide + scale().x_of(time); }

// A window too narrow for two edges and a middle can only be moved.
OverviewStrip::Grip OverviewStrip::gripAt(double x) const {
    const double begin = xOf(view_.begin), end = xOf(view_.end);
    const bool edges = end - begin >= 4 * kEdge_px;
    if (edges && std::abs(x - begin) <= kEdge_px) return Grip::begin;
    if (edges && std::abs(x - end) <= kEdge_px) return Grip::end;
    return Grip::window;
}

void OverviewStrip::mousePressEvent(QMouseEvent* event) {
    if (!index_ || event->button() != Qt::LeftButton) return;
    const Time at = scale().time_of(event->position().x() - kSide);
    const TimeRange window = index_->fold.folded(view_);
    held_ = gripAt(event->position().x());
    grip_ = view_.contains(at) ? index_->fold.folded(at) - window.begin : window.length() / 2;
    if (held_ == Grip::window) mouseMoveEvent(event);
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event) {
    if (!index_) return;
    if (held_ == Grip::none)
        return setCursor(gripAt(event->position().x()) == Grip::window ? Qt::ArrowCursor : Qt::SizeHorCursor);
    const TimeFold& fold = index_->fold;
    const Time at = fold.folded(scale().time_of(event->position().x() - kSide));
    TimeRange window = fold.folded(view_);
    if (held_ == Grip::begin) {
        window.begin = std::min(at, window.end - kShortestView);
    } else if (held_ == Grip::end) {
        window.end = std::max(at, window.begin + kShortestView);
    } else {
        if (view_ == index_->whole) return;
        window = {at - grip_, at - grip_ + window.length()};
    }
    const TimeRange whole = fold.folded(index_->whole);
    if (held_ != Grip::window) window = {std::max(window.begin, whole.begin), std::min(window.end, whole.end)};
    emit viewRequested(fold.unfolded(window));
}

void OverviewStrip::mouseDoubleClickEvent(QMouseEvent*) {
    if (index_) emit viewRequested(index_->whole);
}

}  // namespace abm
