#include "app/workbench/dock_set.h"

#include <QAction>
#include <QDockWidget>
#include <QEvent>
#include <QFrame>
#include <QMenu>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/dock_head.h"

namespace abm {
namespace {

constexpr int kStateVersion = 2;  // of QMainWindow's state: 1 had two docks
// Widths of the docks at 1440 px; narrower windows have narrower ones.
constexpr double kWideWindow_px = 1440;
constexpr int kLeft_px = 454;
constexpr int kRight_px = 330;
constexpr int kLeast_px = 260;
constexpr int kTall_px = 1180;  // the log and the ledger find room above each other
constexpr double kLowerPart = 0.56;
constexpr int kVerdict_px = 392;  // types, look-alikes and note; what is left is for the reasons

constexpr std::array<const char*, kViewCount> kNames{"Sessions", "Queue",      "Sources", "Log",   "Cash ledger", "Jobs",
                                                     "Models",   "Guidelines", "Why",     "Label", "Watch"};
constexpr std::array kLeftViews{View::sessions, View::queue, View::sources};
constexpr std::array kLowerViews{View::log, View::ledger, View::jobs, View::models, View::guidelines, View::watch};

QWidget* framed(QWidget* content) {
    auto* const body = new QFrame;
    body->setObjectName("paneBody");
    auto* const layout = new QVBoxLayout(body);
    layout->setContentsMargins(1, 0, 1, 2);
    layout->addWidget(content);
    return body;
}

}  // namespace

DockSet::DockSet(QMainWindow& window) : QObject(&window), window_(window) {
    window_.setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    window_.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    for (const Qt::Corner corner : {Qt::TopLeftCorner, Qt::BottomLeftCorner}) window_.setCorner(corner, Qt::LeftDockWidgetArea);
    for (const Qt::Corner corner : {Qt::TopRightCorner, Qt::BottomRightCorner})
        window_.setCorner(corner, Qt::RightDockWidgetArea);
    window_.installEventFilter(this);
}

void DockSet::add(View view, const QString& title, QWidget* content) {
    auto* const dock = new QDockWidget(title, &window_);
    auto* const head = new DockHead(title);
    docks_[index(view)] = dock;
    heads_[index(view)] = head;
    dock->setObjectName(kNames[index(view)]);
    dock->setAccessibleName(title);
    dock->setTitleBarWidget(head);
    dock->setWidget(framed(content));
    auto* const action = new QAction(title, this);
    actions_[index(view)] = action;
    action->setObjectName(QStringLiteral("show_") + kNames[index(view)]);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, [this, view] { toggle(view); });
    connect(head, &DockHead::tabChosen, this, [this, view](int tab) { choose(view, tab); });
    connect(dock, &QDockWidget::visibilityChanged, this, &DockSet::updateSoon);
    connect(dock, &QDockWidget::dockLocationChanged, this, &DockSet::updateSoon);
    connect(dock, &QDockWidget::topLevelChanged, this, &DockSet::updateSoon);
    fillMenu(view);
}

void DockSet::fillMenu(View view) {
    QMenu* const menu = head(view)->menu();
    QAction* const floats = menu->addAction("Float");
    connect(floats, &QAction::triggered, this, [this, view] { dock(view)->setFloating(!dock(view)->isFloating()); });
    connect(menu, &QMenu::aboutToShow, this,
            [this, view, floats] { floats->setText(dock(view)->isFloating() ? "Dock" : "Float"); });
    menu->addSeparator();
    const auto add = [&](const char* text, Qt::DockWidgetArea area) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, view, area] { moveTo(view, area); });
    };
    add("Move left", Qt::LeftDockWidgetArea);
    add("Move right", Qt::RightDockWidgetArea);
    add("Move below", Qt::BottomDockWidgetArea);
    menu->addSeparator();
    connect(menu->addAction("Close"), &QAction::triggered, dock(view), &QDockWidget::hide);
}

void DockSet::placeAll() {
    for (QDockWidget* const dock : docks_) {
        dock->setFloating(false);  // first: a dock without a place cannot be docked
        window_.removeDockWidget(dock);
    }
    const auto pile = [this](View below, View view) {
        window_.tabifyDockWidget(dock(below), dock(view));
        dock(view)->show();
    };
    window_.addDockWidget(Qt::LeftDockWidgetArea, dock(View::sessions));
    for (std::size_t at = 1; at < kLeftViews.size(); ++at) pile(kLeftViews[at - 1], kLeftViews[at]);
    window_.addDockWidget(Qt::BottomDockWidgetArea, dock(View::log));
    const bool tall = window_.height() >= kTall_px;
    if (tall) window_.splitDockWidget(dock(View::log), dock(View::ledger), Qt::Vertical);
    for (std::size_t at = tall ? 2 : 1; at < kLowerViews.size(); ++at) pile(kLowerViews[at - 1], kLowerViews[at]);
    window_.addDockWidget(Qt::RightDockWidgetArea, dock(View::why), Qt::Vertical);
    window_.addDockWidget(Qt::RightDockWidgetArea, dock(View::label), Qt::Vertical);
    for (QDockWidget* const dock : docks_) dock->show();
    dock(View::sessions)->raise();
    dock(View::ledger)->raise();
    dock(View::log)->raise();
    size();
    updateSoon();
}

