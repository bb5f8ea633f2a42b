// How the triage page is put together: panes, docks, the order of tabs, the layout that View > Reset layout brings back.
#include <QDockWidget>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "app/workbench/triage_page.h"
#include "widgets/chart_legend.h"
#include "widgets/label_panel.h"
#include "widgets/ledger_panel.h"
#include "widgets/log_panel.h"
#include "widgets/models_panel.h"
#include "widgets/overview_strip.h"
#include "widgets/pane.h"
#include "widgets/queue_panel.h"
#include "widgets/score_chart.h"
#include "widgets/session_table.h"
#include "widgets/severity_legend.h"
#include "widgets/sources_panel.h"
#include "widgets/why_panel.h"

namespace abm {
namespace {

// Widths of the docks at 1440 px; narrower windows have narrower ones.
constexpr int kLeft_px = 454;
constexpr int kRight_px = 330;
constexpr int kLeast_px = 260;
const QList<int> kRightSizes{390, 400};

QDockWidget* dock(const QString& name, PaneHead* head, QWidget* content) {
    auto* const body = new QFrame;
    body->setObjectName("paneBody");
    auto* const layout = new QVBoxLayout(body);
    layout->setContentsMargins(1, 0, 1, 2);
    layout->addWidget(content);
    auto* const dock = new QDockWidget(name);
    dock->setObjectName(name);
    dock->setTitleBarWidget(head);
    dock->setWidget(body);
    return dock;
}

}  // namespace

QWidget* TriagePage::makeCentre() {
    centre_ = new QSplitter(Qt::Vertical);
    centre_->setHandleWidth(6);
    centre_->setChildrenCollapsible(false);
    centre_->addWidget(makeChartPane());
    centre_->addWidget(makeLowerPane());
    centre_->setSizes({340, 440});
    auto* const strip = new Pane(nullptr, overview_);
    strip->setFixedHeight(46);
    auto* const column = new QWidget;
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(strip);
    layout->addWidget(centre_, 1);
    return column;
}

QWidget* TriagePage::makeChartPane() {
    chart_head_ = new PaneHead("Score over time", false);
    auto* const pane = new Pane(chart_head_, chart_);
    static_cast<QBoxLayout*>(chart_head_->layout())->addWidget(new SeverityLegend);
    static_cast<QBoxLayout*>(chart_head_->layout())->addWidget(new ChartLegendButton);
    pane->setMinimumHeight(150);
    return pane;
}

QWidget* TriagePage::makeLowerPane() {
    lower_ = new QStackedWidget;
    lower_->addWidget(log_);
    lower_->addWidget(ledger_);
    lower_->addWidget(models_);
    lower_head_ = new PaneHead(QStringList{"Log", "Cash ledger", "Models"}, "Log, cash ledger or models", false);
    connect(lower_head_->tabs(), &QTabBar::currentChanged, this, [this](int tab) {
        lower_->setCurrentIndex(tab);
        updateNotes();
    });
    auto* const pane = new Pane(lower_head_, lower_);
    pane->setMinimumHeight(140);
    return pane;
}

// Why above, the verdict below: one reads, then decides.
QWidget* TriagePage::makeRight() {
    auto* const verdict = new QWidget;
    auto* const layout = new QVBoxLayout(verdict);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* const rule = new QFrame;
    rule->setObjectName("rule");
    layout->addWidget(rule);
    layout->addWidget(new PaneHead("Label", false));
    layout->addWidget(label_, 1);
    verdict->setMinimumHeight(270);
    right_ = new QSplitter(Qt::Vertical);
    right_->setHandleWidth(4);
    right_->setChildrenCollapsible(false);
    right_->addWidget(why_);
    right_->addWidget(verdict);
    right_->setSizes(kRightSizes);
    return right_;
}

void TriagePage::makeDocks() {
    left_ = new QStackedWidget;
    left_->addWidget(sessions_);
    left_->addWidget(queue_);
    left_->addWidget(sources_);
    left_head_ = new PaneHead(QStringList{"Sessions", "Queue", "Sources"}, "Sessions, queue or sources", true);
    connect(left_head_->tabs(), &QTabBar::currentChanged, this, [this](int tab) {
        left_->setCurrentIndex(tab);
        updateNotes();
    });
    left_dock_ = dock("Sessions and sources", left_head_, left_);
    right_dock_ = dock("Why", new PaneHead("Why", true), makeRight());
    docks_->addDockWidget(Qt::LeftDockWidgetArea, left_dock_);
    docks_->addDockWidget(Qt::RightDockWidgetArea, right_dock_);
    left_dock_->setMinimumWidth(330);   // time, severity, score and type side by side
    right_dock_->setMinimumWidth(264);  // two types of a verdict side by side
    sizeDocks();
}

void TriagePage::orderTabs() {
    // As one reads: filters, which, when, what, why.
    QWidget* const order[] = {top_->filters()->textField(),
                              top_->above(),
                              left_head_->tabs(),
                              sessions_->view(),
                              queue_->view(),
                              sources_->view(),
                              chart_,
                              lower_head_->tabs(),
                              log_->view(),
                              ledger_->onlyDiscrepancies(),
                              ledger_->view(),
                              models_->retrainButton(),
                              models_->history(),
                              why_,
                              label_};
    for (std::size_t at = 1; at < std::size(order); ++at) setTabOrder(order[at - 1], order[at]);
}

void TriagePage::resetLayout() {
    remembered_layout_.clear();
    docks_->restoreState(default_layout_);
    left_dock_->show();
    right_dock_->show();
    sizeDocks();
    centre_->setSizes({340, 440});
    right_->setSizes(kRightSizes);
    sessions_->resetColumns();
}

void TriagePage::sizeDocks() {
    constexpr double kWide_px = 1440;
    const double part = std::min(window()->width() / kWide_px, 1.0);
    const auto width = [part](int full) { return std::max(static_cast<int>(full * part), kLeast_px); };
    docks_->resizeDocks({left_dock_, right_dock_}, {width(kLeft_px), width(kRight_px)}, Qt::Horizontal);
}

}  // namespace abm
