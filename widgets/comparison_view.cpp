#include "widgets/comparison_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "widgets/empty_state.h"
#include "widgets/format.h"
#include "widgets/table_style.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kRecordRole = Qt::UserRole;

QLabel* line(const char* name) {
    auto* const label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    return label;
}

QTableView* table(QStandardItemModel* model, const QString& name) {
    auto* const view = new QTableView;
    view->setModel(model);
    view->setItemDelegate(new TableDelegate(-1, 0, view));
    style_table(*view);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setAccessibleName(name);
    return view;
}

QString signed_count(std::int64_t count) {
    return count > 0 ? '+' + count_text(count) : count < 0 ? "−" + count_text(-count) : QStringLiteral("±0");
}

// Finding more and flagging less is good.
QString change_html(std::optional<std::int64_t> change, bool more_is_better) {
    if (!change) return {};
    const bool better = more_is_better ? *change > 0 : *change < 0;
    const QColor colour = *change == 0 ? tokens().muted : better ? tokens().good : tokens().critical;
    return QStringLiteral(" <span style='color:%1'>%2</span>").arg(colour.name(), signed_count(*change));
}

}  // namespace

ComparisonView::ComparisonView(QWidget* parent)
    : QWidget(parent),
      summary_(line("muted")),
      measures_model_(new QStandardItemModel(this)),
      caveat_(line("muted")),
      confusion_(line("")),
      changes_model_(new QStandardItemModel(this)),
      changes_stack_(new QStackedWidget),
      no_changes_(new EmptyState),
      changes_title_(line("sectionTitle")) {
    measures_ = table(measures_model_, "Measures before and after");
    measures_->setFocusPolicy(Qt::TabFocus);
    changes_ = table(changes_model_, "Records that changed side");
    auto* const split = new QSplitter(Qt::Horizontal);
    split->setHandleWidth(1);
    split->setChildrenCollapsible(false);
    split->addWidget(makeFigures());
    split->addWidget(makeChanges());
    split->setStretchFactor(0, 0);
    split->setStretchFactor(1, 1);
    split->setSizes({360, 320});
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);
    connect(changes_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        const QVariant record = changes_model_->index(row.row(), 0).data(kRecordRole);
        if (record.isValid()) emit recordChosen(RecordIndex(record.toUInt()));
    });
    connect(changes_, &QTableView::clicked, this, [this](const QModelIndex& row) {
        const QVariant record = changes_model_->index(row.row(), 0).data(kRecordRole);
        if (record.isValid()) emit recordChosen(RecordIndex(record.toUInt()));
    });
    connect(&Theme::instance(), &Theme::changed, this, &ComparisonView::refresh);
    setMinimumHeight(120);
}

QWidget* ComparisonView::makeFigures() {
    auto* const content = new QWidget;
    content->setObjectName("plain");
    auto* const layout = new QVBoxLayout(content);
    layout->setContentsMargins(6, 8, 6, 8);
    layout->setSpacing(6);
    measures_->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    measures_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    confusion_->setTextFormat(Qt::RichText);
    confusion_->setAccessibleName("Confusion at the threshold");
    for (QLabel* label : {summary_, caveat_}) label->setContentsMargins(6, 0, 6, 0);
    confusion_->setContentsMargins(6, 0, 6, 0);
    layout->addWidget(summary_);
    layout->addWidget(measures_);
    layout->addWidget(confusion_);
    layout->addWidget(caveat_);
    layout->addStretch(1);
    auto* const scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(260);
    return scroll;
}

QWidget* ComparisonView::makeChanges() {
    auto* const side = new QWidget;
    auto* const layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
    changes_title_->setContentsMargins(6, 0, 6, 0);
    changes_stack_->addWidget(changes_);
    changes_stack_->addWidget(no_changes_);
    side->setMinimumWidth(200);
    layout->addWidget(changes_title_);
    layout->addWidget(changes_stack_, 1);
    return side;
}

void ComparisonView::setSnapshot(Snapshot snapshot) {
    if (snapshot == snapshot_) return;
    const bool same_records = snapshot && snapshot_ && snapshot->records.size() == snapshot_->records.size();
    snapshot_ = std::move(snapshot);
    if (!same_records) fillChanges();  // labels alone move no record
}

void ComparisonView::setComparison(const ShownComparison& comparison) {
    comparison_ = comparison;
    refresh();
}

void ComparisonView::refresh() {
    fillMeasures();
    fillConfusion();
    fillChanges();
}

