// Chips side by side, in as many rows as they need.
#pragma once

#include <QFrame>
#include <QList>

#include "widgets/record_filter.h"

class QLabel;
class QPushButton;

namespace abm {

/// One condition: a button that opens what can be changed, and a cross. Delete removes it, too.
class FilterChipView : public QFrame {
    Q_OBJECT
public:
    explicit FilterChipView(QWidget* parent = nullptr);
    void show(const FilterChip& chip);

    QPushButton* body() const { return body_; }
    QPushButton* cross() const { return cross_; }

signals:
    void changeRequested();
    void removed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPushButton* body_;
    QPushButton* cross_;
};

/// Knows no filter: what stands in it is set, what is wanted goes out. Chips keep their views, so that the focus stays.
class ChipStrip : public QWidget {
    Q_OBJECT
public:
    explicit ChipStrip(QWidget* parent = nullptr);

    void setChips(const std::vector<FilterChip>& chips);
    /// Words in the colour of a failure behind the chips; empty: none.
    void setFailure(const QString& words);
    const QList<FilterChipView*>& chips() const { return chips_; }
    QPushButton* clearButton() const { return clear_; }
    QLabel* failure() const { return failure_; }
    bool isBlank() const;

    QSize sizeHint() const override;  ///< all in one row
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    void changeRequested(int chip);
    void removed(int chip);
    void cleared();
    void sizeChanged();  ///< of what stands in it

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QList<QWidget*> items() const;
    int arrange(int width, bool move) const;
    void settle();

    QList<FilterChipView*> chips_;
    QPushButton* clear_;
    QLabel* failure_;
};

}  // namespace abm
