// Reads for a log panel, off the UI thread: pages, line numbers, matches, places.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <list>
#include <memory>
#include <mutex>

#include "app/workbench/log_pages.h"
#include "core/pipeline/search_log.h"
#include "widgets/latest_job.h"
#include "widgets/log_find_bar.h"

namespace abm {

class LogPanel;

/// Answers what one panel asks for about the source it shows. UI thread only; the latest question of each kind wins.
class LogReader : public QObject {
    Q_OBJECT
public:
    LogReader(LogPanel& panel, QObject* parent);

    /// The source the panel shows from now on; a search goes on only while source and scope stay the same.
    void setOrigin(Snapshot snapshot, SourceIndex source, RecordIndex selected);
    void clear();
    const LogOrigin& origin() const { return origin_; }
    bool settled() const {
        return !page_.running() && !step_.running() && !place_.running() && !search_.running() && !record_line_.running();
    }
    void stopSearch();  ///< what was found by then stays

signals:
    void arrived(std::int64_t offset);  ///< go to and find: a place to select
    void failed(const QString& message);
    void recordNumbered(std::int64_t offset, std::int64_t line);  ///< the number of its first line in the file
    /// A search that takes long; one of the others ends it.
    void searchIsLong(const QString& name, double megabytes);
    void searchProgressed(double fraction);
    void searchEnded(const QString& words);
    void searchStopped(const QString& words);

private:
    struct Mailbox {
        std::mutex mutex;
        std::shared_ptr<const LogMatches> latest;
    };
    void readPage(const LogRequest& request);
    void findIndex();
    void number();
    void numberRecord();
    void endLongSearch(bool complete);
    void find(const FindRequest& request);
    void startSearch();
    void poll();
    void showCount(std::int64_t number = 0);
    void stepMatch(int direction);
    void goTo(const QString& text, bool jump);

    LogPanel& panel_;
    LogOrigin origin_;
    FindRequest request_;
    std::optional<TextPattern> pattern_;
    std::shared_ptr<const LogMatches> matches_;
    std::shared_ptr<Mailbox> mailbox_;
    std::optional<LogMatchPlace> on_;  ///< the match one stands on
    int wanted_step_ = 0;              ///< asked for before it was found
    bool long_search_ = false;         ///< it was told of
    bool stopped_ = false;             ///< by the user
    QElapsedTimer since_;
    QTimer poll_;
    std::list<std::shared_ptr<LineIndex>> indexes_;  ///< the last sources', newest first
    std::list<std::string> index_keys_;
    LatestJob<ShownPage> page_;
    LatestJob<std::int64_t> number_;
    LatestJob<std::int64_t> record_line_;
    LatestJob<bool> index_;
    LatestJob<LogMatches> search_;
    LatestJob<std::optional<LogMatchPlace>> step_;
    LatestJob<FoundPlace> place_;
};

}  // namespace abm
