// The bytes of a packet: offset, hexadecimal, letters. Masked bytes are stars in both.
#pragma once

#include <QAbstractScrollArea>

#include "core/data/packet_detail.h"

namespace abm {

/// 16 bytes a row where there is room, else 8. Click, drag and arrows select bytes, with Shift a range; Ctrl+C copies the rows
/// of the selection (all without one) as they are shown.
class HexView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit HexView(QWidget* parent = nullptr);

    void show(const PacketDetail& detail);
    void select(int first, int count);  ///< count 0: nothing
    int firstSelected() const { return std::min(anchor_, current_); }
    int selectedCount() const { return current_ < 0 ? 0 : std::abs(anchor_ - current_) + 1; }
    int bytesPerRow() const;
    QString rowText(int row) const;  ///< "0010  48 65 6c 6c …  Hell…"
    QString text() const;            ///< of all rows
    void copy() const;

signals:
    void byteSelected(int byte);

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void contextMenuEvent(QContextMenuEvent*) override;
    void scrollContentsBy(int, int) override { viewport()->update(); }

private:
    int rows() const { return (static_cast<int>(bytes_.size()) + bytesPerRow() - 1) / bytesPerRow(); }
    int cell() const;
    int hexLeft() const { return kLeft_px + 6 * cell(); }
    int lettersLeft() const { return hexLeft() + (3 * bytesPerRow() + 1) * cell(); }
    int byteAt(QPoint point) const;  ///< -1: none
    QString hexOf(int byte) const;
    QChar letterOf(int byte) const;
    void moveTo(int byte, bool extend);
    void placeScrollBar();

    static constexpr int kLeft_px = 10, kRow_px = 17;
    std::vector<std::uint8_t> bytes_;
    std::vector<bool> masked_;
    int anchor_ = -1, current_ = -1;
};

}  // namespace abm
