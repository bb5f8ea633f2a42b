#include "widgets/watch_panel.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTableView>
#include <algorithm>

#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/push_button.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kSeverityRole = Qt::UserRole + 1;
constexpr const char* kWatchHeaders[WatchPanel::kColumnCount] = {"",        "read",    "file",
                                                                 "outcome", "records", "what was found, or why not"};

// Whole in the tool tip: a column may be too narrow for it.
QStandardItem* item_with_tip(const QString& text, Qt::Alignment alignment = Qt::AlignLeft) {
    QStandardItem* const item = table_item(text, alignment);
    item->setToolTip(text);
    return item;
}

QList<QStandardItem*> row_of(const ShownWatchedFile& shown) {
    QList<QStandardItem*> row{item_with_tip({}),
                              item_with_tip(shown.time),
                              item_with_tip(shown.name),
                              item_with_tip(shown.outcome),
                              item_with_tip(shown.set_aside ? QString() : count_text(shown.records), Qt::AlignRight),
                              item_with_tip(shown.what)};
    row[WatchPanel::severity]->setData(static_cast<int>(shown.worst), kSeverityRole);
    row[WatchPanel::severity]->setData(QString::fromStdString(std::string(name_of(shown.worst))), Qt::AccessibleTextRole);
    if (shown.set_aside) {
        row[WatchPanel::outcome]->setData(tokens().critical, Qt::ForegroundRole);
    } else if (shown.worst == Severity::none) {
        row[WatchPanel::outcome]->setData(tokens().muted, Qt::ForegroundRole);
    }
    return row;
}

}  // namespace

WatchPanel::WatchPanel(QWidget* parent)
    : QWidget(parent),
      start_(push_button("Start", "Read files of the folder as they finish being written, until it is stopped", "primary")),
      stop_(push_button("Stop", "Look at the folder no more; what was read is kept")),
      folder_(push_button("Folder…", "Choose the folder that is watched")),
      retry_(push_button("Retry", "Read the chosen files that are set aside once more")),
      show_(push_button("Show", "Select the worst record of the chosen file")),
      place_(new QLabel),
      interval_(new QDoubleSpinBox),
      retrain_(new QSpinBox),
      notify_(new QComboBox),
      status_(new QLabel),
      view_(new QTableView),
      model_(new QStandardItemModel(this)),
      empty_(new EmptyState),
      stack_(new QStackedWidget) {
    view_->setModel(model_);
    view_->setItemDelegate(new TableDelegate(severity, kSeverityRole, view_));
    style_table(*view_);
    view_->setAccessibleName("Files of the watched folder");
    status_->setContentsMargins(12, 0, 12, 6);
    status_->setWordWrap(true);
    status_->setTextFormat(Qt::PlainText);
    status_->setAccessibleName("State of the watched folder");
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(status_);
    stack_->addWidget(view_);
    stack_->addWidget(empty_);
    layout->addWidget(stack_, 1);
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, &WatchPanel::showChosen);
    connect(view_, &QTableView::activated, this, [this] { show_->click(); });
    setWatch({});
    setFiles({});
}

QWidget* WatchPanel::makeBar() {
    auto* const bar = new QWidget;
    auto* const lines = new QVBoxLayout(bar);  // one row would not fit beside the list and the verdict at 1280 px
    lines->setContentsMargins(8, 6, 8, 6);
    lines->setSpacing(6);
    auto* const row = new QHBoxLayout;
    row->setSpacing(6);
    for (QPushButton* const each : {start_, stop_, folder_}) row->addWidget(each);
    place_->setTextFormat(Qt::PlainText);
    place_->setMinimumWidth(60);
    place_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(place_, 1);
    for (QPushButton* const each : {show_, retry_}) row->addWidget(each);
    lines->addLayout(row);
    lines->addWidget(makeSettings(), 0, Qt::AlignLeft);
    connect(start_, &QPushButton::clicked, this, &WatchPanel::startRequested);
    connect(stop_, &QPushButton::clicked, this, &WatchPanel::stopRequested);
    connect(folder_, &QPushButton::clicked, this, &WatchPanel::folderWanted);
    connect(retry_, &QPushButton::clicked, this, [this] {
        QStringList names;
        for (const int chosen : chosenRows()) {
            if (files_[static_cast<std::size_t>(chosen)].set_aside) names.append(files_[static_cast<std::size_t>(chosen)].name);
        }
        if (!names.isEmpty()) emit retryRequested(names);
    });
    connect(show_, &QPushButton::clicked, this, [this] {
        const QList<int> rows = chosenRows();
        if (rows.isEmpty()) return;
        const QString record = files_[static_cast<std::size_t>(rows.front())].record;
        if (!record.isEmpty()) emit recordWanted(record);
    });
    return bar;
}

