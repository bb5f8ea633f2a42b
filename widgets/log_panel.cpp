#include "widgets/log_panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace abm {
namespace {

QPushButton* flat_button(const QString& text, const QString& tip) {
    auto* const button = new QPushButton(text);
    button->setObjectName("flat");
    button->setToolTip(tip);
    button->setAccessibleName(text);
    return button;
}

}  // namespace

LogPanel::LogPanel(Selection& selection, QWidget* parent)
    : QWidget(parent),
      selection_(selection),
      stack_(new QStackedWidget),
      view_(new LogView),
      empty_(new EmptyState),
      before_(flat_button("Show more before", "Add the record before to what is shown")),
      after_(flat_button("Show more after", "Add the record after to what is shown")),
      close_list_(flat_button("Back to the session", "Close this list")),
      find_bar_(makeFindBar()) {
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 2, 1, 2);
    layout->setSpacing(0);
    auto* const more = new QHBoxLayout;
    more->setContentsMargins(4, 0, 4, 0);
    more->addWidget(before_);
    more->addWidget(after_);
    more->addWidget(close_list_);
    more->addStretch();
    stack_->addWidget(view_);
    stack_->addWidget(empty_);
    layout->addWidget(find_bar_);
    layout->addWidget(stack_, 1);
    layout->addLayout(more);
    find_bar_->hide();

    connect(before_, &QPushButton::clicked, this, &LogPanel::moreBefore);
    connect(after_, &QPushButton::clicked, this, &LogPanel::moreAfter);
    connect(close_list_, &QPushButton::clicked, this, &LogPanel::listClosed);
    connect(view_, &LogView::lineSelected, this, [this](std::int64_t offset) {
        if (!listing_) selection_.selectLine(offset);
    });
    connect(view_, &LogView::lineActivated, this, [this](std::int64_t offset) {
        if (listing_) emit lineOpened(*listing_, offset);
    });
    connect(&selection_, &Selection::lineChanged, this, &LogPanel::followLine);
    showMessage("Select a session in the chart or in the list to read its log.");
}

QWidget* LogPanel::makeFindBar() {
    auto* const bar = new QWidget;
    auto* const layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(6);
    find_ = new QLineEdit;
    find_->setPlaceholderText("Find in log");
    find_->setAccessibleName("Find in log");
    find_->setClearButtonEnabled(true);
    find_->installEventFilter(this);
    find_count_ = new QLabel;
    find_count_->setObjectName("muted");
    auto* const previous = flat_button("Previous", "Previous match (Shift+Enter)");
    auto* const next = flat_button("Next", "Next match (Enter)");
    auto* const close = flat_button("Close", "Close the search (Esc)");
    layout->addWidget(find_, 1);
    layout->addWidget(find_count_);
    layout->addWidget(previous);
    layout->addWidget(next);
    layout->addWidget(close);
    connect(find_, &QLineEdit::textChanged, this, &LogPanel::runFind);
    connect(previous, &QPushButton::clicked, this, [this] { step(-1); });
    connect(next, &QPushButton::clicked, this, [this] { step(1); });
    connect(close, &QPushButton::clicked, this, [this] {
        find_->clear();
        find_bar_->hide();
        view_->setFocus();
    });
    return bar;
}

void LogPanel::showRecord(const QString& title, std::vector<LogLine> lines, const std::vector<Evidence>& evidence,
                          bool more_before, bool more_after) {
    listing_.reset();
    title_ = title;
    const bool empty = lines.empty();
    view_->setLines(std::move(lines), evidence);
    before_->setVisible(more_before);
    after_->setVisible(more_after);
    close_list_->hide();
    if (empty) {
        empty_->say("This record has no lines.");
        stack_->setCurrentWidget(empty_);
    } else {
        stack_->setCurrentWidget(view_);
    }
    if (selection_.line()) {
        followLine();
    } else {
        view_->revealEvidence();
    }
    if (find_bar_->isVisible()) runFind();
    emit titleChanged(title_);
}

void LogPanel::showList(const QString& title, std::vector<LogLine> lines, SourceIndex source) {
    listing_ = source;
    title_ = title;
    view_->setLines(std::move(lines), {});
    before_->hide();
    after_->hide();
    close_list_->show();
    stack_->setCurrentWidget(view_);
    emit titleChanged(title_);
}

void LogPanel::showMessage(const QString& cause, const QString& button, std::function<void()> step) {
    listing_.reset();
    title_.clear();
    view_->setLines({}, {});
    before_->hide();
    after_->hide();
    close_list_->hide();
    empty_->say(cause, button, std::move(step));
    stack_->setCurrentWidget(empty_);
    emit titleChanged(title_);
}

QString LogPanel::title() const { return title_; }

void LogPanel::followLine() {
    if (!listing_ && selection_.line()) view_->selectOffset(*selection_.line());
}

void LogPanel::openFind() {
    find_bar_->show();
    find_->setFocus();
    find_->selectAll();
}

void LogPanel::runFind() {
    const int count = view_->find(find_->text());
    if (find_->text().isEmpty()) {
        find_count_->clear();
    } else {
        find_count_->setText(count == 0 ? QStringLiteral("no match") : counted(count, "match", "matches"));
    }
}

void LogPanel::step(int direction) {
    if (const int number = view_->goToMatch(direction)) {
        find_count_->setText(QStringLiteral("%1 of %2").arg(count_text(number), count_text(view_->matchCount())));
    }
}

bool LogPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == find_ && event->type() == QEvent::KeyPress) {
        const auto* const key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            step(key->modifiers().testFlag(Qt::ShiftModifier) ? -1 : 1);
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            find_->clear();
            find_bar_->hide();
            view_->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace abm
