#include "app/workbench/label_words.h"

#include <algorithm>
#include <span>

#include "app/workbench/actions.h"
#include "core/data/record_type.h"
#include "widgets/format.h"

namespace abm {
namespace {

using R = RecordType;

constexpr R kOfJournals[] = {R::cash_at_risk,         R::dispense_fault, R::deposit_fault,
                             R::acceptor_unavailable, R::card_fault,     R::repeated_attempts,
                             R::cheque_fault,         R::out_of_service, R::unusual};
constexpr R kOfCaptures[] = {R::silence,      R::missing_responses, R::packet_loss,      R::late_response, R::jitter_burst,
                             R::packet_flood, R::address_scan,      R::connection_burst, R::unusual};
constexpr R kOfLogs[] = {R::error_burst, R::silence, R::rare_message, R::clock_jump, R::unusual};
constexpr R kOfSubscribers[] = {R::attach_failed, R::attach_timeout, R::abnormal_detach,
                                R::forced_detach, R::silence,        R::unusual};
constexpr R kOfTables[] = {R::spike, R::drop, R::drift, R::missing_data, R::unusual};
static_assert(std::max({std::size(kOfJournals), std::size(kOfCaptures), std::size(kOfLogs), std::size(kOfSubscribers),
                        std::size(kOfTables)}) <= Actions::kTypeKeys);

std::span<const R> types_of(RecordView view) {
    switch (view) {
        case RecordView::session:
        case RecordView::interval:
            return kOfJournals;
        case RecordView::packets:
            return kOfCaptures;
        case RecordView::log_window:
            return kOfLogs;
        case RecordView::entity:
            return kOfSubscribers;
        case RecordView::series:
        case RecordView::row:
            return kOfTables;
    }
    return {};
}

// Some are too long for a button.
QString short_name(R type) {
    if (type == R::acceptor_unavailable) return QStringLiteral("acceptor");
    if (type == R::repeated_attempts) return QStringLiteral("attempts");
    if (type == R::missing_responses) return QStringLiteral("no response");
    if (type == R::connection_burst) return QStringLiteral("connections");
    return qstring(display_name(type));
}

}  // namespace

std::vector<OfferedType> offered_types(RecordView view) {
    std::vector<OfferedType> types;
    for (const R type : types_of(view)) types.push_back({qstring(name_of(type)), short_name(type)});
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