void DockSet::size() {
    const double part = std::min(window_.window()->width() / kWideWindow_px, 1.0);
    const auto width = [part](int full) { return std::max(static_cast<int>(full * part), kLeast_px); };
    window_.resizeDocks({dock(View::sessions), dock(View::why)}, {width(kLeft_px), width(kRight_px)}, Qt::Horizontal);
    window_.resizeDocks({dock(View::why), dock(View::label)},
                        {std::max(window_.height() - kVerdict_px, kVerdict_px), kVerdict_px}, Qt::Vertical);
    const int lower = static_cast<int>(window_.height() * kLowerPart);
    if (place(View::log).contains(View::ledger)) return window_.resizeDocks({dock(View::log)}, {lower}, Qt::Vertical);
    window_.resizeDocks({dock(View::log), dock(View::ledger)}, {lower * 6 / 10, lower * 4 / 10}, Qt::Vertical);
}

bool DockSet::isOpen(View view) const { return !dock(view)->isHidden(); }

bool DockSet::isInFront(View view) const {
    if (!isOpen(view)) return false;
    // Qt keeps docks behind the front tab shown, but moves them out of sight.
    return dock(view)->isFloating() || dock(view)->geometry().intersects(window_.rect());
}

void DockSet::show(View view) {
    if (!laid_out_) wanted_.append(view);
    dock(view)->show();
    dock(view)->raise();
    if (dock(view)->isFloating()) dock(view)->activateWindow();
    update();
}

void DockSet::toggle(View view) {
    if (isInFront(view)) {
        dock(view)->hide();
    } else {
        show(view);
    }
    update();
}

void DockSet::moveTo(View view, Qt::DockWidgetArea area) {
    dock(view)->setFloating(false);
    window_.addDockWidget(area, dock(view));
    // It joins what lies there: a column of heads helps nobody.
    for (std::size_t at = 0; at < kViewCount; ++at) {
        QDockWidget* const there = docks_[at];
        if (there == dock(view) || there->isHidden() || there->isFloating() || window_.dockWidgetArea(there) != area) continue;
        window_.tabifyDockWidget(there, dock(view));
        break;
    }
    show(view);
}

QList<View> DockSet::place(View view) const {
    const QList<QDockWidget*> others = window_.tabifiedDockWidgets(dock(view));
    QList<View> views;
    for (std::size_t at = 0; at < kViewCount; ++at) {
        const bool here = docks_[at] == dock(view) || (others.contains(docks_[at]) && !docks_[at]->isHidden());
        if (here) views.append(static_cast<View>(at));
    }
    return views;
}

void DockSet::choose(View from, int tab) {
    const QList<View> views = place(from);
    if (tab < 0 || tab >= views.size()) return;
    const bool had_focus = head(from)->tabs()->hasFocus();
    show(views[tab]);
    if (had_focus) head(views[tab])->tabs()->setFocus(Qt::OtherFocusReason);  // arrows go on from tab to tab
}

// Qt speaks while it is still moving docks: the heads are set when it has come to rest.
void DockSet::updateSoon() {
    if (std::exchange(update_due_, true)) return;
    QTimer::singleShot(0, this, &DockSet::update);
}

void DockSet::update() {
    update_due_ = false;
    for (std::size_t at = 0; at < kViewCount; ++at) {
        const QList<View> views = place(static_cast<View>(at));
        QStringList titles;
        for (const View view : views) titles.append(head(view)->title());
        heads_[at]->setTabs(titles, static_cast<int>(views.indexOf(static_cast<View>(at))));
        actions_[at]->setChecked(!docks_[at]->isHidden());
    }
    // Qt's own tabs have no size (see the style sheet); the heads take their place.
    for (QTabBar* const bar : window_.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly)) {
        bar->setFocusPolicy(Qt::NoFocus);
        bar->setAccessibleName("Docks");
    }
    emit frontChanged();
}

void DockSet::setTitle(View view, const QString& title) {
    if (head(view)->title() == title) return;
    head(view)->setTitle(title);
    update();
}

QList<QAction*> DockSet::actions() const { return {actions_.begin(), actions_.end()}; }

QByteArray DockSet::save() const { return laid_out_ ? window_.saveState(kStateVersion) : remembered_; }

void DockSet::restore(const QByteArray& state) {
    remembered_ = state;
    if (!remembered_.isEmpty() && !window_.restoreState(remembered_, kStateVersion)) remembered_.clear();
    updateSoon();
}

void DockSet::reset() {
    remembered_.clear();
    placeAll();
}

bool DockSet::eventFilter(QObject* watched, QEvent* event) {
    // Only when it is painted does the page have the size of its window; docks sized or restored before are squeezed by what
    // follows.
    if (watched == &window_ && event->type() == QEvent::Paint && !laid_out_) {
        laid_out_ = true;
        QTimer::singleShot(0, this, [this] {
            if (remembered_.isEmpty() || !window_.restoreState(remembered_, kStateVersion)) placeAll();
            for (const View view : std::exchange(wanted_, {})) show(view);
            updateSoon();
        });
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace abm
