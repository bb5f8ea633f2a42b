#include "widgets/odd_values.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "core/base/money.h"
#include "widgets/format.h"
#include "widgets/tabular_text.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kRow_px = 23;
constexpr std::size_t kMostRows = 8;

struct Unit {
    const char* suffix;
    const char* shown;
};
constexpr Unit kUnits[] = {{"_s", " s"}, {"_h", " h"}, {"_min", " min"}, {"_count", ""}, {"_amount", ""}, {"_share", ""}};

const Unit* unit_of(const std::string& feature) {
    const auto found =
        std::find_if(std::begin(kUnits), std::end(kUnits), [&](const Unit& unit) { return feature.ends_with(unit.suffix); });
    return found == std::end(kUnits) ? nullptr : found;
}

QString number(const std::string& feature, double value) {
    if (std::isnan(value)) return QStringLiteral("unknown");
    const double rounded = std::round(value);
    if (std::abs(value - rounded) < 0.005 && std::abs(value) < 1e15) return count_text(static_cast<std::int64_t>(rounded));
    if (feature.ends_with("_amount") && std::abs(value) < 1e13)
        return qstring(money_text(static_cast<Money>(std::llround(value * 100))));
    return QString::number(value, 'f', std::abs(value) < 10 ? 2 : 1);
}

QString shown_unit(const std::string& feature) {
    const Unit* const unit = unit_of(feature);
    return unit ? QString::fromLatin1(unit->shown) : QString();
}

}  // namespace

QString feature_name(const std::string& feature) {
    const Unit* const unit = unit_of(feature);
    QString name = qstring(feature);
    if (unit) name.chop(static_cast<qsizetype>(std::string_view(unit->suffix).size()));
    return name.replace('_', ' ');
}

QString feature_value(const std::string& feature, double value) {
    return std::isnan(value) ? number(feature, value) : number(feature, value) + shown_unit(feature);
}

QString usual_range(const Contribution& c) {
    if (std::isnan(c.usual_low) || std::isnan(c.usual_high)) return QStringLiteral("no history");
    if (c.usual_low == c.usual_high) return feature_value(c.feature, c.usual_low);
    return number(c.feature, c.usual_low) + " – " + feature_value(c.feature, c.usual_high);
}

OddValues::OddValues(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName("What the models found odd");
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void OddValues::show(const Explanation& explanation) {
    rows_.clear();
    for (const Contribution& contribution : explanation.contributions) {
        if (contribution.margin > 0 && rows_.size() < kMostRows) rows_.push_back(contribution);
    }
    QStringList spoken;
    for (const Contribution& c : rows_) {
        spoken.append(feature_name(c.feature) + ' ' + feature_value(c.feature, c.value) + ", usually " + usual_range(c));
    }
    setAccessibleDescription(spoken.join("; "));
    updateGeometry();
    update();
}

QSize OddValues::sizeHint() const { return {300, static_cast<int>(rows_.size()) * kRow_px}; }

void OddValues::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const double most = rows_.empty() ? 1 : std::max(rows_.front().share, 1e-9);
    // name | value, right | usual | bar: parts of the width, so that a narrow dock stays in columns
    const double w = width();
    const QRectF name(0, 0, w * 0.34, kRow_px), value(w * 0.34, 0, w * 0.2, kRow_px), usual(w * 0.57, 0, w * 0.29, kRow_px);
    for (std::size_t at = 0; at < rows_.size(); ++at) {
        const Contribution& c = rows_[at];
        const double top = static_cast<double>(at) * kRow_px;
        painter.setPen(tokens().text);
        draw_tabular(painter, name.translated(0, top), Qt::AlignLeft, feature_name(c.feature));
        draw_tabular(painter, value.translated(0, top), Qt::AlignRight, feature_value(c.feature, c.value));
        painter.setPen(tokens().muted);
        draw_tabular(painter, usual.translated(0, top), Qt::AlignLeft, usual_range(c));
        const QRectF bar(w * 0.88, top + kRow_px / 2.0 - 3, w * 0.12, 6);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().line);
        painter.drawRoundedRect(bar, 3, 3);
        painter.setBrush(tokens().accent);
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), std::max(bar.width() * c.share / most, 6.0), bar.height()), 3, 3);
    }
}

bool OddValues::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const auto row = static_cast<std::size_t>(help->pos().y() / kRow_px);
    if (row < rows_.size()) {
        const Contribution& c = rows_[row];
        QToolTip::showText(help->globalPos(), QStringLiteral("%1: %2, usually %3; %4 % of what makes this record odd")
                                                  .arg(feature_name(c.feature), feature_value(c.feature, c.value), usual_range(c))
                                                  .arg(std::lround(c.share * 100)));
    }
    return true;
}

}  // namespace abm
