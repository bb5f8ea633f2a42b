// The row above the log in which one says what to search for, and reads how often it is there.
#pragma once

#include <QWidget>

#include "core/base/text_pattern.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace abm {

struct FindRequest {
    QString text;
    PatternOptions options;
    bool whole_file = true;
    bool operator==(const FindRequest& other) const {
        return text == other.text && options.regex == other.options.regex && options.match_case == other.options.match_case &&
               whole_file == other.whole_file;
    }
};

/// How far a search has come.
struct FindCount {
    std::int64_t matches = 0;
    std::int64_t lines = 0;
    std::int64_t number = 0;  ///< of the match one stands on, from 1; 0: on none
    std::int64_t searched = 0, bytes = 0;
    double seconds = 0;
    bool complete = false;
    bool stopped = false;  ///< by the user, before the end
};

class LogFindBar : public QWidget {
    Q_OBJECT
public:
    explicit LogFindBar(QWidget* parent = nullptr);

    FindRequest request() const;
    void open();
    void close();
    void show(const FindCount& count);
    void refuse(const QString& why);  ///< the expression cannot be searched for, or reading failed
    QLineEdit* field() const { return field_; }
    QLabel* count() const { return count_; }
    QPushButton* regex() const { return regex_; }
    QPushButton* matchCase() const { return case_; }
    QPushButton* recordOnly() const { return record_; }

signals:
    void changed();
    void stepped(int direction);
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QPushButton* toggle(const QString& text, const QString& name);

    QLineEdit* field_;
    QLabel* count_;
    QPushButton* case_;
    QPushButton* regex_;
    QPushButton* record_;
};

}  // namespace abm
