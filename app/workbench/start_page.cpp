#include "app/workbench/start_page.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "app/workbench/record_key.h"
#include "app/workbench/sample.h"
#include "widgets/format.h"
#include "widgets/pane.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kStartWidth_px = 760;
const QString kMissing = QStringLiteral("its file is not there now");

QLabel* words(const QString& text, int pixels, QFont::Weight weight, const char* name = "") {
    auto* const label = new QLabel(text);
    label->setObjectName(name);
    label->setFont(ui_font(pixels, weight));
    label->setWordWrap(true);
    label->setAttribute(Qt::WA_TransparentForMouseEvents);  // clicks belong to the card or row beneath
    return label;
}

QPushButton* card(const QString& title, const QString& key, const QString& hint) {
    auto* const button = new QPushButton;
    button->setObjectName("startCard");
    button->setAccessibleName(title);
    button->setAccessibleDescription(hint);
    button->setFixedHeight(72);
    auto* const layout = new QVBoxLayout(button);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(4);
    auto* const head = new QHBoxLayout;
    head->addWidget(words(title, 14, QFont::DemiBold));
    head->addStretch();
    if (!key.isEmpty()) head->addWidget(words(key, 11, QFont::Normal, "keyCap"));
    layout->addLayout(head);
    layout->addWidget(words(hint, 12, QFont::Normal, "muted"));
    return button;
}

// The last workspace, framed in the accent: what most users want most of the time.
QPushButton* continue_card(QLabel*& name, QLabel*& summary) {
    auto* const button = new QPushButton;
    button->setObjectName("continueCard");
    button->setFixedHeight(52);
    auto* const layout = new QHBoxLayout(button);
    layout->setContentsMargins(16, 0, 16, 0);
    layout->setSpacing(12);
    layout->addWidget(words("Continue", 14, QFont::DemiBold));
    name = words({}, 13, QFont::Medium);
    summary = words({}, 12, QFont::Normal, "muted");
    summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(name);
    layout->addWidget(summary, 1);
    return button;
}

QString stored_words(const QString& workspace, bool has_sample) {
    const QString sample = QStringLiteral(" The sample and its own workspace are kept in %1.")
                               .arg(short_path(QString::fromStdString(sample_folder().parent_path().string())));
    const QFileInfo file(workspace);
    const QString size = file.exists() ? QLocale::c().formattedDataSize(file.size()) : QStringLiteral("not made yet");
    return QStringLiteral(
               "Nothing leaves this computer. The program keeps what it read and what you label in workspaces, single "
               "files; the one that needs no setup is %1 (%2).%3")
        .arg(short_path(workspace), size, has_sample ? sample : QString());
}

QString when(const QDateTime& time) {
    const qint64 days = time.date().daysTo(QDate::currentDate());
    if (days <= 0) return QStringLiteral("today %1").arg(time.toString("HH:mm"));
    if (days == 1) return QStringLiteral("yesterday");
    return QLocale::c().toString(time.date(), "d MMM yyyy");
}

}  // namespace

StartPage::StartPage(Settings& settings, bool has_sample, QWidget* parent)
    : QWidget(parent),
      settings_(settings),
      open_(card("Open files…", "Ctrl+O", "Journals, captures, logs; gzip too")),
      folder_(card("Open folder…", "Ctrl+Shift+O", "All files in it and below")),
      sample_(card("Try the sample", "Ctrl+T", "3 machines, 2 days, all invented")),
      watch_(card("Watch a folder…", "Ctrl+Alt+W", "Files are read as they arrive")),
      others_(makeOtherSamples()),
      continue_(continue_card(continue_name_, continue_words_)),
      error_(words({}, 12, QFont::Normal)),
      recent_title_(words("Recent workspaces", 11, QFont::Medium, "sectionTitle")),
      has_sample_(has_sample),
      stored_(words({}, 12, QFont::Normal, "muted")),
      recent_(new QFrame),
      recent_rows_(new QVBoxLayout(recent_)) {
    setAccessibleName("Start");
    recent_->setObjectName("recentList");
    recent_rows_->setContentsMargins(6, 4, 6, 4);
    recent_rows_->setSpacing(0);
    auto* const cards = new QGridLayout;
    cards->setSpacing(10);
    cards->addWidget(open_, 0, 0);
    cards->addWidget(folder_, 0, 1);
    cards->addWidget(watch_, 1, 0);
    cards->addWidget(sample_, 1, 1);
    sample_->setVisible(has_sample);

    auto* const column = new QWidget;
    column->setFixedWidth(kStartWidth_px);
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(words("What went wrong, when, and whose money?", 26, QFont::DemiBold));
    layout->addWidget(words("Drop journals, captures, logs or tables here. Files are read as they are and never changed.", 14,
                            QFont::Normal, "muted"));
    layout->addWidget(error_);
    layout->addSpacing(8);
    layout->addWidget(continue_);
    layout->addLayout(cards);
    layout->addWidget(others_);
    layout->addSpacing(14);
    layout->addWidget(recent_title_);
    layout->addWidget(recent_);
    layout->addSpacing(4);
    layout->addWidget(stored_);
    auto* const centred = new QVBoxLayout(this);
    centred->addStretch(3);
    centred->addWidget(column, 0, Qt::AlignHCenter);
    centred->addStretch(4);
    error_->hide();
    connect(open_, &QPushButton::clicked, this, &StartPage::openFiles);
    connect(folder_, &QPushButton::clicked, this, &StartPage::openFolder);
    connect(sample_, &QPushButton::clicked, this, &StartPage::openSample);
    connect(watch_, &QPushButton::clicked, this, &StartPage::watchFolder);
    connect(continue_, &QPushButton::clicked, this, [this] { emit openWorkspace(last_); });
    refresh();
}

