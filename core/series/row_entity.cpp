#include "core/series/row_entity.h"

#include "core/base/card_mask.h"
#include "core/base/text_encoding.h"
#include "core/ingest/text_scan.h"

namespace abm {

std::size_t RowEntities::of(const TableRow& row) {
    raw_.clear();
    for (const auto& column : {layout_.entity, layout_.metric}) {
        if (!column || *column >= row.cells.size()) continue;
        const std::string_view cell = trimmed(row.cells[*column]);
        if (is_unknown(cell)) continue;
        if (!raw_.empty()) raw_ += ' ';
        raw_ += cell;
    }
    const auto found = by_raw_.find(raw_);
    return found != by_raw_.end() ? found->second : add(raw_);
}

std::size_t RowEntities::add(const std::string& raw) {
    std::string name = raw.empty() ? fallback_ : printable(raw);
    masked_ += mask_card_numbers(name);
    if (name.size() > kMostBytes) {
        name.resize(kMostBytes);
        while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xC0) == 0x80) name.pop_back();
        name.pop_back();
        name += "...";
    }
    const auto [place, is_new] = by_name_.emplace(name, names_.size());
    if (is_new) names_.push_back(name);
    by_raw_.emplace(raw, place->second);
    return place->second;
}

}  // namespace abm
