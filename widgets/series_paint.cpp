// How SeriesChart looks.
#include <QComboBox>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "widgets/series_chart.h"
#include "widgets/series_measures.h"
#include "widgets/severity_shape.h"
#include "widgets/tabular_text.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kSeriesTickEvery_px = 90;
constexpr int kValueEvery_px = 34;
constexpr double kDots_px = 6;  // samples farther apart than that are drawn as dots too

double round_step(double range, int most) {
    const double rough = range / std::max(most, 1);
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double times : {1.0, 2.0, 5.0, 10.0}) {
        if (times * power >= rough) return times * power;
    }
    return 10 * power;
}

}  // namespace

void SeriesChart::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.panel);
    if (!usable()) {
        painter.setFont(ui_font());
        painter.setPen(t.muted);
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap, message_);
        return;
    }
    painter.fillRect(plot(), t.sunk);
    paintAxes(painter);
    painter.save();
    painter.setClipRect(plot());
    paintFlags(painter);
    paintBand(painter);
    paintValues(painter);
    paintEvidence(painter);
    paintCurrent(painter);
    painter.restore();
    paintHead(painter);
    if (hasFocus()) {
        painter.setPen(t.accent);
        painter.drawRect(plot().adjusted(0, 0, -1, -1));
    }
}

void SeriesChart::paintAxes(QPainter& painter) const {
    const Tokens& t = tokens();
    const QRect area = plot();
    painter.setFont(ui_font(11));
    const double step = round_step(high_ - low_, std::max(2, area.height() / kValueEvery_px));
    for (double value = std::ceil(low_ / step) * step; value <= high_; value += step) {
        const int y = static_cast<int>(yOf(value));
        painter.setPen(t.line);
        painter.drawLine(area.left(), y, area.right(), y);
        painter.setPen(t.muted);
        const double shown = std::abs(value) < step / 1e6 ? 0 : value;
        draw_tabular(painter, QRectF(2, y - 8, kSeriesLeft_px - 8, 16), Qt::AlignRight | Qt::AlignVCenter,
                     series_value_text(shown));
    }
    painter.setPen(t.muted);
    int free = area.left();
    for (const Tick& tick : time_ticks(view_, std::max(2, area.width() / kSeriesTickEvery_px))) {
        const int x = area.left() + static_cast<int>(scale().x_of(tick.time));
        const int width = painter.fontMetrics().horizontalAdvance(tick.text);
        const int left = std::clamp(x - width / 2, area.left(), std::max(area.left(), area.right() - width));
        if (left < free) continue;
        free = left + width + 12;
        painter.drawText(QRect(left, area.bottom() + 3, width + 2, kSeriesTimes_px - 3), Qt::AlignLeft | Qt::AlignVCenter,
                         tick.text);
    }
}

