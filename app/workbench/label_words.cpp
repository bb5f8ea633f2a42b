#include "app/workbench/label_words.h"

#include "app/workbench/actions.h"
#include "core/data/record_type.h"
#include "widgets/format.h"

namespace abm {
namespace {

constexpr RecordType kTypes[Actions::kTypeKeys] = {
    RecordType::cash_at_risk,         RecordType::dispense_fault, RecordType::deposit_fault,
    RecordType::acceptor_unavailable, RecordType::card_fault,     RecordType::repeated_attempts,
    RecordType::cheque_fault,         RecordType::out_of_service, RecordType::unusual};

}  // namespace

std::vector<OfferedType> offered_types() {
    std::vector<OfferedType> types;
    for (const RecordType type : kTypes) types.push_back({qstring(name_of(type)), qstring(display_name(type))});
    types[3].text = QStringLiteral("acceptor");  // shorter words for the two that do not fit on a button
    types[5].text = QStringLiteral("attempts");
    return types;
}

QString reason_text(QueueReason reason) {
    switch (reason) {
        case QueueReason::odd:
            return QStringLiteral("odd");
        case QueueReason::uncertain:
            return QStringLiteral("uncertain");
        case QueueReason::random:
            return QStringLiteral("random");
    }
    return {};
}

}  // namespace abm