// One line below the cards: journals come first, the others are for those who have such files.
QWidget* StartPage::makeOtherSamples() {
    auto* const row = new QWidget;
    auto* const layout = new QHBoxLayout(row);
    layout->setContentsMargins(2, 0, 0, 0);
    layout->setSpacing(4);
    auto* const title = words("Other samples", 12, QFont::Normal, "muted");
    title->setWordWrap(false);
    layout->addWidget(title);
    for (const SampleKind kind : kOtherSamples) {
        auto* const button = new QPushButton(sample_title(kind));
        button->setObjectName("flat");
        button->setAccessibleDescription(sample_words(kind));
        button->setToolTip(sample_words(kind));
        connect(button, &QPushButton::clicked, this, [this, kind] { emit openOtherSample(kind); });
        other_samples_.append(button);
        layout->addWidget(button);
    }
    layout->addStretch();
    row->hide();
    return row;
}

void StartPage::showError(const QString& message) {
    auto* const label = static_cast<QLabel*>(error_);
    label->setText(message);
    label->setStyleSheet(QStringLiteral("color: %1").arg(tokens().critical.name()));
    label->setVisible(!message.isEmpty());
}

QString StartPage::errorText() const { return error_->isHidden() ? QString() : static_cast<QLabel*>(error_)->text(); }

void StartPage::refresh() {
    while (QLayoutItem* item = recent_rows_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QList<RecentEntry> entries = settings_.recent();
    const bool can_continue = !entries.isEmpty() && !entries.front().missing;
    continue_->setVisible(can_continue);
    if (can_continue) {
        const RecentEntry& last = entries.front();
        last_ = last.workspace;
        continue_name_->setText(workspace_name(last.workspace));
        continue_words_->setText(last.summary);
        continue_->setAccessibleName("Continue with " + workspace_name(last.workspace));
        continue_->setAccessibleDescription(last.summary);
    }
    for (const RecentEntry& entry : entries) recent_rows_->addWidget(recentRow(entry));
    const bool list = entries.size() > (can_continue ? 1 : 0);
    recent_->setVisible(list);
    recent_title_->setVisible(list);
    stored_->setText(stored_words(settings_.workspace(), has_sample_));
}

QWidget* StartPage::recentRow(const RecentEntry& entry) {
    auto* const row = new QPushButton;
    row->setObjectName("flat");
    row->setFixedHeight(31);
    row->setAccessibleName(workspace_name(entry.workspace) + ", " + (entry.missing ? kMissing : entry.summary));
    row->setToolTip(entry.workspace);
    row->setEnabled(!entry.missing);
    auto* const layout = new QHBoxLayout(row);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->addWidget(words(workspace_name(entry.workspace), 12, QFont::DemiBold), 5);
    layout->addWidget(words(entry.missing ? kMissing : entry.summary, 12, QFont::Normal, "muted"), 5);
    auto* const time = words(when(entry.opened), 12, QFont::Normal, "muted");
    time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(time, 2);
    connect(row, &QPushButton::clicked, this, [this, path = entry.workspace] { emit openWorkspace(path); });
    auto* const remove = new QPushButton("×");
    remove->setObjectName("flat");
    remove->setAccessibleName("Remove " + workspace_name(entry.workspace) + " from this list");
    remove->setToolTip(remove->accessibleName() + "; the file stays");
    connect(remove, &QPushButton::clicked, this, [this, path = entry.workspace] {
        settings_.forget(path);
        QTimer::singleShot(0, this, &StartPage::refresh);  // not while its button is being pressed
    });
    auto* const both = new QWidget;
    auto* const line = new QHBoxLayout(both);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    line->addWidget(row, 1);
    line->addWidget(remove);
    return both;
}

}  // namespace abm
