// The words of labelling: which types have a key, why a record is in the queue.
#pragma once

#include <QString>
#include <vector>

#include "core/decide/queue.h"
#include "widgets/label_panel.h"

namespace abm {

/// As many as there are keys, the types experts give most; in the order of what is at stake.
std::vector<OfferedType> offered_types();
QString reason_text(QueueReason reason);  ///< "odd", "uncertain", "random"

}  // namespace abm
