#include "widgets/verdict_words.h"

#include <QDateTime>
#include <QLocale>

#include "core/data/record_type.h"
#include "widgets/format.h"

namespace abm {

QString verdict_sign(LabelClass label) {
    switch (label) {
        case LabelClass::anomaly:
            return QStringLiteral("×");
        case LabelClass::normal:
            return QStringLiteral("✓");
        case LabelClass::unsure:
            return QStringLiteral("?");
        case LabelClass::none:
            break;
    }
    return {};
}

QString verdict_word(LabelClass label) {
    return label == LabelClass::none ? QString() : verdict_sign(label) + ' ' + qstring(name_of(label));
}

QString type_words(std::string_view type) {
    const auto known_type = record_type_from_name(type);
    return known_type ? QString::fromStdString(display_name(*known_type)) : qstring(type);
}

QString verdict_text(LabelClass label, std::string_view type) {
    if (label != LabelClass::anomaly || type.empty()) return verdict_word(label);
    return verdict_sign(label) + ' ' + type_words(type);
}

QString local_when(Time utc) {
    if (!known(utc)) return {};
    const auto seconds = std::chrono::floor<std::chrono::seconds>(utc).time_since_epoch().count();
    const QDateTime local = QDateTime::fromSecsSinceEpoch(seconds);
    const QDate today = QDate::currentDate();
    if (local.date() == today) return local.toString("HH:mm:ss");
    return QLocale::c().toString(local, local.date().year() == today.year() ? "d MMM HH:mm" : "d MMM yyyy");
}

}  // namespace abm
