#include "widgets/label_panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/key_button.h"
#include "widgets/rich_label.h"
#include "widgets/ruled_section.h"
#include "widgets/theme.h"
#include "widgets/verdict_list.h"
#include "widgets/verdict_words.h"

namespace abm {
namespace {

QLabel* title(const QString& text) {
    auto* const label = new QLabel(text);
    label->setObjectName("sectionTitle");
    return label;
}

QWidget* verdict_section(QVBoxLayout*& content) { return ruled_section(content, {kCard_px, 8, kCard_px, 10}); }

}  // namespace

LabelPanel::LabelPanel(QWidget* parent)
    : QScrollArea(parent),
      blocked_(wrapped_label("muted")),
      failure_row_(new QWidget),
      failure_(wrapped_label("failure")),
      retry_(new QPushButton("Retry")),
      standing_(wrapped_label("")),
      several_line_(wrapped_label("")),
      several_apply_(new QPushButton),
      several_drop_(new QPushButton("Cancel")),
      accept_cap_(key_cap({})),
      suggestion_line_(wrapped_label("muted")),
      normal_(new KeyButton("0", "normal")),
      unsure_(new KeyButton("U", "unsure")),
      skip_(new KeyButton("S", "skip")),
      alike_line_(wrapped_label("")),
      preview_(new KeyButton("B", "Preview")),
      apply_(new KeyButton("B", "Apply")),
      note_(new QLineEdit),
      undo_(new QPushButton("Undo")) {
    setAccessibleName("Label");
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto* const content = new QWidget;
    content->setObjectName("plain");
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildTypes(*column);
    buildAlike(*column);
    buildNote(*column);
    column->addStretch(1);
    setWidget(content);
    viewport()->installEventFilter(this);
    setTypes({});
    setKeys({{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, "Space", "0", "U", "S", "B", "N", "Ctrl+Z"});
    setRecord(false, nullptr);
    setAlike({});
    setFailure({});
    setLastVerdicts({});
}

void LabelPanel::buildTypes(QVBoxLayout& column) {
    auto* const inner = new QVBoxLayout;
    inner->setContentsMargins(kCard_px, 10, kCard_px, 10);
    inner->setSpacing(6);
    auto* const failure_layout = new QHBoxLayout(failure_row_);
    failure_layout->setContentsMargins(0, 0, 0, 0);
    failure_layout->addWidget(failure_, 1);
    failure_layout->addWidget(retry_, 0, Qt::AlignTop);
    retry_->setAccessibleName("Store the label again");
    blocked_->setAccessibleName("Why labelling is not possible");
    standing_->setAccessibleName("Verdict of the selected record");
    grid_ = new QGridLayout;
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(6);
    grid_->setColumnStretch(0, 1);
    grid_->setColumnStretch(1, 1);
    inner->addWidget(failure_row_);
    inner->addWidget(blocked_);
    buildSeveral(*inner);
    inner->addWidget(standing_);
    for (int at = 0; at < kMostTypes; ++at) {
        auto* const button = new KeyButton({}, {});
        connect(button, &QPushButton::clicked, this, [this, at] {
            const QString word = types_[static_cast<std::size_t>(at)].word;  // the next record may bring other types
            emit decided(LabelClass::anomaly, word);
        });
        type_buttons_.append(button);
    }
    // In this order, and here: Tab follows the order in which they come into the panel.
    for (KeyButton* const button : type_buttons_ + QList{normal_, unsure_, skip_}) grid_->addWidget(button);
    inner->addLayout(grid_);
    auto* const suggestion = new QHBoxLayout;
    suggestion->setSpacing(6);
    suggestion->addWidget(accept_cap_, 0, Qt::AlignTop);
    suggestion->addWidget(suggestion_line_, 1);
    inner->addLayout(suggestion);
    column.addLayout(inner);
    connect(normal_, &QPushButton::clicked, this, [this] { emit decided(LabelClass::normal, {}); });
    connect(unsure_, &QPushButton::clicked, this, [this] { emit decided(LabelClass::unsure, {}); });
    connect(skip_, &QPushButton::clicked, this, &LabelPanel::skipped);
    connect(retry_, &QPushButton::clicked, this, &LabelPanel::retry);
}

void LabelPanel::buildSeveral(QVBoxLayout& column) {
    several_line_->setAccessibleName("Records a verdict goes to");
    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(several_apply_);
    buttons->addWidget(several_drop_);
    buttons->addStretch(1);
    column.addWidget(several_line_);
    column.addLayout(buttons);
    for (QPushButton* const button : {several_apply_, several_drop_}) button->setFocusPolicy(Qt::TabFocus);
    connect(several_apply_, &QPushButton::clicked, this, &LabelPanel::severalApplied);
    connect(several_drop_, &QPushButton::clicked, this, &LabelPanel::severalDropped);
    setSeveral({});
}

void LabelPanel::setSeveral(const ShownSeveral& several) {
    several_ = several;
    const bool any = several.count > 0;
    const bool waits = any && !several.verdict.isEmpty();
    const QString records = counted(several.count, "record", "records");
    several_line_->setVisible(any);
    several_line_->setText(waits ? QStringLiteral("%1 for all %2 selected? Enter or the same key again: yes, in one step.")
                                       .arg(several.verdict, records)
                                 : QStringLiteral("%1 selected: a key decides all of them in one step.").arg(records));
    several_apply_->setText("Label " + records);
    several_apply_->setVisible(waits);
    several_drop_->setVisible(waits);
    showTips();
    standing_->setVisible(!any && !standing_->text().isEmpty());
}

void LabelPanel::buildAlike(QVBoxLayout& column) {
    QVBoxLayout* inner = nullptr;
    alike_section_ = verdict_section(inner);
    inner->addWidget(title("Apply to the alike"));
    auto* const row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(alike_line_, 1);
    row->addWidget(preview_, 0, Qt::AlignTop);
    row->addWidget(apply_, 0, Qt::AlignTop);
    inner->addLayout(row);
    column.addWidget(alike_section_);
    connect(preview_, &QPushButton::clicked, this, &LabelPanel::alikePreviewRequested);
    connect(apply_, &QPushButton::clicked, this, &LabelPanel::alikeApplied);
}

void LabelPanel::buildNote(QVBoxLayout& column) {
    QVBoxLayout* inner = nullptr;
    column.addWidget(verdict_section(inner));
    inner->addWidget(title("Note"));
    note_->setAccessibleName("Note");
    note_->setMaxLength(2000);
    note_->installEventFilter(this);
    inner->addWidget(note_);
    connect(note_, &QLineEdit::editingFinished, this, &LabelPanel::commitNote);
    connect(note_, &QLineEdit::returnPressed, this, &LabelPanel::noteLeft);

    last_section_ = verdict_section(inner);
    auto* const head = new QHBoxLayout;
    head->addWidget(title("Last verdicts"));
    head->addStretch(1);
    undo_->setObjectName("flat");
    undo_->setFocusPolicy(Qt::TabFocus);
    undo_->setAccessibleName("Undo the last verdict");
    head->addWidget(undo_);
    inner->addLayout(head);
    last_ = new VerdictList;
    inner->addWidget(last_);
    column.addWidget(last_section_);
    connect(undo_, &QPushButton::clicked, this, &LabelPanel::undo);
}

void LabelPanel::setKeys(const Keys& keys) {
    keys_ = keys;
    for (int at = 0; at < type_buttons_.size(); ++at) type_buttons_[at]->setKey(keys_.types.value(at));
    normal_->setKey(keys_.normal);
    unsure_->setKey(keys_.unsure);
    skip_->setKey(keys_.skip);
    preview_->setKey(keys_.alike);
    apply_->setKey(keys_.alike);
    undo_->setToolTip(QStringLiteral("Undo the last verdict (%1)").arg(keys_.undo));
    note_->setPlaceholderText(keys_.note.isEmpty() ? QStringLiteral("Enter keeps, Esc leaves")
                                                   : keys_.note + QStringLiteral(" to write, Enter keeps, Esc leaves"));
    showSuggestion();
}

void LabelPanel::setTypes(const std::vector<OfferedType>& types) {
    types_.assign(types.begin(), types.begin() + std::min<std::ptrdiff_t>(kMostTypes, std::ssize(types)));
    const auto offered = static_cast<int>(types_.size());
    const auto goes = type_buttons_.sliced(offered);
    // Else the focus goes on to "normal", and the next Space would press it.
    if (std::ranges::any_of(goes, &QWidget::hasFocus)) emit noteLeft();
    for (KeyButton* const button : goes) button->clearFocus();
    for (KeyButton* const button : goes) button->hide();
    for (int at = 0; at < offered; ++at) {
        type_buttons_[at]->setWords(types_[static_cast<std::size_t>(at)].text);
        type_buttons_[at]->show();
    }
    const QList<KeyButton*> all = type_buttons_.first(offered) + QList{normal_, unsure_, skip_};
    for (KeyButton* const button : type_buttons_ + QList{normal_, unsure_, skip_}) grid_->removeWidget(button);
    for (int at = 0; at < all.size(); ++at) grid_->addWidget(all[at], at / 2, at % 2);
    showTips();
    showSuggestion();
    showEnabled();
}

void LabelPanel::showTips() {
    for (KeyButton* button : type_buttons_ + QList{normal_, unsure_}) {
        button->setWords(button->words());
        if (several_.count > 0) button->setToolTip("for " + counted(several_.count, "record", "records"));
    }
}

void LabelPanel::setRecord(bool any, const StandingLabel* verdict) {
    any_ = any;
    paint_awaited_ = true;
    // New files and verdicts of others come while one types: what is typed stays.
    const bool typing = any && note_->hasFocus() && note_->text() != stored_note_;
    stored_note_ = verdict ? qstring(verdict->label.note) : QString();
    if (!typing) note_->setText(stored_note_);
    standing_->clear();
    if (verdict) {
        const Label& label = verdict->label;
        standing_->setText(
            QStringLiteral("%1 · %2, %3%4")
                .arg(verdict_text(label.label, label.type), qstring(label.who), local_when(label.when),
                     verdict->disputed ? QStringLiteral(" · disputed: another expert says something else") : QString()));
    }
    standing_->setVisible(verdict && several_.count == 0);
    showEnabled();
    update();
    viewport()->update();
}

void LabelPanel::setDraft(const QString& note) {
    stored_note_ = note;
    note_->setText(note);
}

void LabelPanel::setSuggestion(const ShownSuggestion& suggestion) {
    suggestion_ = suggestion;
    showSuggestion();
}

void LabelPanel::showSuggestion() {
    const LabelClass label = suggestion_.label;
    const std::string type = suggestion_.type.toStdString();
    const QString words = label == LabelClass::anomaly && !type.empty() ? type_words(type) : qstring(name_of(label));
    suggestion_line_->setVisible(label != LabelClass::none);
    suggestion_line_->setText(
        QStringLiteral("accepts “%1”%2").arg(words, suggestion_.because.isEmpty() ? QString() : ": " + suggestion_.because));
    suggestion_line_->setToolTip(suggestion_.because);
    suggestion_line_->setAccessibleName(keys_.accept + ' ' + suggestion_line_->text());
    accept_cap_->setText(keys_.accept);
    accept_cap_->setVisible(label != LabelClass::none && !keys_.accept.isEmpty());
    for (int at = 0; at < std::ssize(types_); ++at) {
        type_buttons_[at]->setSuggested(label == LabelClass::anomaly &&
                                        types_[static_cast<std::size_t>(at)].word == suggestion_.type);
    }
    normal_->setSuggested(label == LabelClass::normal);
    unsure_->setSuggested(label == LabelClass::unsure);
}

void LabelPanel::setAlike(const ShownAlike& alike) {
    alike_ = alike;
    alike_section_->setVisible(alike.count > 0 && any_);
    const QString sessions = counted(alike.count, "record", "records");
    if (!alike.previewed) {
        alike_line_->setText(sessions + (alike.count == 1 ? " is" : " are") + " alike and not labelled");
    } else if (alike.verdict.isEmpty()) {
        alike_line_->setText(QStringLiteral("%1 alike, %2. Label this one first, then apply.").arg(sessions, alike.where));
    } else {
        alike_line_->setText(QStringLiteral("%1 alike, %2: “%3” for all in one step?").arg(sessions, alike.where, alike.verdict));
    }
    preview_->setVisible(!alike.previewed);
    apply_->setVisible(alike.previewed);
    apply_->setWords(QStringLiteral("Apply to %1").arg(count_text(alike.count)));
    showEnabled();
}

void LabelPanel::setBlocked(const QString& why) {
    blocked_why_ = why;
    showEnabled();
}

void LabelPanel::setNothingWords(const QString& words) {
    nothing_words_ = words;
    showEnabled();
}

void LabelPanel::showEnabled() {
    const bool can = any_ && blocked_why_.isEmpty();
    blocked_->setText(any_ || !blocked_why_.isEmpty() ? blocked_why_ : nothing_words_);
    blocked_->setVisible(!can);
    for (KeyButton* button : type_buttons_) button->setEnabled(can);
    for (KeyButton* button : {normal_, unsure_, preview_}) button->setEnabled(can);
    skip_->setEnabled(any_);
    apply_->setEnabled(can && !alike_.verdict.isEmpty());
    note_->setEnabled(can);
}

void LabelPanel::setFailure(const QString& message) {
    failure_->setText(message);
    failure_row_->setVisible(!message.isEmpty());
    if (!message.isEmpty()) ensureVisible(0, 0);
}

void LabelPanel::setCanUndo(bool can) { undo_->setEnabled(can); }

void LabelPanel::setLastVerdicts(const std::vector<ShownVerdict>& newest_first) {
    last_section_->setVisible(!newest_first.empty());
    last_->showVerdicts(newest_first);
}

QStringList LabelPanel::lastVerdicts() const { return last_->lines(); }
QString LabelPanel::note() const { return note_->text().trimmed(); }
QPushButton* LabelPanel::previewButton() const { return preview_; }
QPushButton* LabelPanel::applyButton() const { return apply_; }

void LabelPanel::editNote() {
    ensureWidgetVisible(note_);
    note_->setFocus(Qt::ShortcutFocusReason);
    note_->selectAll();
}

void LabelPanel::commitNote() {
    if (note() == stored_note_) return;
    stored_note_ = note();
    emit noteChanged(stored_note_);
}

bool LabelPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == viewport() && event->type() == QEvent::Paint && paint_awaited_) {
        paint_awaited_ = false;
        emit painted();
    }
    if (watched == note_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        note_->setText(stored_note_);
        emit noteLeft();
        return true;
    }
    return QScrollArea::eventFilter(watched, event);
}

}  // namespace abm
