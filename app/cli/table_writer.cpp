#include "app/cli/table_writer.h"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

#include "core/base/csv.h"
#include "core/base/text_encoding.h"

namespace abm::cli {
namespace {

constexpr std::size_t kRowsForWidths = 1'000;
constexpr std::size_t kFlushBytes = 64 * 1024;

TableFormat chosen(const TableOptions& options, const OutputFile& output) {
    if (options.format != TableFormat::automatic) return options.format;
    if (options.out.extension() == ".jsonl") return TableFormat::jsonl;
    return output.is_terminal() ? TableFormat::table : TableFormat::csv;
}

std::string json_text(std::string_view text) {
    // A file name may hold any bytes; JSON may not.
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::size_t width_of(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

TableWriter::TableWriter(std::span<const Column> columns, const TableOptions& options)
    : columns_(columns), output_(options.out), format_(chosen(options, output_)) {
    if (format_ != TableFormat::csv) return;
    std::vector<std::string> names;
    for (const Column& column : columns_) names.emplace_back(column.name);
    write_csv(names);
}

void TableWriter::row(std::vector<std::string> cells) {
    assert(cells.size() == columns_.size());
    switch (format_) {
        case TableFormat::jsonl:
            write_jsonl(cells);
            break;
        case TableFormat::table:
            if (!widths_.empty()) {
                write_aligned(cells);
            } else {
                first_rows_.push_back(std::move(cells));
                if (first_rows_.size() == kRowsForWidths) start_aligned();
            }
            break;
        default:
            write_csv(cells);
    }
    if (buffer_.size() >= kFlushBytes) pass_on();
}

void TableWriter::flush() {
    if (format_ == TableFormat::table && widths_.empty() && !first_rows_.empty()) start_aligned();
    pass_on();
    output_.stream().flush();
}

void TableWriter::finish() {
    if (format_ == TableFormat::table && widths_.empty()) start_aligned();
    pass_on();
    output_.commit();
}

void TableWriter::write_csv(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) buffer_ += ',';
        buffer_ += csv_field(cells[i]);
    }
    buffer_ += '\n';
}

void TableWriter::write_jsonl(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        buffer_ += i == 0 ? "{\"" : ",\"";
        buffer_ += columns_[i].name;
        buffer_ += "\":";
        if (cells[i].empty()) {
            buffer_ += "null";
        } else {
            buffer_ += columns_[i].kind == Column::Kind::number ? cells[i] : json_text(cells[i]);
        }
    }
    buffer_ += "}\n";
}

void TableWriter::start_aligned() {
    std::vector<std::string> names;
    for (const Column& column : columns_) {
        names.emplace_back(column.name);
        widths_.push_back(column.name.size());
    }
    for (const auto& cells : first_rows_) {
        for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], width_of(printable(cells[i])));
    }
    write_aligned(names);
    for (const auto& cells : first_rows_) write_aligned(cells);
    first_rows_.clear();
}

void TableWriter::write_aligned(const std::vector<std::string>& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (columns_[i].detail) continue;
        if (!line.empty()) line += "  ";
        const std::string shown = printable(cells[i]);
        const std::size_t width = width_of(shown);
        const std::string blanks(width < widths_[i] ? widths_[i] - width : 0, ' ');
        line += columns_[i].kind == Column::Kind::number ? blanks + shown : shown + blanks;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    buffer_ += line + '\n';
}

void TableWriter::pass_on() {
    output_.stream().write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
}

}  // namespace abm::cli
