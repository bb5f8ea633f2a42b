// What the models found odd: each value beside its usual range, with a bar for its share and the lines that show it.
#pragma once

#include <QWidget>
#include <functional>

#include "widgets/shown_explanation.h"

class QVBoxLayout;

namespace abm {

class OddValues : public QWidget {
    Q_OBJECT
public:
    /// words: of the link to a line at an offset, such as "line 6".
    using LineWords = std::function<QString(std::int64_t offset)>;

    explicit OddValues(LineWords words, QWidget* parent = nullptr);
    void show(std::vector<OddValue> values);
    void refresh();  ///< the lines have other words, or the theme other colours
    int shown() const { return static_cast<int>(rows_.size()); }
    const std::vector<OddValue>& rows() const { return rows_; }

signals:
    void lineClicked(const QString& offset);

private:
    QWidget* row(const OddValue& value, double most);

    LineWords words_;
    std::vector<OddValue> rows_;
    QVBoxLayout* layout_;
};

}  // namespace abm
