#include "widgets/overview_strip.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/label_mark.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"
#include "widgets/time_fold_mark.h"

namespace abm {
namespace {

constexpr int kSide = 8;
constexpr int kBar_px = 3;  // width of a density bar, with its gap

}  // namespace

OverviewStrip::OverviewStrip(QWidget* parent) : QWidget(parent) {
    setAccessibleName("Overview of the whole time");
    setMinimumHeight(40);
    setMaximumHeight(48);
    setToolTip(
        QString::fromUtf8("The whole time: density of sessions, every anomaly and verdict (× anomaly, ✓ normal, ○ unsure). Drag "
                          "the window to move the chart, double-click to fit."));
    connect(&Theme::instance(), &Theme::changed, this, &OverviewStrip::forgetPicture);
}

void OverviewStrip::setIndex(std::shared_ptr<const ScoreIndex> index) {
    index_ = std::move(index);
    forgetPicture();
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
    bars.width = std::max(bars.width / kBar_px, 1);
    const auto columns = columns_of(index_->together, bars);
    std::uint32_t most = 1;
    for (const Column& column : columns) most = std::max(most, column.count);
    const double room = height() - 22;
    for (std::size_t at = 0; at < columns.size(); ++at) {
        if (columns[at].count == 0) continue;
        const double part =
            std::sqrt(static_cast<double>(columns[at].count) / most);  // a quiet night stays visible beside a rush hour
        const double bar = std::max(2.0, room * part);
        painter.fillRect(QRectF(kSide + static_cast<double>(at) * kBar_px, height() - 5 - bar, kBar_px - 1, bar),
                         tokens().density);
    }
}

void OverviewStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!index_) return;
    const auto band = [&](TimeRange range, QColor colour) {
        const double left = std::max(scale().x_of(range.begin), 0.0);
        const double right = std::min(scale().x_of(range.end), static_cast<double>(scale().width));
        painter.fillRect(QRectF(kSide + left, 2, std::max(right - left, 2.0), height() - 4), colour);
    };
    if (view_ != index_->whole) {
        QColor window = tokens().accent;
        window.setAlphaF(tokens().dark ? 0.25F : 0.16F);
        band(view_, window);
    }
    for (const TimeFold::Fold& fold : index_->fold.folds())
        paint_fold(painter, fold, scale(), QRectF(kSide, 2, width() - 2 * kSide, height() - 4));
    paintDensity(painter);
    paint_label_marks(painter, index_->together, scale(), kSide, height() - 5.5);
    if (range_) {
        QColor wash = tokens().accent;
        wash.setAlphaF(0.2F);
        band(*range_, wash);
    }
    if (selected_) painter.fillRect(QRectF(kSide + std::floor(scale().x_of(*selected_)), 2, 1, height() - 4), tokens().accent);
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

void OverviewStrip::mousePressEvent(QMouseEvent* event) {
    if (!index_) return;
    const Time at = scale().time_of(event->position().x() - kSide);
    const TimeRange window = index_->fold.folded(view_);
    grip_ = view_.contains(at) ? index_->fold.folded(at) - window.begin : window.length() / 2;
    mouseMoveEvent(event);
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event) {
    if (!index_ || !(event->buttons() & Qt::LeftButton) || view_ == index_->whole) return;
    const TimeFold& fold = index_->fold;
    const Time begin = fold.folded(scale().time_of(event->position().x() - kSide)) - grip_;
    emit viewRequested(fold.unfolded(TimeRange{begin, begin + fold.folded(view_).length()}));
}

void OverviewStrip::mouseDoubleClickEvent(QMouseEvent*) {
    if (index_) emit viewRequested(index_->whole);
}

}  // namespace abm
