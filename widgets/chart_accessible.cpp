#include "widgets/chart_accessible.h"

#include <QAccessibleWidget>

#include "widgets/score_chart.h"

namespace abm {
namespace {

class ChartAccessible : public QAccessibleWidget {
public:
    explicit ChartAccessible(QWidget* chart) : QAccessibleWidget(chart, QAccessible::Chart) {}
    QString text(QAccessible::Text kind) const override {
        return kind == QAccessible::Value ? widget()->accessibleDescription() : QAccessibleWidget::text(kind);
    }
};

QAccessibleInterface* make_accessible(const QString&, QObject* object) {
    auto* const chart = qobject_cast<ScoreChart*>(object);
    return chart ? new ChartAccessible(chart) : nullptr;
}

}  // namespace

void make_value_accessible() {
    static const bool done = (QAccessible::installFactory(make_accessible), true);
    (void)done;
}

}  // namespace abm
