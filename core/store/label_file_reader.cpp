#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/text_encoding.h"
#include "core/store/label_cells.h"
#include "core/store/label_file.h"

namespace abm {
namespace {

using nlohmann::json;

/// For each column of the file the cell it fills.
std::vector<std::optional<LabelColumn>> read_header(CsvReader& reader) {
    std::vector<std::string> names;
    if (!reader.next(names))
        throw Error(ErrorCode::Invalid, fmt::format("{}: is empty; a label file begins with a header", reader.name()));
    std::vector<std::optional<LabelColumn>> columns;
    for (const std::string& name : names) {
        const auto column = label_column(name);
        if (column && std::find(columns.begin(), columns.end(), column) != columns.end())
            throw Error(ErrorCode::Invalid, fmt::format("{}:{}: the column {} is there twice", reader.name(), reader.line(),
                                                        kLabelColumns[static_cast<std::size_t>(*column)]));
        columns.push_back(column);
    }
    for (const LabelColumn needed : {LabelColumn::source, LabelColumn::start_offset, LabelColumn::label}) {
        if (std::find(columns.begin(), columns.end(), needed) != columns.end()) continue;
        throw Error(ErrorCode::Invalid,
                    fmt::format("{}:{}: no column {}; a label file needs source, start_offset and label, separated by commas",
                                reader.name(), reader.line(), kLabelColumns[static_cast<std::size_t>(needed)]));
    }
    return columns;
}

void read_csv(std::istream& input, LabelFile& file) {
    CsvReader reader(input, file.name);
    const auto columns = read_header(reader);
    for (std::vector<std::string> fields; reader.next(fields);) {
        if (fields.size() != columns.size()) {  // a comma too many, or a row cut off: no cell can be trusted
            file.problems.push_back(
                {reader.line(),
                 fmt::format("{} fields where the header has {}; fields with commas are quoted", fields.size(), columns.size())});
            continue;
        }
        LabelCells cells;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i]) cells[*columns[i]] = as_utf8(fields[i]);
        }
        take_row(reader.line(), cells, file);
    }
}

/// Up to the line feed; false at the end of the input.
bool next_line(std::istream& input, std::string& line, const LabelFile& file, std::int64_t number) {
    line.clear();
    int c = input.get();
    if (c == std::istream::traits_type::eof()) return false;
    for (; c != std::istream::traits_type::eof() && c != '\n'; c = input.get()) {
        if (line.size() == CsvReader::kMostBytes) {
            throw Error(ErrorCode::Corrupt, fmt::format("{}:{}: a line of more than {} MiB begins here", file.name, number,
                                                        CsvReader::kMostBytes >> 20));
        }
        line += std::istream::traits_type::to_char_type(c);
    }
    return true;
}

/// Text and whole numbers are taken as they are, null as empty; nullopt for anything else.
std::optional<std::string> cell_text(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return value.dump();
    if (value.is_null()) return std::string();
    return std::nullopt;
}

void take_object(std::int64_t number, const json& object, LabelFile& file) {
    LabelCells cells;
    for (const auto& [name, value] : object.items()) {
        const auto column = label_column(name);
        if (!column) continue;
        auto text = cell_text(value);
        if (!text) {
            file.problems.push_back({number, fmt::format("{} must be text or a whole number", quoted_cell(name))});
            return;
        }
        if (!text->empty()) cells[*column] = std::move(*text);
    }
    take_row(number, cells, file);
}

void read_json_lines(std::istream& input, LabelFile& file) {
    std::int64_t number = 0;
    for (std::string line; next_line(input, line, file, number + 1);) {
        ++number;
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        const json object = json::parse(as_utf8(line), nullptr, false);
        if (object.is_object()) {
            take_object(number, object, file);
        } else if (number == 1) {
            throw Error(ErrorCode::Corrupt, fmt::format("{}:1: neither CSV nor JSON Lines, one object a line", file.name));
        } else {
            file.problems.push_back({number, "not a JSON object"});
        }
    }
}

/// What spreadsheets and archives write, by its first byte: it would only be said to lack a column.
void refuse_other_encodings(int first, const std::string& name) {
    if (first == 0x1F)
        throw Error(ErrorCode::Invalid, name + ": is compressed; unpack it first (gunzip), then import the text file");
    if (first == 0xFF || first == 0xFE)
        throw Error(ErrorCode::Invalid, name + ": is UTF-16 text; save it as CSV in UTF-8, or: iconv -f UTF-16 -t UTF-8");
}

}  // namespace

LabelFile read_label_file(std::istream& input, const std::string& name) {
    LabelFile file;
    file.name = name;
    if (!input) throw Error(ErrorCode::Io, name + ": cannot be read");
    try {
        skip_byte_order_mark(*input.rdbuf());
    } catch (const std::ios_base::failure& error) {
        throw Error(ErrorCode::Io, fmt::format("{}: cannot be read: {}", name, error.what()));
    }
    refuse_other_encodings(input.peek(), name);
    if (input.peek() == '{') {
        read_json_lines(input, file);
    } else {
        input.clear(input.rdstate() & std::ios_base::badbit);  // looking at an empty file leaves it failed
        read_csv(input, file);
    }
    if (input.bad()) throw Error(ErrorCode::Io, name + ": cannot be read to its end");
    return file;
}

}  // namespace abm
