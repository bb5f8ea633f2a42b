#include "widgets/limits_editor.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <algorithm>

#include "widgets/format.h"

namespace abm {
namespace {

QString field_text(FilterKind kind, std::optional<double> value) {
    if (!value) return {};
    return kind == FilterKind::score ? QString::number(*value, 'g', 4) : qstring(money_text(static_cast<Money>(*value), false));
}

std::optional<double> parse(FilterKind kind, const QString& text) {
    if (kind != FilterKind::score) {
        const auto money = parse_money(text.toStdString());
        return money ? std::optional(static_cast<double>(*money)) : std::nullopt;
    }
    bool is_number = false;
    const double score = text.toDouble(&is_number);
    return is_number && score >= 0 && score <= 1 ? std::optional(score) : std::nullopt;
}

QString hint(FilterKind kind) {
    if (kind == FilterKind::time) return QStringLiteral("2026-03-14 09:30");
    return kind == FilterKind::score ? QStringLiteral("0 – 1") : QStringLiteral("any");
}

QString iso_field(Time time) { return qstring(iso8601(time)).replace('T', ' '); }

}  // namespace

std::optional<Time> parse_when(const QString& text) {
    for (const char* format : {"yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"}) {
        QDateTime when = QDateTime::fromString(text.simplified().replace('T', ' '), QString::fromLatin1(format));
        if (!when.isValid()) continue;
        when.setTimeSpec(Qt::UTC);  // times of machines have no zone
        return Time(std::chrono::milliseconds(when.toMSecsSinceEpoch()));
    }
    return std::nullopt;
}

LimitsEditor::LimitsEditor(const FilterChip& chip, QWidget* parent)
    : QFrame(parent, Qt::Popup), chip_(chip), from_(new QLineEdit), to_(new QLineEdit), failure_(new QLabel) {
    setObjectName("popup");
    setAttribute(Qt::WA_DeleteOnClose);
    const QString name = name_of(chip.kind);
    setAccessibleName("Filter by " + name);
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(12, 10, 12, 12);
    auto* const apply = new QPushButton("Filter");
    apply->setObjectName("primary");
    auto* const title = new QLabel(name);
    title->setObjectName("paneTitle");
    grid->addWidget(title, 0, 0, 1, 3);
    grid->addWidget(from_, 1, 0);
    grid->addWidget(new QLabel(QStringLiteral("–")), 1, 1);
    grid->addWidget(to_, 1, 2);
    grid->addWidget(failure_, 2, 0, 1, 3);
    grid->addWidget(apply, 3, 2, Qt::AlignRight);
    failure_->setObjectName("failure");
    failure_->setVisible(false);
    from_->setText(chip.range ? iso_field(chip.range->begin) : field_text(chip.kind, chip.from));
    to_->setText(chip.range ? iso_field(chip.range->end) : field_text(chip.kind, chip.to));
    from_->setAccessibleName(name + " from");
    to_->setAccessibleName(name + " to");
    for (QLineEdit* const field : {from_, to_}) {
        field->setPlaceholderText(hint(chip.kind));
        field->setMinimumWidth(chip.kind == FilterKind::time ? 150 : 90);
        connect(field, &QLineEdit::returnPressed, this, &LimitsEditor::take);
    }
    connect(apply, &QPushButton::clicked, this, &LimitsEditor::take);
}

void LimitsEditor::openBelow(const QWidget& place) {
    adjustSize();
    QPoint at = place.mapToGlobal(QPoint(0, place.height() + 2));
    if (const QScreen* const screen = place.screen())
        at.setX(std::clamp(at.x(), screen->geometry().left(),
                           std::max(screen->geometry().left(), screen->geometry().right() - width())));
    move(at);
    show();
    from_->setFocus();
    from_->selectAll();
}

QString LimitsEditor::readTimes() {
    const auto begin = parse_when(from_->text());
    const auto end = parse_when(to_->text());
    if (!begin || !end) return QStringLiteral("Write times like 2026-03-14 09:30.");
    if (*begin >= *end) return QStringLiteral("The end must be later than the beginning.");
    chip_.range = TimeRange{*begin, *end};
    return {};
}

QString LimitsEditor::readNumbers() {
    const bool score = chip_.kind == FilterKind::score;
    std::optional<double>* const limits[] = {&chip_.from, &chip_.to};
    const QLineEdit* const fields[] = {from_, to_};
    for (int at = 0; at < 2; ++at) {
        const QString text = fields[at]->text().trimmed();
        *limits[at] = parse(chip_.kind, text);
        if (!text.isEmpty() && !*limits[at])
            return QStringLiteral("“%1” is no %2.").arg(text, score ? "score from 0 to 1" : "amount");
    }
    if (!chip_.from && !chip_.to) return QStringLiteral("Write one end at least.");
    return chip_.from && chip_.to && *chip_.from > *chip_.to ? QStringLiteral("The first is larger than the second.") : QString();
}

void LimitsEditor::take() {
    const QString wrong = chip_.kind == FilterKind::time ? readTimes() : readNumbers();
    failure_->setText(wrong);
    failure_->setVisible(!wrong.isEmpty());
    adjustSize();
    if (!wrong.isEmpty()) return;
    const FilterChip chip = chip_;
    emit entered(chip);
    close();
}

}  // namespace abm
