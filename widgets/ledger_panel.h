// The cash ledger: what moved, what the books demand, what the machine counted, and the difference; each cassette over time
// above.
#pragma once

#include <QStackedWidget>
#include <QTableView>

#include "widgets/latest_job.h"
#include "widgets/ledger_model.h"
#include "widgets/selection.h"

class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;

namespace abm {

class CassetteChart;
class EmptyState;

/// Ledgers of many movements are listed off the UI thread; until the rows are there the old ones stay on the screen.
class LedgerPanel : public QWidget {
    Q_OBJECT
public:
    explicit LedgerPanel(Selection& selection, QWidget* parent = nullptr);
    ~LedgerPanel() override;

    void setSnapshot(Snapshot snapshot);
    bool settled() const { return !job_.running(); }
    void setFilter(const LedgerFilter& filter);
    LedgerModel* model() const { return model_; }
    QTableView* view() const { return view_; }
    QLabel* totals() const { return totals_; }
    QPushButton* onlyDiscrepancies() const { return only_; }
    QPushButton* onlyThisMachine() const { return mine_; }
    QPushButton* cassettesShown() const { return cassettes_; }
    CassetteChart* chart() const { return chart_; }
    EmptyState* emptyState() const { return empty_; }
    /// Asks where to, then writes what is listed; answers with saved() or failed().
    void askAndSave();
    /// Throws Error{Io} naming the file.
    void saveCsv(const QString& path) const;

protected:
    void showEvent(QShowEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent*) override;

signals:
    void failed(const QString& message);
    void saved(const QString& path);

private:
    void refresh();
    void install(Snapshot snapshot, LedgerRows rows);
    void explainEmptiness();
    void takeChoice();
    void followSelection();
    void openMovement(std::uint32_t movement);
    void fitColumns();
    void arrange();
    std::vector<std::pair<int, int>> chosenRows() const;
    void updateTotals();

    Selection& selection_;
    Snapshot snapshot_;
    LedgerFilter filter_;
    LedgerModel* model_;
    QTableView* view_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    QLabel* totals_;
    QPushButton* only_;
    QPushButton* mine_;
    QPushButton* cassettes_;
    CassetteChart* chart_;
    QScrollArea* chart_scroll_;
    QSplitter* split_;
    std::vector<int> natural_;  ///< widths of the columns that cut nothing
    bool following_ = false;
    bool fit_ = false;  ///< the next rows are of another investigation: columns fit themselves to them
    LatestJob<LedgerRows> job_;
};

}  // namespace abm
