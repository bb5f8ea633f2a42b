#include "widgets/sources_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QFrame>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/source_account.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr const char* kSourceHeaders[SourceModel::kColumnCount] = {"", "file", "machine", "records", "lines", "unknown"};

Severity state_of(const Source& source) {
    if (std::any_of(source.problems.begin(), source.problems.end(), [](const SourceProblem& p) { return p.fatal; }))
        return Severity::critical;
    return source.problems.empty() ? Severity::none : Severity::medium;
}

const char* state_words(Severity state, bool failed) {
    if (failed) return "not read";
    if (state == Severity::critical) return "reading stopped";
    return state == Severity::none ? "read" : "read, with problems";
}

// Before it is taken out: what goes, what stays.
QString question_of(const Investigation& all, SourceIndex source) {
    const auto in_it = [&](const Record& record) { return record.source == source; };
    const auto records = std::count_if(all.records.begin(), all.records.end(), in_it);
    const auto labels = std::count_if(all.labels.begin(), all.labels.end(),
                                      [&](const StandingLabel& label) { return in_it(all.records[raw(label.record)]); });
    QString words = QStringLiteral("Take %1 out? %2 and what was found in them leave this workspace; the file stays as it is.")
                        .arg(qstring(all.sources[raw(source)].name), counted(records, "record", "records"));
    if (labels > 0)
        words += QStringLiteral(" %1 on them %2 kept, and %3 again when it is read again.")
                     .arg(counted(labels, "label", "labels"), labels == 1 ? "is" : "are", labels == 1 ? "stands" : "stand");
    return words;
}

QString plain_problems(const Source& source) {
    QString text = qstring(source.path.string()) + '\n';
    for (const SourceProblem& problem : source.problems) {
        text += QStringLiteral("byte %1, %2 times: %3\n").arg(problem.offset).arg(problem.count).arg(qstring(problem.message));
    }
    return text;
}

}  // namespace

void SourceModel::setSnapshot(Snapshot snapshot) {
    beginResetModel();
    snapshot_ = std::move(snapshot);
    countRecords();
    endResetModel();
}

void SourceModel::countRecords() {
    records_.assign(static_cast<std::size_t>(read()), {});
    if (!snapshot_) return;
    for (const Record& record : snapshot_->records) {
        if (record.kind == RecordKind::interval) continue;
        SourceRecords& of_source = records_[raw(record.source)];
        ++of_source.count;
        of_source.kind = record.kind;
    }
}

void SourceModel::setRescored(Snapshot snapshot) {
    snapshot_ = std::move(snapshot);
    countRecords();
    if (read() > 0) emit dataChanged(index(0, 0), index(read() - 1, kColumnCount - 1));
}

void SourceModel::setFailed(std::vector<Source> failed) {
    beginResetModel();
    failed_ = std::move(failed);
    endResetModel();
}

const Source& SourceModel::source(int row) const {
    return failed(row) ? failed_[static_cast<std::size_t>(row - read())] : snapshot_->sources[static_cast<std::size_t>(row)];
}

int SourceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : read() + static_cast<int>(failed_.size());
}
int SourceModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumnCount; }

QVariant SourceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Source& source = this->source(index.row());
    const bool lost = failed(index.row());
    const Severity state_now = lost ? Severity::critical : state_of(source);
    const bool number = index.column() >= records;
    switch (role) {
        case Qt::AccessibleTextRole:
            if (index.column() == state) return state_words(state_now, lost);
            [[fallthrough]];
        case Qt::DisplayRole:
            switch (index.column()) {
                case name:
                    return qstring(source.name);
                case machine:
                    if (lost) return QStringLiteral("not read");
                    return qstring(source.machine);
                case records:
                    if (lost) return QString();
                    return count_text(recordsOf(index.row()).count);
                case lines:
                    if (lost || source.is_capture()) return QString();
                    return count_text(source.lines);
                case not_understood:
                    if (lost || source.is_capture()) return QString();
                    return count_text(source.lines_not_understood);
                default:
                    return QString();
            }
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::ToolTipRole:
            return QStringLiteral("%1: %2").arg(qstring(source.name), state_words(state_now, lost));
        case kSeverityRole:
            return static_cast<int>(state_now);
        default:
            return {};
    }
}

