#include "widgets/log_panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/packet_panel.h"
#include "widgets/push_button.h"
#include "widgets/series_chart.h"

namespace abm {
LogPanel::LogPanel(Selection& selection, QWidget* parent)
    : QWidget(parent),
      selection_(selection),
      stack_(new QStackedWidget),
      view_(new LogView),
      packets_(new PacketPanel),
      series_(new SeriesChart),
      empty_(new EmptyState),
      close_list_(push_button("Back to the session", "Close this list", "flat")),
      find_(new LogFindBar),
      place_bar_(makeGoToBar()),
      notice_bar_(makeNotice()) {
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 2, 1, 2);
    layout->setSpacing(0);
    for (QWidget* const page : std::initializer_list<QWidget*>{view_, packets_, empty_}) stack_->addWidget(page);
    auto* const split = new QSplitter(Qt::Vertical);
    split->setHandleWidth(4);
    split->setChildrenCollapsible(false);
    split->addWidget(series_);
    split->addWidget(stack_);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    series_->hide();
    for (QWidget* const bar : std::initializer_list<QWidget*>{notice_bar_, find_, place_bar_}) layout->addWidget(bar);
    layout->addWidget(split, 1);
    layout->addWidget(close_list_, 0, Qt::AlignLeft);

    connect(close_list_, &QPushButton::clicked, this, &LogPanel::listClosed);
    connect(find_, &LogFindBar::changed, this, &LogPanel::find);
    connect(find_, &LogFindBar::stepped, this, &LogPanel::stepFind);
    connect(find_, &LogFindBar::closed, this, [this] { body()->setFocus(); });
    connect(packets_, &PacketPanel::packetChosen, this, [this](std::int64_t offset) {
        if (holds(offset)) selection_.selectLine(offset);
    });
    connect(series_, &SeriesChart::rowWanted, this, [this](std::int64_t offset) { view_->goTo(offset); });
    connect(view_, &LogView::lineSelected, this, [this](std::int64_t offset) {
        if (!listing_ && holds(offset)) selection_.selectLine(offset);
    });
    connect(view_, &LogView::lineActivated, this, [this](std::int64_t offset) {
        if (listing_) return emit lineOpened(*listing_, offset);
        if (!holds(offset)) emit recordOpened(offset);
    });
    connect(&selection_, &Selection::lineChanged, this, &LogPanel::followLine);
    showMessage("Select a session in the chart or in the list to read its log.");
}

QWidget* LogPanel::makeGoToBar() {
    auto* const bar = new QWidget;
    auto* const layout = new QHBoxLayout(bar);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(6);
    place_ = new QLineEdit;
    place_->setPlaceholderText("Go to time, line, @byte, #session or tran number");
    place_->setAccessibleName("Go to");
    place_->installEventFilter(this);
    hint_ = new QLabel;
    hint_->setObjectName("muted");
    hint_->setAccessibleName("What was understood");
    hint_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* const close = push_button("×", "Close (Esc)", "flat");
    layout->addWidget(place_, 1);
    layout->addWidget(hint_, 2);
    layout->addWidget(close);
    connect(place_, &QLineEdit::textChanged, this, &LogPanel::placeTyped);
    connect(close, &QPushButton::clicked, this, &LogPanel::closeGoTo);
    bar->hide();
    return bar;
}

QWidget* LogPanel::makeNotice() {
    auto* const bar = new QWidget;
    bar->setObjectName("logNotice");
    bar->setAttribute(Qt::WA_StyledBackground);
    auto* const layout = new QHBoxLayout(bar);
    layout->setContentsMargins(10, 4, 8, 4);
    notice_ = new QLabel;
    notice_->setWordWrap(true);
    notice_->setAccessibleName("About the file");
    notice_button_ = new QPushButton("Read it again");
    layout->addWidget(notice_, 1);
    layout->addWidget(notice_button_);
    connect(notice_button_, &QPushButton::clicked, this, [this] {
        if (notice_step_) notice_step_();
    });
    bar->hide();
    return bar;
}

