#include "app/workbench/top_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "app/workbench/actions.h"
#include "widgets/chip_strip.h"
#include "widgets/format.h"
#include "widgets/key_button.h"
#include "widgets/pane.h"

namespace abm {
namespace {

constexpr int kBarRow_px = 39;
constexpr int kLeastCounts_px = 90;

QToolButton* tool_button(QAction* action, bool with_text) {
    auto* const button = new QToolButton;
    button->setObjectName("control");
    button->setDefaultAction(action);
    button->setToolButtonStyle(with_text ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text().remove('&'));
    return button;
}

}  // namespace

TopBar::TopBar(const Actions& actions, QWidget* parent)
    : QFrame(parent),
      first_row_(new QHBoxLayout),
      second_row_(new QWidget),
      title_(new QLabel),
      counts_(new ElidedLabel(Qt::ElideLeft)),  // of what was read, how much says most
      filters_(new FilterBar),
      above_(new QPushButton),
      label_action_(actions.label_mode),
      label_(new KeyButton({}, "Label queue")),
      retrain_(tool_button(actions.retrain, true)) {
    setObjectName("topBar");
    title_->setObjectName("paneTitle");
    counts_->setObjectName("muted");
    above_->setCheckable(true);
    above_->setFocusPolicy(Qt::TabFocus);  // a ring of focus after a click would look like "on"
    above_->setToolTip("List only sessions with a score at or above the threshold (the dashed line in the chart)");
    auto* const rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 1);
    rows->setSpacing(0);
    auto* const first = new QWidget;
    first->setFixedHeight(kBarRow_px);
    first->setLayout(first_row_);
    rows->addWidget(first);
    rows->addWidget(second_row_);
    auto* const below = new QVBoxLayout(second_row_);
    below->setContentsMargins(10, 0, 10, 8);
    second_row_->hide();
    QHBoxLayout* const layout = first_row_;
    layout->setContentsMargins(10, 0, 10, 0);
    layout->setSpacing(8);
    layout->addWidget(tool_button(actions.open, true));
    layout->addWidget(tool_button(actions.back, false));
    layout->addWidget(tool_button(actions.forward, false));
    layout->addSpacing(4);
    layout->addWidget(title_);
    layout->addWidget(counts_, 1);
    layout->addWidget(filters_);
    layout->addWidget(above_);
    layout->addWidget(label_);
    layout->addWidget(retrain_);
    layout->addWidget(tool_button(actions.theme, false));
    setTitle("Reading…", {});
    setAbove(0, 0.5F);
    label_->putKeyBehind();
    connect(label_, &QPushButton::clicked, label_action_, &QAction::trigger);
    connect(label_action_, &QAction::changed, this, &TopBar::showKeys);
    showKeys();
    connect(filters_->chips(), &ChipStrip::sizeChanged, this, &TopBar::placeChips);
    placeChips();
}

// Chips stand beside the other controls while there is room, and get a row of their own before anything would be squeezed.
void TopBar::placeChips() {
    ChipStrip& chips = *filters_->chips();
    int needed = chips.isBlank() ? 0 : chips.sizeHint().width() + filters_->layout()->spacing();
    for (int at = 0; at < first_row_->count(); ++at) {
        QWidget* const widget = first_row_->itemAt(at)->widget();
        if (!widget) continue;
        int width = widget->sizeHint().width();
        if (widget == counts_) width = std::min(width, kLeastCounts_px);
        if (widget == filters_ && chips.parentWidget() == filters_ && !chips.isBlank())
            width -= chips.sizeHint().width() + filters_->layout()->spacing();
        needed += width + first_row_->spacing();
    }
    const auto margins = first_row_->contentsMargins();
    const bool fits = needed + margins.left() + margins.right() <= width();
    filters_->placeChips(fits ? nullptr : static_cast<QBoxLayout*>(second_row_->layout()));
    chips.setVisible(!chips.isBlank());
    second_row_->setVisible(!fits && !chips.isBlank());
}

void TopBar::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    placeChips();
}

void TopBar::setTitle(const QString& title, const QString& counts) {
    title_->setText(title);
    counts_->setText(counts);
    counts_->setToolTip(counts);
}

void TopBar::setQueueCount(std::int64_t records) {
    label_->setWords(records > 0 ? "Label queue " + count_text(records) : QStringLiteral("Label queue"));
    placeChips();
}

void TopBar::showKeys() {
    label_->setEnabled(label_action_->isEnabled());
    const auto keys = label_action_->shortcuts();
    label_->setKey(keys.isEmpty() ? QString() : key_text(keys.front()));
}

// In the accent when there is something to learn from.
void TopBar::setRetrainCount(std::int64_t labels) {
    retrain_->setProperty("wanted", labels > 0);
    retrain_->style()->unpolish(retrain_);
    retrain_->style()->polish(retrain_);
    retrain_->defaultAction()->setIconText(labels > 0 ? QStringLiteral("Retrain +%1").arg(count_text(labels))
                                                      : QStringLiteral("Retrain"));
}

void TopBar::setAbove(std::int64_t count, float threshold) {
    above_->setText(QStringLiteral("above %1:  %2").arg(score_text(threshold), count_text(count)));
    above_->setAccessibleName(QStringLiteral("Only the %1 above the threshold %2").arg(count_text(count), score_text(threshold)));
}

}  // namespace abm
