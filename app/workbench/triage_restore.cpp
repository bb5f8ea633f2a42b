// Where one was on the page, as the settings keep it: JSON, so that a later version may add to it.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <array>
#include <cstdint>

#include "app/workbench/triage_page.h"
#include "widgets/filter_memory.h"
#include "widgets/score_chart.h"
#include "widgets/session_table.h"

namespace abm {
namespace {

constexpr std::array kFrontViews{View::queue,  View::sources,    View::ledger, View::jobs,
                                 View::models, View::guidelines, View::watch};

// Numbers of JSON are doubles: microseconds since 1970 fit for some centuries.
double number(Time time) { return static_cast<double>(time.time_since_epoch().count()); }
Time time(const QJsonValue& value) { return Time(std::chrono::microseconds(static_cast<std::int64_t>(value.toDouble()))); }

}  // namespace

QString TriagePage::place() const {
    if (!loaded_.snapshot) return {};
    const TimeRange view = chart_->visibleRange();
    QJsonArray front;
    for (const View each : kFrontViews) {
        if (docks_.isInFront(each)) front.append(static_cast<int>(each));
    }
    const QJsonObject place{{"view", QJsonArray{number(view.begin), number(view.end)}},
                            {"threshold", static_cast<double>(chart_->threshold())},
                            {"filter", QString::fromUtf8(remembered(sessions_->filter()))},
                            {"front", front}};
    return QString::fromUtf8(QJsonDocument(place).toJson(QJsonDocument::Compact));
}

void TriagePage::restorePlace(const QString& place) {
    const QJsonObject kept = QJsonDocument::fromJson(place.toUtf8()).object();
    if (kept.isEmpty()) return;
    const double threshold = kept["threshold"].toDouble(-1);
    if (threshold > 0 && threshold <= 1) setThreshold(static_cast<float>(threshold));
    if (const auto filter = filter_from(kept["filter"].toString().toUtf8())) applyFilter(*filter);
    const QJsonArray view = kept["view"].toArray();
    if (view.size() == 2 && view[0].toDouble() < view[1].toDouble()) chart_->showRange({time(view[0]), time(view[1])});
    for (const QJsonValue each : kept["front"].toArray()) {
        const int known = each.toInt(-1);
        if (std::ranges::find(kFrontViews, static_cast<View>(known)) != kFrontViews.end()) docks_.show(static_cast<View>(known));
    }
}

}  // namespace abm
