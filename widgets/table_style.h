// How all our tables look and copy.
#pragma once

#include <QStandardItem>
#include <QStyledItemDelegate>
#include <QTableView>

namespace abm {

/// Paints tabular figures, the severity shape of `severity_column` and a quiet selection without focus frame.
class TableDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// severity_role: role that gives a Severity as int; severity_column: -1 for a table without.
    TableDelegate(int severity_column, int severity_role, QObject* parent)
        : QStyledItemDelegate(parent), severity_column_(severity_column), severity_role_(severity_role) {}
    void paint(QPainter*, const QStyleOptionViewItem&, const QModelIndex&) const override;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override;

private:
    int severity_column_;
    int severity_role_;
};

/// Rows of 23 px, no grid, whole rows selected, scrolling by pixel sideways and by row downwards.
void style_table(QTableView& table);

/// Widths that fit header and the first `sample` rows; every column keeps at least its header.
void fit_columns(QTableView& table, int sample = 200);

/// A cell that is read and not edited.
QStandardItem* table_item(const QString& text, Qt::Alignment alignment = Qt::AlignLeft);

}  // namespace abm
