#include "widgets/models_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QSpinBox>
#include <QSplitter>
#include <QStackedWidget>
#include <algorithm>
#include <utility>

#include "widgets/comparison_view.h"
#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/push_button.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"
#include "widgets/verdict_words.h"

namespace abm {
namespace {

constexpr const char* kModelHeaders[ModelsPanel::kColumnCount] = {
    "model", "state", "made", "by", "records", "labels", "average precision, held out", "detectors"};

QString state_text(ShownModelState state) {
    switch (state) {
        case ShownModelState::candidate:
            return QStringLiteral("◇ candidate");
        case ShownModelState::current:
            return QStringLiteral("◆ current");
        case ShownModelState::earlier:
            return QStringLiteral("earlier");
        case ShownModelState::discarded:
            return QStringLiteral("× discarded");
    }
    return {};
}

QSpinBox* count_box(const QString& name, const QString& unit) {
    auto* const box = new QSpinBox;
    box->setRange(0, 9999);
    box->setSpecialValueText(unit.trimmed() + ": off");
    box->setSuffix(unit);
    box->setAccessibleName(name);
    box->setToolTip(name + "; 0: never");
    box->setFixedWidth(78);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setKeyboardTracking(false);
    return box;
}

QLabel* muted(const QString& text) {
    auto* const label = new QLabel(text);
    label->setObjectName("muted");
    return label;
}

}  // namespace

ModelsPanel::ModelsPanel(QWidget* parent)
    : QWidget(parent),
      retrain_(push_button(
          "Retrain", "Make a candidate from all records and labels (Ctrl+R); nothing changes until it is adopted", "primary")),
      detectors_(push_button("Detectors…", "Choose what scores the records, and with which parameters")),
      search_(push_button("Search settings…", "Compare other settings on the labels; nothing changes until one is adopted")),
      adopt_(push_button("Adopt", "Score everything with the chosen model from now on")),
      discard_(push_button("Discard", "Put the chosen model aside; it stays in the history")),
      roll_back_(push_button("Roll back", "Make the model current again that was current before")),
      cancel_(push_button("Cancel", "Stop training; nothing is changed")),
      progress_(new QProgressBar),
      every_labels_(count_box("Retrain by itself after so many labels", " labels")),
      every_days_(count_box("Retrain by itself after so many days", " days")),
      message_(new QLabel),
      history_(new QTableView),
      history_model_(new QStandardItemModel(this)),
      comparison_(new ComparisonView),
      empty_(new EmptyState),
      no_figures_(new EmptyState),
      lower_(new QStackedWidget),
      stack_(new QStackedWidget) {
    history_->setModel(history_model_);
    history_->setItemDelegate(new TableDelegate(-1, 0, history_));
    style_table(*history_);
    history_->setSelectionMode(QAbstractItemView::SingleSelection);
    history_->setAccessibleName("Model history");
    history_->setMinimumHeight(24 + 2 * kRowHeight);
    lower_->addWidget(comparison_);
    lower_->addWidget(no_figures_);
    auto* const split = new QSplitter(Qt::Vertical);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(history_);
    split->addWidget(lower_);
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 1);
    split->setSizes({28 + 4 * kRowHeight, 300});
    stack_->addWidget(split);
    stack_->addWidget(empty_);
    message_->setContentsMargins(12, 0, 12, 6);
    message_->setWordWrap(true);
    message_->setTextFormat(Qt::PlainText);
    message_->hide();
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(message_);
    layout->addWidget(stack_, 1);
    connect(history_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!filling_) showChosen();
    });
    connect(comparison_, &ComparisonView::recordChosen, this, &ModelsPanel::recordChosen);
    setModels({});
    setTraining(false);
}

