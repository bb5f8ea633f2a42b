#include "app/workbench/profile_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTableView>
#include <QTextBlock>
#include <QVBoxLayout>

#include "widgets/format.h"
#include "widgets/push_button.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr QSize kProfileDialogSize{980, 680};
constexpr int kTyping_ms = 150;

QString words_of(const ListedProfile& profile) {
    if (!profile.problem.empty()) return qstring(profile.name) + " (has a mistake)";
    return qstring(profile.name) + (profile.shipped() ? "" : " (yours)") + " · " + qstring(profile.title);
}

}  // namespace

ProfileDialog::ProfileDialog(const Source& source, const std::optional<LogProfile>& chosen, bool can_read,
                             std::filesystem::path folder, QWidget* parent)
    : QDialog(parent),
      source_(source),
      folder_(std::move(folder)),
      can_read_(can_read),
      list_(new QComboBox),
      copy_(push_button("Edit a copy", "A profile of your own to change, like this one")),
      save_(push_button("Save", "Keep it in your data folder")),
      remove_(push_button("Remove", "Take it out of your data folder")),
      read_(push_button("Read the file by it", {}, "primary")),
      editor_(new QPlainTextEdit),
      error_(new QLabel),
      count_(new QLabel),
      table_(new QTableView),
      model_(new ProfilePreviewModel(this)) {
    setWindowTitle("Log profile of " + qstring(source_.name));
    auto* const split = new QSplitter(Qt::Vertical);
    split->setChildrenCollapsible(false);
    split->addWidget(makeProfile());
    split->addWidget(makePreview());
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    auto* const foot = new QHBoxLayout;
    auto* const close = push_button("Close", "Nothing more is changed");
    for (QPushButton* const each : {copy_, save_, remove_, read_, close}) each->setAutoDefault(false);
    foot->addWidget(count_, 1);
    foot->addWidget(read_);
    foot->addWidget(close);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(split, 1);
    layout->addLayout(foot);
    resize(kProfileDialogSize);
    typing_.setSingleShot(true);
    typing_.setInterval(kTyping_ms);
    connect(&typing_, &QTimer::timeout, this, &ProfileDialog::startPreview);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(list_, &QComboBox::currentIndexChanged, this, &ProfileDialog::choose);
    connect(copy_, &QPushButton::clicked, this, &ProfileDialog::editCopy);
    connect(save_, &QPushButton::clicked, this, &ProfileDialog::save);
    connect(remove_, &QPushButton::clicked, this, &ProfileDialog::remove);
    connect(read_, &QPushButton::clicked, this, &ProfileDialog::read);
    connect(editor_, &QPlainTextEdit::textChanged, this, [this] {
        typing_.start();
        updateButtons();
    });
    fillList(chosen ? qstring(chosen->name) : QString());
}

QWidget* ProfileDialog::makeProfile() {
    list_->setAccessibleName("Profile");
    list_->setMinimumWidth(320);
    editor_->setFont(log_font());
    editor_->setLineWrapMode(QPlainTextEdit::NoWrap);
    editor_->setAccessibleName("The profile as JSON");
    editor_->setTabChangesFocus(true);
    error_->setObjectName("failure");
    error_->setWordWrap(true);
    error_->setAccessibleName("What is wrong with the profile");
    error_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    error_->hide();
    auto* const head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new QLabel("Read by"));
    head->addWidget(list_, 1);
    for (QPushButton* const each : {copy_, save_, remove_}) head->addWidget(each);
    auto* const widget = new QWidget;
    auto* const layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(head);
    layout->addWidget(editor_, 1);
    layout->addWidget(error_);
    return widget;
}

QWidget* ProfileDialog::makePreview() {
    table_->setModel(model_);
    table_->setItemDelegate(new TableDelegate(-1, 0, table_));
    style_table(*table_);
    table_->setAccessibleName("How the first lines are understood");
    count_->setAccessibleName("How many lines are understood");
    count_->setObjectName("muted");
    count_->setWordWrap(true);
    return table_;
}

void ProfileDialog::fillList(const QString& select) {
    profiles_ = list_log_profiles(folder_);
    const QSignalBlocker quiet(list_);
    list_->clear();
    list_->addItem(sniffed_.isEmpty() ? QStringLiteral("What its content asks for")
                                      : QStringLiteral("What its content asks for: %1").arg(sniffed_));
    int at = 0;
    for (const ListedProfile& profile : profiles_) {
        list_->addItem(words_of(profile));
        if (qstring(profile.name) == select) at = list_->count() - 1;
    }
    list_->setCurrentIndex(at);
    choose();
}

