#include "widgets/dock_head.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>
#include <QTabBar>
#include <QToolButton>

#include "widgets/pane.h"

namespace abm {

DockHead::DockHead(const QString& title, QWidget* parent)
    : QFrame(parent),
      title_(title),
      tabs_(new QTabBar),
      title_label_(new QLabel(title)),
      note_(new ElidedLabel),
      menu_button_(new QToolButton),
      menu_(new QMenu(this)) {
    setObjectName("paneHead");
    setFixedHeight(kHeight_px);
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setUsesScrollButtons(false);
    tabs_->setElideMode(Qt::ElideRight);
    title_label_->setObjectName("paneTitle");
    title_label_->setContentsMargins(7, 0, 0, 0);
    note_->setObjectName("muted");
    note_->showMostOrNothing();
    note_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    menu_button_->setObjectName("headMenu");
    menu_button_->setText(QStringLiteral("⋯"));
    menu_button_->setAccessibleName(QStringLiteral("Move or close %1").arg(title));
    menu_button_->setToolTip(menu_button_->accessibleName());
    menu_button_->setFocusPolicy(Qt::TabFocus);
    menu_button_->setPopupMode(QToolButton::InstantPopup);
    menu_button_->setMenu(menu_);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(5, 0, 6, 0);
    layout->setSpacing(6);
    layout->addWidget(tabs_, 0, Qt::AlignBottom);
    layout->addWidget(title_label_);
    layout->addWidget(note_, 1);
    layout->addWidget(menu_button_);
    connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) {
        if (tab < 0 || tab == own_) return;
        const QSignalBlocker quiet(tabs_);
        tabs_->setCurrentIndex(own_);
        emit tabChosen(tab);
    });
    setTabs({title}, 0);
}

void DockHead::setTabs(const QStringList& titles, int own) {
    const QSignalBlocker quiet(tabs_);
    own_ = own;
    while (tabs_->count() > titles.size()) tabs_->removeTab(tabs_->count() - 1);
    for (int at = 0; at < titles.size(); ++at) {
        if (at == tabs_->count()) {
            tabs_->addTab(titles[at]);
        } else if (tabs_->tabText(at) != titles[at]) {
            tabs_->setTabText(at, titles[at]);
        }
    }
    tabs_->setCurrentIndex(own);
    tabs_->setAccessibleName(titles.join(", "));
    tabs_->setVisible(titles.size() > 1);
    title_label_->setText(titles.value(own));
    title_label_->setVisible(titles.size() == 1);
}

void DockHead::contextMenuEvent(QContextMenuEvent* event) { menu_->popup(event->globalPos()); }

}  // namespace abm
