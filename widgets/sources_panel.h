// The files that were opened and how each was understood.
#pragma once

#include <QAbstractTableModel>
#include <QLabel>
#include <QTableView>

#include "widgets/snapshot.h"

namespace abm {

class SourceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { state, name, machine, sessions, lines, not_understood, kColumnCount };
    static constexpr int kSeverityRole = Qt::UserRole + 1;  ///< critical: unreadable, medium: problems, none: read

    using QAbstractTableModel::QAbstractTableModel;
    void setSnapshot(Snapshot snapshot);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Snapshot snapshot_;
};

/// A list of sources above the account of the selected one.
class SourcesPanel : public QWidget {
    Q_OBJECT
public:
    explicit SourcesPanel(QWidget* parent = nullptr);
    ~SourcesPanel() override;
    void setSnapshot(Snapshot snapshot);
    QTableView* view() const { return view_; }
    QLabel* account() const { return account_; }
    std::optional<SourceIndex> current() const;

signals:
    void notUnderstoodRequested(abm::SourceIndex source);  ///< double click, Enter, or the link in the account
    void profileRequested(abm::SourceIndex source);        ///< of a text log: the link in the account

private:
    void showAccount();
    void requestCurrent();

    Snapshot snapshot_;
    SourceModel* model_;
    QTableView* view_;
    QLabel* account_;
};

}  // namespace abm
