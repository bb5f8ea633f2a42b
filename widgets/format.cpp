#include "widgets/format.h"

#include <QDir>
#include <algorithm>
#include <cmath>

namespace abm {

QString count_text(std::int64_t count) {
    QString digits = QString::number(count);
    for (qsizetype at = digits.size() - 3; at > (count < 0 ? 1 : 0); at -= 3) digits.insert(at, ',');
    return digits;
}

QString counted(std::int64_t count, const char* one, const char* many) {
    return count_text(count) + ' ' + QString::fromUtf8(count == 1 ? one : many);
}

QString score_text(float score) {
    const int hundredths = static_cast<int>(std::lround(static_cast<double>(score) * 100));
    if (hundredths >= 100) return QStringLiteral("1.00");
    return QStringLiteral(".%1").arg(std::max(hundredths, 0), 2, 10, QChar('0'));
}

QString duration_text(std::int64_t seconds) {
    if (seconds < 60) return QStringLiteral("%1 s").arg(seconds);
    const auto pair = [](std::int64_t whole, const char* unit, std::int64_t part, const char* part_unit) {
        const QString text = QStringLiteral("%1 %2").arg(whole).arg(QLatin1String(unit));
        return part == 0 ? text : text + QStringLiteral(" %1 %2").arg(part).arg(QLatin1String(part_unit));
    };
    if (seconds < 3600) return pair(seconds / 60, "min", seconds % 60, "s");
    if (seconds < 86400) return pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
    return pair(seconds / 86400, "d", seconds % 86400 / 3600, "h");
}

namespace {

QString short_day(Time time) { return qstring(day_clock_text(time)).chopped(6); }  // "14 Mar 09:36" without the clock
std::chrono::sys_days day_of(Time time) { return std::chrono::floor<std::chrono::days>(time); }
std::chrono::year year_of(Time time) { return std::chrono::year_month_day(day_of(time)).year(); }

}  // namespace

QString day_text(Time time) {
    if (!known(time)) return {};
    return short_day(time) + ' ' + qstring(iso8601(time)).left(4);
}

QString span_text(Time first, Time last) {
    if (!known(first) || !known(last)) return day_text(known(first) ? first : last);
    if (day_of(first) == day_of(last))
        return day_text(first) + ' ' + qstring(clock_text(first)) + " – " + qstring(clock_text(last));
    return (year_of(first) == year_of(last) ? short_day(first) : day_text(first)) + " – " + day_text(last);
}

namespace {

struct TimeSpan {
    Time first = kUnknownTime, last = kUnknownTime;

    void add(Time time) {
        if (!known(time)) return;
        first = known(first) ? std::min(first, time) : time;
        last = known(last) ? std::max(last, time) : time;
    }
    DateDetail detail() const {
        if (!known(first) || day_of(first) == day_of(last)) return DateDetail::clock;
        return year_of(first) == year_of(last) ? DateDetail::day : DateDetail::year;
    }
};

}  // namespace

DateDetail date_detail(const Investigation& investigation) {
    TimeSpan span;
    for (const Record& record : investigation.records) span.add(record.start);
    return span.detail();
}

DateDetail date_detail(const Investigation& investigation, const std::vector<RecordIndex>& records) {
    TimeSpan span;
    for (const RecordIndex record : records) span.add(investigation.records[raw(record)].start);
    return span.detail();
}

QString when_text(Time time, DateDetail detail) {
    if (!known(time)) return QStringLiteral("no time");
    const QString clock = qstring(clock_text(time));
    if (detail == DateDetail::clock) return clock;
    return (detail == DateDetail::day ? short_day(time) : day_text(time)) + ' ' + clock;
}

QString activity_text(Activity activity) {
    switch (activity) {
        case Activity::none:
            return {};
        case Activity::withdrawal:
            return QStringLiteral("withdrawal");
        case Activity::deposit:
            return QStringLiteral("deposit");
        case Activity::cheque_deposit:
            return QStringLiteral("cheque deposit");
        case Activity::balance:
            return QStringLiteral("balance");
        case Activity::payment:
            return QStringLiteral("payment");
        case Activity::other:
            return QStringLiteral("other");
        case Activity::maintenance:
            return QStringLiteral("maintenance");
        case Activity::idle:
            return QStringLiteral("idle");
    }
    return {};
}

QString event_text(std::string_view name) { return qstring(name).replace('_', ' '); }

QString short_path(QString path) {
    const QString home = QDir::homePath() + '/';
    return path.startsWith(home) ? "~/" + path.mid(home.size()) : path;
}

QString record_title(const Investigation& investigation, const Record& record) {
    return QStringLiteral("%1 · %2 %3")
        .arg(qstring(investigation.machine_of(record)), qstring(name_of(record.kind)))
        .arg(record.ordinal);
}

}  // namespace abm