void ComparisonView::fillMeasures() {
    summary_->setText(comparison_.summary);
    summary_->setVisible(!comparison_.summary.isEmpty());
    caveat_->setText(comparison_.caveat);
    caveat_->setVisible(!comparison_.caveat.isEmpty());
    measures_->setVisible(!comparison_.measures.empty());
    measures_model_->clear();
    measures_model_->setHorizontalHeaderLabels({"measure", comparison_.before_name, comparison_.after_name, "difference"});
    for (int column = 0; column < 4; ++column) {
        measures_model_->setHeaderData(column, Qt::Horizontal, int(Qt::AlignVCenter | (column ? Qt::AlignRight : Qt::AlignLeft)),
                                       Qt::TextAlignmentRole);
    }
    for (const ShownMeasure& measure : comparison_.measures) {
        QStandardItem* const difference = table_item(measure.difference, Qt::AlignRight);
        difference->setData(measure.better > 0   ? tokens().good
                            : measure.better < 0 ? tokens().critical
                                                 : tokens().muted,
                            Qt::ForegroundRole);
        difference->setToolTip(measure.better > 0 ? "better" : measure.better < 0 ? "worse" : "no clear difference");
        QStandardItem* const after = table_item(measure.after, Qt::AlignRight);
        after->setToolTip(measure.interval);
        measures_model_->appendRow({table_item(measure.name), table_item(measure.before, Qt::AlignRight), after, difference});
    }
    fit_columns(*measures_);
    measures_->setColumnHidden(1, comparison_.before_name.isEmpty());
    measures_->setColumnHidden(3, comparison_.before_name.isEmpty());
    const int rows = static_cast<int>(comparison_.measures.size());
    measures_->setFixedHeight(measures_->horizontalHeader()->sizeHint().height() + rows * kRowHeight + 2);
}

void ComparisonView::fillConfusion() {
    confusion_->setVisible(comparison_.confusion.has_value());
    if (!comparison_.confusion) return;
    const ShownConfusion& c = *comparison_.confusion;
    const auto box = [](std::int64_t count, const QString& change) {
        return QStringLiteral("<td align='right' style='padding:2px 14px 2px 0'>%1%2</td>").arg(count_text(count), change);
    };
    const auto word = [](const QString& text, const char* align = "left") {
        return QStringLiteral("<td align='%3' style='padding:2px 14px 2px 0; color:%1'>%2</td>")
            .arg(tokens().muted.name(), text, QLatin1String(align));
    };
    confusion_->setText("<table><tr>" + word("at the threshold") + word("flagged", "right") + word("passed", "right") +
                        "</tr><tr>" + word("labelled × anomaly") + box(c.anomaly_found, change_html(c.found_change, true)) +
                        box(c.anomaly_missed, change_html(c.missed_change, false)) + "</tr><tr>" + word("labelled ✓ normal") +
                        box(c.normal_flagged, change_html(c.flagged_change, false)) +
                        box(c.normal_passed, change_html(c.passed_change, true)) + "</tr></table>");
}

void ComparisonView::fillChanges() {
    const QSignalBlocker quiet(changes_->selectionModel());
    changes_model_->clear();
    changes_model_->setHorizontalHeaderLabels({"time", "machine", "type", "before", "after", "because"});
    for (int column = 0; column < 6; ++column) {
        const bool number = column == 3 || column == 4;
        changes_model_->setHeaderData(column, Qt::Horizontal, int(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft)),
                                      Qt::TextAlignmentRole);
    }
    const auto here = [&](const ShownChange& change) { return snapshot_ && raw(change.record) < snapshot_->records.size(); };
    std::vector<RecordIndex> changed;
    for (const ShownChange& change : comparison_.changes) {
        if (here(change)) changed.push_back(change.record);
    }
    const DateDetail detail = snapshot_ ? date_detail(*snapshot_, changed) : DateDetail::clock;
    for (const ShownChange& change : comparison_.changes) {
        if (!here(change)) continue;
        const Record& record = snapshot_->records[raw(change.record)];
        const bool up = change.after > change.before;
        QStandardItem* const time = table_item(when_text(record.start, detail));
        time->setData(raw(change.record), kRecordRole);
        QStandardItem* const after = table_item(score_text(change.after) + (up ? " ↑" : " ↓"), Qt::AlignRight);
        after->setData(up ? tokens().critical : tokens().muted, Qt::ForegroundRole);
        QStandardItem* const because = table_item(change.because);
        because->setData(tokens().muted, Qt::ForegroundRole);
        because->setToolTip(change.because);
        changes_model_->appendRow({time, table_item(qstring(snapshot_->machine_of(record))),
                                   table_item(qstring(display_name(record.type))),
                                   table_item(score_text(change.before), Qt::AlignRight), after, because});
    }
    const bool any = changes_model_->rowCount() > 0;
    changes_title_->setText(
        comparison_.changed_sides == 0 && !any
            ? QStringLiteral("Records that changed side")
            : QStringLiteral("Records that changed side · %1, largest change first").arg(count_text(comparison_.changed_sides)));
    no_changes_->say(
        comparison_.changed_sides > 0 && !any
            ? QStringLiteral("%1 changed side when this model was made. The list is kept for the newest candidate only.")
                  .arg(counted(comparison_.changed_sides, "record", "records"))
            : QStringLiteral("No record changed side: this model draws the line where the one before drew it."));
    changes_stack_->setCurrentIndex(any ? 0 : 1);
    fit_columns(*changes_);
}

}  // namespace abm
