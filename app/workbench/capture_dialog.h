// How a capture is read: whom it compares, how long its windows are, which response is late.
#pragma once

#include <QDialog>

#include "core/data/source.h"
#include "core/pipeline/reading_choice.h"
#include "widgets/latest_job.h"

class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace abm {

/// Begins with what the capture was read by. Nothing is read before it is asked for, nor while a party makes no sense.
class CaptureDialog : public QDialog {
    Q_OBJECT
public:
    CaptureDialog(const Source& source, const CaptureOptions& used, bool can_read, QWidget* parent = nullptr);

    QLineEdit* partyA() const { return party_a_; }
    QLineEdit* partyB() const { return party_b_; }
    QDoubleSpinBox* windowLength() const { return window_; }
    QDoubleSpinBox* responseLimit() const { return response_limit_; }
    QLabel* error() const { return error_; }
    QPushButton* defaultsButton() const { return defaults_; }
    QPushButton* readButton() const { return read_; }

signals:
    void readWanted(const abm::ReadingChoice& choice);

private:
    QLayout* makeFields();
    void fill(const CaptureOptions& options);
    void makeRoom();
    void read();
    void refuse(const QString& why);

    Source source_;
    QLineEdit *party_a_, *party_b_;
    QDoubleSpinBox *window_, *response_limit_;
    QLabel* error_;
    QPushButton *defaults_, *read_;
    LatestJob<CaptureOptions> job_;
};

}  // namespace abm