void SeriesChart::paintBand(QPainter& painter) const {
    QPolygonF upper, lower;
    for (std::size_t x = 0; x < columns_.size(); ++x) {
        const SeriesColumn& column = columns_[x];
        if (column.begin == column.end) continue;
        const double at = plot().left() + static_cast<double>(x) + 0.5;
        upper.append(QPointF(at, yOf(column.band_high)));
        lower.prepend(QPointF(at, yOf(column.band_low)));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(see_through(tokens().good, tokens().dark ? 0.16F : 0.13F));
    painter.drawPolygon(upper + lower);
}

void SeriesChart::paintFlags(QPainter& painter) const {
    const Tokens& t = tokens();
    const QRect area = plot();
    const SeverityStamps stamps(10, devicePixelRatioF());
    for (const SeriesFlag& flag : shown_.flags) {
        if (flag.range.end < view_.begin || flag.range.begin > view_.end) continue;
        const double left = area.left() + scale().x_of(flag.range.begin), right = area.left() + scale().x_of(flag.range.end);
        painter.fillRect(QRectF(left, area.top(), std::max(right - left, 2.0), area.height()),
                         see_through(t.severity(flag.severity), 0.10F));
    }
    if (known(shown_.record.begin)) {
        const double left = area.left() + scale().x_of(shown_.record.begin),
                     right = area.left() + scale().x_of(shown_.record.end);
        painter.setPen(QPen(t.accent, 1));
        painter.setBrush(see_through(t.accent, 0.08F));
        painter.drawRect(QRectF(left, area.top(), std::max(right - left, 2.0), area.height() - 1));
    }
    double free = -1e9;  // shapes that would lie on each other are one
    for (const SeriesFlag& flag : shown_.flags) {
        const double x = area.left() + scale().x_of(flag.range.begin + flag.range.length() / 2);
        if (x < area.left() - 6 || x > area.right() + 6) continue;
        if (x - free < 2 && flag.severity <= Severity::low) continue;
        free = x;
        stamps.draw(painter, QPointF(x, area.top() + kSeriesShapes_px / 2.0), flag.severity);
    }
}

void SeriesChart::paintValues(QPainter& painter) const {
    const QRect area = plot();
    const std::vector<SeriesPoint>& points = shown_.data->points;
    std::size_t first = shown_.data->firstAt(view_.begin), last = shown_.data->firstAt(view_.end);
    const bool few = last - first < 2 * static_cast<std::size_t>(std::max(area.width(), 1));
    painter.setPen(QPen(tokens().accent, 1.3));
    painter.setRenderHint(QPainter::Antialiasing, few);
    if (!few) {
        double before = 0;
        for (std::size_t x = 0; x < columns_.size(); ++x) {
            const SeriesColumn& column = columns_[x];
            if (!column.known) continue;
            const double at = area.left() + static_cast<double>(x) + 0.5;
            if (!column.broken) painter.drawLine(QPointF(at - 1, before), QPointF(at, yOf(column.first)));
            painter.drawLine(QPointF(at, yOf(column.low) + 0.5), QPointF(at, yOf(column.high) - 0.5));
            before = yOf(column.last);
        }
        return;
    }
    first = first > 0 ? first - 1 : 0;
    last = std::min(last + 1, points.size());
    const auto place = [&](std::size_t i) { return QPointF(area.left() + scale().x_of(points[i].time), yOf(points[i].value)); };
    const bool dots = last > first && static_cast<double>(area.width()) / static_cast<double>(last - first) > kDots_px;
    for (std::size_t i = first; i < last; ++i) {
        if (std::isnan(points[i].value)) continue;
        const bool alone = shown_.data->gapBefore(i) && (i + 1 >= points.size() || shown_.data->gapBefore(i + 1));
        if (i > first && !shown_.data->gapBefore(i)) painter.drawLine(place(i - 1), place(i));
        if (!dots && !alone) continue;
        painter.save();
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().accent);
        painter.drawEllipse(place(i), 1.8, 1.8);
        painter.restore();
    }
}

void SeriesChart::paintEvidence(QPainter& painter) const {
    const Tokens& t = tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& [sample, note] : marked_) {
        const SeriesPoint& point = shown_.data->points[sample];
        if (point.time < view_.begin || point.time > view_.end) continue;
        const double x = plot().left() + scale().x_of(point.time);
        painter.setPen(QPen(t.evidence_bar, 1));
        painter.drawLine(QPointF(x, plot().top()), QPointF(x, plot().bottom()));
        if (std::isnan(point.value)) continue;
        painter.setPen(QPen(t.evidence_bar, 1.6));
        painter.setBrush(t.evidence);
        painter.drawRect(QRectF(x - 3.5, yOf(point.value) - 3.5, 7, 7));
    }
}

void SeriesChart::paintCurrent(QPainter& painter) const {
    const auto sample = hovered_ ? hovered_ : current_;
    if (!sample) return;
    const SeriesPoint& point = shown_.data->points[*sample];
    const double x = plot().left() + scale().x_of(point.time);
    painter.setPen(QPen(tokens().muted, 1, Qt::DotLine));
    painter.drawLine(QPointF(x, plot().top()), QPointF(x, plot().bottom()));
    if (std::isnan(point.value)) return;
    painter.setPen(QPen(tokens().text, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(QPointF(x, yOf(point.value)), 4.5, 4.5);
}

void SeriesChart::paintHead(QPainter& painter) const {
    const Tokens& t = tokens();
    const int right = column_->isVisible() ? column_->x() - 8 : width() - 10;
    const QString words = readout();
    painter.setFont(ui_font(11));
    const int read =
        std::min(static_cast<int>(std::ceil(tabular_width(QFontMetricsF(painter.font(), this), words))) + 2, right - 20);
    painter.setPen(t.text);
    if (!words.isEmpty())
        draw_tabular(painter, QRectF(right - read, 0, read, kSeriesHead_px), Qt::AlignRight | Qt::AlignVCenter, words);
    painter.setFont(ui_font(11, QFont::DemiBold));
    const int room = right - read - 24;
    if (room > 30)
        painter.drawText(QRect(10, 0, room, kSeriesHead_px), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(shown_.data->name, Qt::ElideMiddle, room));
}

}  // namespace abm
