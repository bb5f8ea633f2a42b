#include "app/workbench/top_bar.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "widgets/format.h"
#include "widgets/pane.h"

namespace abm {
namespace {

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
      title_(new QLabel),
      counts_(new ElidedLabel),
      filters_(new FilterBar),
      above_(new QPushButton),
      retrain_(tool_button(actions.retrain, true)) {
    setObjectName("topBar");
    setFixedHeight(40);
    title_->setObjectName("paneTitle");
    counts_->setObjectName("muted");
    above_->setCheckable(true);
    above_->setFocusPolicy(Qt::TabFocus);  // a ring of focus after a click would look like "on"
    above_->setToolTip("List only sessions with a score at or above the threshold (the dashed line in the chart)");
    auto* const layout = new QHBoxLayout(this);
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
    layout->addWidget(retrain_);
    layout->addWidget(tool_button(actions.theme, false));
    setTitle("Reading…", {});
    setAbove(0, 0.5F);
}

void TopBar::setTitle(const QString& title, const QString& counts) {
    title_->setText(title);
    counts_->setText(counts);
    counts_->setToolTip(counts);
}

void TopBar::setRetrainCount(std::int64_t labels) {
    retrain_->defaultAction()->setIconText(labels > 0 ? QStringLiteral("Retrain +%1").arg(count_text(labels))
                                                      : QStringLiteral("Retrain"));
}

void TopBar::setAbove(std::int64_t count, float threshold) {
    above_->setText(QStringLiteral("above %1:  %2").arg(score_text(threshold), count_text(count)));
    above_->setAccessibleName(QStringLiteral("Only the %1 above the threshold %2").arg(count_text(count), score_text(threshold)));
}

}  // namespace abm