QWidget* ModelsPanel::makeBar() {
    auto* const bar = new QWidget;
    auto* const rows = new QVBoxLayout(bar);  // one row would not fit beside the list and the verdict at 1280 px
    rows->setContentsMargins(8, 6, 8, 6);
    rows->setSpacing(6);
    progress_->setTextVisible(false);
    progress_->setFixedWidth(90);
    progress_->setAccessibleName("Training");
    const auto add_row = [rows](std::initializer_list<QWidget*> left, std::initializer_list<QWidget*> right) {
        auto* const row = new QHBoxLayout;
        row->setSpacing(6);
        for (QWidget* const widget : left) row->addWidget(widget);
        row->addStretch(1);
        for (QWidget* const widget : right) row->addWidget(widget);
        rows->addLayout(row);
    };
    add_row({retrain_, adopt_, discard_, roll_back_, progress_, cancel_}, {});
    add_row({detectors_, search_}, {muted("by itself:"), every_labels_, every_days_});
    connect(retrain_, &QPushButton::clicked, this, &ModelsPanel::retrainRequested);
    connect(detectors_, &QPushButton::clicked, this, &ModelsPanel::detectorsRequested);
    connect(search_, &QPushButton::clicked, this, &ModelsPanel::searchRequested);
    connect(cancel_, &QPushButton::clicked, this, &ModelsPanel::trainingCancelled);
    connect(adopt_, &QPushButton::clicked, this, [this] { emit adoptRequested(*chosen()); });
    connect(discard_, &QPushButton::clicked, this, [this] { emit discardRequested(*chosen()); });
    connect(roll_back_, &QPushButton::clicked, this, &ModelsPanel::rollBackRequested);
    for (QSpinBox* box : {every_labels_, every_days_}) {
        connect(box, &QSpinBox::valueChanged, this,
                [this] { emit automaticChanged(every_labels_->value(), every_days_->value()); });
    }
    return bar;
}

void ModelsPanel::setSnapshot(Snapshot snapshot) { comparison_->setSnapshot(std::move(snapshot)); }

void ModelsPanel::setModels(std::vector<ShownModel> newest_first) {
    const auto before = chosen();
    const std::int64_t newest_before = models_.empty() ? 0 : models_.front().version;
    models_ = std::move(newest_first);
    fillHistory();
    const bool fresh = !models_.empty() && models_.front().version > newest_before;
    if (fresh || !before) {
        if (!models_.empty()) choose(models_.front().version);
    } else {
        choose(*before);
    }
    showChosen();
}

void ModelsPanel::fillHistory() {
    filling_ = true;
    history_model_->clear();
    QStringList headers;
    for (const char* header : kModelHeaders) headers.append(QLatin1String(header));
    history_model_->setHorizontalHeaderLabels(headers);
    for (const ShownModel& model : models_) {
        QStandardItem* const its_state = table_item(state_text(model.state));
        if (model.state != ShownModelState::current && model.state != ShownModelState::candidate)
            its_state->setData(tokens().muted, Qt::ForegroundRole);
        history_model_->appendRow(
            {table_item(QString::number(model.version), Qt::AlignRight), its_state, table_item(local_when(model.created)),
             table_item(model.who), table_item(count_text(model.records), Qt::AlignRight),
             table_item(count_text(model.labels), Qt::AlignRight), table_item(model.held_out), table_item(model.detectors)});
        history_model_->item(history_model_->rowCount() - 1, detectors)->setToolTip(model.detectors);
    }
    for (int column = 0; column < kColumnCount; ++column) {
        const bool number = column == version || column == records || column == labels;
        history_model_->setHeaderData(column, Qt::Horizontal, int(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft)),
                                      Qt::TextAlignmentRole);
    }
    fit_columns(*history_);
    filling_ = false;
}

const ShownModel* ModelsPanel::chosenModel() const {
    const int row = history_->currentIndex().row();
    return row >= 0 && row < std::ssize(models_) ? &models_[static_cast<std::size_t>(row)] : nullptr;
}

std::optional<std::int64_t> ModelsPanel::chosen() const {
    const ShownModel* const model = chosenModel();
    return model ? std::optional(model->version) : std::nullopt;
}

