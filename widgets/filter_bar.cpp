#include "widgets/filter_bar.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTimer>

#include "widgets/format.h"

namespace abm {
namespace {

constexpr int kTypingPause_ms = 120;

QPushButton* chip(const QString& name) {
    auto* const button = new QPushButton;
    button->setObjectName("chip");
    button->setAccessibleName(name);
    button->setToolTip("Click to remove this filter");
    return button;
}

}  // namespace

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent),
      severity_(chip("Severity filter")),
      score_(chip("Score filter")),
      range_(chip("Time filter")),
      unlabelled_(chip("Only unlabelled")),
      add_(new QPushButton("+ filter")),
      text_(new QLineEdit),
      typing_(new QTimer(this)) {
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (QWidget* widget : {static_cast<QWidget*>(severity_), static_cast<QWidget*>(score_), static_cast<QWidget*>(range_),
                            static_cast<QWidget*>(unlabelled_), static_cast<QWidget*>(add_), static_cast<QWidget*>(text_)}) {
        layout->addWidget(widget);
    }
    add_->setObjectName("flat");
    add_->setAccessibleName("Add a filter");
    text_->setPlaceholderText("Filter: machine, type, words");
    text_->setAccessibleName("Filter sessions by text");
    text_->setClearButtonEnabled(true);
    text_->setMinimumWidth(110);
    text_->setMaximumWidth(210);
    typing_->setSingleShot(true);
    typing_->setInterval(kTypingPause_ms);
    buildMenu();
    connect(severity_, &QPushButton::clicked, this, [this] { change([](RecordFilter& f) { f.min_severity = Severity::none; }); });
    connect(score_, &QPushButton::clicked, this, [this] { change([](RecordFilter& f) { f.min_score = -1; }); });
    connect(range_, &QPushButton::clicked, this, [this] { change([](RecordFilter& f) { f.range.reset(); }); });
    connect(unlabelled_, &QPushButton::clicked, this, [this] { change([](RecordFilter& f) { f.unlabelled = false; }); });
    connect(text_, &QLineEdit::textChanged, typing_, qOverload<>(&QTimer::start));
    connect(typing_, &QTimer::timeout, this, [this] { change([this](RecordFilter& f) { f.text = text_->text(); }); });
    refresh();
}

void FilterBar::buildMenu() {
    auto* const menu = new QMenu(add_);
    const auto offer = [&](const QString& text, Severity severity, bool routine) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, severity, routine] {
            change([&](RecordFilter& f) {
                f.min_severity = severity;
                f.routine = routine;
            });
        });
    };
    offer("Severity ≥ low", Severity::low, false);
    offer("Severity ≥ medium", Severity::medium, false);
    offer("Severity ≥ high", Severity::high, false);
    menu->addSeparator();
    offer("All sessions", Severity::none, false);
    offer("All, routine intervals too", Severity::none, true);
    menu->addSeparator();
    connect(menu->addAction("Unlabelled only"), &QAction::triggered, this,
            [this] { change([](RecordFilter& f) { f.unlabelled = true; }); });
    add_->setMenu(menu);
}

void FilterBar::setFilter(const RecordFilter& filter) {
    filter_ = filter;
    refresh();
}

void FilterBar::change(const std::function<void(RecordFilter&)>& edit) {
    edit(filter_);
    refresh();
    emit filterChanged(filter_);
}

void FilterBar::refresh() {
    severity_->setVisible(filter_.min_severity != Severity::none);
    severity_->setText(QStringLiteral("severity ≥ %1  ×").arg(qstring(name_of(filter_.min_severity))));
    score_->setVisible(filter_.min_score >= 0);
    score_->setText(QStringLiteral("score ≥ %1  ×").arg(score_text(filter_.min_score)));
    unlabelled_->setVisible(filter_.unlabelled);
    unlabelled_->setText(QStringLiteral("unlabelled  ×"));
    range_->setVisible(filter_.range.has_value());
    if (filter_.range) {
        const QString begin = qstring(day_clock_text(filter_.range->begin));
        const QString end = qstring(day_clock_text(filter_.range->end));
        const bool one_day = begin.chopped(6) == end.chopped(6);
        range_->setText(QStringLiteral("%1 – %2  ×").arg(begin, one_day ? end.right(5) : end));
    }
    if (text_->text() != filter_.text && !typing_->isActive()) {
        const QSignalBlocker quiet(text_);
        text_->setText(filter_.text);
    }
}

}  // namespace abm
