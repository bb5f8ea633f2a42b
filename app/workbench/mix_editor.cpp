#include "app/workbench/mix_editor.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>

namespace abm {
namespace {

QSpinBox* share(QGridLayout& grid, int row, const char* name, const char* meaning) {
    auto* const box = new QSpinBox;
    box->setRange(0, 100);
    box->setSuffix(" %");
    box->setSingleStep(5);
    box->setFixedWidth(64);
    box->setAccessibleName(QStringLiteral("Share of the %1").arg(name));
    auto* const words = new QLabel(name);
    words->setBuddy(box);
    auto* const muted = new QLabel(meaning);
    muted->setObjectName("muted");
    grid.addWidget(box, row, 0);
    grid.addWidget(words, row, 1);
    grid.addWidget(muted, row, 2);
    return box;
}

}  // namespace

QStringList mix_words(const QueueMix& mix) {
    const double sum = std::max(1, mix.odd + mix.uncertain + mix.random);
    const int odd = qRound(100.0 * mix.odd / sum);
    const int uncertain = qRound(100.0 * mix.uncertain / sum);
    const int random = mix.odd + mix.uncertain + mix.random == 0 ? 0 : 100 - odd - uncertain;
    return {QStringLiteral("%1 % odd").arg(odd), QStringLiteral("%1 % uncertain").arg(uncertain),
            QStringLiteral("%1 % random").arg(random)};
}

MixEditor::MixEditor(QWidget* parent) : QWidget(parent), hint_(new QLabel) {
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(2, 1);
    odd_ = share(*grid, 0, "odd", "the highest scores");
    uncertain_ = share(*grid, 1, "uncertain", "where a verdict teaches most");
    random_ = share(*grid, 2, "random", "what figures about all records rest on");
    hint_->setObjectName("muted");
    hint_->hide();
    grid->addWidget(hint_, 3, 0, 1, 3);
    for (QSpinBox* const box : {odd_, uncertain_, random_}) connect(box, &QSpinBox::valueChanged, this, &MixEditor::tell);
    setMix({});
}

void MixEditor::setMix(const QueueMix& mix) {
    const QSignalBlocker quiet(this);
    odd_->setValue(mix.odd);
    uncertain_->setValue(mix.uncertain);
    random_->setValue(mix.random);
}

QueueMix MixEditor::mix() const { return {odd_->value(), uncertain_->value(), random_->value()}; }

void MixEditor::tell() {
    const QueueMix now = mix();
    const int sum = now.odd + now.uncertain + now.random;
    hint_->setText(sum == 0     ? QStringLiteral("At least one of them must be above zero.")
                   : sum == 100 ? QString()
                                : "Together " + QString::number(sum) + " %: taken as " + mix_words(now).join(", ") + ".");
    hint_->setVisible(sum != 100);
    if (sum > 0) emit mixChanged(now);
}

}  // namespace abm
