#include "widgets/sources_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QFrame>
#include <QHeaderView>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/record_view.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr const char* kHeaders[SourceModel::kColumnCount] = {"", "file", "machine", "sessions", "lines", "unknown"};

Severity state_of(const Source& source) {
    if (std::any_of(source.problems.begin(), source.problems.end(), [](const SourceProblem& p) { return p.fatal; }))
        return Severity::critical;
    return source.problems.empty() ? Severity::none : Severity::medium;
}

const char* state_words(Severity state) {
    if (state == Severity::critical) return "reading stopped";
    return state == Severity::none ? "read" : "read, with problems";
}

QString line_end_words(LineEnd end) {
    switch (end) {
        case LineEnd::cr:
            return QStringLiteral("CR");
        case LineEnd::lf:
            return QStringLiteral("LF");
        case LineEnd::crlf:
            return QStringLiteral("CR LF");
        case LineEnd::mixed:
            return QStringLiteral("mixed");
        case LineEnd::none:
            break;
    }
    return QStringLiteral("none");
}

QString row(const QString& name, const QString& value) {
    return QStringLiteral("<tr><td style='color:%1; padding-right:12px'>%2</td><td>%3</td></tr>")
        .arg(tokens().muted.name(), name, value);
}

QString problem_html(const SourceProblem& problem) {
    const QColor colour = problem.fatal ? tokens().critical : tokens().medium;
    const QString where = problem.offset >= 0 ? " · byte " + count_text(problem.offset) : QString();
    const QString often = problem.count > 1 ? " · " + count_text(problem.count) + " times" : QString();
    return QStringLiteral("<p><span style='color:%1'>%2 <b>%3</b></span><span style='color:%4'>%5</span><br>%6</p>")
        .arg(colour.name(), problem.fatal ? "▲" : "●", problem.fatal ? "Reading stopped" : "Read on", tokens().muted.name(),
             where + often, qstring(problem.message).toHtmlEscaped());
}

QString account_html(const Source& source) {
    QString html =
        QStringLiteral("<p><b>%1</b></p><table cellpadding='2' cellspacing='0'>").arg(qstring(source.name).toHtmlEscaped());
    html += row("format", qstring(source.format).toHtmlEscaped() + (source.gzip ? ", gzip" : ""));
    if (is_text_log(source))
        html += row("profile",
                    QStringLiteral("<a style='color:%1' href='profile'>show, choose or edit it</a>").arg(tokens().accent.name()));
    html += row("encoding", qstring(source.encoding).toHtmlEscaped());
    html += row("line ends", line_end_words(source.line_end));
    html += row("machine", source.machine.empty() ? QStringLiteral("unknown") : qstring(source.machine).toHtmlEscaped());
    html += row("time",
                known(source.first_time) ? span_text(source.first_time, source.last_time) : QStringLiteral("none on its lines"));
    html += row("sessions", count_text(source.sessions) + " and " + counted(source.intervals, "interval", "intervals"));
    html += row("lines", count_text(source.lines) + " in " + counted(source.bytes, "byte", "bytes"));
    const QString missing = count_text(source.lines_not_understood);
    html += row("not understood",
                source.lines_not_understood == 0
                    ? QStringLiteral("none")
                    : QStringLiteral("%1 · <a style='color:%2' href='lines'>list them</a>").arg(missing, tokens().accent.name()));
    html += row("masked", counted(source.card_numbers_masked, "card number", "card numbers") + ", " +
                              counted(source.account_numbers_masked, "account number", "account numbers"));
    html += "</table>";
    for (const SourceProblem& problem : source.problems) html += problem_html(problem);
    if (!source.problems.empty())
        html += QStringLiteral("<p><a style='color:%1' href='copy'>Copy details</a></p>").arg(tokens().accent.name());
    return html + QStringLiteral("<p style='color:%1'>%2</p>")
                      .arg(tokens().muted.name(), short_path(qstring(source.path.string())).toHtmlEscaped());
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
    endResetModel();
}

int SourceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !snapshot_ ? 0 : static_cast<int>(snapshot_->sources.size());
}
int SourceModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumnCount; }

QVariant SourceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Source& source = snapshot_->sources[static_cast<std::size_t>(index.row())];
    const bool number = index.column() >= sessions;
    switch (role) {
        case Qt::AccessibleTextRole:
            if (index.column() == state) return state_words(state_of(source));
            [[fallthrough]];
        case Qt::DisplayRole:
            switch (index.column()) {
                case name:
                    return qstring(source.name);
                case machine:
                    return qstring(source.machine);
                case sessions:
                    return count_text(source.sessions);
                case lines:
                    return count_text(source.lines);
                case not_understood:
                    return count_text(source.lines_not_understood);
                default:
                    return QString();
            }
        case Qt::TextAlignmentRole:
            return int(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
        case Qt::ToolTipRole:
            return QStringLiteral("%1: %2").arg(qstring(source.name), state_words(state_of(source)));
        case kSeverityRole:
            return static_cast<int>(state_of(source));
        default:
            return {};
    }
}

QVariant SourceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumnCount) return {};
    if (role == Qt::DisplayRole) return QString::fromLatin1(kHeaders[section]);
    if (role == Qt::ToolTipRole && section == not_understood) return QStringLiteral("Lines that nothing understood");
    if (role == Qt::TextAlignmentRole) return int(Qt::AlignVCenter | (section >= sessions ? Qt::AlignRight : Qt::AlignLeft));
    return {};
}

SourcesPanel::SourcesPanel(QWidget* parent)
    : QWidget(parent), model_(new SourceModel(this)), view_(new QTableView), account_(new QLabel) {
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
    account_->setContentsMargins(12, 6, 12, 12);
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
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SourcesPanel::showAccount);
    connect(view_, &QTableView::activated, this, &SourcesPanel::requestCurrent);
    connect(account_, &QLabel::linkActivated, this, [this](const QString& link) {
        const int row = view_->currentIndex().row();
        if (link == "copy" && row >= 0)
            QApplication::clipboard()->setText(plain_problems(snapshot_->sources[static_cast<std::size_t>(row)]));
        if (link == "lines") requestCurrent();
        if (link == "profile" && row >= 0) emit profileRequested(SourceIndex(static_cast<std::uint32_t>(row)));
    });
    connect(&Theme::instance(), &Theme::changed, this, &SourcesPanel::showAccount);
}

SourcesPanel::~SourcesPanel() { delete view_; }  // before its model: a dying model would move the current row

void SourcesPanel::setSnapshot(Snapshot snapshot) {
    const int row = std::max(view_->currentIndex().row(), 0);
    snapshot_ = std::move(snapshot);
    model_->setSnapshot(snapshot_);
    if (model_->rowCount() > 0) {
        fit_columns(*view_);
        view_->setCurrentIndex(model_->index(std::min(row, model_->rowCount() - 1), SourceModel::state));
    }
    showAccount();
}

void SourcesPanel::showAccount() {
    const int row = view_->currentIndex().row();
    if (!snapshot_ || row < 0) return account_->setText("<p>No file is open.</p>");
    account_->setText(account_html(snapshot_->sources[static_cast<std::size_t>(row)]));
}

std::optional<SourceIndex> SourcesPanel::current() const {
    const int row = view_->currentIndex().row();
    return snapshot_ && row >= 0 ? std::optional(SourceIndex(static_cast<std::uint32_t>(row))) : std::nullopt;
}

void SourcesPanel::requestCurrent() {
    const int row = view_->currentIndex().row();
    if (snapshot_ && row >= 0 && snapshot_->sources[static_cast<std::size_t>(row)].lines_not_understood > 0) {
        emit notUnderstoodRequested(SourceIndex(static_cast<std::uint32_t>(row)));
    }
}

}  // namespace abm
