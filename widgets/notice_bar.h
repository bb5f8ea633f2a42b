// What happened meanwhile, told in the status bar: quiet, beside the work, with one step to take.
#pragma once

#include <QList>
#include <QTimer>
#include <QWidget>
#include <functional>

class QLabel;
class QPushButton;

namespace abm {

struct Notice {
    enum class Kind { done, attention, error };
    Kind kind = Kind::done;
    QString text;
    QString button;  ///< "Open folder"; empty: none
    std::function<void()> step;
};

/// One notice at a time, errors first. Errors stay until they are dismissed, others go after kStays_ms. Never takes the focus;
/// screen readers are told.
class NoticeBar : public QWidget {
    Q_OBJECT
public:
    static constexpr int kStays_ms = 12'000;

    explicit NoticeBar(QWidget* parent = nullptr, int stays_ms = kStays_ms);

    void tell(Notice notice);
    void dismiss();  ///< the one that is shown
    void clear();
    const Notice* shown() const { return notices_.isEmpty() ? nullptr : &notices_.front(); }
    QLabel* text() const { return text_; }
    QPushButton* stepButton() const { return step_; }
    QPushButton* dismissButton() const { return dismiss_; }

private:
    void showFirst();

    QList<Notice> notices_;  ///< the first is shown
    QLabel* mark_;
    QLabel* text_;
    QPushButton* step_;
    QPushButton* dismiss_;
    QTimer stays_;
};

}  // namespace abm
