// What the models found odd: each value beside its usual range, with a bar for its share.
#pragma once

#include <QWidget>

#include "widgets/shown_explanation.h"

namespace abm {

class OddValues : public QWidget {
    Q_OBJECT
public:
    explicit OddValues(QWidget* parent = nullptr);
    void show(std::vector<OddValue> values);
    int shown() const { return static_cast<int>(rows_.size()); }
    const std::vector<OddValue>& rows() const { return rows_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent*) override;
    bool event(QEvent*) override;

private:
    std::vector<OddValue> rows_;
};

}  // namespace abm
