#include "app/workbench/start_page.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/workbench/sample.h"
#include "widgets/format.h"
#include "widgets/pane.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kWidth_px = 760;

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
    if (!key.isEmpty()) head->addWidget(words(key, 11, QFont::Normal, "muted"));
    layout->addLayout(head);
    layout->addWidget(words(hint, 12, QFont::Normal, "muted"));
    return button;
}

QString title_of(const QStringList& paths) {
    const QString first = QFileInfo(paths.front()).fileName();
    return paths.size() == 1 ? first : QStringLiteral("%1 and %2 more").arg(first).arg(paths.size() - 1);
}

QString stored_words(const QString& settings_file, bool has_sample) {
    const QString sample =
        QStringLiteral(" The sample is kept in %1.").arg(short_path(QString::fromStdString(sample_folder().string())));
    return QStringLiteral(
               "Nothing leaves this computer. The program remembers only the list of recent files, the theme and "
               "the layout of the window, in %1; nothing of what the files say.%2")
        .arg(short_path(settings_file), has_sample ? sample : QString());
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
      open_(card("Open journals…", "Ctrl+O", "Files; gzip too")),
      folder_(card("Open folder…", "Ctrl+Shift+O", "All files in it and below")),
      sample_(card("Try the sample", "Ctrl+T", "3 machines, 2 days, all invented")),
      error_(words({}, 12, QFont::Normal)),
      recent_title_(words("Recent", 11, QFont::Medium, "sectionTitle")),
      recent_(new QFrame),
      recent_rows_(new QVBoxLayout(recent_)) {
    setAccessibleName("Start");
    recent_->setObjectName("recentList");
    recent_rows_->setContentsMargins(6, 4, 6, 4);
    recent_rows_->setSpacing(0);
    auto* const cards = new QHBoxLayout;
    cards->setSpacing(10);
    for (QPushButton* button : {open_, folder_, sample_}) cards->addWidget(button, 1);
    sample_->setVisible(has_sample);

    auto* const column = new QWidget;
    column->setFixedWidth(kWidth_px);
    auto* const layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(words("What went wrong, when, and whose money?", 26, QFont::DemiBold));
    layout->addWidget(
        words("Drop electronic journals here. Files are read as they are and never changed.", 14, QFont::Normal, "muted"));
    layout->addWidget(error_);
    layout->addSpacing(8);
    layout->addLayout(cards);
    layout->addSpacing(14);
    layout->addWidget(recent_title_);
    layout->addWidget(recent_);
    layout->addSpacing(4);
    layout->addWidget(words(stored_words(settings.file(), has_sample), 12, QFont::Normal, "muted"));
    auto* const centred = new QVBoxLayout(this);
    centred->addStretch(3);
    centred->addWidget(column, 0, Qt::AlignHCenter);
    centred->addStretch(4);
    error_->hide();
    connect(open_, &QPushButton::clicked, this, &StartPage::openFiles);
    connect(folder_, &QPushButton::clicked, this, &StartPage::openFolder);
    connect(sample_, &QPushButton::clicked, this, &StartPage::openSample);
    refresh();
}

void StartPage::showError(const QString& message) {
    auto* const label = static_cast<QLabel*>(error_);
    label->setText(message);
    label->setStyleSheet(QStringLiteral("color: %1").arg(tokens().critical.name()));
    label->setVisible(!message.isEmpty());
}

void StartPage::refresh() {
    while (QLayoutItem* item = recent_rows_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QList<RecentEntry> entries = settings_.recent();
    for (const RecentEntry& entry : entries) recent_rows_->addWidget(recentRow(entry));
    recent_->setVisible(!entries.isEmpty());
    recent_title_->setVisible(!entries.isEmpty());
}

QWidget* StartPage::recentRow(const RecentEntry& entry) {
    auto* const row = new QPushButton;
    row->setObjectName("flat");
    row->setFixedHeight(31);
    row->setAccessibleName(title_of(entry.paths) + ", " + entry.summary);
    row->setToolTip(entry.paths.join('\n'));
    auto* const layout = new QHBoxLayout(row);
    layout->setContentsMargins(8, 0, 8, 0);
    layout->addWidget(words(title_of(entry.paths), 12, QFont::DemiBold), 5);
    layout->addWidget(words(entry.summary, 12, QFont::Normal, "muted"), 5);
    auto* const time = words(when(entry.opened), 12, QFont::Normal, "muted");
    time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(time, 2);
    connect(row, &QPushButton::clicked, this, [this, paths = entry.paths] { emit openPaths(paths); });
    return row;
}

}  // namespace abm
