// Before and after: what a model says on labels it has not seen, against the one before, and which records changed sides.
#pragma once

#include <QStandardItemModel>
#include <QTableView>
#include <QWidget>

#include "widgets/shown_model.h"
#include "widgets/snapshot.h"

class QGridLayout;
class QLabel;
class QSplitter;
class QStackedWidget;

namespace abm {

class EmptyState;

class ComparisonView : public QWidget {
    Q_OBJECT
public:
    explicit ComparisonView(QWidget* parent = nullptr);

    void setSnapshot(Snapshot snapshot);
    void setComparison(const ShownComparison& comparison);
    QTableView* measures() const { return measures_; }
    QTableView* changes() const { return changes_; }
    QLabel* caveat() const { return caveat_; }
    QLabel* changesTitle() const { return changes_title_; }

signals:
    void recordChosen(abm::RecordIndex record);

private:
    QWidget* makeFigures();
    QWidget* makeChanges();
    void fillMeasures();
    void fillConfusion();
    void fillChanges();
    void refresh();

    Snapshot snapshot_;
    ShownComparison comparison_;
    QLabel* summary_;
    QTableView* measures_;
    QStandardItemModel* measures_model_;
    QLabel* caveat_;
    QLabel* confusion_;
    QTableView* changes_;
    QStandardItemModel* changes_model_;
    QStackedWidget* changes_stack_;
    EmptyState* no_changes_;
    QLabel* changes_title_;
};

}  // namespace abm
