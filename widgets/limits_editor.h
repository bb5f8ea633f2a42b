// A small window that asks for two ends: of a score, an amount, a time.
#pragma once

#include <QFrame>

#include "widgets/record_filter.h"

class QLabel;
class QLineEdit;

namespace abm {

/// "2026-03-14", "2026-03-14 09:36" or with seconds; nullopt for anything else.
std::optional<Time> parse_when(const QString& text);

/// Closes when one clicks elsewhere, with Esc, and when what was entered is taken. Deletes itself then.
class LimitsEditor : public QFrame {
    Q_OBJECT
public:
    /// chip: of kind time, score, at_risk or amount; its limits stand in the fields. Empty fields are open ends; a time has both.
    explicit LimitsEditor(const FilterChip& chip, QWidget* parent = nullptr);

    void openBelow(const QWidget& place);
    QLineEdit* from() const { return from_; }
    QLineEdit* to() const { return to_; }
    QLabel* failure() const { return failure_; }

signals:
    void entered(const abm::FilterChip& chip);

private:
    void take();
    QString readTimes();
    QString readNumbers();

    FilterChip chip_;
    QLineEdit* from_;
    QLineEdit* to_;
    QLabel* failure_;
};

}  // namespace abm
