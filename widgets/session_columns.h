// The columns of the list of sessions: which are shown, how wide, in which order; by the user where he chose, else as there is
// room.
#pragma once

#include <QObject>
#include <QPoint>
#include <QTableView>
#include <array>
#include <vector>

#include "widgets/record_query.h"

namespace abm {

/// The type takes the width that is left; until the user has chosen, columns that find no room are left out.
class SessionColumns : public QObject {
    Q_OBJECT
public:
    /// view: has its model already, and outlives this.
    explicit SessionColumns(QTableView& view);

    void show(RecordColumn column, bool shown);
    bool shows(RecordColumn column) const;
    std::vector<RecordColumn> shown() const;  ///< as one sees them, from the left
    void setAnyLabel(bool any);               ///< until somebody has labelled, that column gives its room away
    /// Widths for what the rows hold now; those the user has drawn stay.
    void fit();
    void fill();  ///< the room has changed
    void askFor(QPoint at);
    void reset();

    /// What the user hid, moved and widened, for the layout: "time,machine=90,-amount,...", empty before a choice.
    QByteArray state() const;
    /// What cannot be read changes nothing.
    void restore(const QByteArray& state);

private:
    using Hidden = std::array<bool, kRecordColumnCount>;
    using Widths = std::array<int, kRecordColumnCount>;

    QString name(int column) const;
    int widthWanted() const;
    void setWidth(int column, int width);
    void moveToPlace(const std::array<int, kRecordColumnCount>& order);

    QTableView& view_;
    Hidden hidden_{};      ///< by column, as chosen or at first
    Widths drawn_{};       ///< by the user; 0: not
    bool chosen_ = false;  ///< what is hidden was chosen by the user
    bool moved_ = false;   ///< by the user
    bool sizing_ = false;  ///< by this, not by the user
    bool any_label_ = false;
};

}  // namespace abm
