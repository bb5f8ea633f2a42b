#include "widgets/record_copy.h"

#include <QRegularExpression>
#include <QStringList>
#include <map>

#include "widgets/format.h"

namespace abm {
namespace {

constexpr std::size_t kMostAmounts = 3;
constexpr std::size_t kCopiedPerStopCheck = 8192;

// A name with a tab in it would shift the cells behind it.
QString cell(QString text) { return text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' '); }

QString plain_text(const Investigation& investigation, const Record& record, RecordColumn column) {
    switch (column) {
        case RecordColumn::time:
            return qstring(iso8601(record.start));
        case RecordColumn::machine:
            return qstring(investigation.machine_of(record));
        case RecordColumn::severity:
            return qstring(name_of(record.severity));
        case RecordColumn::score:
            return QString::number(static_cast<double>(record.score), 'f', 4);
        case RecordColumn::type:
            return qstring(name_of(record.type));
        case RecordColumn::at_risk:
            return qstring(money_text(record.at_risk, false));
        case RecordColumn::amount:
            return qstring(money_text(record.amount, false));
        case RecordColumn::activity:
            return activity_text(record.activity);
        case RecordColumn::label:
            return qstring(name_of(record.label));
    }
    return {};
}

}  // namespace

QString column_word(RecordColumn column) {
    constexpr const char* kWords[kRecordColumnCount] = {"time",    "machine", "severity", "score", "type",
                                                        "at_risk", "amount",  "activity", "label"};
    return QString::fromLatin1(kWords[static_cast<int>(column)]);
}

QString tab_separated(const Investigation& investigation, const std::vector<std::uint32_t>& records,
                      const std::vector<RecordColumn>& columns, bool headers, std::stop_token stop) {
    QString table;
    const auto add_line = [&](auto&& text_of) {
        for (std::size_t at = 0; at < columns.size(); ++at) table += (at > 0 ? "\t" : "") + cell(text_of(columns[at]));
        table += '\n';
    };
    if (headers) add_line(column_word);
    for (std::size_t at = 0; at < records.size(); ++at) {
        if (at % kCopiedPerStopCheck == 0 && stop.stop_requested()) return {};
        add_line([&](RecordColumn column) { return plain_text(investigation, investigation.records[records[at]], column); });
    }
    return table;
}

QString record_names(const Investigation& investigation, const std::vector<std::uint32_t>& records) {
    QStringList names;
    for (const std::uint32_t record : records) names.append(qstring(record_name(investigation, investigation.records[record])));
    return names.join('\n');
}

QString selection_words(const Investigation& investigation, const std::vector<std::uint32_t>& records) {
    std::map<MachineIndex, Money> sums;
    for (const std::uint32_t at : records) {
        const Record& record = investigation.records[at];
        if (record.at_risk != kNoAmount) sums[record.machine] += record.at_risk;
    }
    QStringList amounts;
    for (const auto& [machine, sum] : sums) {
        if (static_cast<std::size_t>(amounts.size()) == kMostAmounts) break;
        amounts.append((sums.size() > 1 ? qstring(investigation.machines[raw(machine)]) + ": " : QString()) +
                       qstring(money_text(sum)));
    }
    QString words = counted(std::ssize(records), "record", "records") + " selected";
    if (amounts.isEmpty()) return words + ", no amount at risk";
    words += ", at risk " + amounts.join(", ");
    return sums.size() > kMostAmounts ? words + QStringLiteral(" and %1 more machines").arg(sums.size() - kMostAmounts) : words;
}

}  // namespace abm