void ModelsPanel::choose(std::int64_t wanted) {
    for (int row = 0; row < std::ssize(models_); ++row) {
        if (models_[static_cast<std::size_t>(row)].version == wanted) history_->selectRow(row);
    }
}

void ModelsPanel::showChosen() {
    stack_->setCurrentIndex(models_.empty() ? 1 : 0);
    if (const ShownModel* const model = chosenModel()) {
        const bool figures = !model->comparison.measures.empty() || !model->comparison.changes.empty();
        if (figures) comparison_->setComparison(model->comparison);
        if (!figures && !model->comparison.caveat.isEmpty()) {
            no_figures_->say(model->comparison.caveat);
        } else if (!figures) {
            no_figures_->say(standing_ == 0 ? "This model was made without labels. No labels yet: press 0-9 on a session, "
                                              "then retrain to compare."
                                            : "This model was made without a comparison. Retrain to see before and after.");
        }
        lower_->setCurrentIndex(figures ? 0 : 1);
    }
    showEnabled();
}

void ModelsPanel::setLabels(std::int64_t standing, std::int64_t since_model) {
    standing_ = standing;
    since_model_ = since_model;
    retrain_->setText(since_model > 0 ? QStringLiteral("Retrain +%1").arg(count_text(since_model)) : QStringLiteral("Retrain"));
    retrain_->setAccessibleDescription(counted(since_model, "label", "labels") + " since the current model");
    empty_->say(standing == 0 ? "No model yet, and no labels: open journals, then press 0-9 on a session to label it."
                              : QStringLiteral("No model yet. Retrain with %1.").arg(counted(standing, "label", "labels")));
    showChosen();
}

void ModelsPanel::setAutomatic(std::int64_t every_labels, std::int64_t every_days) {
    const QSignalBlocker quiet_labels(every_labels_), quiet_days(every_days_);
    if (!every_labels_->hasFocus()) every_labels_->setValue(static_cast<int>(every_labels));
    if (!every_days_->hasFocus()) every_days_->setValue(static_cast<int>(every_days));
}

void ModelsPanel::setTraining(bool running, double fraction) {
    training_ = running;
    progress_->setVisible(running);
    cancel_->setVisible(running);
    progress_->setRange(0, fraction < 0 ? 0 : 1000);
    if (fraction >= 0) progress_->setValue(static_cast<int>(fraction * 1000));
    showEnabled();
}

void ModelsPanel::setBlocked(const QString& why) {
    blocked_why_ = why;
    retrain_->setToolTip(
        why.isEmpty() ? "Make a candidate from all records and labels (Ctrl+R); nothing changes until it is adopted" : why);
    showEnabled();
}

void ModelsPanel::showEnabled() {
    const ShownModel* const model = chosenModel();
    const bool can = blocked_why_.isEmpty();
    const bool other = model && model->state != ShownModelState::current;
    const bool has_earlier =
        std::any_of(models_.begin(), models_.end(), [](const ShownModel& m) { return m.state == ShownModelState::earlier; });
    retrain_->setEnabled(can && !training_);
    detectors_->setEnabled(can && !training_);
    search_->setEnabled(can && !training_ && standing_ > 0);
    adopt_->setEnabled(can && other);
    discard_->setEnabled(can && other && model->state != ShownModelState::discarded);
    roll_back_->setEnabled(can && has_earlier);
    every_labels_->setEnabled(can);
    every_days_->setEnabled(can);
    adopt_->setAccessibleName(model && other ? QStringLiteral("Adopt model %1").arg(model->version) : QStringLiteral("Adopt"));
}

void ModelsPanel::say(const QString& message, bool failure) {
    message_->setObjectName(failure ? "failure" : "muted");
    message_->setStyleSheet(QStringLiteral("color: %1").arg((failure ? tokens().critical : tokens().muted).name()));
    message_->setText(message);
    message_->setVisible(!message.isEmpty());
}

}  // namespace abm
