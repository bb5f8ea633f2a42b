#include "widgets/cassette_chart.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "core/data/ledger_table.h"
#include "widgets/format.h"
#include "widgets/severity_shape.h"
#include "widgets/tabular_text.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kLane_px = 34;
constexpr int kAxis_px = 18;
constexpr int kName_px = 142;
constexpr int kSum_px = 76;
constexpr int kLaneSide_px = 12;
constexpr double kReach_px = 8;

QString signed_money(Money amount) { return (amount > 0 ? "+" : "") + qstring(money_text(amount)); }

QString count_words(std::int32_t count) { return count == kNoCount ? QStringLiteral("not known") : count_text(count); }

}  // namespace

CassetteChart::CassetteChart(QWidget* parent) : QWidget(parent) {
    setAccessibleName("Cassettes over time");
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFont(ui_font());
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CassetteChart::setLanes(Snapshot snapshot, std::vector<CassetteLane> lanes, std::optional<TimeRange> time) {
    snapshot_ = std::move(snapshot);
    lanes_ = std::move(lanes);
    time_ = time.value_or(time_of_lanes(lanes_).value_or(TimeRange{}));
    std::vector<Time> times;
    for (const CassetteLane& lane : lanes_) {
        for (const CassettePoint& point : lane.points) times.push_back(point.time);
    }
    std::ranges::sort(times);
    fold_ = TimeFold(times);
    extents_.clear();
    for (const CassetteLane& lane : lanes_) {
        Extent extent{INT32_MAX, INT32_MIN};
        for (const CassettePoint& point : lane.points) {
            for (const std::int32_t count : {point.expected, point.counted}) {
                if (count == kNoCount) continue;
                extent = {std::min(extent.low, count), std::max(extent.high, count)};
            }
        }
        extents_.push_back(extent.low > extent.high ? Extent{0, 1} : extent);
    }
    current_.reset();
    describe();
    updateGeometry();
    update();
}

void CassetteChart::describe() {
    QStringList words;
    for (const CassetteLane& lane : lanes_)
        words.append(laneWords(lane) + ": " + counted(lane.discrepancies, "discrepancy", "discrepancies") + ", difference " +
                     signed_money(lane.difference));
    setAccessibleDescription(words.join("; "));
}

void CassetteChart::setCurrent(std::optional<std::uint32_t> movement) {
    current_ = movement;
    update();
    if (!movement || !snapshot_ || *movement >= snapshot_->movements.size()) return;
    const CashMovement& shown = snapshot_->movements[*movement];
    const auto lane = std::ranges::find_if(lanes_, [&](const CassetteLane& one) {
        return one.machine == shown.machine && one.cassette == std::max<int>(shown.cassette, -1);
    });
    if (lane != lanes_.end()) emit laneWanted(kAxis_px + static_cast<int>(lane - lanes_.begin()) * kLane_px, kLane_px);
}

QString CassetteChart::laneWords(const CassetteLane& lane) const {
    QString words = qstring(snapshot_->machines.at(raw(lane.machine))) + " · ";
    if (lane.cassette < 0) return words + "acceptor";
    words += "cassette " + qstring(cassette_name(lane.cassette));
    return lane.denomination == kNoAmount ? words : words + " · " + qstring(money_text(lane.denomination));
}

QSize CassetteChart::sizeHint() const { return {420, kAxis_px + static_cast<int>(lanes_.size()) * kLane_px}; }

QRectF CassetteChart::plot(std::size_t lane) const {
    const double top = kAxis_px + static_cast<double>(lane) * kLane_px;
    return {kName_px, top + 6, std::max(20.0, width() - kName_px - kSum_px - 2.0 * kLaneSide_px), kLane_px - 12.0};
}

QPointF CassetteChart::placeOf(std::size_t lane, const CassettePoint& point) const {
    const QRectF box = plot(lane);
    const TimeRange time = fold_.folded(time_);
    const double length = static_cast<double>(std::max<std::int64_t>(time.length().count(), 1));
    const double x = box.left() + box.width() * static_cast<double>((fold_.folded(point.time) - time.begin).count()) / length;
    const Extent extent = extents_[lane];
    const std::int32_t count = point.counted != kNoCount ? point.counted : point.expected;
    const double part = count == kNoCount ? 0.5 : (count - extent.low) / std::max(1.0, 0.0 + extent.high - extent.low);
    return {x, box.bottom() - part * box.height()};
}

void CassetteChart::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tokens().muted);
    const QRectF axis(kName_px, 0, plot(0).width(), kAxis_px);
    draw_tabular(painter, axis, Qt::AlignLeft | Qt::AlignVCenter, qstring(iso8601(time_.begin)).left(16).replace('T', ' '));
    draw_tabular(painter, axis, Qt::AlignRight | Qt::AlignVCenter, qstring(iso8601(time_.end)).left(16).replace('T', ' '));
    draw_tabular(painter, QRectF(width() - kSum_px - kLaneSide_px, 0, kSum_px, kAxis_px), Qt::AlignRight | Qt::AlignVCenter,
                 "difference");
    for (std::size_t at = 0; at < lanes_.size(); ++at) {
        if (event->rect().intersects(QRect(0, kAxis_px + static_cast<int>(at) * kLane_px, width(), kLane_px)))
            paintLane(painter, at);
    }
}

