// The raw log of a record: lines as they stand in the file, evidence marked, silence shown, find and copy.
#pragma once

#include <QAbstractScrollArea>
#include <optional>

#include "widgets/log_rows.h"

namespace abm {

/// Paints the visible rows only. Rows have one height; lines are not wrapped but scrolled sideways.
class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget* parent = nullptr);

    /// Keeps the scroll position relative to the line at the top when that line is shown again.
    void setLines(std::vector<LogLine> lines, const std::vector<Evidence>& evidence);
    const std::vector<LogLine>& lines() const { return lines_; }
    const std::vector<LogRow>& rows() const { return rows_; }

    /// Selects the line that holds the byte and scrolls to it. False when no such line is shown.
    bool selectOffset(std::int64_t offset);
    std::optional<std::int32_t> currentLine() const;
    void step(int lines);   ///< forward or back from the current line; emits lineSelected
    void revealEvidence();  ///< scrolls to the first marked line

    /// Marks all occurrences; returns how many. An empty needle clears them.
    int find(const QString& needle);
    int matchCount() const { return static_cast<int>(matches_.size()); }
    /// Goes to the next or previous match; returns its number from 1, or 0 without matches.
    int goToMatch(int direction);
    void copy() const;

signals:
    void lineSelected(std::int64_t offset);
    void lineActivated(std::int64_t offset);  ///< double click or Enter

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    bool viewportEvent(QEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;

private:
    void updateScrollBars();
    void setCurrent(int row, bool extend);
    int rowAt(QPointF point) const;
    int rowOfLine(std::int32_t line) const;
    void reveal(int row);
    void paintRow(QPainter& painter, int row, const QRect& box) const;
    void paintMatches(QPainter& painter, std::int32_t line, const QRect& box, int text_left) const;
    int gutter() const;

    std::vector<LogLine> lines_;
    std::vector<LogRow> rows_;
    std::vector<LogMatch> matches_;
    int match_ = -1;
    int current_ = -1;  ///< row
    int anchor_ = -1;   ///< row where the selection for copying began
};

}  // namespace abm
