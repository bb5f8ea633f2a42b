// What a record is to somebody who reads it: by the kind of its source, not only by the kind of record.
#pragma once

#include <QString>
#include <array>
#include <cstdint>
#include <optional>

#include "widgets/snapshot.h"

namespace abm {

enum class RecordView : std::uint8_t { session, interval, packets, series, log_window, entity, row };
inline constexpr int kRecordViewCount = 7;

RecordView view_of(const Source& source, RecordKind kind);
inline RecordView view_of(const Investigation& all, const Record& record) { return view_of(all.source_of(record), record.kind); }

/// Read by a log profile.
bool has_profile(const Source& source);

/// The word filters are kept by: "session", "packets", "log_window".
QString name_of(RecordView view);
std::optional<RecordView> record_view_from_name(const QString& name);
/// "sessions", "capture windows", "log entities"
QString plural_of(RecordView view);

/// How many machines and others an investigation is about.
struct EntityCounts {
    std::int64_t machines = 0;  ///< with a journal
    std::int64_t others = 0;    ///< links, metrics, subscribers, hosts ...
};
EntityCounts entity_counts(const Investigation& all);  ///< O(records)
/// "3 machines", "3 machines, 511 other entities", "511 entities"
QString entity_words(const EntityCounts& counts);

}  // namespace abm
