// What a record is, at the head of its page: where and when, how grave, and the sentence, large.
#pragma once

#include <QWidget>
#include <optional>

#include "widgets/snapshot.h"

class QLabel;

namespace abm {

class RecordHead : public QWidget {
    Q_OBJECT
public:
    explicit RecordHead(QWidget* parent = nullptr);

    /// Another record, or the same with another score; nullopt: none.
    void setRecord(Snapshot snapshot, std::optional<RecordIndex> record);
    /// Of a record only the models speak of; empty: the findings' own stays.
    void setModelSentence(const QString& sentence);

    QLabel* sentence() const { return sentence_; }
    QLabel* meta() const { return meta_; }

private:
    void refresh();

    Snapshot snapshot_;
    std::optional<RecordIndex> record_;
    QString model_sentence_;
    QLabel* meta_;
    QLabel* shape_;
    QLabel* tier_;
    QLabel* sentence_;
};

}  // namespace abm
