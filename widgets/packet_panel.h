// The packets of a window in the place of the log: the list, below it the fields and the bytes of the packet that is selected.
#pragma once

#include <QWidget>

#include "widgets/hex_view.h"
#include "widgets/log_find_bar.h"
#include "widgets/packet_model.h"

class QLabel;
class QSplitter;
class QTableView;
class QTreeWidget;

namespace abm {

/// Shows what it is given; the bytes of a packet are asked for by packetSelected() and given to showDetail().
class PacketPanel : public QWidget {
    Q_OBJECT
public:
    explicit PacketPanel(QWidget* parent = nullptr);

    void show(ShownPackets packets);
    void clear() { show({}); }
    /// Of the packet that begins there; another one is selected by now: nothing happens.
    void showDetail(std::int64_t offset, const PacketDetail& detail);
    void showDetailFailure(const QString& why);

    void step(int direction);        ///< to the packet below or above
    bool goTo(std::int64_t offset);  ///< false: no packet of the list holds it
    std::int64_t currentOffset() const;
    /// Answers at once: a list is at most 100,000 packets. Throws Error{Invalid} for what is no expression.
    FindCount find(const FindRequest& request);
    FindCount stepMatch(int direction);
    void copy() const;

    QTableView* list() const { return list_; }
    PacketModel* model() const { return model_; }
    HexView* hex() const { return hex_; }
    QTreeWidget* fields() const { return fields_; }
    QLabel* note() const { return note_; }
    QLabel* detailNote() const { return detail_note_; }

signals:
    void packetSelected(const abm::PacketSummary& packet);  ///< its bytes are wanted
    void packetChosen(std::int64_t offset);                 ///< by the user

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeDetail();
    void select(int row);
    void currentChanged(int row);
    void updateNote();
    void fieldChosen();
    void byteChosen(int byte);
    FindCount count() const;

    PacketModel* model_;
    QTableView* list_;
    QLabel* note_;
    QLabel* detail_note_;
    QTreeWidget* fields_;
    HexView* hex_;
    QSplitter* split_;
    std::vector<int> matches_;
    bool quiet_ = false;  ///< it is the program that selects
};

}  // namespace abm
