#include "widgets/day_chart.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/format.h"
#include "widgets/label_mark.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kNames_px = 62;  // left of the plot: the machine
constexpr int kTimes_px = 20;  // below it
constexpr int kAir_px = 12;
constexpr int kDayShape_px = 10;

}  // namespace

DayChart::DayChart(QWidget* parent) : QWidget(parent) {
    setAccessibleName("Scores of this machine on this day");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void DayChart::setData(Snapshot snapshot, std::shared_ptr<const ScoreIndex> index) {
    snapshot_ = std::move(snapshot);
    index_ = std::move(index);
    setRecord(record_);
}

void DayChart::setRecord(std::optional<RecordIndex> record) {
    record_ = record;
    const Record* const shown = this->record();
    day_ = {};
    if (shown && known(shown->start)) {
        const auto begin = std::chrono::floor<std::chrono::days>(shown->start);
        day_ = {begin, begin + std::chrono::days(1)};
    }
    setAccessibleDescription(shown ? title() + ", score " + score_text(shown->score) : QString());
    update();
}

void DayChart::setThreshold(float threshold) {
    threshold_ = threshold;
    update();
}

std::int64_t DayChart::mark(const std::vector<RecordIndex>& records) {
    marked_.clear();
    const Record* const shown = record();
    for (const RecordIndex at : records) {
        if (!shown || raw(at) >= snapshot_->records.size()) continue;
        const Record& other = snapshot_->records[raw(at)];
        if (other.machine == shown->machine && known(other.start) && day_.contains(other.start)) marked_.push_back(at);
    }
    update();
    return static_cast<std::int64_t>(marked_.size());
}

QString DayChart::title() const {
    const Record* const shown = record();
    if (!shown || !known(shown->start)) return {};
    return QStringLiteral("This machine, %1").arg(day_text(shown->start));
}

const Record* DayChart::record() const {
    return record_ && snapshot_ && raw(*record_) < snapshot_->records.size() ? &snapshot_->records[raw(*record_)] : nullptr;
}

const Lane* DayChart::lane() const {
    const Record* const shown = record();
    if (!shown || !index_ || day_.length().count() <= 0) return nullptr;
    const auto found = index_->laneOf(*shown);
    return found ? &index_->lanes[*found] : nullptr;
}

QRect DayChart::plot() const { return rect().adjusted(kNames_px, 2, -kAir_px, -kTimes_px); }

std::vector<Mark> DayChart::marks() const {
    const Lane* const shown = lane();
    return shown ? marks_of(*shown, scale(), plot().height()) : std::vector<Mark>();
}

void DayChart::paintEvent(QPaintEvent*) {
    const Lane* const shown = lane();
    if (!shown) return;
    QPainter painter(this);
    painter.setFont(ui_font(11));
    painter.setPen(tokens().muted);
    const QRect name(kAir_px, plot().top(), kNames_px - kAir_px - 6, plot().height());
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignRight,
                     painter.fontMetrics().elidedText(qstring(snapshot_->machine_of(*record())), Qt::ElideLeft, name.width()));
    paintTimes(painter);
    painter.fillRect(plot(), tokens().sunk);
    painter.setClipRect(plot());
    paintScores(painter, *shown);
    paintFlagged(painter, *shown);
}

void DayChart::paintScores(QPainter& painter, const Lane& lane) const {
    const QRect area = plot();
    const auto columns = columns_of(lane, scale());
    for (std::size_t x = 0; x < columns.size(); ++x) {
        if (columns[x].count == 0) continue;
        const int high = score_y(columns[x].high, area.height());
        const int low = score_y(columns[x].low, area.height());
        painter.fillRect(QRectF(area.left() + static_cast<double>(x), area.top() + high - 1, 2, std::max(low - high, 0) + 4),
                         tokens().density);
    }
    QPen dashes(tokens().accent, 1);
    dashes.setDashPattern({4, 3});
    painter.setPen(dashes);
    const double y = area.top() + score_y(threshold_, area.height()) + 0.5;
    painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    paint_label_marks(painter, lane, scale(), area.left(), area.bottom() - 4.5);
}

void DayChart::paintFlagged(QPainter& painter, const Lane& lane) const {
    const QRect area = plot();
    painter.fillRect(QRectF(std::floor(area.left() + scale().x_of(record()->start)), area.top(), 2, area.height()),
                     tokens().accent);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto ring = [&](const Record& at, const QColor& fill) {
        painter.setPen(QPen(tokens().accent, 1.5));
        painter.setBrush(fill);
        painter.drawEllipse(QPointF(area.left() + scale().x_of(at.start), area.top() + score_y(at.score, area.height())), 8, 8);
    };
    for (const RecordIndex at : marked_) ring(snapshot_->records[raw(at)], Qt::transparent);
    ring(*record(), tokens().panel);
    const SeverityStamps stamps(kDayShape_px, devicePixelRatioF());
    for (const Mark& mark : marks_of(lane, scale(), area.height()))
        stamps.draw(painter, QPointF(area.left() + mark.x + 0.5, area.top() + mark.y), mark.severity);
    if (record()->severity == Severity::none) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().text);
        painter.drawEllipse(
            QPointF(area.left() + scale().x_of(record()->start), area.top() + score_y(record()->score, area.height())), 2.5, 2.5);
    }
}

void DayChart::paintTimes(QPainter& painter) const {
    const QRect area = plot();
    for (const Tick& tick : time_ticks(day_, std::max(2, area.width() / kTimeTickEvery_px))) {
        const int x = area.left() + static_cast<int>(scale().x_of(tick.time));
        const int width = painter.fontMetrics().horizontalAdvance(tick.text);
        const int left = std::clamp(x - width / 2, area.left(), std::max(area.left(), area.right() - width));
        painter.setPen(tokens().muted);
        painter.drawText(QRect(left, area.bottom() + 3, width + 2, kTimes_px - 3), Qt::AlignLeft | Qt::AlignVCenter, tick.text);
    }
}

}  // namespace abm
