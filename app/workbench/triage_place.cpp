#include "app/workbench/triage_place.h"

#include <algorithm>

#include "app/workbench/triage_page.h"
#include "widgets/label_panel.h"
#include "widgets/queue_panel.h"
#include "widgets/session_table.h"
#include "widgets/why_panel.h"

namespace abm {

LabelPanel& TriagePlace::panel() { return *page_.labelPanel(); }
QWidget* TriagePlace::home() { return page_.currentList(); }
void TriagePlace::showWhy() { page_.why()->setFocus(Qt::ShortcutFocusReason); }

std::optional<RecordIndex> TriagePlace::after(std::optional<RecordIndex> record) {
    return page_.showsQueue() ? page_.queue()->after(record) : page_.sessions()->nextUnlabelled(record);
}

std::vector<RecordIndex> TriagePlace::several() const {
    if (page_.showsQueue() && page_.queue()->model()->snapshot() != page_.loaded().snapshot) return {};  // about to be replaced
    std::vector<RecordIndex> records = page_.showsQueue() ? page_.queue()->chosen() : page_.sessions()->chosen();
    if (records.size() < 2) records.clear();
    return records;
}

QString TriagePlace::ended() {
    return page_.showsQueue() ? QStringLiteral("This was the last of the queue.")
                              : QStringLiteral("No unlabelled record is left in this list.");
}

std::int64_t TriagePlace::mark(const std::vector<RecordIndex>& records) {
    auto& model = *page_.sessions()->model();
    model.mark(records);
    return std::count_if(records.begin(), records.end(), [&](RecordIndex record) { return model.rowOf(record) >= 0; });
}

QString TriagePlace::markedWords() const { return QStringLiteral("marked in the list"); }

}  // namespace abm
