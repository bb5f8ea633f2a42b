#include "app/workbench/search_dialog.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/format.h"
#include "widgets/rich_label.h"
#include "widgets/table_style.h"

namespace abm {
namespace {

constexpr int kMostSeconds = 3'600;

QString exact_figure(double value, bool sign = false) {
    if (std::isnan(value)) return QStringLiteral("–");
    const QString text = QString::number(std::abs(value), 'f', 3);
    if (!sign) return text;
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + text;
}

QString with_limits(const Estimate& estimate) {
    return QStringLiteral("%1  (%2 – %3)")
        .arg(exact_figure(estimate.value), exact_figure(estimate.low), exact_figure(estimate.high));
}

QString difference_text(const Estimate& estimate) {
    return QStringLiteral("%1  (%2 to %3)")
        .arg(exact_figure(estimate.value, true), exact_figure(estimate.low, true), exact_figure(estimate.high, true));
}

QString verdict_of(const SearchCandidate& candidate, bool current) {
    if (current) return QStringLiteral("current");
    if (candidate.better) return QStringLiteral("better");
    return candidate.difference.high < 0 ? QStringLiteral("worse") : QStringLiteral("within chance");
}

}  // namespace

SearchDialog::SearchDialog(QWidget* parent)
    : QDialog(parent),
      budget_(new QSpinBox),
      start_(new QPushButton("Search")),
      cancel_(new QPushButton("Cancel search")),
      adopt_(new QPushButton("Adopt")),
      discard_(new QPushButton("Discard")),
      progress_(new QProgressBar),
      table_(new QTableView),
      model_(new QStandardItemModel(this)),
      verdict_(wrapped_label()),
      caveat_(wrapped_label("muted")) {
    setWindowTitle("Search settings");
    budget_->setRange(1, kMostSeconds);
    budget_->setValue(static_cast<int>(kSearchSeconds));
    budget_->setSuffix(" s at most");
    budget_->setAccessibleName("Seconds the search may take");
    budget_->setFixedWidth(120);
    start_->setObjectName("primary");
    start_->setToolTip(
        "Fit models with other trees, k, nu and weights, each compared with the current settings on held-out labels");
    progress_->setTextVisible(false);
    progress_->setFixedWidth(140);
    progress_->setAccessibleName("Searching");
    table_->setModel(model_);
    table_->setItemDelegate(new TableDelegate(-1, 0, table_));
    style_table(*table_);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setAccessibleName("Settings compared");
    adopt_->setToolTip("Make a model with the chosen settings and score with it; Roll back undoes it");
    discard_->setToolTip("Keep the current settings and forget this comparison");
    auto* const top = new QHBoxLayout;
    for (QWidget* widget : {static_cast<QWidget*>(budget_), static_cast<QWidget*>(start_), static_cast<QWidget*>(progress_),
                            static_cast<QWidget*>(cancel_)})
        top->addWidget(widget);
    top->addStretch(1);
    auto* const foot = new QHBoxLayout;
    auto* const close_button = new QPushButton("Close");
    foot->addWidget(adopt_);
    foot->addWidget(discard_);
    foot->addStretch(1);
    foot->addWidget(close_button);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 14, 18, 14);
    layout->setSpacing(10);
    layout->addLayout(top);
    layout->addWidget(verdict_);
    layout->addWidget(table_, 1);
    layout->addWidget(caveat_);
    layout->addLayout(foot);
    connect(start_, &QPushButton::clicked, this, [this] { emit searchRequested(budget_->value()); });
    connect(cancel_, &QPushButton::clicked, this, &SearchDialog::cancelled);
    connect(adopt_, &QPushButton::clicked, this, [this] {
        const auto chosen = static_cast<std::size_t>(table_->currentIndex().row());
        emit adoptRequested(found_.candidates.at(chosen).settings);
        close();
    });
    connect(discard_, &QPushButton::clicked, this, &SearchDialog::discard);
    connect(close_button, &QPushButton::clicked, this, &QWidget::close);
    discard();
    setRunning(false);
    resize(820, 560);
}

void SearchDialog::discard() {
    found_ = {};
    fill();
    say("Each candidate is fitted on all records and judged on labels it was not given. Nothing changes before you adopt it.");
}

void SearchDialog::say(const QString& message) { verdict_->setText(message); }

void SearchDialog::setRunning(bool running, double fraction) {
    running_ = running;
    progress_->setVisible(running);
    cancel_->setVisible(running);
    progress_->setRange(0, fraction < 0 ? 0 : 1000);
    if (fraction >= 0) progress_->setValue(static_cast<int>(fraction * 1000));
    showEnabled();
}

void SearchDialog::setFound(const SettingsSearch& found) {
    found_ = found;
    fill();
    QString words = qstring(found.verdict);
    if (found.cut_short())
        words += QStringLiteral(" %1 of %2 candidates were tried in the time.").arg(found.candidates.size()).arg(found.planned);
    say(words);
    if (!found.candidates.empty()) table_->selectRow(static_cast<int>(found.suggested));
    showEnabled();
}

void SearchDialog::fill() {
    model_->clear();
    model_->setHorizontalHeaderLabels({"settings", "average precision", "against the current", "area under ROC", "verdict"});
    for (std::size_t at = 0; at < found_.candidates.size(); ++at) {
        const SearchCandidate& candidate = found_.candidates[at];
        QList<QStandardItem*> row;
        for (const QString& text : {qstring(candidate.change), with_limits(candidate.metrics.average_precision),
                                    at == 0 ? QStringLiteral("–") : difference_text(candidate.difference),
                                    with_limits(candidate.metrics.auroc), verdict_of(candidate, at == 0)}) {
            row.append(new QStandardItem(text));
            row.back()->setEditable(false);
            row.back()->setToolTip(qstring(settings_text(candidate.settings)));
        }
        model_->appendRow(row);
    }
    fit_columns(*table_);
    caveat_->setText(
        found_.candidates.empty()
            ? QString()
            : QStringLiteral("%1 anomalies, %2 normal · %3 folds · 95 % intervals; those of the differences hold for all "
                             "candidates together. %4")
                  .arg(count_text(found_.anomalies), count_text(found_.normals))
                  .arg(found_.folds)
                  .arg(qstring(found_.caveat)));
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SearchDialog::showEnabled,
            Qt::UniqueConnection);
    showEnabled();
}

void SearchDialog::showEnabled() {
    start_->setEnabled(!running_);
    budget_->setEnabled(!running_);
    adopt_->setEnabled(!running_ && table_->currentIndex().row() > 0);
    discard_->setEnabled(!running_ && !found_.candidates.empty());
}

}  // namespace abm
