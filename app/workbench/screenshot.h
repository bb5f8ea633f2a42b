// Renders the window into a file once everything is shown: for packaging and documentation.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace abm {

class MainWindow;

/// Waits until the window has settled, saves it and quits the program: exit code 0, or 1 with words on stderr.
class Screenshot : public QObject {
    Q_OBJECT
public:
    Screenshot(MainWindow& window, const QString& file, QObject* parent = nullptr);

private:
    void look();
    void save();
    void giveUp(const QString& why);

    MainWindow& window_;
    QString file_;
    QTimer look_;
    int looks_ = 0;
    int settled_looks_ = 0;
};

}  // namespace abm
