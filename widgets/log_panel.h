// The log with what stands around it: where it comes from, more before and after, find.
#pragma once

#include <QWidget>

#include "widgets/log_view.h"
#include "widgets/selection.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace abm {

class EmptyState;

/// Shows lines it is given; reads nothing itself. In record mode the lines follow the shared selection; in list mode (lines
/// nothing understood) an activated line asks to be opened in its record.
class LogPanel : public QWidget {
    Q_OBJECT
public:
    explicit LogPanel(Selection& selection, QWidget* parent = nullptr);

    void showRecord(const QString& title, std::vector<LogLine> lines, const std::vector<Evidence>& evidence, bool more_before,
                    bool more_after);
    void showList(const QString& title, std::vector<LogLine> lines, SourceIndex source);
    void showMessage(const QString& cause, const QString& button = {}, std::function<void()> step = {});

    bool listing() const { return listing_.has_value(); }
    LogView* view() const { return view_; }
    EmptyState* emptyState() const { return empty_; }
    QString title() const;
    void openFind();
    QLineEdit* findField() const { return find_; }
    QLabel* findCount() const { return find_count_; }

signals:
    void titleChanged(const QString& title);
    void moreBefore();
    void moreAfter();
    void lineOpened(abm::SourceIndex source, std::int64_t offset);  ///< from list mode
    void listClosed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeFindBar();
    void runFind();
    void step(int direction);
    void followLine();

    Selection& selection_;
    QString title_;
    QStackedWidget* stack_;
    LogView* view_;
    EmptyState* empty_;
    QPushButton* before_;
    QPushButton* after_;
    QPushButton* close_list_;
    QLineEdit* find_ = nullptr;  // made with the bar: must stand before it
    QLabel* find_count_ = nullptr;
    QWidget* find_bar_;
    std::optional<SourceIndex> listing_;
};

}  // namespace abm