QVariant SourceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount) return {};
    if (role == Qt::DisplayRole) return QString::fromLatin1(kSourceHeaders[section]);
    if (role == Qt::ToolTipRole && section == not_understood) return QStringLiteral("Lines that nothing understood");
    if (role == Qt::ToolTipRole && section == records)
        return QStringLiteral("Sessions of a journal; windows, entities or rows of other files");
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignVCenter | (section >= records ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

SourcesPanel::SourcesPanel(QWidget* parent)
    : QWidget(parent), model_(new SourceModel(this)), view_(new QTableView), account_(new QLabel), foot_(new QStackedWidget) {
    view_->setModel(model_);
    view_->setItemDelegate(new TableDelegate(SourceModel::state, SourceModel::kSeverityRole, view_));
    style_table(*view_);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->setAccessibleName("Sources");
    view_->horizontalHeader()->setStretchLastSection(false);
    view_->horizontalHeader()->setSectionResizeMode(SourceModel::name, QHeaderView::Stretch);
    view_->setTextElideMode(Qt::ElideMiddle);
    account_->setAccessibleName("Account of the source");
    account_->setTextFormat(Qt::RichText);
    account_->setWordWrap(true);
    account_->setAlignment(Qt::AlignTop);
    account_->setContentsMargins(12, 10, 12, 12);
    account_->setTextInteractionFlags(Qt::TextBrowserInteraction);
    auto* const scroll = new QScrollArea;
    scroll->setWidget(account_);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName("Account of the source");
    scroll->setFrameShape(QFrame::NoFrame);
    account_->setObjectName("plain");
    auto* const splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(view_);
    splitter->addWidget(scroll);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({220, 480});
    splitter->setStretchFactor(1, 1);
    foot_->addWidget(makeSteps());
    foot_->addWidget(makeQuestion());
    foot_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(splitter, 1);
    layout->addWidget(foot_);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SourcesPanel::showAccount);
    connect(view_, &QTableView::activated, this, &SourcesPanel::requestCurrent);
    connect(account_, &QLabel::linkActivated, this, [this](const QString& link) {
        if (link == "lines") requestCurrent();
        if (link == "reading" && current()) emit readingRequested(*current());
    });
    connect(&Theme::instance(), &Theme::changed, this, &SourcesPanel::showAccount);
    showAccount();
}

SourcesPanel::~SourcesPanel() { delete view_; }  // before its model: a dying model would move the current row

QWidget* SourcesPanel::makeSteps() {
    auto* const bar = new QWidget;
    bar->setObjectName("footBar");
    bar->setAttribute(Qt::WA_StyledBackground);
    auto* const layout = new QHBoxLayout(bar);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(6);
    read_ = new QPushButton("Read again");
    skip_ = new QPushButton("Skip");
    skip_->setToolTip("Do not list it any more");
    take_out_ = new QPushButton("Take out…");
    copy_ = new QPushButton("Copy details");
    for (QPushButton* const button : {read_, skip_, take_out_, copy_}) layout->addWidget(button);
    layout->addStretch();
    connect(read_, &QPushButton::clicked, this, [this] { emit readRequested(path()); });
    connect(skip_, &QPushButton::clicked, this, [this] { emit skipRequested(path()); });
    connect(take_out_, &QPushButton::clicked, this, &SourcesPanel::ask);
    connect(copy_, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(plain_problems(model_->source(row()))); });
    return bar;
}

QWidget* SourcesPanel::makeQuestion() {
    auto* const bar = new QWidget;
    bar->setObjectName("footBar");
    bar->setAttribute(Qt::WA_StyledBackground);
    auto* const layout = new QVBoxLayout(bar);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    question_ = new QLabel;
    question_->setWordWrap(true);
    question_->setAccessibleName("What taking it out does");
    sure_ = new QPushButton("Take out");
    sure_->setObjectName("primary");
    keep_ = new QPushButton("Keep");
    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(sure_);
    buttons->addWidget(keep_);
    buttons->addStretch();
    layout->addWidget(question_);
    layout->addLayout(buttons);
    connect(keep_, &QPushButton::clicked, this, [this] {
        showSteps();
        take_out_->setFocus();
    });
    connect(sure_, &QPushButton::clicked, this, [this] {
        const int at = row();
        showSteps();
        if (at >= 0 && !model_->failed(at)) emit takeOutRequested(SourceIndex(static_cast<std::uint32_t>(at)));
    });
    return bar;
}

