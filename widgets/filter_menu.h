// The menus of the filters: the values that exist with their counts, and what can be done with a chip.
#pragma once

#include <QMenu>
#include <functional>
#include <memory>

#include "widgets/record_filter.h"
#include "widgets/record_tally.h"

namespace abm {

/// A menu that stays open while one ticks several values.
class TickMenu : public QMenu {
    Q_OBJECT
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    bool tick(QAction* action);
};

/// What is there to choose from; both may be null.
struct FilterChoices {
    Snapshot snapshot;
    std::shared_ptr<const RecordTally> tally;
};

struct FilterValue {
    QString value;  ///< as a chip knows it
    std::int64_t records = 0;
};
/// Severities from critical down; others by name. Values no record has are left out unless `chosen` holds them; of more than a
/// hundred machines those with most records.
std::vector<FilterValue> values_of(FilterKind kind, const FilterChoices& choices, const QStringList& chosen, bool routine);

/// Ticks for the values of the kind, with what is chosen ticked, in front of what the menu holds afterwards. changed: all that
/// are chosen now.
void offer_values(QMenu& menu, FilterKind kind, const std::vector<FilterValue>& values, const QStringList& chosen,
                  const std::function<void(const QStringList&)>& changed);

}  // namespace abm
