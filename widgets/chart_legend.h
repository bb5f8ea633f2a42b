// What every mark of the chart means, beyond the severities: a button that opens the list.
#pragma once

#include <QFrame>
#include <QToolButton>

namespace abm {

/// The list: each mark beside its words, also told to those who hear it.
class ChartLegend : public QFrame {
    Q_OBJECT
public:
    explicit ChartLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;
};

class ChartLegendButton : public QToolButton {
    Q_OBJECT
public:
    explicit ChartLegendButton(QWidget* parent = nullptr);
    ChartLegend* legend() const { return legend_; }

private:
    void open();
    ChartLegend* legend_;
};

}  // namespace abm
