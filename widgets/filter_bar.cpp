#include "widgets/filter_bar.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QTimer>
#include <QToolButton>
#include <algorithm>

#include "widgets/chip_strip.h"
#include "widgets/limits_editor.h"

namespace abm {
namespace {

constexpr int kTypingPause_ms = 120;

QToolButton* toggle(const QString& text, const QString& name) {
    auto* const button = new QToolButton;
    button->setObjectName("toggle");
    button->setText(text);
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedWidth(26);
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

QStringList in_order(FilterKind kind, QStringList values) {
    if (kind == FilterKind::severity) {
        std::sort(values.begin(), values.end(), [](const QString& a, const QString& b) {
            return severity_from_name(a.toStdString()) < severity_from_name(b.toStdString());
        });
    }
    values.removeDuplicates();
    return values;
}

}  // namespace

RecordFilter with_values(RecordFilter filter, FilterKind kind, bool hides, const QStringList& values) {
    const auto chip = std::find_if(filter.chips.begin(), filter.chips.end(),
                                   [&](const FilterChip& its) { return its.kind == kind && its.hides == hides; });
    if (values.isEmpty()) {
        if (chip != filter.chips.end()) filter.chips.erase(chip);
    } else if (chip != filter.chips.end()) {
        chip->values = in_order(kind, values);
    } else {
        filter.chips.push_back(values_chip(kind, in_order(kind, values), hides));
    }
    return filter;
}

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent),
      chips_(new ChipStrip),
      add_(new QPushButton("+ filter")),
      text_(new QLineEdit),
      regex_(toggle(".*", "Regular expression")),
      case_(toggle("Aa", "Match upper and lower case")),
      menu_(new QMenu(add_)),
      typing_(new QTimer(this)) {
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(chips_, 1);
    layout->addWidget(add_);
    buildText(*layout);
    add_->setObjectName("flat");
    add_->setAccessibleName("Add a filter");
    add_->setMenu(menu_);
    connect(menu_, &QMenu::aboutToShow, this, &FilterBar::fillAddMenu);
    connectChips();
    refresh();
}

void FilterBar::buildText(QHBoxLayout& layout) {
    auto* const group = new QWidget;
    auto* const inner = new QHBoxLayout(group);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(2);
    for (QWidget* const part : {static_cast<QWidget*>(text_), static_cast<QWidget*>(regex_), static_cast<QWidget*>(case_)})
        inner->addWidget(part);
    layout.addWidget(group);
    text_->setPlaceholderText("Filter: machine, type, words");
    text_->setAccessibleName("Filter sessions by text");
    text_->setToolTip("Machine, type, activity, file name, words of findings and notes. Enter makes a chip of it");
    text_->setClearButtonEnabled(true);
    text_->setMinimumWidth(110);
    text_->setMaximumWidth(210);
    text_->installEventFilter(this);
    typing_->setSingleShot(true);
    typing_->setInterval(kTypingPause_ms);
    connect(text_, &QLineEdit::textChanged, typing_, qOverload<>(&QTimer::start));
    connect(text_, &QLineEdit::returnPressed, this, &FilterBar::pinText);
    connect(typing_, &QTimer::timeout, this, &FilterBar::readText);
    connect(regex_, &QToolButton::toggled, this, &FilterBar::readText);
    connect(case_, &QToolButton::toggled, this, &FilterBar::readText);
}

void FilterBar::connectChips() {
    connect(chips_, &ChipStrip::cleared, this, &FilterBar::clear);
    connect(chips_, &ChipStrip::changeRequested, this, &FilterBar::openChip);
    connect(chips_, &ChipStrip::removed, this, [this](int chip) {
        const bool by_key = chips_->isAncestorOf(focusWidget() ? focusWidget() : window()->focusWidget());
        remove(chip);
        if (!by_key) return;
        const auto& left = chips_->chips();
        (left.isEmpty() ? add_ : left[std::min<qsizetype>(chip, left.size() - 1)]->body())->setFocus(Qt::TabFocusReason);
    });
}

void FilterBar::placeChips(QBoxLayout* elsewhere) {
    QBoxLayout* const own = static_cast<QBoxLayout*>(layout());
    QBoxLayout* const wanted = elsewhere ? elsewhere : own;
    if (wanted->indexOf(chips_) >= 0) return;
    elsewhere ? elsewhere->addWidget(chips_) : own->insertWidget(0, chips_, 1);
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

void FilterBar::clear() {
    typing_->stop();
    change([](RecordFilter& filter) {
        const TextTerm ways = filter.typed;
        filter = {};
        filter.typed = {{}, ways.regex, ways.match_case};
    });
}

void FilterBar::setValues(FilterKind kind, bool hides, const QStringList& values) {
    change([&](RecordFilter& filter) { filter = with_values(filter, kind, hides, values); });
}

void FilterBar::remove(int chip) {
    if (chip < 0 || chip >= std::ssize(filter_.chips)) return;
    change([chip](RecordFilter& filter) { filter.chips.erase(filter.chips.begin() + chip); });
}

// A chip that becomes what another one is already goes into it.
void FilterBar::invert(int chip) {
    if (chip < 0 || chip >= std::ssize(filter_.chips)) return;
    change([chip](RecordFilter& filter) {
        FilterChip turned = filter.chips[static_cast<std::size_t>(chip)];
        turned.hides = !turned.hides;
        const auto same = std::find_if(filter.chips.begin(), filter.chips.end(), [&](const FilterChip& its) {
            return has_values(its.kind) && its.kind == turned.kind && its.hides == turned.hides;
        });
        if (same == filter.chips.end()) {
            filter.chips[static_cast<std::size_t>(chip)] = turned;
            return;
        }
        same->values = in_order(turned.kind, same->values + turned.values);
        filter.chips.erase(filter.chips.begin() + chip);
    });
}

void FilterBar::readText() {
    typing_->stop();
    const TextTerm typed{text_->text(), regex_->isChecked(), case_->isChecked()};
    if (typed == filter_.typed) return;
    change([&](RecordFilter& filter) { filter.typed = typed; });
}

void FilterBar::pinText() {
    readText();
    if (filter_.typed.blank() || !error_of(filter_.typed).isEmpty()) return;
    change([](RecordFilter& filter) {
        filter.chips.push_back(text_chip(filter.typed));
        filter.typed.text.clear();
    });
}

void FilterBar::editText(int chip) {
    const TextTerm pattern = filter_.chips[static_cast<std::size_t>(chip)].pattern;
    change([&](RecordFilter& filter) {
        filter.chips.erase(filter.chips.begin() + chip);
        filter.typed = pattern;
    });
    text_->setFocus(Qt::OtherFocusReason);
}

void FilterBar::refresh() {
    chips_->setChips(filter_.chips);
    const QString error = error_of(filter_.typed);
    chips_->setFailure(error.isEmpty() ? QString() : QStringLiteral("No regular expression: %1. It filters nothing.").arg(error));
    if (text_->property("wrong").toBool() != !error.isEmpty()) {
        text_->setProperty("wrong", !error.isEmpty());
        text_->style()->unpolish(text_);
        text_->style()->polish(text_);
    }
    if (!typing_->isActive()) showText();
}

void FilterBar::showText() {
    const QSignalBlocker quiet_text(text_), quiet_regex(regex_), quiet_case(case_);
    if (text_->text() != filter_.typed.text) text_->setText(filter_.typed.text);
    regex_->setChecked(filter_.typed.regex);
    case_->setChecked(filter_.typed.match_case);
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == text_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        text_->clear();
        readText();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace abm
