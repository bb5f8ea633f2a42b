// The verdicts an expert gave last, as a small table to glance at.
#pragma once

#include <QWidget>
#include <string>
#include <vector>

#include "core/data/label.h"

class QGridLayout;

namespace abm {

/// One line of the last verdicts.
struct ShownVerdict {
    QString time, machine;
    LabelClass label = LabelClass::none;
    std::string type;
    std::int32_t decided_ms = -1;
    std::int64_t records = 1;
};

class VerdictList : public QWidget {
    Q_OBJECT
public:
    static constexpr int kMost = 8;

    explicit VerdictList(QWidget* parent = nullptr);
    void showVerdicts(const std::vector<ShownVerdict>& newest_first);  ///< the first kMost of them
    QStringList lines() const;                                         ///< as read out, newest first

private:
    QGridLayout* grid_;
};

}  // namespace abm
