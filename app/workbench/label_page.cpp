#include "app/workbench/label_page.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBrowser>
#include <utility>

#include "app/workbench/guidelines_view.h"
#include "widgets/day_chart.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/key_button.h"
#include "widgets/label_panel.h"
#include "widgets/log_panel.h"
#include "widgets/pane.h"
#include "widgets/record_head.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kCap_px = 18;
constexpr int kVerdicts_px = 392;
constexpr int kLeastVerdicts_px = 280;
constexpr int kGuidelines_px = 330;
constexpr int kWidePage_px = 1600;

QFrame* rule() {
    auto* const line = new QFrame;
    line->setObjectName("rule");
    return line;
}

QString first_key(const QAction& action) {
    return action.shortcuts().isEmpty() ? QString() : key_text(action.shortcuts().front());
}

// The keys the footer tells, and what they do in one word.
QList<std::pair<QAction*, QString>> footer_keys(const Actions& a) {
    return {{a.accept, "accept"}, {a.types[0], "type"},          {a.normal, "normal"}, {a.unsure, "unsure"},
            {a.skip, "skip"},     {a.previous_reversed, "undo"}, {a.keys, "all keys"}};
}

}  // namespace

void show_keys(LabelPanel& panel, const Actions& actions) {
    LabelPanel::Keys keys;
    for (const QAction* const type : actions.types) keys.types.append(first_key(*type));
    keys.accept = first_key(*actions.accept);
    keys.normal = first_key(*actions.normal);
    keys.unsure = first_key(*actions.unsure);
    keys.skip = first_key(*actions.skip);
    keys.alike = first_key(*actions.alike);
    keys.note = first_key(*actions.note);
    keys.undo = first_key(*actions.undo);
    panel.setKeys(keys);
}

LabelPage::LabelPage(Selection& selection, const Actions& actions, QWidget* parent)
    : QWidget(parent),
      actions_(actions),
      progress_text_(new ElidedLabel(Qt::ElideRight)),
      progress_(new QProgressBar),
      guidelines_button_(new KeyButton("G", "Guidelines")),
      leave_button_(new KeyButton("Esc", "Leave")),
      head_(new RecordHead),
      log_(new LogPanel(selection)),
      day_(new DayChart),
      day_title_(new QLabel),
      empty_(new EmptyState),
      stack_(new QStackedWidget),
      panel_(new LabelPanel),
      columns_(new QSplitter(Qt::Horizontal)),
      mix_popup_(new QFrame(this, Qt::Popup)),
      mix_editor_(new MixEditor),
      message_(new ElidedLabel(Qt::ElideRight)),
      saved_(new QLabel) {
    setAccessibleName("Label mode");
    guidelines_button_->putKeyBehind();
    leave_button_->putKeyBehind();
    stack_->addWidget(makeRecord());
    stack_->addWidget(empty_);
    columns_->setHandleWidth(6);
    columns_->setChildrenCollapsible(false);
    columns_->addWidget(new Pane(nullptr, stack_));
    auto* const verdicts = new Pane(new PaneHead("Label", false), panel_);
    verdicts->setMinimumWidth(kLeastVerdicts_px);
    columns_->addWidget(verdicts);
    columns_->addWidget(makeGuidelines());
    columns_->setStretchFactor(0, 1);
    columns_->setStretchFactor(1, 0);
    columns_->setStretchFactor(2, 0);
    columns_->setSizes({1000, kVerdicts_px, kGuidelines_px});
    auto* const body = new QHBoxLayout;
    body->setContentsMargins(6, 6, 6, 6);
    body->addWidget(columns_);
    auto* const popup = new QVBoxLayout(mix_popup_);
    mix_popup_->setObjectName("popup");
    popup->setContentsMargins(12, 12, 12, 12);
    popup->setSizeConstraint(QLayout::SetFixedSize);  // grows and shrinks with its hint
    popup->addWidget(mix_editor_);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    progress_->setObjectName("thin");
    progress_->setTextVisible(false);
    progress_->setAccessibleName("Progress of the label session");
    layout->addWidget(progress_);
    layout->addLayout(body, 1);
    layout->addWidget(makeFooter());
    connect(mix_editor_, &MixEditor::mixChanged, this, &LabelPage::mixChanged);
    setFocusPolicy(Qt::ClickFocus);
    setMix({});
    showKeys();
    setSaved(Saved::all);
}

QWidget* LabelPage::makeHead() {
    auto* const bar = new QFrame;
    bar->setObjectName("topBar");
    bar->setFixedHeight(40);
    auto* const layout = new QHBoxLayout(bar);
    layout->setContentsMargins(10, 0, 10, 0);
    layout->setSpacing(8);
    auto* const title = new QLabel("Label session");
    title->setObjectName("paneTitle");
    progress_text_->setObjectName("muted");
    auto* const queue = new QLabel("queue");
    queue->setObjectName("muted");
    layout->addWidget(title);
    layout->addWidget(progress_text_, 1);
    layout->addWidget(queue);
    for (int at = 0; at < 3; ++at) {
        auto* const chip = new QPushButton;
        chip->setObjectName("chip");
        chip->setFocusPolicy(Qt::TabFocus);
        chip->setToolTip("What the queue is made of; click to change it");
        connect(chip, &QPushButton::clicked, this, &LabelPage::openMix);
        chips_.append(chip);
        layout->addWidget(chip);
    }
    layout->addSpacing(4);
    layout->addWidget(guidelines_button_);
    layout->addWidget(leave_button_);
    connect(guidelines_button_, &QPushButton::clicked, actions_.guidelines, &QAction::trigger);
    connect(leave_button_, &QPushButton::clicked, actions_.leave, &QAction::trigger);
    return bar;
}

