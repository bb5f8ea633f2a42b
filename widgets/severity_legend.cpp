#include "widgets/severity_legend.h"

#include <QPainter>

#include "widgets/format.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr Severity kShown[] = {Severity::critical, Severity::high, Severity::medium, Severity::low};
constexpr int kShapeBox_px = 14;
constexpr int kWordGap_px = 8;

}  // namespace

SeverityLegend::SeverityLegend(QWidget* parent) : QWidget(parent) {
    setAccessibleName("Triangle is critical, diamond is high, filled circle is medium, open circle is low");
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize SeverityLegend::sizeHint() const {
    int width = 0;
    for (const Severity severity : kShown)
        width += kShapeBox_px + fontMetrics().horizontalAdvance(qstring(name_of(severity))) + kWordGap_px;
    return {width - kWordGap_px, 18};
}

void SeverityLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int left = 0;
    for (const Severity severity : kShown) {
        const QString name = qstring(name_of(severity));
        paint_severity(painter, {left + 5.0, height() / 2.0}, 9, severity);
        painter.setPen(tokens().muted);
        painter.drawText(QRect(left + kShapeBox_px, 0, width(), height()), Qt::AlignVCenter, name);
        left += kShapeBox_px + fontMetrics().horizontalAdvance(name) + kWordGap_px;
    }
}

}  // namespace abm
