// The words of labelling: which types have a key, why a record is in the queue.
#pragma once

#include <QString>
#include <vector>

#include "core/decide/queue.h"
#include "widgets/label_panel.h"
#include "widgets/record_view.h"

namespace abm {

/// The types experts give most to records of a kind, at most as many as there are keys; in the order of what is at stake.
std::vector<OfferedType> offered_types(RecordView view);
QString reason_text(QueueReason reason);  ///< "odd", "uncertain", "random"

}  // namespace abm
