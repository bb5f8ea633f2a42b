#include "widgets/log_place.h"

#include <QDateTime>
#include <QRegularExpression>

#include "widgets/format.h"

namespace abm {
namespace {

std::optional<std::int64_t> number_in(QString text) {
    bool right = false;
    const std::int64_t number = text.remove(',').toLongLong(&right);
    return right && number >= 0 ? std::optional(number) : std::nullopt;
}

std::optional<LogPlace> numbered(const QString& text) {
    static const QRegularExpression form(R"(^(@|#|line|byte|session|tran(?:saction)?|tran no)?\s*([0-9][0-9,]*)$)",
                                         QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(text);
    const auto number = match.hasMatch() ? number_in(match.captured(2)) : std::nullopt;
    if (!number) return std::nullopt;
    const QString word = match.captured(1).toLower();
    LogPlace place;
    place.number = *number;
    if (word == "@" || word == "byte") place.kind = LogPlace::Kind::byte;
    if (word == "#" || word == "session") place.kind = LogPlace::Kind::session;
    if (word.startsWith("tran")) place.kind = LogPlace::Kind::transaction;
    return place;
}

QTime clock_in(const QString& text) {
    const QTime exact = QTime::fromString(text, "H:mm:ss");
    return exact.isValid() ? exact : QTime::fromString(text, "H:mm");
}

}  // namespace

std::optional<LogPlace> log_place(const QString& typed) {
    const QString text = typed.simplified();
    if (const auto place = numbered(text)) return place;
    LogPlace place;
    const qsizetype blank = text.indexOf(QRegularExpression("[ T]"));
    const QTime clock = clock_in(blank < 0 ? text : text.mid(blank + 1));
    if (blank < 0 && clock.isValid()) {
        place.kind = LogPlace::Kind::clock;
        place.second_of_day = clock.msecsSinceStartOfDay() / 1000;
        return place;
    }
    const QDate date = QDate::fromString(blank < 0 ? text : text.left(blank), "yyyy-MM-dd");
    if (!date.isValid() || (blank >= 0 && !clock.isValid())) return std::nullopt;
    place.kind = LogPlace::Kind::time;
    const QDateTime when(date, blank < 0 ? QTime(0, 0) : clock, Qt::UTC);  // machine time has no zone
    place.time = Time(std::chrono::microseconds(when.toMSecsSinceEpoch() * 1000));
    return place;
}

QString place_words(const LogPlace& place) {
    switch (place.kind) {
        case LogPlace::Kind::line:
            return "line " + count_text(place.number);
        case LogPlace::Kind::byte:
            return "byte " + count_text(place.number);
        case LogPlace::Kind::session:
            return QStringLiteral("session %1").arg(place.number);
        case LogPlace::Kind::transaction:
            return QStringLiteral("transaction %1").arg(place.number);
        case LogPlace::Kind::clock:
            return QTime::fromMSecsSinceStartOfDay(place.second_of_day * 1000).toString("HH:mm:ss") + " of the day shown";
        case LogPlace::Kind::time:
            return span_text(place.time, place.time);
    }
    return {};
}

}  // namespace abm
