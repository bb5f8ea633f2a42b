#include "widgets/series_chart.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "widgets/format.h"
#include "widgets/series_measures.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kDragBegins_px = 4;
constexpr double kAround = 4;  // lengths of the record shown, at first

TimeRange with_air(TimeRange range) {
    const auto air = std::max<std::chrono::microseconds>(range.length() / 50, std::chrono::milliseconds(500));
    return {range.begin - air, range.end + air};
}

}  // namespace

QString series_value_text(double value) {
    if (std::isnan(value)) return QStringLiteral("no value");
    const double size = std::abs(value);
    if (size >= 1e6 || (size > 0 && size < 1e-3)) return QString::number(value, 'g', 5);
    QString text = QString::number(value, 'f', size >= 1000 ? 1 : size >= 1 ? 3 : 5);
    while (text.contains('.') && (text.endsWith('0') || text.endsWith('.'))) {
        const bool point = text.endsWith('.');
        text.chop(1);
        if (point) break;
    }
    return text;
}

SeriesChart::SeriesChart(QWidget* parent) : QWidget(parent), column_(new QComboBox(this)) {
    setAccessibleName("Series around the record");
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    column_->setAccessibleName("Column shown");
    column_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    column_->hide();
    connect(column_, &QComboBox::textActivated, this, &SeriesChart::columnWanted);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void SeriesChart::show(ShownSeries shown, bool around) {
    const bool same = shown.data == shown_.data;
    shown_ = std::move(shown);
    message_ = usable() ? QString() : QStringLiteral("This series has no samples with a time.");
    marked_.clear();
    if (usable()) {
        std::unordered_map<std::int64_t, QString> notes;
        for (const Evidence& evidence : shown_.evidence) notes[evidence.line.offset] = qstring(evidence.note);
        for (std::size_t i = 0; !notes.empty() && i < shown_.data->points.size(); ++i) {
            const auto note = notes.find(shown_.data->points[i].row.offset);
            if (note != notes.end()) marked_.emplace_back(i, note->second);
        }
    }
    column_->clear();
    column_->addItems(shown_.columns);
    if (shown_.data) column_->setCurrentText(shown_.data->name);
    column_->setVisible(shown_.columns.size() > 1);
    column_->move(width() - column_->sizeHint().width() - 8, 2);
    if (!same) current_.reset();
    hovered_.reset();
    if (around || !same) {
        if (!marked_.empty()) current_ = marked_.front().first;
        showRecord();
    }
    recompute();
    QWidget::show();
    say();
}

void SeriesChart::showMessage(const QString& words) {
    shown_ = {};
    columns_.clear();
    marked_.clear();
    current_.reset();
    column_->hide();
    message_ = words;
    setAccessibleDescription(words);
    QWidget::show();
    update();
}

QRect SeriesChart::plot() const { return rect().adjusted(kSeriesLeft_px, kSeriesHead_px, -10, -kSeriesTimes_px); }

void SeriesChart::setView(TimeRange view) {
    view_ = view;
    recompute();
}

void SeriesChart::recompute() {
    columns_.clear();
    if (usable()) {
        ++computed_;
        columns_ = shown_.data->columns(scale());
        double low = INFINITY, high = -INFINITY;
        for (const SeriesColumn& column : columns_) {
            if (column.begin == column.end) continue;
            low = std::min(low, column.band_low);
            high = std::max(high, column.band_high);
            if (column.known) low = std::min(low, column.low), high = std::max(high, column.high);
        }
        if (low > high) low = 0, high = 1;
        const double air = std::max((high - low) * 0.06, std::max(std::abs(high) * 1e-6, 1e-9));
        low_ = low - air;
        high_ = high + air;
    }
    update();
}

double SeriesChart::yOf(double value) const {
    const QRect area = plot();
    return area.bottom() - (value - low_) / (high_ - low_) * area.height();
}

void SeriesChart::fit() {
    if (usable()) setView(with_air(shown_.data->whole()));
}

void SeriesChart::showRecord() {
    if (!usable()) return;
    const TimeRange whole = with_air(shown_.data->whole());
    if (!known(shown_.record.begin)) return setView(whole);
    const auto least = std::chrono::microseconds(static_cast<std::int64_t>(shown_.data->interval_s * 60e6));
    const auto length = std::max<std::chrono::microseconds>(shown_.record.length(), least);
    const auto air =
        std::chrono::microseconds(static_cast<std::int64_t>(static_cast<double>(length.count()) * (kAround - 1) / 2));
    const Time middle = shown_.record.begin + shown_.record.length() / 2;
    const TimeRange view{middle - length / 2 - air, middle + length / 2 + air};
    setView(panned({std::max(view.begin, whole.begin), std::min(view.end, whole.end)}, 0, whole));
}

void SeriesChart::zoom(double factor, double anchor) {
    if (usable()) setView(zoomed(view_, factor, anchor, with_air(shown_.data->whole())));
}

void SeriesChart::setCurrent(std::size_t sample) {
    if (!usable()) return;
    current_ = std::min(sample, shown_.data->points.size() - 1);
    hovered_.reset();
    const Time time = shown_.data->points[*current_].time;
    const TimeRange whole = with_air(shown_.data->whole());
    if (time < view_.begin || time > view_.end) {
        const auto half = view_.length() / 2;
        setView(panned({time - half, time + half}, 0, whole));
    }
    say();
    update();
}

QString SeriesChart::noteOf(std::size_t sample) const {
    const auto found = std::ranges::lower_bound(marked_, sample, {}, &std::pair<std::size_t, QString>::first);
    return found != marked_.end() && found->first == sample ? found->second : QString();
}

QString SeriesChart::readout() const {
    const auto sample = hovered_ ? hovered_ : current_;
    if (!usable() || !sample) return {};
    const SeriesPoint& point = shown_.data->points[*sample];
    QString text = when_text(point.time, DateDetail::day) + " · " + series_value_text(point.value);
    text += QStringLiteral(" · usual %1 – %2").arg(series_value_text(point.low), series_value_text(point.high));
    const QString note = noteOf(*sample);
    return note.isEmpty() ? text : text + " · evidence: " + note;
}

void SeriesChart::say() {
    if (!usable()) return;
    QString words = shown_.data->name + ", " + counted(std::ssize(shown_.data->points), "sample", "samples") + ", " +
                    counted(std::ssize(shown_.flags), "flagged record", "flagged records");
    if (!readout().isEmpty()) words += ", " + readout();
    setAccessibleDescription(words);
}

const SeriesFlag* SeriesChart::flagAt(QPoint point) const {
    if (point.y() > plot().top() + kSeriesShapes_px) return nullptr;
    const SeriesFlag* nearest = nullptr;
    double distance = 9;
    for (const SeriesFlag& flag : shown_.flags) {
        const double x = plot().left() + scale().x_of(flag.range.begin + flag.range.length() / 2);
        if (std::abs(x - point.x()) >= distance) continue;
        distance = std::abs(x - point.x());
        nearest = &flag;
    }
    return nearest;
}

void SeriesChart::stepFlag(int direction) {
    if (shown_.flags.empty()) return;
    const Time here = current_ ? shown_.data->points[*current_].time : view_.begin;
    const SeriesFlag* next = nullptr;
    for (const SeriesFlag& flag : shown_.flags) {
        const bool beyond = direction > 0 ? flag.range.begin > here : flag.range.begin < here;
        if (beyond && (!next || direction < 0)) next = &flag;
        if (beyond && direction > 0) break;
    }
    if (next) setCurrent(shown_.data->nearest(next->range.begin));
}

// Keys of the score chart that mean the same here go to the one that has the focus.
bool SeriesChart::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Home || key == Qt::Key_Plus || key == Qt::Key_Equal || key == Qt::Key_Minus) event->accept();
    }
    return QWidget::event(event);
}