QWidget* LabelPage::makeRecord() {
    auto* const record = new QWidget;
    auto* const layout = new QVBoxLayout(record);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(head_);
    layout->addWidget(rule());
    layout->addWidget(log_, 1);
    layout->addWidget(rule());
    day_title_->setObjectName("sectionTitle");
    day_title_->setContentsMargins(12, 8, 12, 4);
    layout->addWidget(day_title_);
    layout->addWidget(day_);
    layout->addSpacing(4);
    return record;
}

QWidget* LabelPage::makeGuidelines() {
    auto* const pane = new Pane(new PaneHead("Guidelines", false), new_guidelines_view());
    pane->setMinimumWidth(260);
    pane->hide();
    guidelines_ = pane;
    return pane;
}

QWidget* LabelPage::makeFooter() {
    auto* const bar = new QFrame;
    bar->setObjectName("footer");
    bar->setFixedHeight(26);
    auto* const layout = new QHBoxLayout(bar);
    layout->setContentsMargins(10, 0, 10, 0);
    layout->setSpacing(5);
    for (const auto& [action, words] : footer_keys(actions_)) {
        auto* const cap = key_cap({});
        auto* const label = new QLabel(words);
        label->setObjectName("muted");
        cap->setFixedHeight(kCap_px);
        layout->addWidget(cap, 0, Qt::AlignVCenter);
        layout->addWidget(label);
        layout->addSpacing(6);
        footer_caps_.append(cap);
    }
    message_->setObjectName("muted");
    message_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(message_, 1);
    layout->addSpacing(8);
    layout->addWidget(saved_);
    return bar;
}

void LabelPage::showKeys() {
    const auto keys = footer_keys(actions_);
    const QString first = first_key(*actions_.types[0]);
    const QString last = first_key(*actions_.types[Actions::kTypeKeys - 1]);
    for (int at = 0; at < keys.size(); ++at) {
        const bool range = keys[at].first == actions_.types[0] && first == "1" && last == "9";
        footer_caps_[at]->setText(range ? QStringLiteral("1–9") : first_key(*keys[at].first));
        footer_caps_[at]->setVisible(!footer_caps_[at]->text().isEmpty());
    }
    guidelines_button_->setKey(first_key(*actions_.guidelines));
    leave_button_->setKey(first_key(*actions_.leave));
    show_keys(*panel_, actions_);
}

void LabelPage::setProgress(std::int64_t position, std::int64_t goal, std::optional<double> seconds_each) {
    QString text = QStringLiteral("%1 of %2").arg(count_text(position), count_text(goal));
    if (seconds_each) text += QStringLiteral(" · %1 s a record").arg(*seconds_each, 0, 'f', 1);
    progress_text_->setText(text + " · undo reaches back to the first");
    progress_text_->setToolTip(progress_text_->text());
    progress_->setRange(0, static_cast<int>(std::max<std::int64_t>(goal, 1)));
    progress_->setValue(static_cast<int>(position));
}

void LabelPage::setMix(const QueueMix& mix) {
    const QStringList words = mix_words(mix);
    for (int at = 0; at < chips_.size(); ++at) chips_[at]->setText(words[at]);
    mix_editor_->setMix(mix);
}

void LabelPage::openMix() {
    mix_popup_->adjustSize();
    const QPushButton* const chip = chips_.back();
    const QPoint corner = chip->mapToGlobal(QPoint(chip->width(), chip->height() + 6));
    mix_popup_->move(corner.x() - mix_popup_->width(), corner.y());
    mix_popup_->show();
    mix_editor_->odd()->setFocus();
    mix_editor_->odd()->selectAll();
}

void LabelPage::showRecord() {
    stack_->setCurrentIndex(0);
    if (hasFocus()) log_->view()->setFocus();
}

void LabelPage::showMessage(const QString& cause, const QString& button, std::function<void()> step) {
    empty_->say(cause, button, std::move(step));
    if (isAncestorOf(QApplication::focusWidget())) setFocus();  // not handed to the note
    stack_->setCurrentWidget(empty_);
}

bool LabelPage::showsRecord() const { return stack_->currentIndex() == 0; }

void LabelPage::showDay() {
    const QString title = day_->title();
    day_title_->setText(title);
    day_title_->setVisible(!title.isEmpty());
    day_->setVisible(!title.isEmpty());
}

// Beside the guidelines the verdicts take what they need, so that the log keeps its width.
void LabelPage::toggleGuidelines() {
    const bool shown = guidelines_->isHidden();
    guidelines_->setVisible(shown);
    const int beside = shown ? kGuidelines_px : 0;
    const int verdicts = shown && width() < kWidePage_px ? kLeastVerdicts_px : kVerdicts_px;
    columns_->setSizes({width() - verdicts - beside, verdicts, beside});
}

void LabelPage::say(const QString& message) {
    message_->setText(message);
    message_->setToolTip(message);
}

void LabelPage::setSaved(Saved saved) {
    const Tokens& t = tokens();
    const auto coloured = [](const QColor& colour, const QString& text) {
        return QStringLiteral("<span style='color:%1'>%2</span>").arg(colour.name(), text);
    };
    saved_->setText(saved == Saved::all          ? coloured(t.good, "✓ saved")
                    : saved == Saved::on_the_way ? coloured(t.muted, "saving…")
                                                 : coloured(t.critical, "× not saved"));
}

}  // namespace abm
