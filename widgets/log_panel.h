// The log with what stands around it: find, go to, and what is wrong with its source.
#pragma once

#include <QWidget>

#include "widgets/log_find_bar.h"
#include "widgets/log_view.h"
#include "widgets/selection.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace abm {

class EmptyState;
class PacketPanel;
class SeriesChart;
struct ShownPackets;

/// A record in its source.
struct ShownLog {
    QString title;
    std::int64_t source_bytes = 0;
    TextSpan record;
    ShownPage page;  ///< holds the begin of the record, or the line that is selected
};

/// Shows lines it is given; reads nothing itself. In record mode the lines follow the shared selection; in list mode (lines
/// nothing understood) an activated line asks to be opened in its record. A window of a capture has packets in place of lines;
/// a record of a series has its chart above them.
class LogPanel : public QWidget {
    Q_OBJECT
public:
    explicit LogPanel(Selection& selection, QWidget* parent = nullptr);

    void showRecord(ShownLog log);
    void showPackets(ShownPackets packets);
    void showList(const QString& title, std::vector<LogLine> lines, SourceIndex source);
    /// In place of the log: the cause and one or two ways on.
    void showMessage(const QString& cause, const QString& button = {}, std::function<void()> step = {});
    /// Above the log, until it is taken back with no words.
    void setNotice(const QString& words, const QString& button = {}, std::function<void()> step = {});

    bool listing() const { return listing_.has_value(); }
    LogView* view() const { return view_; }
    PacketPanel* packets() const { return packets_; }
    bool showsPackets() const;
    SeriesChart* series() const { return series_; }
    QWidget* body() const;  ///< what takes the keys: the lines, or the list of packets
    EmptyState* emptyState() const { return empty_; }
    QString title() const;
    TextSpan record() const { return record_; }

    void step(int direction);        ///< to the line or packet below or above
    void goTo(std::int64_t offset);  ///< the line or packet that holds it
    void openFind();
    void stepFind(int direction);  ///< opens the search when nothing is searched for
    void setPattern(std::optional<TextPattern> pattern) { view_->setPattern(std::move(pattern)); }
    void setMatches(const FindCount& count, std::vector<TextSpan> ticks);
    LogFindBar* findBar() const { return find_; }
    QLineEdit* findField() const { return find_->field(); }
    QLabel* findCount() const { return find_->count(); }

    void openGoTo();
    void closeGoTo();
    void setPlaceHint(const QString& words, bool right);
    QLineEdit* placeField() const { return place_; }
    QLabel* placeHint() const { return hint_; }
    QLabel* notice() const { return notice_; }
    QPushButton* noticeButton() const { return notice_button_; }

signals:
    void titleChanged(const QString& title);
    void lineOpened(abm::SourceIndex source, std::int64_t offset);  ///< from list mode
    void recordOpened(std::int64_t offset);                         ///< of a line in another record
    void listClosed();
    void findChanged(const abm::FindRequest& request);
    void matchWanted(int direction);
    void placeTyped(const QString& text);
    void placeWanted(const QString& text);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeGoToBar();
    QWidget* makeNotice();
    void followLine();
    void find();
    bool holds(std::int64_t offset) const { return offset >= record_.offset && offset < record_.end(); }

    Selection& selection_;
    QString title_;
    TextSpan record_;
    std::vector<TextSpan> ticks_;
    QStackedWidget* stack_;
    LogView* view_;
    PacketPanel* packets_;
    SeriesChart* series_;
    EmptyState* empty_;
    QPushButton* close_list_;
    LogFindBar* find_;
    QLineEdit* place_ = nullptr;  // made with their bars: must stand before them
    QLabel* hint_ = nullptr;
    QLabel* notice_ = nullptr;
    QPushButton* notice_button_ = nullptr;
    QWidget* place_bar_;
    QWidget* notice_bar_;
    std::function<void()> notice_step_;
    std::optional<SourceIndex> listing_;
};

}  // namespace abm