QString SourcesPanel::path() const { return row() < 0 ? QString() : qstring(model_->source(row()).path.string()); }

// The name of the file must be readable: what the account says too gives way, first what is nothing.
void SourcesPanel::chooseColumns() {
    constexpr int kWide_px = 460;
    const auto unknown = [&](const Source& source) { return source.lines_not_understood > 0; };
    const bool any = snapshot_ && std::any_of(snapshot_->sources.begin(), snapshot_->sources.end(), unknown);
    view_->setColumnHidden(SourceModel::lines, width() < kWide_px);
    view_->setColumnHidden(SourceModel::not_understood, width() < kWide_px && !any);
}

void SourcesPanel::resizeEvent(QResizeEvent* event) {
    chooseColumns();
    QWidget::resizeEvent(event);
}

// The chosen row stays where it is.
void SourcesPanel::refill(const std::function<void()>& change) {
    const int before = std::max(row(), 0);
    change();
    chooseColumns();
    if (model_->rowCount() > 0) {
        fit_columns(*view_);
        view_->setCurrentIndex(model_->index(std::min(before, model_->rowCount() - 1), SourceModel::state));
    }
    showAccount();
}

void SourcesPanel::setSnapshot(Snapshot snapshot) {
    refill([&] {
        snapshot_ = std::move(snapshot);
        model_->setSnapshot(snapshot_);
    });
}

void SourcesPanel::setRescored(Snapshot snapshot) {
    snapshot_ = std::move(snapshot);
    model_->setRescored(snapshot_);
    tellAccount();
}

void SourcesPanel::setFailed(std::vector<Source> failed) {
    refill([&] { model_->setFailed(std::move(failed)); });
}

void SourcesPanel::setBlocked(const QString& why) {
    blocked_why_ = why;
    showSteps();
}

std::optional<SourceIndex> SourcesPanel::current() const {
    if (!snapshot_ || row() < 0 || model_->failed(row())) return std::nullopt;
    return SourceIndex(static_cast<std::uint32_t>(row()));
}

void SourcesPanel::showAccount() {
    showSteps();
    tellAccount();
}

void SourcesPanel::tellAccount() {
    if (row() < 0) return account_->setText("<p>No file is open. Drop journals on the window, or press Ctrl+O.</p>");
    const Source& source = model_->source(row());
    account_->setText(model_->failed(row()) ? failure_account(source) : source_account(source, model_->recordsOf(row())));
}

void SourcesPanel::showSteps() {
    const bool any = row() >= 0, failed = any && model_->failed(row());
    foot_->setVisible(any);
    foot_->setCurrentIndex(0);
    foot_->setFixedHeight(foot_->currentWidget()->sizeHint().height());
    if (!any) return;
    read_->setText(failed ? "Try again" : "Read again");
    read_->setVisible(!model_->source(row()).problems.empty() || failed);
    skip_->setVisible(failed);
    take_out_->setVisible(!failed);
    copy_->setVisible(!model_->source(row()).problems.empty());
    for (QPushButton* const button : {read_, skip_, take_out_}) {
        button->setEnabled(blocked_why_.isEmpty());
        button->setToolTip(blocked_why_);
    }
}

void SourcesPanel::ask() {
    question_->setText(question_of(*snapshot_, SourceIndex(static_cast<std::uint32_t>(row()))));
    foot_->setCurrentIndex(1);
    foot_->setFixedHeight(foot_->currentWidget()->heightForWidth(width()));
    keep_->setFocus();
}

void SourcesPanel::requestCurrent() {
    if (row() >= 0 && !model_->failed(row()) && model_->source(row()).lines_not_understood > 0)
        emit notUnderstoodRequested(SourceIndex(static_cast<std::uint32_t>(row())));
}

}  // namespace abm
