// The one selection all views share: record, line, time range; with a history to go back and forth in.
#pragma once

#include <QObject>
#include <optional>
#include <vector>

#include "widgets/snapshot.h"

namespace abm {

/// UI thread only. Every view follows the signals and sets the selection by the slots; none keeps one of its own.
class Selection : public QObject {
    Q_OBJECT
public:
    explicit Selection(QObject* parent = nullptr) : QObject(parent), history_(1) {}

    std::optional<RecordIndex> record() const { return now().record; }
    /// Offset of the selected line in the source of the selected record.
    std::optional<std::int64_t> line() const { return now().line; }
    std::optional<TimeRange> range() const { return now().range; }

    /// A new record makes a step of the history; the same record again only moves the line.
    void selectRecord(RecordIndex record, std::optional<std::int64_t> line = std::nullopt);
    void selectLine(std::int64_t offset);
    void setRange(std::optional<TimeRange> range);

    bool canGoBack() const { return at_ > 0; }
    bool canGoForward() const { return at_ + 1 < history_.size(); }
    void goBack();
    void goForward();

    /// Carries the selection and its history over to a newer snapshot of the same load: records are known by source and offset.
    /// Steps whose record is gone are dropped.
    void rebase(const Investigation& before, const Investigation& after);
    void clear();

signals:
    void recordChanged();  ///< the line may have changed with it; lineChanged follows
    void lineChanged();
    void rangeChanged();
    void historyChanged();

private:
    struct State {
        std::optional<RecordIndex> record;
        std::optional<std::int64_t> line;
        std::optional<TimeRange> range;
    };
    const State& now() const { return history_[at_]; }
    void moveTo(std::size_t at);

    std::vector<State> history_;  ///< never empty
    std::size_t at_ = 0;
};

}  // namespace abm
