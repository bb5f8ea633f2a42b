// An explanation in the words a panel shows: who knows the features writes them, widgets only lay them out.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>
#include <utility>
#include <vector>

#include "core/base/ids.h"

namespace abm {

struct OddValue {
    QString name;                          ///< "longest gap"
    QString value;                         ///< "383 s"
    QString usual;                         ///< "4 – 21 s"; empty when there is no history
    double share = 0;                      ///< of what makes the record odd, 0..1
    std::vector<std::int64_t> lines = {};  ///< offsets in the source that show it, where known
    QString note = {};                     ///< in the place of `usual`: a reason
};

/// What points at another record: `before`, its name as a link, `after`.
struct RecordLine {
    RecordIndex record{};
    QString before, name, after;
};

struct ShownExplanation {
    bool scored = false;             ///< false: the models do not look at such records
    QString sentence;                ///< instead of the record's own; empty: keep that
    std::vector<OddValue> odd;       ///< what pushes towards anomalous, largest first
    std::vector<OddValue> channels;  ///< what raised it: the forest, then each channel that spoke, with its reason
    QString silent;                  ///< "Silent: order of its lines"; empty: all spoke, or there is none
    QStringList finding_notes;       ///< parallel to the findings: what labels made of the rule; empty: its word stands
    std::vector<RecordLine> labels;  ///< "+2.1 because it is like" "#17" "(deposit fault, 3 Jun)"
    QString labels_more;             ///< "and 12 more"; may be empty
    std::vector<RecordLine> alike;   ///< nearest first
    std::vector<std::pair<QString, QString>> steps;  ///< name and value, from the raw score to the one displayed
};

}  // namespace abm
