// Words in the place of an empty view: the cause, and the next step as a button.
#pragma once

#include <QWidget>
#include <functional>

class QLabel;
class QPushButton;

namespace abm {

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);
    /// Empty `button` shows no button. `step` runs on the click.
    void say(const QString& cause, const QString& button = {}, std::function<void()> step = {});
    QString cause() const;
    QPushButton* button() const { return button_; }

private:
    QLabel* cause_;
    QPushButton* button_;
    std::function<void()> step_;
};

}  // namespace abm
