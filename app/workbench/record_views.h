// Fills log and why for the selected record: asks the job, hands out the answers, drops what is stale.
#pragma once

#include <QObject>

#include "app/workbench/explain_job.h"
#include "app/workbench/log_reader.h"
#include "app/workbench/packet_reader.h"
#include "app/workbench/series_reader.h"
#include "core/pipeline/workspace_session.h"
#include "widgets/selection.h"

namespace abm {

class LogPanel;
class WhyPanel;

class RecordViews : public QObject {
    Q_OBJECT
public:
    /// why: null where nothing but the log is shown.
    RecordViews(Selection& selection, LogPanel& log, WhyPanel* why, QObject* parent);

    /// Views nobody sees ask for nothing; they catch up when they are seen again.
    void setActive(bool active);

    /// Reads the log of the selected record again; the selection must have been rebased to the snapshot before.
    void setLoaded(const Loaded& loaded);
    /// The same records with other labels or scores: the log stays, the explanation is asked for again.
    void setRescored(const Loaded& loaded);
    /// While files are being read the models have not been asked yet; afterwards they never will be for what is partial.
    void setBusy(bool busy);
    void showNotUnderstood(SourceIndex source);
    /// Everything asked for has been answered.
    LogReader& logReader() { return log_reader_; }
    bool settled() const {
        return !pending_lines_ && !pending_explanation_ && log_reader_.settled() && packets_.settled() && series_.settled();
    }
    /// Which files are gone or have another content than the one that was read; said above the log.
    void setSourceStates(std::vector<WorkspaceSession::SourceState> states);

signals:
    void explained(const abm::ShownExplanation& explanation);  ///< of the selected record
    void readAgainWanted(const QString& path);                 ///< the file in its present state
    void locateWanted(const QString& path);                    ///< a file that is gone

private:
    void follow();
    void requestLines();
    void stopLines();
    void requestExplanation();
    void showLines(const std::vector<LogLine>& lines);
    void showPage(ShownPage page);
    void showFailure(const QString& message);
    void arrive(std::int64_t offset);
    void showNotice();
    void showList(SourceIndex source, const std::vector<LogLine>& lines);
    const Record& record(std::uint32_t at) const { return loaded_.snapshot->records[at]; }

    Selection& selection_;
    LogPanel& log_;
    WhyPanel* why_;
    Loaded loaded_;
    std::uint32_t shown_ = 0;  ///< record
    std::vector<WorkspaceSession::SourceState> states_;
    bool active_ = true;
    bool busy_ = false;
    bool pending_lines_ = false;
    bool pending_explanation_ = false;
    ExplainJob job_;
    LogReader log_reader_;
    PacketReader packets_;
    SeriesReader series_;
    LatestJob<ShownPage> page_;
};

}  // namespace abm
