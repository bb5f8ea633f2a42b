// How LogView looks: gutter, text, notes, marks, ticks.
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

#include "widgets/format.h"
#include "widgets/log_measures.h"
#include "widgets/log_view.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr int kEvidenceBar_px = 3;
constexpr std::int64_t kLongGap_s = 60;

struct Range {
    qsizetype begin, end;  ///< letters of the whole text of the line
};

std::vector<Range> matches_in(const std::string& text, const TextPattern& pattern) {
    std::vector<Range> ranges;
    TextPattern::Match match;
    const auto letters = [&](std::size_t bytes) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(bytes)).size(); };
    for (std::size_t from = 0; pattern.next(text, from, match); from = match.begin + match.bytes)
        ranges.push_back({letters(match.begin), letters(match.begin + match.bytes)});
    return ranges;
}

}  // namespace

LogView::Columns LogView::edges() const {
    const QFontMetrics letters(log_font());
    Columns at{kLogLeft_px, kLogLeft_px, 0, 0};
    const std::int64_t last = window_.numberOf(window_.rowAt(std::max<std::int64_t>(window_.span().end() - 1, 0)));
    if (last > 0) at.clock += letters.horizontalAdvance(QString(count_text(last).size(), '0')) + kLogSpace_px;
    at.gap = at.clock + letters.horizontalAdvance("00:00:00") + 6;
    at.text = at.gap + QFontMetrics(ui_font(10)).horizontalAdvance("+ 59 min 59 s") + kLogSpace_px;
    return at;
}

int LogView::columns() const {
    const int room = viewport()->width() - edges().text - kLogTicks_px - 4;
    return std::max(room / QFontMetrics(log_font()).horizontalAdvance('0'), 8);
}

QString LogView::textOf(int row) const {
    const LogLine* const line = window_.lineOf(row);
    if (!line) return {};
    if (escapes_ && !line->escapes.empty()) return qstring(line->escapes);
    const QString text = qstring(line->text);
    return text.mid(clock_length(text, *line));
}

int LogView::matchesSeen() const {
    if (!pattern_) return 0;
    std::size_t seen = 0;
    for (int row = top_; row < std::min(top_ + visibleRows(), window_.rowCount()); ++row) {
        if (const LogLine* const line = window_.lineOf(row)) seen += matches_in(line->text, *pattern_).size();
    }
    return static_cast<int>(seen);
}

void LogView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), tokens().panel);
    painter.setFont(log_font());
    int part = top_part_;
    int row = top_;
    for (int y = 0; y < viewport()->height() && row < window_.rowCount(); y += kLogRow_px) {
        paintRow(painter, row, part, QRect(0, y, viewport()->width() - kLogTicks_px, kLogRow_px));
        if (++part >= parts(row)) part = 0, ++row;
    }
    paintTicks(painter);
}

void LogView::paintRow(QPainter& painter, int row, int part, const QRect& box) const {
    const Tokens& t = tokens();
    const LogRow& shown = window_.row(row);
    if (shown.line < 0) return paintMark(painter, shown, box);
    if (shown.evidence) {
        painter.fillRect(box, t.evidence);
        painter.fillRect(QRect(box.left(), box.top(), kEvidenceBar_px, box.height()), t.evidence_bar);
    }
    const auto [first, last] = std::minmax(anchor_, current_);
    const std::int64_t offset = window_.offsetOf(row);
    if (current_ >= 0 && offset >= first && offset <= last) {
        if (!shown.evidence) painter.fillRect(box, t.accent_wash);
        painter.setPen(t.accent);
        painter.drawRect(box.adjusted(shown.evidence ? kEvidenceBar_px : 0, 0, -1, -1));
    }
    paintText(painter, row, part, box);
    if (part == 0) paintGutter(painter, row, box);
}

void LogView::paintMark(QPainter& painter, const LogRow& row, const QRect& box) const {
    const Tokens& t = tokens();
    painter.save();
    painter.fillRect(box, t.sunk);
    painter.setPen(row.current ? t.accent : t.line);
    painter.drawLine(box.topLeft(), box.topRight());
    painter.setFont(ui_font(11, row.current ? QFont::DemiBold : QFont::Normal));
    painter.setPen(row.current ? t.accent : t.muted);
    painter.drawText(box.adjusted(kLogLeft_px, 0, -kLogLeft_px, 0), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(row.note, Qt::ElideRight, box.width() - 2 * kLogLeft_px));
    painter.restore();
}