void CassetteChart::paintLane(QPainter& painter, std::size_t at) const {
    const CassetteLane& lane = lanes_[at];
    const double top = kAxis_px + static_cast<double>(at) * kLane_px;
    painter.setPen(tokens().line);
    painter.drawLine(QPointF(0, top), QPointF(width(), top));
    painter.setPen(tokens().text);
    painter.drawText(
        QRectF(kLaneSide_px, top, kName_px - kLaneSide_px - 6, kLane_px), Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(laneWords(lane).remove("cassette "), Qt::ElideMiddle, kName_px - kLaneSide_px - 6));
    const QRectF sum(width() - kSum_px - kLaneSide_px, top, kSum_px, kLane_px);
    painter.setPen(lane.discrepancies > 0 ? tokens().critical : tokens().muted);
    draw_tabular(painter, sum, Qt::AlignRight | Qt::AlignVCenter,
                 lane.discrepancies > 0 ? signed_money(lane.difference) : QStringLiteral("agrees"));
    painter.setPen(QPen(tokens().muted, 1, Qt::DashLine));
    if (!lane.running) paintSteps(painter, at, &CassettePoint::expected);
    painter.setPen(QPen(tokens().accent, 1.5));
    paintSteps(painter, at, &CassettePoint::counted);
    for (const CassettePoint& point : lane.points) {
        const QPointF place = placeOf(at, point);
        if (current_ == point.movement) {
            painter.setPen(QPen(tokens().accent, 1));
            painter.drawLine(QPointF(place.x(), top + 2), QPointF(place.x(), top + kLane_px - 2));
        }
        if (point.discrepancy) paint_severity(painter, place, 10, Severity::critical);
    }
}

// A counter keeps its number until the next one is printed.
void CassetteChart::paintSteps(QPainter& painter, std::size_t at, std::int32_t CassettePoint::*count) const {
    QPainterPath path;
    bool begun = false;
    for (CassettePoint point : lanes_[at].points) {
        if (point.*count == kNoCount) continue;
        point.counted = point.*count;
        const QPointF place = placeOf(at, point);
        if (begun) {
            path.lineTo(place.x(), path.currentPosition().y());
            path.lineTo(place);
        } else {
            path.moveTo(place);
        }
        begun = true;
    }
    painter.setBrush(Qt::NoBrush);
    if (begun) path.lineTo(plot(at).right(), path.currentPosition().y());
    painter.drawPath(path);
}

std::optional<CassetteChart::Hit> CassetteChart::hitAt(QPointF at) const {
    if (at.y() < kAxis_px) return std::nullopt;
    const auto lane = static_cast<std::size_t>((at.y() - kAxis_px) / kLane_px);
    if (lane >= lanes_.size()) return std::nullopt;
    std::optional<Hit> best;
    double least = kReach_px;
    // What does not add up is taken before what does: it is what one aims at.
    for (const bool discrepancy : {true, false}) {
        for (const CassettePoint& point : lanes_[lane].points) {
            const double away = std::abs(placeOf(lane, point).x() - at.x());
            if (point.discrepancy != discrepancy || away > least) continue;
            least = away;
            best = Hit{lane, &point};
        }
        if (best) break;
    }
    return best;
}

void CassetteChart::mousePressEvent(QMouseEvent* event) {
    if (const auto hit = hitAt(event->position())) emit movementClicked(hit->point->movement);
}

void CassetteChart::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Down) return stepDiscrepancy(1);
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Up) return stepDiscrepancy(-1);
    QWidget::keyPressEvent(event);
}

// Through all lanes in turn, from the one that is current; it ends at the ends.
void CassetteChart::stepDiscrepancy(int direction) {
    std::vector<std::uint32_t> all;
    for (const CassetteLane& lane : lanes_) {
        for (const CassettePoint& point : lane.points) {
            if (point.discrepancy) all.push_back(point.movement);
        }
    }
    if (all.empty()) return;
    const auto here = current_ ? std::ranges::find(all, *current_) : all.end();
    std::ptrdiff_t next = here == all.end() ? (direction > 0 ? 0 : std::ssize(all) - 1) : here - all.begin() + direction;
    next = std::clamp<std::ptrdiff_t>(next, 0, std::ssize(all) - 1);
    emit movementClicked(all[static_cast<std::size_t>(next)]);
}

QString CassetteChart::tip(const Hit& hit) const {
    const CassetteLane& lane = lanes_[hit.lane];
    const CashMovement& movement = snapshot_->movements[hit.point->movement];
    QStringList words{laneWords(lane), when_text(movement.time, DateDetail::year) + " · " + event_text(name_of(movement.event)) +
                                           " · " + counted(movement.notes, "note", "notes")};
    words.append(lane.running ? "notes taken in so far: " + count_words(hit.point->counted)
                              : "expected " + count_words(movement.expected) + ", counted " + count_words(movement.counted));
    if (hit.point->discrepancy) words.append("difference " + signed_money(movement.difference));
    return words.join('\n');
}

bool CassetteChart::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const auto hit = hitAt(help->pos());
    QToolTip::showText(help->globalPos(), hit ? tip(*hit) : QString(), this);
    return true;
}

}  // namespace abm
