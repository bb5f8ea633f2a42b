// A log of any size: lines as they stand in the file, evidence marked, times and silence beside them.
#pragma once

#include <QAbstractScrollArea>
#include <optional>
#include <vector>

#include "core/base/text_pattern.h"
#include "widgets/log_window.h"

namespace abm {

struct LogRequest {
    enum class Where { around, after, before } where = Where::around;
    std::int64_t offset = 0;
};

/// Holds some pages around what is seen and asks for others when one scrolls near them; knows nothing of what the lines say. The
/// scroll bar goes over the bytes of the whole source. Rows have one height; a long line takes several when lines are wrapped.
class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);

    /// Another source, or a list of lines that do not follow each other (bytes 0): nothing is selected.
    void showPage(ShownPage page, std::int64_t source_bytes);
    /// The answer to pageWanted; dropped when something else is shown by now.
    void addPage(ShownPage page, LogRequest request);
    void setFirstLine(std::int64_t page_offset, std::int64_t number);
    /// Back to where one was in a source that is shown again; asks for the page when it is not there.
    void restore(std::int64_t top, std::int64_t current);
    /// Bytes marked beside the scroll bar: the record that is selected, and where matches are.
    void setTicks(TextSpan record, std::vector<TextSpan> matches);
    void setPattern(std::optional<TextPattern> pattern);  ///< marks its matches in what is seen
    void setWrapped(bool wrapped);
    void setEscapes(bool shown);
    bool wrapped() const { return wrapped_; }
    bool escapes() const { return escapes_; }

    const LogWindow& window() const { return window_; }
    const std::vector<LogLine>& lines() const { return window_.lines(); }
    const std::vector<LogRow>& rows() const { return window_.rows(); }
    /// Selects the line that holds the byte and scrolls to it; asks for its page when it is not there yet.
    void goTo(std::int64_t offset);
    std::optional<std::int32_t> currentLine() const;  ///< index in lines()
    std::int64_t currentOffset() const { return current_; }
    std::int64_t topOffset() const;
    void step(int lines);                  ///< forward or back from the current line; emits lineSelected
    void revealEvidence(TextSpan record);  ///< scrolls to its first marked line, else to its begin
    QString selectedText(bool gutter) const;
    void copy(bool gutter = false) const;
    int matchesSeen() const;  ///< marked in the lines that are seen now

signals:
    void pageWanted(const abm::LogRequest& request);
    void lineSelected(std::int64_t offset);
    void lineActivated(std::int64_t offset);  ///< double click or Enter

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    bool viewportEvent(QEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void scrollContentsBy(int, int) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void contextMenuEvent(QContextMenuEvent*) override;

private:
    struct Columns {
        int number, clock, gap, text;  ///< left edges
    };
    void onScrollBar(int action);
    void scrollRows(int rows);
    void setTop(int row);
    void keepInside();
    void askForMore();
    void ask(LogRequest request);
    void placeScrollBar();
    void jump(std::int64_t offset);
    void setCurrent(int row, bool extend);
    void reveal(int row);
    int rowAtPoint(QPointF point) const;
    int visibleRows() const;
    int columns() const;  ///< letters in a row of text
    int parts(int row) const;
    QString textOf(int row) const;
    Columns edges() const;
    void paintRow(QPainter& painter, int row, int part, const QRect& box) const;
    void paintMark(QPainter& painter, const LogRow& row, const QRect& box) const;
    void paintGutter(QPainter& painter, int row, const QRect& box) const;
    void paintText(QPainter& painter, int row, int part, const QRect& box) const;
    void paintNote(QPainter& painter, const LogRow& row, const QRect& box, int text_end) const;
    void paintTicks(QPainter& painter) const;

    LogWindow window_;
    std::int64_t bytes_ = 0;  ///< of the source; 0: the window is all there is
    TextSpan record_;
    std::vector<TextSpan> ticks_;
    std::optional<TextPattern> pattern_;
    bool wrapped_ = false;
    bool escapes_ = false;
    int top_ = 0;                ///< row
    int top_part_ = 0;           ///< of the row, when it is wrapped
    std::int64_t current_ = -1;  ///< offset of the line
    std::int64_t anchor_ = -1;   ///< where the selection for copying began
    std::optional<LogRequest> asked_;
    bool select_asked_ = false;  ///< the line asked for becomes the current one
};

}  // namespace abm
