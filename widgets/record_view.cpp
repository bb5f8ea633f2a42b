#include "widgets/record_view.h"

#include <algorithm>
#include <vector>

#include "widgets/format.h"

namespace abm {
namespace {

struct Words {
    const char* name;
    const char* plural;
};
constexpr std::array<Words, kRecordViewCount> kWords{{{"session", "sessions"},
                                                      {"interval", "intervals"},
                                                      {"packets", "capture windows"},
                                                      {"series", "metric windows"},
                                                      {"log_window", "log windows"},
                                                      {"entity", "log entities"},
                                                      {"row", "table rows"}}};

}  // namespace

RecordView view_of(const Source& source, RecordKind kind) {
    switch (kind) {
        case RecordKind::session:
            return RecordView::session;
        case RecordKind::interval:
            return RecordView::interval;
        case RecordKind::entity:
            return RecordView::entity;
        case RecordKind::row:
            return RecordView::row;
        case RecordKind::window:
            break;
    }
    if (source.is_capture()) return RecordView::packets;
    return source.format == "csv" || source.format == "jsonl" ? RecordView::series : RecordView::log_window;
}

bool has_profile(const Source& source) {
    static constexpr std::array<std::string_view, 4> kOthers{"csv", "jsonl", "empty", "unknown"};
    return !source.is_capture() && std::ranges::find(kOthers, source.format) == kOthers.end();
}

QString name_of(RecordView view) { return QString::fromLatin1(kWords[static_cast<std::size_t>(view)].name); }
QString plural_of(RecordView view) { return QString::fromLatin1(kWords[static_cast<std::size_t>(view)].plural); }

std::optional<RecordView> record_view_from_name(const QString& name) {
    for (int at = 0; at < kRecordViewCount; ++at) {
        if (name_of(static_cast<RecordView>(at)) == name) return static_cast<RecordView>(at);
    }
    return std::nullopt;
}

EntityCounts entity_counts(const Investigation& all) {
    std::vector<bool> seen(all.machines.size()), journal(all.machines.size());
    for (const Record& record : all.records) {
        seen[raw(record.machine)] = true;
        if (record.kind == RecordKind::session || record.kind == RecordKind::interval) journal[raw(record.machine)] = true;
    }
    EntityCounts counts;
    counts.machines = std::count(journal.begin(), journal.end(), true);
    counts.others = std::count(seen.begin(), seen.end(), true) - counts.machines;
    return counts;
}

QString entity_words(const EntityCounts& counts) {
    if (counts.others == 0) return counted(counts.machines, "machine", "machines");
    if (counts.machines == 0) return counted(counts.others, "entity", "entities");
    return counted(counts.machines, "machine", "machines") + ", " + counted(counts.others, "other entity", "other entities");
}

}  // namespace abm
