#include "widgets/verdict_list.h"

#include <QGridLayout>
#include <QLabel>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/pane.h"
#include "widgets/verdict_words.h"

namespace abm {
namespace {

constexpr int kMostMachine_px = 90;  // of the ends of a conversation the middle gives way

QString seconds_text(std::int32_t decided_ms) {
    return decided_ms < 0 ? QString() : QString::number(decided_ms / 1000.0, 'f', 1) + " s";
}

}  // namespace

VerdictList::VerdictList(QWidget* parent) : QWidget(parent), grid_(new QGridLayout(this)) {
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(12);
    grid_->setVerticalSpacing(5);
    grid_->setColumnStretch(2, 1);
}

void VerdictList::showVerdicts(const std::vector<ShownVerdict>& newest_first) {
    while (QLayoutItem* item = grid_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto shown = std::min<std::size_t>(newest_first.size(), kMost);
    for (std::size_t at = 0; at < shown; ++at) {
        const ShownVerdict& verdict = newest_first[at];
        const QString many = verdict.records > 1 ? " · " + counted(verdict.records, "record", "records") : QString();
        const QString cells[] = {verdict.time, verdict.machine, verdict_text(verdict.label, verdict.type) + many,
                                 seconds_text(verdict.decided_ms)};
        for (int column = 0; column < 4; ++column) {
            const bool gives_way = column == 1 || column == 2;
            QLabel* const cell = gives_way ? new ElidedLabel(cells[column]) : new QLabel(cells[column]);
            if (column == 1) cell->setFixedWidth(std::min(cell->sizeHint().width(), kMostMachine_px));
            cell->setTextFormat(Qt::PlainText);
            if (gives_way) cell->setToolTip(cells[column]);
            if (column != 2) cell->setObjectName("muted");
            grid_->addWidget(cell, static_cast<int>(at), column,
                             column == 3   ? Qt::AlignRight
                             : column == 2 ? Qt::Alignment()
                                           : Qt::AlignLeft);
        }
    }
}

QStringList VerdictList::lines() const {
    QStringList lines;
    for (int row = 0; row < grid_->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < 4; ++column) {
            const QLayoutItem* const item = grid_->itemAtPosition(row, column);
            if (item) cells.append(static_cast<QLabel*>(item->widget())->text());
        }
        if (!cells.isEmpty()) lines.append(cells.join(' ').trimmed());
    }
    return lines;
}

}  // namespace abm
