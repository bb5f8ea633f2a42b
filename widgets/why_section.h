// A part of the Why panel: a title, words where there is nothing, and rows of text that may point at other records.
#pragma once

#include <QLabel>
#include <QList>
#include <QWidget>

#include "widgets/shown_explanation.h"

class QVBoxLayout;

namespace abm {

class WhySection : public QWidget {
    Q_OBJECT
public:
    explicit WhySection(const QString& title, QWidget* parent = nullptr);

    /// empty: said where there are no rows; without it such a section hides.
    void showRecords(const std::vector<RecordLine>& rows, const QString& more = {}, const QString& empty = {});
    void showSteps(const std::vector<std::pair<QString, QString>>& steps);
    void setNote(const QString& html);  ///< below the title; empty: none
    void add(QWidget* widget) const;    ///< below the note, for what is no row

    QLabel* note() const { return note_; }
    const QList<QLabel*>& rows() const { return shown_; }

signals:
    void recordClicked(abm::RecordIndex record);

private:
    void clear();
    void addRow(const QString& html);
    void follow(const QString& link);

    QLabel* note_;
    QVBoxLayout* inner_;
    QVBoxLayout* rows_;
    QList<QLabel*> shown_;
};

}  // namespace abm