QWidget* WatchPanel::makeSettings() {
    auto* const settings = new QWidget;
    auto* const row = new QHBoxLayout(settings);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    interval_->setRange(0.1, 86'400);
    interval_->setDecimals(1);
    interval_->setPrefix("every ");
    interval_->setSuffix(" s");
    interval_->setAccessibleName("Seconds between two looks at the folder");
    retrain_->setRange(0, 9'999);
    retrain_->setSpecialValueText("no retraining");
    retrain_->setPrefix("retrain after ");
    retrain_->setSuffix(" files");
    retrain_->setAccessibleName("Retrain after so many files");
    retrain_->setToolTip(
        "A new model is trained on everything in the workspace after so many files, and adopted when it is no worse "
        "than the current one; 0: never");
    for (QAbstractSpinBox* const box : {static_cast<QAbstractSpinBox*>(interval_), static_cast<QAbstractSpinBox*>(retrain_)}) {
        box->setButtonSymbols(QAbstractSpinBox::NoButtons);
        box->setKeyboardTracking(false);
        row->addWidget(box);
    }
    interval_->setFixedWidth(96);
    retrain_->setFixedWidth(164);
    for (const Severity from : {Severity::critical, Severity::high, Severity::medium, Severity::low, Severity::none}) {
        notify_->addItem(from == Severity::critical ? QStringLiteral("tell of critical")
                         : from == Severity::none   ? QStringLiteral("tell of nothing")
                                                    : QStringLiteral("tell from %1").arg(qstring(name_of(from))),
                         static_cast<int>(from));
    }
    notify_->setAccessibleName("From which severity on to be told of a new record");
    notify_->setToolTip("From which severity on a notice of the desktop tells of a new record");
    row->addWidget(notify_);
    connect(interval_, &QDoubleSpinBox::valueChanged, this, &WatchPanel::settingsEdited);
    connect(retrain_, &QSpinBox::valueChanged, this, &WatchPanel::settingsEdited);
    connect(notify_, &QComboBox::currentIndexChanged, this, &WatchPanel::settingsEdited);
    return settings;
}

void WatchPanel::settingsEdited() {
    watch_.interval_s = interval_->value();
    watch_.retrain_every = retrain_->value();
    watch_.notify_from = static_cast<Severity>(notify_->currentData().toInt());
    emit settingsChanged(watch_.interval_s, watch_.retrain_every, watch_.notify_from);
}

void WatchPanel::setWatch(const ShownWatch& watch) {
    watch_ = watch;
    const QSignalBlocker quiet_interval(interval_), quiet_retrain(retrain_), quiet_notify(notify_);
    if (!interval_->hasFocus()) interval_->setValue(watch.interval_s);
    if (!retrain_->hasFocus()) retrain_->setValue(watch.retrain_every);
    notify_->setCurrentIndex(notify_->findData(static_cast<int>(watch.notify_from)));
    place_->setText(short_path(watch.folder));
    place_->setToolTip(watch.folder);
    showEnabled();
    showChosen();
}

void WatchPanel::setStatus(const QString& words, const QString& trouble) {
    status_->setStyleSheet(QStringLiteral("color: %1").arg((trouble.isEmpty() ? tokens().muted : tokens().critical).name()));
    status_->setText(trouble.isEmpty() ? words : trouble);
    status_->setVisible(!status_->text().isEmpty());
}

void WatchPanel::setFiles(const std::vector<ShownWatchedFile>& files) {
    QStringList chosen;
    for (const int row : chosenRows()) chosen.append(files_[static_cast<std::size_t>(row)].name);
    files_ = files;
    model_->clear();
    QStringList headers;
    for (const char* header : kWatchHeaders) headers.append(QLatin1String(header));
    model_->setHorizontalHeaderLabels(headers);
    for (const ShownWatchedFile& shown : files_) model_->appendRow(row_of(shown));
    for (int column = 0; column < kColumnCount; ++column)
        model_->setHeaderData(column, Qt::Horizontal,
                              int(Qt::AlignVCenter | (column == records ? Qt::AlignRight : Qt::AlignLeft)),
                              Qt::TextAlignmentRole);
    fit_columns(*view_);
    view_->setColumnWidth(file, std::min(view_->columnWidth(file), 320));
    for (int row = 0; row < model_->rowCount(); ++row) {
        if (!chosen.contains(files_[static_cast<std::size_t>(row)].name)) continue;
        view_->selectionModel()->select(model_->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    showChosen();
}

void WatchPanel::setBlocked(const QString& why) {
    blocked_why_ = why;
    showEnabled();
    showChosen();
}

QList<int> WatchPanel::chosenRows() const {
    QList<int> rows;
    for (const QModelIndex& index : view_->selectionModel()->selectedRows()) rows.append(index.row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

void WatchPanel::showEnabled() {
    const bool can = blocked_why_.isEmpty();
    start_->setVisible(!watch_.running && !watch_.folder.isEmpty());
    stop_->setVisible(watch_.running);
    for (QWidget* const each :
         {static_cast<QWidget*>(start_), static_cast<QWidget*>(stop_), static_cast<QWidget*>(folder_),
          static_cast<QWidget*>(interval_), static_cast<QWidget*>(retrain_), static_cast<QWidget*>(notify_)})
        each->setEnabled(can);
    start_->setToolTip(can ? "Read files of the folder as they finish being written, until it is stopped" : blocked_why_);
}

void WatchPanel::showChosen() {
    bool aside = false, record = false;
    for (const int row : chosenRows()) {
        aside = aside || files_[static_cast<std::size_t>(row)].set_aside;
        record = record || !files_[static_cast<std::size_t>(row)].record.isEmpty();
    }
    retry_->setVisible(aside);
    retry_->setEnabled(aside && watch_.running && blocked_why_.isEmpty());
    retry_->setToolTip(watch_.running ? "Read the chosen files that are set aside once more" : "Start watching to try again");
    show_->setVisible(record);
    if (!blocked_why_.isEmpty()) {
        empty_->say(blocked_why_);
    } else if (watch_.folder.isEmpty()) {
        empty_->say(
            "No folder is watched. Files that arrive in a watched folder are read when they are written to their end, and "
            "scored at once.",
            "Watch a folder…", [this] { emit folderWanted(); });
    } else {
        empty_->say(watch_.running
                        ? "No file of the folder was read yet. A file counts when it stood still from one look to the next."
                        : "The folder is not watched now.",
                    watch_.running ? QString() : QStringLiteral("Start"), [this] { emit startRequested(); });
    }
    stack_->setCurrentIndex(files_.empty() ? 1 : 0);
}

}  // namespace abm
