// The status bar: a message, progress with Cancel, and what must be known about the scores.
#pragma once

#include <QElapsedTimer>
#include <QStatusBar>
#include <QTimer>

class QLabel;
class QProgressBar;
class QPushButton;

namespace abm {

class NoticeBar;

/// Progress shows only when the work takes longer than 300 ms.
class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);

    void begin();
    /// pace: "41 MB/s · 2 s left"; may be empty.
    void progress(double fraction, const QString& stage, const QString& pace = {});
    void setCanCancel(bool can);
    void end();
    void say(const QString& message);
    void setModelNote(const QString& note, const QString& tip);
    void setPartial(bool partial);

    QPushButton* cancelButton() const { return cancel_; }
    QLabel* stage() const { return stage_; }
    QLabel* message() const { return message_; }
    NoticeBar* notices() const { return notices_; }

signals:
    void cancelRequested();

private:
    void showProgress(bool shown);

    NoticeBar* notices_;
    QLabel* message_;
    QLabel* stage_;
    QProgressBar* bar_;
    QPushButton* cancel_;
    QLabel* partial_;
    QLabel* model_;
    bool can_cancel_ = true;
    QTimer delay_;
};

}  // namespace abm
