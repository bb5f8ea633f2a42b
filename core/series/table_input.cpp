#include "core/series/table_input.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/letters.h"
#include "core/base/text_encoding.h"

namespace abm {
namespace {

using JsonLine = nlohmann::json;

std::string head_of(const std::filesystem::path& path) {
    const auto bytes = ByteSource::open(path);
    std::string head(kSniffBytes, '\0');
    head.resize(bytes->read(head));
    return head;
}

std::string cell_text(const JsonLine& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null()) return {};
    return value.dump(-1, ' ', false, JsonLine::error_handler_t::replace);
}

template <class Take>
void flatten(const JsonLine& object, const std::string& prefix, int depth, const Take& take) {
    for (const auto& [name, value] : object.items()) {
        const std::string full = prefix.empty() ? name : fmt::format("{}.{}", prefix, name);
        if (value.is_object() && depth < TableInput::kDeepest) {
            flatten(value, full, depth + 1, take);
        } else if (!value.is_structured() || depth < TableInput::kDeepest) {
            take(full, value);
        }
    }
}

}  // namespace

TableInput::TableInput(const std::filesystem::path& path, std::vector<std::string> columns, SourceIdentity* identity)
    : head_(head_of(path)),
      form_(table_form(head_)),
      bytes_(ByteSource::open(path)),
      cutter_(std::make_unique<RowCutter>(*bytes_, form_.separator, identity)),
      columns_(std::move(columns)),
      header_pending_(form_.header) {
    for (std::size_t i = 0; form_.json && i < columns_.size(); ++i) column_index_.emplace(columns_[i], i);
}

void TableInput::name_columns(const std::vector<std::string_view>& fields) {
    columns_.clear();
    for (std::size_t i = 0; i < fields.size(); ++i)
        columns_.push_back(form_.header && !trimmed(fields[i]).empty() ? std::string(fields[i])
                                                                       : fmt::format("column_{}", i + 1));
}

bool TableInput::next(TableRow& row) {
    RowCutter::Row cut;
    while (cutter_->next(cut)) {
        row.span = cut.span;
        row.text = cut.text;
        const std::int64_t end = cut.span.bytes - static_cast<std::int64_t>(cut.text.size());
        const char* const behind = cut.text.data() + cut.text.size();
        row.ends_cr = end > 0 && behind[0] == '\r';
        row.ends_lf = end > 0 && behind[end - 1] == '\n';
        row.cells.clear();
        row.understood = false;
        if (trimmed(cut.text).empty() && !cut.cut) continue;
        if (cut.cut) return true;
        if (form_.json) {
            read_object(row);
        } else {
            read_fields(row);
        }
        if (row.understood && header_pending_) {
            header_pending_ = false;
            continue;
        }
        return true;
    }
    return false;
}

void TableInput::read_fields(TableRow& row) {
    if (!splitter_.split(row.text, form_.separator)) return;
    const auto& fields = splitter_.fields();
    if (header_pending_ || columns_.empty()) name_columns(fields);
    row.understood = fields.size() == columns_.size();
    if (row.understood) row.cells = fields;
}

std::size_t TableInput::column_of(const std::string& name) {
    const auto found = column_index_.find(name);
    if (found != column_index_.end()) return found->second;
    if (columns_.size() == kMostColumns) {
        left_out_ = true;
        return kMostColumns;
    }
    column_index_.emplace(name, columns_.size());
    columns_.push_back(name);
    return columns_.size() - 1;
}

void TableInput::read_object(TableRow& row) {
    const JsonLine object = JsonLine::parse(row.text.begin(), row.text.end(), nullptr, false);
    if (!object.is_object()) return;
    json_cells_.assign(columns_.size(), {});
    flatten(object, {}, 1, [&](const std::string& name, const JsonLine& value) {
        const std::size_t column = column_of(name);
        if (column == kMostColumns) return;
        if (json_cells_.size() <= column) json_cells_.resize(column + 1);
        json_cells_[column] = cell_text(value);
    });
    row.understood = true;
    row.cells.assign(json_cells_.begin(), json_cells_.end());
}

}  // namespace abm