const ListedProfile* ProfileDialog::current() const {
    const int at = list_->currentIndex() - 1;
    return at >= 0 ? &profiles_[static_cast<std::size_t>(at)] : nullptr;
}

void ProfileDialog::choose() {
    new_copy_ = false;
    const ListedProfile* shown = current();
    for (const ListedProfile& profile : profiles_) {
        if (!shown && profile.shipped() && qstring(profile.name) == (sniffed_.isEmpty() ? "generic" : sniffed_)) shown = &profile;
    }
    const QSignalBlocker quiet(editor_);
    saved_ = shown ? qstring(shown->text) : QString();
    editor_->setPlainText(saved_);
    editor_->setReadOnly(!current() || current()->shipped());
    updateButtons();
    startPreview();
}

void ProfileDialog::editCopy() {
    const std::string text = editor_->toPlainText().toStdString();
    const ListedProfile* const like = current();
    const std::string base = like ? like->name : sniffed_.isEmpty() ? "generic" : sniffed_.toStdString();
    {
        const QSignalBlocker quiet(editor_);
        editor_->setPlainText(qstring(renamed_profile(text, free_profile_name(base, profiles_))));
    }
    new_copy_ = true;
    editor_->setReadOnly(false);
    editor_->setFocus();
    updateButtons();
    startPreview();
}

bool ProfileDialog::save() {
    try {
        const LogProfile kept = keep_log_profile(editor_->toPlainText().toStdString(), folder_);
        fillList(qstring(kept.name));
        return true;
    } catch (const Error& error) {  // of what the user typed: said beside it
        ProfilePreview wrong = model_->preview();
        if (wrong.error.isEmpty()) wrong.error = qstring(error.what());
        showError(wrong.error, wrong.error_line);
        return false;
    }
}

void ProfileDialog::remove() {
    if (!current() || current()->shipped()) return;
    try {
        remove_log_profile(*current());
        fillList({});
    } catch (const Error& error) {
        showError(qstring(error.what()));
    }
}

void ProfileDialog::read() {
    if (edited() && !save()) return;
    ReadingChoice choice;
    if (const ListedProfile* const chosen = current()) {
        choice.profile = parse_log_profile(chosen->text, chosen->name);
    } else {
        choice.by_content = true;
    }
    emit readWanted(choice);
    accept();
}

void ProfileDialog::startPreview() {
    typing_.stop();
    job_.start([path = source_.path, bytes = source_.bytes,
                text = editor_->toPlainText().toStdString()](std::stop_token) { return preview_profile(path, bytes, text); },
               [this](ProfilePreview preview) { showPreview(std::move(preview)); },
               [this](const Error& error) { showError(qstring(error.what())); });
}

void ProfileDialog::showPreview(ProfilePreview preview) {
    if (sniffed_ != preview.sniffed) {
        sniffed_ = preview.sniffed;
        list_->setItemText(0, QStringLiteral("What its content asks for: %1").arg(sniffed_));
        if (!current()) return choose();
    }
    const int lines = static_cast<int>(preview.lines.size());
    count_->setText(QStringLiteral("First %1: %2 not understood, %3")
                        .arg(counted(lines, "line", "lines"), count_text(preview.not_understood),
                             counted(preview.entities, "entity", "entities")));
    if (!preview.error.isEmpty()) count_->setText("Nothing is understood: the profile has a mistake.");
    showError(preview.error, preview.error_line);
    model_->install(std::move(preview));
    fit_columns(*table_, 60);
    updateButtons();
}

void ProfileDialog::showError(const QString& words, int line) {
    error_->setText(words);
    error_->setVisible(!words.isEmpty());
    QList<QTextEdit::ExtraSelection> marks;
    if (line > 0) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(editor_->document()->findBlockByNumber(line - 1));
        mark.format.setBackground(tokens().evidence);
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    editor_->setExtraSelections(marks);
}

bool ProfileDialog::edited() const { return new_copy_ || editor_->toPlainText() != saved_; }

void ProfileDialog::updateButtons() {
    const bool mine = new_copy_ || (current() && !current()->shipped());
    const bool right = model_->preview().error.isEmpty();
    save_->setEnabled(mine && edited());
    remove_->setEnabled(mine && !new_copy_);
    copy_->setEnabled(!new_copy_);
    // A preview may still be that of the profile chosen before.
    const bool broken = current() && !current()->problem.empty() && !edited();
    const bool fits = !current() || !right || model_->preview().is_for;
    read_->setEnabled(can_read_ && right && !broken && fits);
    read_->setToolTip(fits ? "Reads the file again; labels stay with the records that begin at the same place"
                           : "By its content it is read as a journal, whatever is chosen");
}

}  // namespace abm
