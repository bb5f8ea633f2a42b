// The page of label mode: one record a screen, its log, its day, the keys that decide.
#pragma once

#include <QFrame>
#include <QWidget>
#include <functional>

#include "app/workbench/actions.h"
#include "app/workbench/mix_editor.h"
#include "widgets/selection.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace abm {

class DayChart;
class EmptyState;
class KeyButton;
class LabelPanel;
class LogPanel;
class RecordHead;

/// Shows what it is given; what happens is decided in LabelMode.
class LabelPage : public QWidget {
    Q_OBJECT
public:
    LabelPage(Selection& selection, const Actions& actions, QWidget* parent = nullptr);

    /// How far one has come: "48 of 120", the pace, the line below the head.
    void setProgress(std::int64_t position, std::int64_t goal, std::optional<double> seconds_each);
    void setMix(const QueueMix& mix);
    /// The record, or words in its place: the cause and the next step.
    void showRecord();
    void showMessage(const QString& cause, const QString& button = {}, std::function<void()> step = {});
    bool showsRecord() const;
    void showDay();  ///< the title over the chart, after it was given another record
    void toggleGuidelines();
    void say(const QString& message);
    enum class Saved { all, on_the_way, failed };
    void setSaved(Saved saved);
    /// The keys as they are now, wherever they stand on the page.
    void showKeys();
    void openMix();

    RecordHead* head() const { return head_; }
    LogPanel* log() const { return log_; }
    DayChart* day() const { return day_; }
    LabelPanel* panel() const { return panel_; }
    EmptyState* emptyState() const { return empty_; }
    QLabel* progressText() const { return progress_text_; }
    QLabel* savedText() const { return saved_; }
    QLabel* messageText() const { return message_; }
    QWidget* guidelines() const { return guidelines_; }
    MixEditor* mixEditor() const { return mix_editor_; }
    QList<QPushButton*> mixChips() const { return chips_; }

signals:
    void mixChanged(const abm::QueueMix& mix);

private:
    QWidget* makeHead();
    QWidget* makeRecord();
    QWidget* makeGuidelines();
    QWidget* makeFooter();

    const Actions& actions_;
    QLabel* progress_text_;
    QProgressBar* progress_;
    QList<QPushButton*> chips_;
    KeyButton* guidelines_button_;
    KeyButton* leave_button_;
    RecordHead* head_;
    LogPanel* log_;
    DayChart* day_;
    QLabel* day_title_;
    EmptyState* empty_;
    QStackedWidget* stack_;
    LabelPanel* panel_;
    QWidget* guidelines_ = nullptr;
    QSplitter* columns_;
    QFrame* mix_popup_;
    MixEditor* mix_editor_;
    QList<QLabel*> footer_caps_;
    QLabel* message_;
    QLabel* saved_;
};

/// Reads the keys off the actions for the verdict pane.
void show_keys(LabelPanel& panel, const Actions& actions);

}  // namespace abm
