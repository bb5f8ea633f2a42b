#include "widgets/filter_menu.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <algorithm>
#include <map>

#include "widgets/format.h"

namespace abm {
namespace {

constexpr std::size_t kMostValues = 100;

template <class Counts, class Word>
std::vector<FilterValue> listed(const Counts& counts, Word word) {
    std::vector<FilterValue> values;
    for (std::size_t at = 0; at < counts.size(); ++at) values.push_back({word(at), counts[at]});
    return values;
}

// Files of several folders may have one name: they are one value.
std::vector<FilterValue> by_name(const std::vector<std::int64_t>& counts, const Investigation& all) {
    std::map<QString, std::int64_t> records;
    for (std::size_t at = 0; at < counts.size(); ++at) records[qstring(all.sources[at].name)] += counts[at];
    std::vector<FilterValue> values;
    for (const auto& [name, count] : records) values.push_back({name, count});
    return values;
}

std::vector<FilterValue> all_values(FilterKind kind, const RecordCounts& counts, const Investigation& all) {
    switch (kind) {
        case FilterKind::severity: {
            auto values = listed(counts.severities, [](auto at) { return qstring(name_of(static_cast<Severity>(at))); });
            std::reverse(values.begin(), values.end());
            return values;
        }
        case FilterKind::type:
            return listed(counts.types, [](auto at) { return qstring(name_of(static_cast<RecordType>(at))); });
        case FilterKind::label:
            return listed(counts.labels, [](auto at) { return label_value(static_cast<LabelClass>(at)); });
        case FilterKind::machine:
            return listed(counts.machines, [&](auto at) { return qstring(all.machines[at]); });
        case FilterKind::view:
            return listed(counts.views, [](auto at) { return name_of(static_cast<RecordView>(at)); });
        case FilterKind::file:
            return by_name(counts.sources, all);
        default:
            return {};
    }
}

// Those with most records, in the order of their names.
void keep_most(std::vector<FilterValue>& values) {
    if (values.size() > kMostValues) {
        std::nth_element(values.begin(), values.begin() + kMostValues, values.end(),
                         [](const auto& a, const auto& b) { return a.records > b.records; });
        values.resize(kMostValues);
    }
    std::sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
}

}  // namespace

bool TickMenu::tick(QAction* action) {
    if (!action || !action->isEnabled() || !action->isCheckable()) return false;
    action->trigger();
    return true;
}

void TickMenu::mouseReleaseEvent(QMouseEvent* event) {
    if (!tick(actionAt(event->pos()))) QMenu::mouseReleaseEvent(event);
}

void TickMenu::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Space || !tick(activeAction())) QMenu::keyPressEvent(event);
}

std::vector<FilterValue> values_of(FilterKind kind, const FilterChoices& choices, const QStringList& chosen, bool routine) {
    std::vector<FilterValue> values;
    if (choices.snapshot && choices.tally)
        values = all_values(kind, routine ? choices.tally->all : choices.tally->listed, *choices.snapshot);
    std::erase_if(values, [](const FilterValue& its) { return its.records == 0; });
    if (kind == FilterKind::machine || kind == FilterKind::type || kind == FilterKind::file) keep_most(values);
    for (const QString& value : chosen) {
        const auto same = [&](const FilterValue& its) { return its.value == value; };
        if (std::none_of(values.begin(), values.end(), same)) values.push_back({value, 0});
    }
    return values;
}

void offer_values(QMenu& menu, FilterKind kind, const std::vector<FilterValue>& values, const QStringList& chosen,
                  const std::function<void(const QStringList&)>& changed) {
    const auto ticked = std::make_shared<QStringList>(chosen);
    for (const FilterValue& its : values) {
        QAction* const action = menu.addAction(value_words(kind, its.value).replace('&', "&&") + '\t' + count_text(its.records));
        action->setObjectName(its.value);
        action->setCheckable(true);
        action->setChecked(chosen.contains(its.value));
        QObject::connect(action, &QAction::toggled, &menu, [ticked, changed, value = its.value](bool on) {
            ticked->removeAll(value);
            if (on) ticked->append(value);
            changed(*ticked);
        });
    }
}

}  // namespace abm
