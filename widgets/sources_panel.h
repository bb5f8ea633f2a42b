// The files that were opened and how each was understood; those that could not be read stand behind them.
#pragma once

#include <QAbstractTableModel>
#include <QLabel>
#include <QTableView>
#include <functional>
#include <vector>

#include "widgets/snapshot.h"
#include "widgets/source_account.h"

class QPushButton;
class QStackedWidget;

namespace abm {

class SourceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { state, name, machine, records, lines, not_understood, kColumnCount };
    static constexpr int kSeverityRole = Qt::UserRole + 1;  ///< critical: unreadable, medium: problems, none: read

    using QAbstractTableModel::QAbstractTableModel;
    void setSnapshot(Snapshot snapshot);
    void setRescored(Snapshot snapshot);  ///< the same files; one may have grown
    /// Of these only path, name and problems are known.
    void setFailed(std::vector<Source> failed);
    const Source& source(int row) const;
    bool failed(int row) const { return row >= read(); }
    const SourceRecords& recordsOf(int row) const { return records_[static_cast<std::size_t>(row)]; }  ///< REQUIRES: not failed

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void countRecords();
    int read() const { return snapshot_ ? static_cast<int>(snapshot_->sources.size()) : 0; }

    Snapshot snapshot_;
    std::vector<SourceRecords> records_;  ///< by source
    std::vector<Source> failed_;
};

/// A list of sources above the account of the selected one, and below it what can be done with it.
class SourcesPanel : public QWidget {
    Q_OBJECT
public:
    explicit SourcesPanel(QWidget* parent = nullptr);
    ~SourcesPanel() override;
    void setSnapshot(Snapshot snapshot);
    /// The same files with other scores or labels, or grown: the chosen row, and a question that waits, stay.
    void setRescored(Snapshot snapshot);
    const Snapshot& snapshot() const { return snapshot_; }
    void setFailed(std::vector<Source> failed);
    /// Files are being read, or the workspace can only be read; empty: everything can be done.
    void setBlocked(const QString& why);
    QTableView* view() const { return view_; }
    QLabel* account() const { return account_; }
    QPushButton* readButton() const { return read_; }
    QPushButton* skipButton() const { return skip_; }
    QPushButton* takeOutButton() const { return take_out_; }
    QPushButton* copyButton() const { return copy_; }
    QLabel* question() const { return question_; }  ///< before a source is taken out
    QPushButton* sureButton() const { return sure_; }
    QPushButton* keepButton() const { return keep_; }
    std::optional<SourceIndex> current() const;

signals:
    void readRequested(const QString& path);               ///< once more
    void skipRequested(const QString& path);               ///< of a failed one: nobody wants to be told of it any more
    void takeOutRequested(abm::SourceIndex source);        ///< and the user was asked
    void notUnderstoodRequested(abm::SourceIndex source);  ///< double click, Enter, or the link in the account
    void readingRequested(abm::SourceIndex source);        ///< how a text log or a capture is read: the link in the account

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void chooseColumns();
    QWidget* makeSteps();
    QWidget* makeQuestion();
    void refill(const std::function<void()>& change);
    void showAccount();
    void tellAccount();
    void showSteps();
    void ask();
    void requestCurrent();
    int row() const { return view_->currentIndex().row(); }
    QString path() const;

    Snapshot snapshot_;
    QString blocked_why_;
    SourceModel* model_;
    QTableView* view_;
    QLabel* account_;
    QStackedWidget* foot_;
    QPushButton *read_, *skip_, *take_out_, *copy_;
    QLabel* question_;
    QPushButton *sure_, *keep_;
};

}  // namespace abm
