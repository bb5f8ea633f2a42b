// The filters in force as chips, each removable; and the field that filters by text.
#pragma once

#include <QWidget>
#include <functional>

#include "widgets/record_query.h"

class QLineEdit;
class QPushButton;
class QTimer;

namespace abm {

class FilterBar : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(QWidget* parent = nullptr);

    /// Shows the filter; emits nothing.
    void setFilter(const RecordFilter& filter);
    const RecordFilter& filter() const { return filter_; }

    QLineEdit* textField() const { return text_; }
    QPushButton* severityChip() const { return severity_; }
    QPushButton* rangeChip() const { return range_; }
    QPushButton* unlabelledChip() const { return unlabelled_; }
    QPushButton* scoreChip() const { return score_; }
    QPushButton* addButton() const { return add_; }

signals:
    void filterChanged(const abm::RecordFilter& filter);

private:
    void refresh();
    void change(const std::function<void(RecordFilter&)>& edit);
    void buildMenu();

    RecordFilter filter_;
    QPushButton* severity_;
    QPushButton* score_;
    QPushButton* range_;
    QPushButton* unlabelled_;
    QPushButton* add_;
    QLineEdit* text_;
    QTimer* typing_;  ///< a pause of typing starts the query, not every letter
};

}  // namespace abm
