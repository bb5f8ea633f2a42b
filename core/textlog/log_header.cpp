#include "core/textlog/log_header.h"

#include <algorithm>

#include "core/ingest/text_scan.h"
#include "core/textlog/header_learner.h"

namespace abm {
namespace {

void take_role(LogHeader::Item::Role role, std::string_view value, HeaderFields& fields) {
    using Role = LogHeader::Item::Role;
    if (role == Role::host) fields.host = value;
    if (role == Role::component) fields.component = value;
    if (role == Role::pid) fields.pid = value;
}

bool is_weak(const LogHeader::Item& item) {
    return item.role != LogHeader::Item::Role::host && (item.kind == HeaderItem::word || item.kind == HeaderItem::number);
}

}  // namespace

LogHeader LogHeader::learn(std::span<const std::string_view> lines) {
    LogHeader header;
    header.items_ = learn_items(lines.subspan(0, std::min(lines.size(), kMostSample)), header.order_);
    return header;
}

HeaderFields LogHeader::parse(std::string_view line) const {
    HeaderFields fields;
    std::size_t at = line.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < line.size() && is_blank(line[at])) ++at;
    for (const Item& item : items_) {
        const ItemText text = read_item(item.kind, item.date, line, at);
        if (text.end == 0) break;
        at = text.end;
        if (!is_weak(item)) fields.message = at;  // words alone prove nothing: any line has them
        take_role(item.role, text.value, fields);
        if (item.kind == HeaderItem::level) fields.level = text.value;
        if (!text.pid.empty()) fields.pid = text.pid;
        if (item.kind != HeaderItem::time) continue;
        const Time time = time_of(text.time, order_);
        if (known(time) || fields.time_text.empty()) fields.time_text = text.value;
        if (known(time)) fields.time = time;
    }
    fields.recognised = fields.message > 0;
    return fields.recognised ? fields : HeaderFields{};
}

}  // namespace abm