void LogPanel::showRecord(ShownLog log) {
    const bool same = !listing_ && stack_->currentWidget() == view_ && title_ == log.title && record_ == log.record;
    const std::int64_t top = view_->topOffset(), current = view_->currentOffset();
    listing_.reset();
    title_ = log.title;
    record_ = log.record;
    const bool empty = log.source_bytes == 0 || log.page.page.lines.empty();
    const bool searched_packets = showsPackets() && find_->isVisible();
    packets_->clear();
    find_->recordOnly()->show();
    view_->showPage(std::move(log.page), log.source_bytes);
    view_->setTicks(record_, ticks_);
    close_list_->hide();
    if (empty) empty_->say("This record has no lines.");
    stack_->setCurrentWidget(empty ? static_cast<QWidget*>(empty_) : view_);
    if (same) {
        view_->restore(top, current);
    } else {
        view_->revealEvidence(record_);
        followLine();
    }
    if (searched_packets) find();
    emit titleChanged(title_);
}

void LogPanel::showPackets(ShownPackets packets) {
    listing_.reset();
    title_ = packets.title;
    record_ = packets.window;
    view_->showPage({}, 0);
    series_->hide();
    close_list_->hide();
    find_->recordOnly()->hide();  // a search goes over the packets that are listed
    packets_->show(std::move(packets));
    stack_->setCurrentWidget(packets_);
    followLine();
    if (find_->isVisible()) find();
    emit titleChanged(title_);
}

bool LogPanel::showsPackets() const { return stack_->currentWidget() == packets_; }

QWidget* LogPanel::body() const { return showsPackets() ? static_cast<QWidget*>(packets_->list()) : view_; }

void LogPanel::step(int direction) { showsPackets() ? packets_->step(direction) : view_->step(direction); }

void LogPanel::goTo(std::int64_t offset) {
    if (showsPackets()) {
        packets_->goTo(offset);
    } else {
        view_->goTo(offset);
    }
}

void LogPanel::showList(const QString& title, std::vector<LogLine> lines, SourceIndex source) {
    listing_ = source;
    title_ = title;
    series_->hide();
    ShownPage page;
    page.page.lines = std::move(lines);
    if (!page.page.lines.empty()) page.page.span = {0, page.page.lines.back().span.end() + 1};
    view_->showPage(std::move(page), 0);
    close_list_->show();
    stack_->setCurrentWidget(view_);
    emit titleChanged(title_);
}

void LogPanel::showMessage(const QString& cause, const QString& button, std::function<void()> step) {
    listing_.reset();
    title_.clear();
    record_ = {};
    view_->showPage({}, 0);
    packets_->clear();
    series_->hide();
    close_list_->hide();
    empty_->say(cause, button, std::move(step));
    stack_->setCurrentWidget(empty_);
    emit titleChanged(title_);
}

void LogPanel::setNotice(const QString& words, const QString& button, std::function<void()> step) {
    notice_->setText(words);
    notice_step_ = std::move(step);
    notice_button_->setText(button);
    notice_button_->setVisible(!button.isEmpty());
    notice_bar_->setVisible(!words.isEmpty());
}

QString LogPanel::title() const { return title_; }

void LogPanel::followLine() {
    if (!listing_ && selection_.line() && holds(*selection_.line())) goTo(*selection_.line());
}

void LogPanel::openFind() { find_->open(); }

void LogPanel::find() {
    if (!showsPackets()) return emit findChanged(find_->request());
    try {
        find_->show(packets_->find(find_->request()));
    } catch (const Error& error) {
        find_->refuse(QString::fromUtf8(error.what()));
    }
}

void LogPanel::stepFind(int direction) {
    if (find_->field()->text().isEmpty()) return openFind();
    if (!showsPackets()) return emit matchWanted(direction);
    find_->show(packets_->stepMatch(direction));
}

void LogPanel::setMatches(const FindCount& count, std::vector<TextSpan> ticks) {
    find_->show(count);
    ticks_ = std::move(ticks);
    view_->setTicks(record_, ticks_);
}

void LogPanel::openGoTo() {
    place_bar_->show();
    place_->setFocus();
    place_->selectAll();
    emit placeTyped(place_->text());
}

void LogPanel::closeGoTo() {
    place_bar_->hide();
    body()->setFocus();
}

void LogPanel::setPlaceHint(const QString& words, bool right) {
    hint_->setText(words);
    hint_->setToolTip(words);
    hint_->setObjectName(right ? "muted" : "failure");
    hint_->style()->unpolish(hint_);
    hint_->style()->polish(hint_);
}

bool LogPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == place_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) return emit placeWanted(place_->text()), true;
        if (key == Qt::Key_Escape) return closeGoTo(), true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace abm
