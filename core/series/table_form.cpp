#include "core/series/table_form.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/letters.h"
#include "core/base/text_encoding.h"
#include "core/series/cell.h"
#include "core/series/row_cutter.h"

namespace abm {
namespace {

constexpr std::size_t kRows = 50;
constexpr std::size_t kMostNameBytes = 200;
using Fields = std::vector<std::string>;

// Whole rows at the front; a row that is cut off only when it is the only one.
std::vector<std::string_view> first_rows(std::string_view head, char separator) {
    if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
    std::vector<std::string_view> rows;
    while (!head.empty() && rows.size() < kRows) {
        const bool ends_here = head.back() == '\n' || head.back() == '\r';
        std::size_t size = row_size(head, separator, ends_here);
        if (size == 0) size = head.size() < RowCutter::kMostBytes ? head.size() : 0;
        if (size == 0) break;
        const std::string_view row = without_line_end(head.substr(0, size));
        const bool cut = size == head.size() && !ends_here && rows.size() > 2;
        if (!trimmed(row).empty() && !cut) rows.push_back(row);
        head.remove_prefix(size);
    }
    return rows;
}

std::vector<Fields> split_rows(std::string_view head, char separator) {
    std::vector<Fields> all;
    FieldSplitter splitter;
    for (const std::string_view row : first_rows(head, separator)) {
        if (splitter.split(row, separator)) {
            all.emplace_back(splitter.fields().begin(), splitter.fields().end());
        } else {
            all.emplace_back();
        }
    }
    return all;
}

bool typed(std::string_view cell) {
    return number_of(cell, Decimal::point) || number_of(cell, Decimal::comma) || boolean_of(cell) || time_of_cell(cell).size > 0;
}

// Names: none is a number or a time, at most one is empty, all differ.
bool looks_like_names(const Fields& fields) {
    std::size_t empty = 0;
    Fields names;
    for (const std::string& field : fields) {
        if (field.size() > kMostNameBytes) return false;
        if (trimmed(field).empty()) {
            ++empty;
        } else if (typed(field)) {
            return false;
        } else {
            names.push_back(field);
        }
    }
    std::sort(names.begin(), names.end());
    return empty <= 1 && !names.empty() && std::adjacent_find(names.begin(), names.end()) == names.end();
}

/// How well one separator explains the first rows.
struct Judgement {
    std::size_t columns = 0;
    double same_length = 0;  ///< share of rows with as many fields as the first
    double typed_columns = 0;
    bool header = false;
};

double typed_columns(const std::vector<Fields>& rows, std::size_t first, std::size_t columns) {
    std::size_t found = 0;
    for (std::size_t column = 0; column < columns; ++column) {
        std::size_t known = 0, hits = 0;
        for (std::size_t row = first; row < rows.size(); ++row) {
            if (rows[row].size() != columns || is_unknown(rows[row][column])) continue;
            ++known;
            if (typed(rows[row][column])) ++hits;
        }
        if (known > 0 && 10 * hits >= 8 * known) ++found;
    }
    return static_cast<double>(found) / static_cast<double>(columns);
}

Judgement judge(std::string_view head, char separator) {
    const std::vector<Fields> rows = split_rows(head, separator);
    if (rows.empty() || rows.front().empty()) return {};
    Judgement judgement;
    judgement.columns = rows.front().size();
    judgement.header = looks_like_names(rows.front());
    const auto same = std::count_if(rows.begin(), rows.end(), [&](const Fields& row) { return row.size() == judgement.columns; });
    judgement.same_length = static_cast<double>(same) / static_cast<double>(rows.size());
    judgement.typed_columns = typed_columns(rows, judgement.header ? 1 : 0, judgement.columns);
    return judgement;
}

bool convincing(const Judgement& judgement) {
    if (judgement.columns < 2 || judgement.same_length < 0.9) return false;
    return judgement.header ? judgement.typed_columns > 0 : judgement.typed_columns > 0.5;
}

// Typed columns count most: "1,5;2,5" also has commas in every row.
double merit(const Judgement& judgement) {
    if (judgement.columns < 2) return 0;
    const double columns = static_cast<double>(std::min<std::size_t>(judgement.columns, 1'000));
    return judgement.same_length * (0.1 + judgement.typed_columns) + 1e-5 * columns;
}

bool is_object(std::string_view line) {
    const auto parsed = nlohmann::json::parse(line.begin(), line.end(), nullptr, false);
    return parsed.is_object();
}

// Two of three of the first lines: one of them may be broken.
bool looks_like_json_lines(std::string_view head) {
    std::vector<std::string_view> lines = first_rows(head, '\0');
    if (lines.size() > 10) lines.resize(10);
    if (lines.empty()) return false;
    const auto objects = std::count_if(lines.begin(), lines.end(), is_object);
    return 3 * objects >= 2 * static_cast<std::ptrdiff_t>(lines.size());
}

}  // namespace

TableForm table_form(std::string_view head) {
    head = head.substr(0, kSniffBytes);
    if (looks_like_json_lines(head)) return {true, '\0', false, true};
    TableForm form;
    Judgement best;
    for (const char separator : std::array{',', ';', '\t'}) {
        const Judgement judgement = judge(head, separator);
        if (merit(judgement) <= merit(best)) continue;
        best = judgement;
        form.separator = separator;
    }
    if (best.columns < 2) best = judge(head, form.separator);  // one column
    form.header = best.header;
    form.convincing = convincing(best);
    return form;
}

bool sniff_table(std::string_view head) {
    const TextEncoding encoding = sniff_encoding(head.substr(0, kSniffBytes));
    if (encoding == TextEncoding::binary || encoding == TextEncoding::utf16le || encoding == TextEncoding::utf16be) return false;
    return table_form(head).convincing;
}

}  // namespace abm
