#include "widgets/table_style.h"

#include <QHeaderView>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/severity_shape.h"
#include "widgets/tabular_text.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kSidePadding = 6;

}  // namespace

void TableDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    painter->save();
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(option.rect, tokens().accent_wash);
    } else if (option.state & QStyle::State_MouseOver) {
        painter->fillRect(option.rect, tokens().sunk);
    } else if (const QVariant ground = index.data(Qt::BackgroundRole); ground.isValid()) {
        painter->fillRect(option.rect, ground.value<QColor>());
    }
    if (index.column() == severity_column_) {
        painter->setRenderHint(QPainter::Antialiasing);
        paint_severity(*painter, QRectF(option.rect).center(), 10, static_cast<Severity>(index.data(severity_role_).toInt()));
    } else {
        const QVariant colour = index.data(Qt::ForegroundRole);
        painter->setPen(colour.isValid() ? colour.value<QColor>() : tokens().text);
        painter->setFont(option.font);
        const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
        draw_tabular(*painter, QRectF(option.rect).adjusted(kSidePadding, 0, -kSidePadding, 0), alignment,
                     index.data().toString());
    }
    painter->restore();
}

QSize TableDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const qreal text = tabular_width(QFontMetricsF(option.font), index.data().toString());
    return {static_cast<int>(std::ceil(text)) + 2 * kSidePadding, kRowHeight};
}

void style_table(QTableView& table) {
    table.setShowGrid(false);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setSelectionMode(QAbstractItemView::ExtendedSelection);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setWordWrap(false);
    table.setTabKeyNavigation(false);
    table.setMouseTracking(true);
    table.setCornerButtonEnabled(false);
    table.setFrameShape(QFrame::NoFrame);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.verticalHeader()->setMinimumSectionSize(kRowHeight);
    table.verticalHeader()->setDefaultSectionSize(kRowHeight);
    table.horizontalHeader()->setHighlightSections(false);
    table.horizontalHeader()->setMinimumSectionSize(24);
    table.horizontalHeader()->setStretchLastSection(true);
}

void fit_columns(QTableView& table, int sample) {
    const auto* const model = table.model();
    const int rows = std::min(model->rowCount(), sample);
    const QFontMetricsF cells(ui_font(), &table);  // not table.font(): it may not be polished yet
    const QFontMetricsF headers(ui_font(11), &table);
    for (int column = 0; column < model->columnCount(); ++column) {
        qreal width = headers.horizontalAdvance(model->headerData(column, Qt::Horizontal).toString());
        for (int row = 0; row < rows; ++row)
            width = std::max(width, tabular_width(cells, model->index(row, column).data().toString()));
        table.setColumnWidth(column, std::max(24, static_cast<int>(std::ceil(width)) + 2 * kSidePadding));
    }
}

QStandardItem* table_item(const QString& text, Qt::Alignment alignment) {
    auto* const item = new QStandardItem(text);
    item->setEditable(false);
    item->setData(int(alignment | Qt::AlignVCenter), Qt::TextAlignmentRole);
    return item;
}

}  // namespace abm
