// The bar above the views: open, back and forth, what is open, the filters, what stands above the threshold, label queue,
// retrain, theme.
#pragma once

#include <QFrame>

#include "widgets/filter_bar.h"
#include "widgets/snapshot.h"

class QAction;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace abm {

class KeyButton;

class TopBar : public QFrame {
    Q_OBJECT
public:
    struct Actions {
        QAction *open, *back, *forward, *label_mode, *retrain, *theme;
    };
    explicit TopBar(const Actions& actions, QWidget* parent = nullptr);

    void setTitle(const QString& title, const QString& counts);
    /// Records with a score of the threshold and more.
    void setAbove(std::int64_t count, float threshold);
    /// Records that wait for a verdict.
    void setQueueCount(std::int64_t records);
    void showKeys();  ///< as they are now
    /// Labels the current model was not trained with.
    void setRetrainCount(std::int64_t labels);
    FilterBar* filters() const { return filters_; }
    QPushButton* above() const { return above_; }
    KeyButton* labelButton() const { return label_; }
    QLabel* title() const { return title_; }
    QLabel* counts() const { return counts_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void placeChips();

    QHBoxLayout* first_row_;
    QWidget* second_row_;  ///< for the chips when they find no room in the first
    QLabel* title_;
    QLabel* counts_;
    FilterBar* filters_;
    QPushButton* above_;
    QAction* label_action_;
    KeyButton* label_;
    QToolButton* retrain_;
};

}  // namespace abm
