#include "widgets/chip_strip.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <algorithm>

namespace abm {
namespace {

constexpr int kChipGap_px = 6;
constexpr int kChip_px = 24;
constexpr int kMostWords_px = 260;
constexpr int kFewForClear = 2;

}  // namespace

FilterChipView::FilterChipView(QWidget* parent)
    : QFrame(parent), body_(new QPushButton), cross_(new QPushButton(QStringLiteral("×"))) {
    setObjectName("filterChip");
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(3, 0, 3, 0);
    layout->setSpacing(0);
    body_->setObjectName("chipPart");
    cross_->setObjectName("chipPart");
    for (QPushButton* const part : {body_, cross_}) {
        layout->addWidget(part);
        part->setFocusPolicy(Qt::TabFocus);  // a click leaves the focus with the list
        part->installEventFilter(this);
    }
    setFixedHeight(kChip_px);
    connect(body_, &QPushButton::clicked, this, &FilterChipView::changeRequested);
    connect(cross_, &QPushButton::clicked, this, &FilterChipView::removed);
}

void FilterChipView::show(const FilterChip& chip) {
    const QString words = words_of(chip);
    body_->setText(fontMetrics().elidedText(words, Qt::ElideMiddle, kMostWords_px).replace('&', "&&"));
    body_->setToolTip(words + "\nClick to change it, Delete removes it");
    body_->setAccessibleName("Filter: " + words);
    cross_->setToolTip("Remove this filter");
    cross_->setAccessibleName("Remove the filter: " + words);
    if (property("hides").toBool() == chip.hides) return;
    setProperty("hides", chip.hides);
    for (QWidget* const part : {static_cast<QWidget*>(this), static_cast<QWidget*>(body_), static_cast<QWidget*>(cross_)}) {
        part->style()->unpolish(part);
        part->style()->polish(part);
    }
}

// Backspace would be the key of a verdict, and Enter is no key of a button for Qt.
bool FilterChipView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool removes = key == Qt::Key_Delete || key == Qt::Key_Backspace;
    const bool presses = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!removes && !presses) return QFrame::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::ShortcutOverride) return true;
    if (removes) {
        emit removed();
    } else {
        static_cast<QPushButton*>(watched)->click();
    }
    return true;
}

ChipStrip::ChipStrip(QWidget* parent)
    : QWidget(parent), clear_(new QPushButton("× clear all", this)), failure_(new QLabel(this)) {
    setAccessibleName("Filters in force");
    clear_->setObjectName("flat");
    clear_->setAccessibleName("Remove all filters");
    failure_->setObjectName("failure");
    failure_->setTextFormat(Qt::PlainText);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(clear_, &QPushButton::clicked, this, &ChipStrip::cleared);
    setChips({});
    setFailure({});
}

void ChipStrip::setChips(const std::vector<FilterChip>& chips) {
    while (chips_.size() > std::ssize(chips)) {
        FilterChipView* const gone = chips_.takeLast();
        gone->hide();
        gone->deleteLater();
    }
    while (chips_.size() < std::ssize(chips)) {
        auto* const view = new FilterChipView(this);
        const auto at = static_cast<int>(chips_.size());
        connect(view, &FilterChipView::changeRequested, this, [this, at] { emit changeRequested(at); });
        connect(view, &FilterChipView::removed, this, [this, at] { emit removed(at); });
        if (!chips_.isEmpty()) setTabOrder(chips_.last()->cross(), view->body());
        setTabOrder(view->body(), view->cross());
        setTabOrder(view->cross(), clear_);
        chips_.append(view);
    }
    for (int at = 0; at < chips_.size(); ++at) {
        chips_[at]->show(chips[static_cast<std::size_t>(at)]);
        chips_[at]->setVisible(true);
    }
    clear_->setVisible(chips_.size() >= kFewForClear);
    settle();
}

void ChipStrip::setFailure(const QString& words) {
    failure_->setText(words);
    failure_->setToolTip(words);
    failure_->setVisible(!words.isEmpty());
    settle();
}

void ChipStrip::settle() {
    arrange(width(), true);
    updateGeometry();
    emit sizeChanged();
}

QList<QWidget*> ChipStrip::items() const {
    QList<QWidget*> all(chips_.begin(), chips_.end());
    all.append({clear_, failure_});
    all.removeIf([](const QWidget* item) { return item->isHidden(); });
    return all;
}

bool ChipStrip::isBlank() const { return items().isEmpty(); }

int ChipStrip::arrange(int width, bool move) const {
    const int top = move ? std::max(0, (height() - arrange(width, false)) / 2) : 0;
    int x = 0, y = 0;
    for (QWidget* const item : items()) {
        const int wanted = std::min(item->sizeHint().width(), std::max(width, 40));
        if (x > 0 && x + wanted > width) {
            x = 0;
            y += kChip_px + kChipGap_px;
        }
        if (move) item->setGeometry(x, top + y, wanted, kChip_px);
        x += wanted + kChipGap_px;
    }
    return y + kChip_px;
}

QSize ChipStrip::sizeHint() const {
    int width = 0;
    for (const QWidget* const item : items()) width += item->sizeHint().width() + kChipGap_px;
    return {std::max(0, width - kChipGap_px), kChip_px};
}

QSize ChipStrip::minimumSizeHint() const { return {40, kChip_px}; }
int ChipStrip::heightForWidth(int width) const { return arrange(width, false); }

void ChipStrip::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange(width(), true);
}

}  // namespace abm
