#include "widgets/pane.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace abm {

PaneHead::PaneHead(const QString& title, bool outer, QWidget* parent) : QFrame(parent) {
    auto* const label = new QLabel(title);
    label->setObjectName("paneTitle");
    build(outer, label);
}

PaneHead::PaneHead(const QStringList& tabs, const QString& name, bool outer, QWidget* parent)
    : QFrame(parent), tabs_(new QTabBar) {
    for (const QString& tab : tabs) tabs_->addTab(tab);
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(name);
    build(outer, tabs_);
}

void PaneHead::build(bool outer, QWidget* left) {
    setObjectName(outer ? "paneHead" : "innerHead");
    setFixedHeight(kHeight_px);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(tabs_ ? 5 : 12, 0, 12, 0);
    layout->setSpacing(10);
    auto* const note = new ElidedLabel;
    note->showMostOrNothing();
    note_ = note;
    note_->setObjectName("muted");
    note_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(left, 0, tabs_ ? Qt::AlignBottom : Qt::AlignVCenter);
    layout->addWidget(note_, 1);
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.setFont(font());
    painter.drawText(contentsRect(), static_cast<int>(alignment()), textWithin(contentsRect().width()));
}

QString ElidedLabel::textWithin(int width_px) const {
    static const QString kBetween = QStringLiteral(" · ");
    QString part = text();
    const bool from_end = mode_ != Qt::ElideLeft;
    while (fontMetrics().horizontalAdvance(part) > width_px) {
        const auto at = from_end ? part.lastIndexOf(kBetween) : part.indexOf(kBetween);
        if (at < 0 && most_or_nothing_ && width_px < fontMetrics().horizontalAdvance(part) / 2) return {};
        if (at < 0) return fontMetrics().elidedText(part, mode_, width_px);
        part = from_end ? part.left(at) : part.mid(at + kBetween.size());
    }
    return part;
}

Pane::Pane(PaneHead* head, QWidget* content, QWidget* parent) : QFrame(parent) {
    setObjectName("pane");
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    if (head) layout->addWidget(head);
    layout->addWidget(content, 1);
}

}  // namespace abm
