// The list of sessions: filtered, sorted, following the shared selection.
#pragma once

#include <QStackedWidget>
#include <QTableView>
#include <array>

#include "widgets/latest_job.h"
#include "widgets/selection.h"
#include "widgets/session_model.h"

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

    /// The menu of the header: which columns are shown. The type takes the width that is left; until the user has chosen,
    /// columns that find no room are left out.
    void showColumn(RecordColumn column, bool shown);
    bool showsColumn(RecordColumn column) const;
    /// Names of the columns the user hid, for the layout, empty before a choice; what restore cannot read changes nothing.
    QByteArray hiddenColumns() const;
    void restoreHiddenColumns(const QByteArray& names);
    void resetColumns();

    QTableView* view() const { return view_; }
    SessionModel* model() const { return model_; }
    EmptyState* emptyState() const { return empty_; }
    void copy() const;
    /// The next row nobody has decided, from the row of `after` on and round to it; nullopt when there is none.
    std::optional<RecordIndex> nextUnlabelled(std::optional<RecordIndex> after) const;

signals:
    /// A query is answered: shown records, and whether the selected one is among them.
    void listed(std::int64_t shown);
    void filterRelaxed(const abm::RecordFilter& filter);  ///< the empty state offered it and the user took it

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    using Hidden = std::array<bool, kRecordColumnCount>;

    int widthWanted() const;
    void fitWidths();
    void fillType();
    void askForColumns(QPoint at);
    void query();
    void install(Snapshot snapshot, RecordList list);
    void takeChoice();
    void followSelection();
    void explainEmptiness();

    Selection& selection_;
    SessionModel* model_;
    QTableView* view_;
    EmptyState* empty_;
    Snapshot snapshot_;
    RecordFilter filter_;
    RecordOrder order_;
    Hidden hidden_{};      ///< by column, as chosen or at first
    bool chosen_ = false;  ///< by the user
    bool any_label_ = false;
    bool widths_fitted_ = false;
    bool following_ = false;
    bool busy_ = false;
    LatestJob<RecordList> job_;
};

}  // namespace abm
