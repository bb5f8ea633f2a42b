// How the triage page is put together: the chart in the centre, a dock for each other view, the order of tabs.
#include <QDockWidget>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTextBrowser>
#include <QVBoxLayout>
#include <iterator>

#include "app/workbench/triage_page.h"
#include "widgets/chart_legend.h"
#include "widgets/dock_head.h"
#include "widgets/jobs_panel.h"
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
#include "widgets/watch_panel.h"
#include "widgets/why_panel.h"

namespace abm {

QWidget* TriagePage::makeCentre() {
    auto* const strip = new Pane(nullptr, overview_);
    strip->setFixedHeight(46);
    auto* const column = new QWidget;
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(strip);
    layout->addWidget(makeChartPane(), 1);
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

void TriagePage::makeDocks() {
    docks_.add(View::sessions, "Sessions", sessions_);
    docks_.add(View::queue, "Queue", queue_);
    docks_.add(View::sources, "Sources", sources_);
    docks_.add(View::log, "Log", log_);
    docks_.add(View::ledger, "Cash ledger", ledger_);
    docks_.add(View::jobs, "Jobs", jobs_panel_);
    docks_.add(View::watch, "Watched folder", watch_);
    docks_.add(View::models, "Model history", models_);
    docks_.add(View::guidelines, "Guidelines", guidelines_);
    docks_.add(View::why, "Why", why_);
    docks_.add(View::label, "Label", label_);
    for (const View list : {View::sessions, View::queue, View::sources})
        docks_.dock(list)->setMinimumWidth(330);     // time, severity, score and type side by side
    docks_.dock(View::label)->setMinimumWidth(264);  // two types of a verdict side by side
    docks_.dock(View::label)->setMinimumHeight(270);
    docks_.dock(View::log)->setMinimumHeight(140);
    for (const View below : {View::log, View::ledger, View::jobs, View::models, View::guidelines})
        docks_.dock(below)->setMinimumWidth(420);                  // said, so that none grows over the docks beside it
    docks_.head(View::log)->note()->setElideMode(Qt::ElideRight);  // the record stands first
    docks_.placeAll();
    connect(&docks_, &DockSet::frontChanged, this, &TriagePage::updateNotes);
}

void TriagePage::orderTabs() {
    // As one reads: filters, which, when, what, why.
    QWidget* const order[] = {top_->filters()->textField(),
                              top_->above(),
                              docks_.head(View::sessions)->tabs(),
                              sessions_->view(),
                              docks_.head(View::queue)->tabs(),
                              queue_->view(),
                              docks_.head(View::sources)->tabs(),
                              sources_->view(),
                              chart_,
                              docks_.head(View::log)->tabs(),
                              log_->view(),
                              docks_.head(View::ledger)->tabs(),
                              ledger_->onlyDiscrepancies(),
                              ledger_->view(),
                              docks_.head(View::jobs)->tabs(),
                              jobs_panel_->view(),
                              docks_.head(View::models)->tabs(),
                              models_->retrainButton(),
                              models_->history(),
                              docks_.head(View::guidelines)->tabs(),
                              guidelines_,
                              docks_.head(View::watch)->tabs(),
                              watch_->view(),
                              why_,
                              label_};
    for (std::size_t at = 1; at < std::size(order); ++at) setTabOrder(order[at - 1], order[at]);
}

}  // namespace abm