void SeriesChart::resizeEvent(QResizeEvent*) {
    column_->move(width() - column_->sizeHint().width() - 8, 2);
    recompute();
}

void SeriesChart::wheelEvent(QWheelEvent* event) {
    const double anchor = (event->position().x() - plot().left()) / std::max(plot().width(), 1);
    zoom(std::pow(0.8, event->angleDelta().y() / static_cast<double>(QWheelEvent::DefaultDeltasPerStep)),
         std::clamp(anchor, 0.0, 1.0));
    event->accept();
}

void SeriesChart::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !usable()) return;
    pressed_ = event->pos();
    pressed_view_ = view_;
    dragged_ = false;
}

void SeriesChart::mouseMoveEvent(QMouseEvent* event) {
    if (!usable()) return;
    if (event->buttons() & Qt::LeftButton) {
        const int moved = event->pos().x() - pressed_.x();
        dragged_ = dragged_ || std::abs(moved) >= kDragBegins_px;
        const double part = -static_cast<double>(moved) / std::max(plot().width(), 1);
        if (dragged_) setView(panned(pressed_view_, part, with_air(shown_.data->whole())));
        return;
    }
    const SeriesFlag* const flag = flagAt(event->pos());
    setToolTip(flag ? flag->words + "; a click opens it" : QString());
    setCursor(flag ? Qt::PointingHandCursor : Qt::ArrowCursor);
    hovered_.reset();
    if (plot().contains(event->pos())) hovered_ = shown_.data->nearest(scale().time_of(event->pos().x() - plot().left()));
    update();
}

void SeriesChart::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !usable() || dragged_ || !plot().contains(pressed_)) return;
    if (const SeriesFlag* const flag = flagAt(pressed_)) return emit recordWanted(flag->record);
    setCurrent(shown_.data->nearest(scale().time_of(pressed_.x() - plot().left())));
    emit rowWanted(shown_.data->points[*current_].row.offset);
}

void SeriesChart::leaveEvent(QEvent*) {
    hovered_.reset();
    update();
}

void SeriesChart::keyPressEvent(QKeyEvent* event) {
    if (!usable()) return event->ignore();
    const bool ctrl = event->modifiers().testFlag(Qt::ControlModifier);
    const std::size_t here = current_.value_or(shown_.data->nearest(view_.begin + view_.length() / 2));
    const TimeRange whole = with_air(shown_.data->whole());
    switch (event->key()) {
        case Qt::Key_Left:
            return ctrl ? stepFlag(-1) : setCurrent(here > 0 ? here - 1 : 0);
        case Qt::Key_Right:
            return ctrl ? stepFlag(1) : setCurrent(current_ ? here + 1 : here);
        case Qt::Key_PageUp:
            return setView(panned(view_, -0.8, whole));
        case Qt::Key_PageDown:
            return setView(panned(view_, 0.8, whole));
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoom(0.8);
        case Qt::Key_Minus:
            return zoom(1.25);
        case Qt::Key_Home:
            return fit();
        case Qt::Key_End:
            return showRecord();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (current_) emit rowWanted(shown_.data->points[*current_].row.offset);
            return;
        default:
            event->ignore();
    }
}

}  // namespace abm
