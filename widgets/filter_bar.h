// The filters in force as chips, each removable; the menu that adds more; and the field that filters by text.
#pragma once

#include <QWidget>
#include <functional>

#include "widgets/filter_menu.h"
#include "widgets/record_filter.h"

class QBoxLayout;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QTimer;
class QToolButton;

namespace abm {

class ChipStrip;

/// One chip for each kind of value and each of "only" and "not"; of limits and texts there may be several.
class FilterBar : public QWidget {
    Q_OBJECT
public:
    explicit FilterBar(QWidget* parent = nullptr);

    /// Shows the filter; emits nothing.
    void setFilter(const RecordFilter& filter);
    const RecordFilter& filter() const { return filter_; }
    /// What the menus offer, with counts.
    void setChoices(FilterChoices choices) { choices_ = std::move(choices); }

    /// The chips stand in this widget, or at the end of another layout where there is more room.
    void placeChips(QBoxLayout* elsewhere);
    ChipStrip* chips() const { return chips_; }
    QLineEdit* textField() const { return text_; }
    QToolButton* regexToggle() const { return regex_; }
    QToolButton* caseToggle() const { return case_; }
    QPushButton* addButton() const { return add_; }

    void clear();
    /// Of a kind with values: what the chip holds from now on; none takes it away.
    void setValues(FilterKind kind, bool hides, const QStringList& values);
    void invert(int chip);
    void remove(int chip);

signals:
    void filterChanged(const abm::RecordFilter& filter);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildText(QHBoxLayout& layout);
    void connectChips();
    void refresh();
    void showText();
    void change(const std::function<void(RecordFilter&)>& edit);
    void readText();
    void pinText();
    void fillAddMenu();
    void fillValues(QMenu& menu, FilterKind kind, bool hides);
    void askForLimits(const FilterChip& chip, int at, const QWidget& below);
    void openChip(int chip);
    void editText(int chip);

    RecordFilter filter_;
    FilterChoices choices_;
    ChipStrip* chips_;
    QPushButton* add_;
    QLineEdit* text_;
    QToolButton* regex_;
    QToolButton* case_;
    QMenu* menu_;
    QTimer* typing_;  ///< a pause of typing starts the query, not every letter
};

/// The filter with the values added to, or made, the chip of its kind.
RecordFilter with_values(RecordFilter filter, FilterKind kind, bool hides, const QStringList& values);

}  // namespace abm
