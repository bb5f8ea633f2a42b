// The label queue: a list that follows the shared selection.
#pragma once

#include <QStackedWidget>
#include <QTableView>

#include "widgets/queue_model.h"
#include "widgets/selection.h"

namespace abm {

class EmptyState;

class QueuePanel : public QStackedWidget {
    Q_OBJECT
public:
    explicit QueuePanel(Selection& selection, QWidget* parent = nullptr);
    ~QueuePanel() override;

    void setQueue(Snapshot snapshot, std::vector<ShownQueueEntry> entries);
    /// Why there may be no queue: shown while it is empty.
    void setEmptyWords(const QString& words);
    QTableView* view() const { return view_; }
    QueueModel* model() const { return model_; }
    EmptyState* emptyState() const { return empty_; }
    /// Those of the selected rows, in the order of the queue.
    std::vector<RecordIndex> chosen() const;
    /// The entry behind the record, or the first when it is not queued; nullopt when there is no other.
    std::optional<RecordIndex> after(std::optional<RecordIndex> record) const;

signals:
    void chosenChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void copy() const;
    void takeChoice();
    void followSelection();

    Selection& selection_;
    QueueModel* model_;
    QTableView* view_;
    EmptyState* empty_;
    bool following_ = false;
};

}  // namespace abm
