#include "widgets/chart_legend.h"

#include <QPainter>
#include <algorithm>
#include <functional>
#include <vector>

#include "widgets/format.h"
#include "widgets/label_mark.h"
#include "widgets/pin_mark.h"
#include "widgets/severity_shape.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kRow_px = 21;
constexpr int kLegendSide_px = 10;
constexpr int kText_px = 40;  // where the words begin

struct Entry {
    QString words;
    std::function<void(QPainter&, QPointF)> paint;
};

void paint_bar(QPainter& painter, QPointF c, QColor colour, bool topped) {
    painter.fillRect(QRectF(c.x() - 9, c.y() - 6, 18, 12), see_through(colour, topped ? 0.2F : 0.3F));
    if (topped) painter.fillRect(QRectF(c.x() - 9, c.y() - 6, 18, 3), colour);
}

Entry severity_entry(Severity severity) {
    return {qstring(name_of(severity)), [severity](QPainter& p, QPointF c) { paint_severity(p, c, 10, severity); }};
}

Entry verdict_entry(const char* words, LabelClass label) {
    return {words, [label](QPainter& p, QPointF c) { paint_label_mark(p, c, label); }};
}

std::vector<Entry> entries() {
    return {
        severity_entry(Severity::critical),
        severity_entry(Severity::high),
        severity_entry(Severity::medium),
        severity_entry(Severity::low),
        {"ordinary records, lowest to highest score",
         [](QPainter& p, QPointF c) { p.fillRect(QRectF(c.x() - 1, c.y() - 6, 2, 12), tokens().density); }},
        {"incident: a flagged interval, or records of one type in a row",
         [](QPainter& p, QPointF c) { paint_bar(p, c, tokens().high, true); }},
        {"maintenance between two sessions", [](QPainter& p, QPointF c) { paint_bar(p, c, tokens().muted, false); }},
        verdict_entry("labelled as anomaly", LabelClass::anomaly),
        verdict_entry("labelled as normal", LabelClass::normal),
        verdict_entry("labelled as unsure", LabelClass::unsure),
        {"the label has a note", [](QPainter& p, QPointF c) { paint_note_mark(p, c); }},
        {"your bookmark (M, next: ')", [](QPainter& p, QPointF c) { paint_pin(p, c, BookmarkKind::bookmark); }},
        {"your flag, for later (F)", [](QPainter& p, QPointF c) { paint_pin(p, c, BookmarkKind::flag); }},
    };
}

}  // namespace

ChartLegend::ChartLegend(QWidget* parent) : QFrame(parent, Qt::Popup) {
    QStringList words;
    for (const Entry& entry : entries()) words.append(entry.words);
    setAccessibleName("Marks of the chart");
    setAccessibleDescription(words.join("; "));
}

QSize ChartLegend::sizeHint() const {
    int width = 0;
    const auto all = entries();
    for (const Entry& entry : all) width = std::max(width, fontMetrics().horizontalAdvance(entry.words));
    return {kText_px + width + kLegendSide_px, static_cast<int>(all.size()) * kRow_px + 2 * 8};
}

void ChartLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), tokens().panel);
    painter.setPen(tokens().line);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    painter.setRenderHint(QPainter::Antialiasing);
    int top = 8;
    for (const Entry& entry : entries()) {
        entry.paint(painter, QPointF(kLegendSide_px + 11, top + kRow_px / 2.0));
        painter.setPen(tokens().text);
        painter.drawText(QRect(kText_px, top, width() - kText_px, kRow_px), Qt::AlignVCenter, entry.words);
        top += kRow_px;
    }
}

ChartLegendButton::ChartLegendButton(QWidget* parent) : QToolButton(parent), legend_(new ChartLegend(this)) {
    setText("Legend");
    setAccessibleName("Legend of the chart");
    setToolTip("What every mark of the chart means");
    setAutoRaise(true);
    connect(this, &QToolButton::clicked, this, &ChartLegendButton::open);
}

void ChartLegendButton::open() {
    legend_->resize(legend_->sizeHint());
    legend_->move(mapToGlobal(QPoint(width() - legend_->width(), height() + 2)));
    legend_->show();
}

}  // namespace abm
