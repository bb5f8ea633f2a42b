#include "widgets/odd_values.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/tabular_text.h"
#include "widgets/theme.h"

namespace abm {
namespace {

// Two lines a value: names are phrases, and a narrow dock has no room for a table of phrases.
constexpr int kLine_px = 17;
constexpr int kRow_px = 2 * kLine_px + 8;
constexpr int kGap_px = 10;
constexpr int kBar_px = 72;

QString usual_words(const OddValue& row) { return row.usual.isEmpty() ? QString() : "usually " + row.usual; }

QString spoken(const OddValue& row) {
    return row.name + ' ' + row.value + (row.usual.isEmpty() ? QString() : ", " + usual_words(row));
}

}  // namespace

OddValues::OddValues(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName("What the models found odd");
    setFont(ui_font());
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void OddValues::show(std::vector<OddValue> values) {
    rows_ = std::move(values);
    QStringList words;
    for (const OddValue& row : rows_) words.append(spoken(row));
    setAccessibleDescription(words.join("; "));
    updateGeometry();
    update();
}

QSize OddValues::sizeHint() const { return {300, static_cast<int>(rows_.size()) * kRow_px}; }

void OddValues::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double most = rows_.empty() ? 1 : std::max(rows_.front().share, 1e-9);
    double top = 0;
    for (const OddValue& row : rows_) {
        const QRectF first(0, top, width(), kLine_px);
        const QRectF second = first.translated(0, kLine_px);
        const double value_width = tabular_width(QFontMetricsF(painter.font()), row.value);
        painter.setPen(tokens().text);
        draw_tabular(painter, first, Qt::AlignRight | Qt::AlignVCenter, row.value);
        const double room = width() - value_width - kGap_px;
        painter.drawText(QRectF(0, top, room, kLine_px), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(row.name, Qt::ElideRight, static_cast<int>(room)));
        painter.setPen(tokens().muted);
        draw_tabular(painter, second, Qt::AlignLeft | Qt::AlignVCenter, usual_words(row));
        const QRectF bar(width() - kBar_px, second.center().y() - 2, kBar_px, 5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().line);
        painter.drawRoundedRect(bar, 2.5, 2.5);
        painter.setBrush(tokens().accent);
        painter.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(std::max(bar.width() * row.share / most, 5.0), bar.height())), 2.5,
                                2.5);
        top += kRow_px;
    }
}

bool OddValues::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const auto row = static_cast<std::size_t>(std::max(help->pos().y(), 0) / kRow_px);
    if (row < rows_.size()) {
        QToolTip::showText(help->globalPos(), QStringLiteral("%1; %2 % of what makes this record odd")
                                                  .arg(spoken(rows_[row]))
                                                  .arg(std::lround(rows_[row].share * 100)));
    }
    return true;
}

}  // namespace abm
