// What the models found odd: each value beside its usual range, with a bar for its share.
#pragma once

#include <QWidget>
#include <vector>

#include "core/data/explanation.h"

namespace abm {

/// "longest_gap_s" becomes "longest gap"; the unit goes to the value.
QString feature_name(const std::string& feature);
/// "383 s", "12", "1,000", "70.50"; "unknown" for NaN. Units are read off the name: _s, _h, _amount, _share.
QString feature_value(const std::string& feature, double value);
/// "4 – 21 s", "0".
QString usual_range(const Contribution& contribution);

class OddValues : public QWidget {
    Q_OBJECT
public:
    explicit OddValues(QWidget* parent = nullptr);
    /// Shows the contributions that push towards anomalous, largest first, at most eight.
    void show(const Explanation& explanation);
    int shown() const { return static_cast<int>(rows_.size()); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override;
    bool event(QEvent*) override;

private:
    std::vector<Contribution> rows_;
};

}  // namespace abm
