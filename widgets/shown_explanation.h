// An explanation in the words a panel shows: who knows the features writes them, widgets only lay them out.
#pragma once

#include <QString>
#include <vector>

namespace abm {

struct OddValue {
    QString name;      ///< "longest gap"
    QString value;     ///< "383 s"
    QString usual;     ///< "4 – 21 s"; empty when there is no history
    double share = 0;  ///< of what makes the record odd, 0..1
};

struct ShownExplanation {
    bool scored = false;        ///< false: the models do not look at such records
    QString sentence;           ///< instead of the record's own; empty: keep that
    std::vector<OddValue> odd;  ///< what pushes towards anomalous, largest first
};

}  // namespace abm
