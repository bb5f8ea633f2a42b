// A place where an expert gives verdicts: the triage page, or label mode. What is done with a verdict is the label desk's.
#pragma once

#include <QString>
#include <optional>
#include <vector>

#include "core/base/ids.h"

class QWidget;

namespace abm {

class LabelPanel;

class LabelPlace {
public:
    virtual ~LabelPlace() = default;
    virtual LabelPanel& panel() = 0;
    virtual QWidget* home() = 0;  ///< has the focus while nobody types
    virtual void showWhy() = 0;   ///< takes the focus to the reasons
    /// A record stands before the expert: verdicts are about it.
    virtual bool offers() const { return true; }
    /// When more than one record is selected: all of them, and a verdict goes to all.
    virtual std::vector<RecordIndex> several() const { return {}; }
    /// What comes after a record in the order of this place; nullopt: nothing. Verdicts on their way may be unknown to it.
    virtual std::optional<RecordIndex> after(std::optional<RecordIndex> record) = 0;
    /// There is no next record; words for the status bar.
    virtual QString ended() = 0;
    /// Marks records in a list; empty: none. How many of them one can see.
    virtual std::int64_t mark(const std::vector<RecordIndex>& records) = 0;
    /// What else is done with the alike of a preview: "marked in the list".
    virtual QString markedWords() const = 0;
    /// Undo goes back to the record, whichever key asked for it.
    virtual bool undoGoesBack() const { return false; }

protected:
    LabelPlace() = default;
    LabelPlace(const LabelPlace&) = default;
    LabelPlace& operator=(const LabelPlace&) = default;
};

}  // namespace abm
