#include "widgets/ledger_words.h"

#include <QColor>
#include <QStringList>

#include "widgets/format.h"
#include "widgets/theme.h"

namespace abm {
namespace {

constexpr qsizetype kMostMachineSums = 4;

QString sums_html(const QString& machine, const CashSums& sums) {
    const QColor colour = sums.difference == 0 ? tokens().text : tokens().critical;
    QString words = QStringLiteral("%1 dispensed <b>%2</b>, deposited <b>%3</b>, difference <b style='color:%4'>%5</b>")
                        .arg(machine.toHtmlEscaped(), qstring(money_text(sums.dispensed)), qstring(money_text(sums.deposited)),
                             colour.name(), (sums.difference > 0 ? "+" : "") + qstring(money_text(sums.difference)));
    if (sums.unpriced_notes > 0)
        words += QStringLiteral(", and %1 of unknown worth").arg(counted(sums.unpriced_notes, "note", "notes"));
    return words;
}

}  // namespace

QString totals_html(const QString& of, const LedgerTotals& totals, const Investigation* all) {
    QStringList words{counted(totals.movements, "movement", "movements"),
                      counted(totals.discrepancies, "discrepancy", "discrepancies")};
    QStringList machines;
    for (const bool differs : {true, false}) {
        for (const auto& [machine, sums] : totals.sums) {
            if (all && (sums.difference != 0) == differs) machines.append(sums_html(qstring(all->machines[raw(machine)]), sums));
        }
    }
    const qsizetype more = machines.size() - kMostMachineSums;
    if (more > 0) machines = machines.first(kMostMachineSums) << counted(more, "more machine", "more machines");
    return QStringLiteral("<b>%1</b> &nbsp; %2").arg(of.toHtmlEscaped(), (words + machines).join(" &nbsp;·&nbsp; "));
}

}  // namespace abm
