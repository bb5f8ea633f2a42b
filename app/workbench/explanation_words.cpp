#include "app/workbench/explanation_words.h"

#include <algorithm>
#include <cmath>

#include "app/workbench/feature_lines.h"
#include "core/decide/explain.h"
#include "core/features/session_features.h"
#include "widgets/format.h"

namespace abm {
namespace {

// Phrases are made for sentences: "the distance, beyond the usual,".
QString name_words(const std::string& feature) {
    QString words = qstring(feature_phrase(feature));
    if (words.startsWith("the ")) words.remove(0, 4);
    if (words.endsWith(',')) words.chop(1);
    return words;
}

QString value_words(const std::string& feature, double value) { return qstring(feature_text(feature, value)); }

QString usual_words(const Contribution& c) {
    if (!std::isfinite(c.usual_low) || !std::isfinite(c.usual_high)) return {};
    QString low = value_words(c.feature, c.usual_low);
    const QString high = value_words(c.feature, c.usual_high);
    if (low == high) return high;
    if (low.endsWith(" s") && high.endsWith(" s")) low.chop(2);
    return low + " – " + high;
}

// The hour is spread over a sine and a cosine, which mean nothing to a reader: the clock does.
bool is_hour(const std::string& feature) { return feature == "hour_sin" || feature == "hour_cos"; }

OddValue odd_value(const Contribution& c, const Record& record, const std::vector<LogLine>& lines) {
    if (is_hour(c.feature)) return {name_words(c.feature), qstring(clock_text(record.start)).left(5), {}, c.share};
    return {name_words(c.feature), value_words(c.feature, c.value), usual_words(c), c.share, feature_lines(c.feature, lines)};
}

}  // namespace

ShownExplanation explanation_words(const Explanation& explanation, const Record& record, std::size_t most,
                                   const std::vector<LogLine>& lines) {
    ShownExplanation shown;
    shown.scored = !explanation.contributions.empty();
    if (shown.scored && record.type == RecordType::unusual)
        shown.sentence = qstring(unusual_sentence(explanation, record.provisional));
    for (const Contribution& c : explanation.contributions) {
        if (c.margin <= 0) continue;
        OddValue odd = odd_value(c, record, lines);
        const auto same = std::find_if(shown.odd.begin(), shown.odd.end(), [&](const OddValue& o) { return o.name == odd.name; });
        if (same != shown.odd.end()) {
            same->share += odd.share;
        } else if (shown.odd.size() < most) {
            shown.odd.push_back(std::move(odd));
        }
    }
    std::stable_sort(shown.odd.begin(), shown.odd.end(), [](const OddValue& a, const OddValue& b) { return a.share > b.share; });
    return shown;
}

}  // namespace abm