void LogView::paintGutter(QPainter& painter, int row, const QRect& box) const {
    const Tokens& t = tokens();
    const LogLine& line = *window_.lineOf(row);
    const Columns at = edges();
    painter.setPen(t.muted);
    if (const std::int64_t number = window_.numberOf(row); number > 0) {
        const QRect place(at.number, box.top(), at.clock - at.number - kLogSpace_px, box.height());
        painter.drawText(place, Qt::AlignVCenter | Qt::AlignRight, count_text(number));
    }
    painter.drawText(box.adjusted(at.clock, 0, 0, 0), Qt::AlignVCenter, clock_of(line));
    const std::int64_t gap = window_.row(row).gap_s;
    if (gap == 0) return;
    painter.save();
    painter.setFont(ui_font(10, gap >= kLongGap_s ? QFont::DemiBold : QFont::Normal));
    if (gap >= kLongGap_s) painter.setPen(t.text);
    painter.drawText(box.adjusted(at.gap, 0, 0, 0), Qt::AlignVCenter, "+ " + duration_text(gap));
    painter.restore();
}

void LogView::paintText(QPainter& painter, int row, int part, const QRect& box) const {
    const Tokens& t = tokens();
    const LogLine& line = *window_.lineOf(row);
    const Columns at = edges();
    const QString whole = textOf(row);
    const qsizetype from = wrapped_ ? qsizetype{part} * columns() : 0;
    const QString text = wrapped_ ? whole.mid(from, columns()) : whole;
    const int left = at.text - horizontalScrollBar()->value();
    const int cell = painter.fontMetrics().horizontalAdvance('0');
    painter.save();
    painter.setClipRect(box.adjusted(at.text - 4, 0, 0, 0));
    if (pattern_ && !(escapes_ && !line.escapes.empty())) {
        const qsizetype clock = clock_length(qstring(line.text), line);
        for (const Range& match : matches_in(line.text, *pattern_)) {
            const QColor colour = see_through(t.accent, 0.25F);
            const qsizetype begin = std::max(match.begin - clock - from, qsizetype{0});
            const qsizetype end = std::min(match.end - clock - from, text.size());
            if (begin < end)
                painter.fillRect(QRect(left + static_cast<int>(begin) * cell, box.top() + 1, static_cast<int>(end - begin) * cell,
                                       box.height() - 2),
                                 colour);
            if (match.begin < clock && part == 0) {  // in the time, which stands in the gutter
                painter.setClipping(false);
                painter.fillRect(QRect(at.clock, box.top() + 1, at.gap - at.clock - 6, box.height() - 2), colour);
                painter.setClipping(true);
            }
        }
    }
    painter.setPen(line.understood ? t.text : t.high);
    painter.drawText(box.adjusted(left, 0, 40'000, 0), Qt::AlignVCenter | Qt::TextSingleLine, text);
    painter.restore();
    if (part + 1 == parts(row)) paintNote(painter, window_.row(row), box, left + painter.fontMetrics().horizontalAdvance(text));
}

void LogView::paintNote(QPainter& painter, const LogRow& row, const QRect& box, int text_end) const {
    const QRect right = box.adjusted(text_end + 14, 0, -10, 0);  // a note never covers its line
    if (row.note.isEmpty() || right.width() <= 40) return;
    painter.save();
    painter.setFont(ui_font(11));
    painter.setPen(row.evidence ? tokens().text : tokens().muted);
    painter.drawText(right, Qt::AlignVCenter | Qt::AlignRight,
                     painter.fontMetrics().elidedText(row.note, Qt::ElideRight, right.width()));
    painter.restore();
}

void LogView::paintTicks(QPainter& painter) const {
    const Tokens& t = tokens();
    const QRect strip(viewport()->width() - kLogTicks_px, 0, kLogTicks_px, viewport()->height());
    painter.fillRect(strip, t.sunk);
    if (bytes_ == 0) return;
    const auto y = [&](std::int64_t offset) {
        return static_cast<int>(static_cast<double>(offset) / static_cast<double>(bytes_) * (strip.height() - 2));
    };
    painter.fillRect(QRect(strip.left(), y(record_.offset), kEvidenceBar_px, std::max(y(record_.end()) - y(record_.offset), 3)),
                     t.accent);
    int last = -1;
    for (const TextSpan tick : ticks_) {
        const int at = y(tick.offset);
        if (at == last) continue;
        last = at;
        painter.fillRect(QRect(strip.left() + kEvidenceBar_px, at, kLogTicks_px - kEvidenceBar_px, 2), t.evidence_bar);
    }
}

}  // namespace abm
