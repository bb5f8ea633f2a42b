#include "core/store/labelled_data.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "core/data/record_names.h"
#include "core/store/record_lookup.h"

namespace abm {
namespace {

std::vector<std::size_t> ordered_sources(const Investigation& investigation, const std::vector<std::string>& names) {
    std::vector<std::size_t> order(names.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return std::tie(names[a], investigation.sources[a].identity) < std::tie(names[b], investigation.sources[b].identity);
    });
    return order;
}

/// standing_verdicts() gives them by source, offset ... of the workspace; this gives them source by source of the export.
std::span<const StandingVerdict> verdicts_of(const std::vector<StandingVerdict>& verdicts, SourceId id) {
    const auto [first, end] =
        std::ranges::equal_range(verdicts, id, {}, [](const StandingVerdict& verdict) { return verdict.key.source; });
    return {first, end};
}

/// Those that count, by kind and offset.
std::map<std::pair<RecordKind, std::int64_t>, const StandingVerdict*> counting(std::span<const StandingVerdict> verdicts) {
    std::map<std::pair<RecordKind, std::int64_t>, const StandingVerdict*> found;
    for (const StandingVerdict& verdict : verdicts) {
        if (verdict.counts) found[{verdict.key.kind, verdict.key.start_offset}] = &verdict;
    }
    return found;
}

void add_verdicts(LabelledData& data, std::size_t source, std::span<const StandingVerdict> verdicts,
                  std::span<const Record> records) {
    const auto first = static_cast<std::ptrdiff_t>(data.verdicts.size());
    for (const StandingVerdict& verdict : verdicts) {
        data.verdicts.push_back({source, &verdict});
        if (record_at(records, verdict.key.kind, verdict.key.start_offset) == nullptr) ++data.without_record;
    }
    std::stable_sort(data.verdicts.begin() + first, data.verdicts.end(), [](const ExportedVerdict& a, const ExportedVerdict& b) {
        const auto order = [](const StandingVerdict& v) { return std::tie(v.key.start_offset, v.key.kind, v.label.who); };
        return order(*a.verdict) < order(*b.verdict);
    });
}

void add_records(LabelledData& data, std::span<const StandingVerdict> verdicts, std::span<const Record> records, bool all) {
    if (verdicts.empty() && !all) return;
    const auto deciding = counting(verdicts);
    for (const Record& record : records) {
        const auto found = deciding.find({record.kind, record.span.offset});
        const StandingVerdict* verdict = found == deciding.end() ? nullptr : found->second;
        if (verdict != nullptr || all) data.records.push_back({&record, verdict});
    }
}

}  // namespace

LabelledData gather(const Investigation& investigation, const std::vector<SourceId>& ids,
                    const std::vector<StandingVerdict>& verdicts, bool all) {
    LabelledData data;
    data.names = source_names(investigation);
    data.sources = ordered_sources(investigation, data.names);
    for (const std::size_t source : data.sources) {
        const auto said = raw(ids.at(source)) == 0 ? std::span<const StandingVerdict>() : verdicts_of(verdicts, ids[source]);
        const auto records = records_of(investigation, source);
        add_verdicts(data, source, said, records);
        add_records(data, said, records, all);
    }
    data.without_source = std::ssize(verdicts) - std::ssize(data.verdicts);
    return data;
}

}  // namespace abm
