// Which shape means what.
#pragma once

#include <QWidget>

namespace abm {

class SeverityLegend : public QWidget {
    Q_OBJECT
public:
    explicit SeverityLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override;
};

}  // namespace abm
