// Long work: what runs, how fast, what became of it; and the notices that go with it.
#pragma once

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QTime>
#include <QTimer>
#include <functional>
#include <optional>
#include <vector>

namespace abm {

/// One piece of work. Times in milliseconds since it began.
struct Job {
    enum class State { running, done, failed, cancelled };
    int id = 0;
    QString name;  ///< "Read 3 files"
    State state = State::running;
    QString stage;           ///< "reading"
    double fraction = -1;    ///< of the stage; negative: unknown
    double amount = -1;      ///< what the whole stage moves, in `unit`; negative: unknown
    QString unit;            ///< "MB", "records"
    qint64 stage_began = 0;  ///< its clock
    qint64 lasted = 0;       ///< at the last news, or in all
    QTime begun;
    QElapsedTimer clock;  ///< since it began
    QString result;       ///< in one sentence: what came of it, or why it failed
    std::function<void()> cancel, retry;

    QString rate() const;       ///< "41 MB/s", "1,200 records/s"; empty while it is not known
    QString left() const;       ///< "2 s left"
    QString stateText() const;  ///< "reading 61 %", "done", "failed", "cancelled"
};

/// The jobs of this sitting, newest first. A running job is listed when it has run for kListAfter_ms, a finished one at once.
/// UI thread only.
class JobList : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { name, state, rate, left, lasted, result, kColumnCount };
    static constexpr int kListAfter_ms = 10'000;
    static constexpr std::size_t kMostKept = 200;

    /// list_after_ms: for tests.
    explicit JobList(QObject* parent = nullptr, int list_after_ms = kListAfter_ms);

    /// The name, amount, unit, cancel and retry of `job` count. Returns its id.
    int begin(Job job);
    void setAmount(int id, double amount, const QString& unit);
    void progress(int id, double fraction, const QString& stage);
    void end(int id, Job::State how, const QString& words);  ///< nothing happens when it has ended already
    const Job* find(int id) const;                           ///< null: never heard of, or not kept any more
    const Job& at(int row) const { return jobs_[listed_[static_cast<std::size_t>(row)]]; }
    std::vector<int> running() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : kColumnCount; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

signals:
    void progressed(int id);
    void ended(int id);

private:
    Job* job(int id);
    void relist();
    void changed(int id);

    std::vector<Job> jobs_;            ///< newest first
    std::vector<std::size_t> listed_;  ///< rows: indices into jobs_
    std::vector<int> listed_ids_;      ///< of the rows
    QTimer look_;
    int list_after_ms_;
    int last_id_ = 0;
};

}  // namespace abm
