// Fills log and why for the selected record: asks the job, hands out the answers, drops what is stale.
#pragma once

#include <QObject>

#include "app/workbench/explain_job.h"
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
    bool settled() const { return pending_lines_ == false && pending_explanation_ == false; }

signals:
    void explained(const abm::ShownExplanation& explanation);  ///< of the selected record

private:
    void follow();
    void requestLines();
    void requestExplanation();
    void extend(int direction);
    void showLines(const std::vector<LogLine>& lines);
    void showList(SourceIndex source, const std::vector<LogLine>& lines);
    std::vector<Evidence> evidenceShown() const;
    const Record& record(std::uint32_t at) const { return loaded_.snapshot->records[at]; }

    Selection& selection_;
    LogPanel& log_;
    WhyPanel* why_;
    Loaded loaded_;
    std::uint32_t first_ = 0;  ///< records shown: first_..last_, of one source
    std::uint32_t last_ = 0;
    bool active_ = true;
    bool busy_ = false;
    bool pending_lines_ = false;
    bool pending_explanation_ = false;
    ExplainJob job_;
};

}  // namespace abm
