// The shares of the label queue, to be set: odd, uncertain, random.
#pragma once

#include <QWidget>

#include "core/decide/queue.h"

class QLabel;
class QSpinBox;

namespace abm {

/// "70 % odd", "20 % uncertain", "10 % random": shares of their sum, so that they always tell the whole.
QStringList mix_words(const QueueMix& mix);

class MixEditor : public QWidget {
    Q_OBJECT
public:
    explicit MixEditor(QWidget* parent = nullptr);

    void setMix(const QueueMix& mix);
    QueueMix mix() const;
    QSpinBox* odd() const { return odd_; }
    QSpinBox* uncertain() const { return uncertain_; }
    QSpinBox* random() const { return random_; }

signals:
    void mixChanged(const abm::QueueMix& mix);  ///< never one of nothing

private:
    void tell();

    QSpinBox *odd_, *uncertain_, *random_;
    QLabel* hint_;
};

}  // namespace abm
