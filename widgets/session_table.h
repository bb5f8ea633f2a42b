// The list of sessions: filtered, sorted, following the shared selection.
#pragma once

#include <QStackedWidget>
#include <QTableView>

#include "widgets/latest_job.h"
#include "widgets/selection.h"
#include "widgets/session_columns.h"
#include "widgets/session_model.h"

class QMenu;

namespace abm {

class EmptyState;

/// Queries of large snapshots run off the UI thread; until the result is there the old rows stay on the screen.
class SessionTable : public QStackedWidget {
    Q_OBJECT
public:
    explicit SessionTable(Selection& selection, QWidget* parent = nullptr);
    ~SessionTable() override;

    void setSnapshot(Snapshot snapshot);
    void setFilter(const RecordFilter& filter);
    /// While files are being read an empty list says so.
    void setBusy(bool busy);
    bool settled() const { return !job_.running(); }
    const RecordFilter& filter() const { return filter_; }
    void setOrder(RecordOrder order);

    QTableView* view() const { return view_; }
    SessionModel* model() const { return model_; }
    EmptyState* emptyState() const { return empty_; }
    SessionColumns& columns() { return *columns_; }
    const SessionColumns& columns() const { return *columns_; }
    /// Those of the selected rows, in the order of the list.
    std::vector<RecordIndex> chosen() const;
    /// The selected rows to the clipboard, with the columns one sees.
    void copy(bool headers);
    void copyNames();
    /// The next row nobody has decided, from the row of `after` on and round to it; nullopt when there is none.
    std::optional<RecordIndex> nextUnlabelled(std::optional<RecordIndex> after) const;

signals:
    /// A query is answered: shown records, and whether the selected one is among them.
    void listed(std::int64_t shown);
    void filterWanted(
        const abm::RecordFilter& filter);  ///< the empty state or the menu of a cell offered it, and the user took it
    void chosenChanged();
    void said(const QString& words);  ///< what is selected adds up to; empty when it is one record again

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectView();
    void askForCell(QPoint at);
    void offerFilters(QMenu& menu, const Record& record);
    void query();
    void install(Snapshot snapshot, RecordList list);
    void takeChoice();
    void sayChosen();
    std::vector<std::uint32_t> chosenRecords() const;
    void chooseAgain(const std::vector<std::uint32_t>& records);
    void followSelection();
    void explainEmptiness();

    Selection& selection_;
    SessionModel* model_;
    QTableView* view_;
    EmptyState* empty_;
    Snapshot snapshot_;
    RecordFilter filter_;
    RecordOrder order_;
    SessionColumns* columns_;
    bool several_ = false;  ///< rows are selected, and it was said
    bool any_label_ = false;
    bool widths_fitted_ = false;
    bool following_ = false;
    bool busy_ = false;
    LatestJob<RecordList> job_;
    LatestJob<QString> copying_;
};

}  // namespace abm
