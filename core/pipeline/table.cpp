#include "core/pipeline/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <string_view>

#include "core/base/card_mask.h"
#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/ingest/text_scan.h"
#include "core/series/cell.h"

namespace abm {
namespace {

constexpr std::int64_t kRowsPerCheckpoint = 4'096;

enum class Answer : std::uint8_t { normal, anomaly, minus_one };

std::optional<Answer> label_of(std::string_view cell) {
    cell = trimmed(cell);
    if (is_one_of(cell, {"1", "1.0", "+1", "true", "yes", "anomaly", "anomalous", "abnormal", "outlier"})) return Answer::anomaly;
    if (is_one_of(cell, {"0", "0.0", "false", "no", "normal", "inlier"})) return Answer::normal;
    if (is_one_of(cell, {"-1", "-1.0"})) return Answer::minus_one;
    return std::nullopt;
}

/// The separator of the row of names: the one that leaves the column of labels alone, else the comma.
char separator_of(const std::filesystem::path& file, const std::string& label_column) {
    for (const char separator : {',', ';', '\t'}) {
        std::ifstream input(file, std::ios::binary);
        CsvReader csv(input, file.string(), separator);
        std::vector<std::string> names;
        try {
            if (csv.next(names) && std::find(names.begin(), names.end(), label_column) != names.end() && names.size() > 1)
                return separator;
        } catch (const Error&) {  // a quote that ends before another separator
            continue;
        }
    }
    return ',';
}

class TableReader {
public:
    TableReader(std::istream& input, const std::string& name, char separator, const std::string& label_column)
        : csv_(input, name, separator), decimal_(separator == ';' ? Decimal::comma : Decimal::point) {
        if (!csv_.next(names_)) throw Error(ErrorCode::Invalid, fmt::format("{}: the table is empty.", csv_.name()));
        const auto found = std::find(names_.begin(), names_.end(), label_column);
        if (found == names_.end()) {
            const std::vector<std::string_view> views(names_.begin(), names_.end());
            throw Error(ErrorCode::Invalid,
                        fmt::format("{}: no column \"{}\"{}", csv_.name(), label_column, hint_for(label_column, views)));
        }
        label_ = static_cast<std::size_t>(found - names_.begin());
        if (names_.size() == 1)
            throw Error(ErrorCode::Invalid, fmt::format("{}: there is no column beside \"{}\".", csv_.name(), label_column));
        columns_.resize(names_.size());
    }

    LabelledTable read(const Progress& progress) {
        std::vector<std::string> cells;
        while (csv_.next(cells)) {
            if (answers_.size() % kRowsPerCheckpoint == 0) progress.checkpoint(-1, "reading");
            take_row(cells);
        }
        return table();
    }

private:
    /// What was seen of a column so far.
    struct Column {
        bool numbers = false;
        std::int64_t text_line = 0;  // of the first cell that is no number; 0: none
        std::string text;
    };

    [[noreturn]] void refuse(std::size_t column, std::int64_t line, std::string_view cell, std::string_view expected) const {
        std::string shown(cell);
        mask_card_numbers(shown);
        throw Error(ErrorCode::Invalid, fmt::format("{}:{}: column \"{}\": \"{}\" is not {}", csv_.name(), line, names_[column],
                                                    cut_masked(std::move(shown), 60, "..."), expected));
    }

    /// NaN: unknown, or no number.
    float feature_of(std::size_t column, const std::string& cell) {
        Column& seen = columns_[column];
        std::optional<double> value = number_of(cell);
        if (!value && decimal_ == Decimal::comma) value = number_of(cell, decimal_);
        if (!value && seen.text_line == 0) {
            seen.text_line = csv_.line();
            seen.text = cell;
        }
        seen.numbers = seen.numbers || (value && !std::isnan(*value));
        if (seen.numbers && seen.text_line > 0) refuse(column, seen.text_line, seen.text, "a number");
        return static_cast<float>(value.value_or(std::numeric_limits<double>::quiet_NaN()));
    }

    void take_row(const std::vector<std::string>& cells) {
        if (cells.size() != names_.size())
            throw Error(ErrorCode::Corrupt, fmt::format("{}:{}: {} cells, the row of names has {}", csv_.name(), csv_.line(),
                                                        cells.size(), names_.size()));
        for (std::size_t column = 0; column < cells.size(); ++column) {
            if (column == label_) continue;
            values_.push_back(feature_of(column, cells[column]));
        }
        const std::optional<Answer> label = label_of(cells[label_]);
        if (!label)
            refuse(label_, csv_.line(), cells[label_], "a label; allowed: 0, 1, -1, true, false, yes, no, anomaly, normal");
        answers_.push_back(*label);
    }

    // Of 1 and -1 the rarer is the anomaly: both ways are in use.
    std::vector<bool> anomalous() const {
        const auto count = [&](Answer answer) { return std::count(answers_.begin(), answers_.end(), answer); };
        const auto minus = count(Answer::minus_one);
        if (minus > 0 && count(Answer::normal) > 0)
            throw Error(ErrorCode::Invalid,
                        fmt::format("{}: column \"{}\" has three kinds of labels: -1, 0 and 1 do not go together.", csv_.name(),
                                    names_[label_]));
        const Answer anomaly = minus > 0 && minus <= count(Answer::anomaly) ? Answer::minus_one : Answer::anomaly;
        std::vector<bool> found;
        for (const Answer answer : answers_) found.push_back(answer == anomaly);
        return found;
    }

    /// The columns that are features: text is none. Throws for one without anything known.
    std::vector<std::size_t> features() const {
        std::vector<std::size_t> found;
        for (std::size_t column = 0; column < names_.size(); ++column) {
            if (column == label_ || columns_[column].text_line > 0) continue;
            if (!columns_[column].numbers)
                throw Error(ErrorCode::Invalid,
                            fmt::format("{}: column \"{}\" has no number. Leave it out.", csv_.name(), names_[column]));
            found.push_back(column);
        }
        if (found.empty())
            throw Error(ErrorCode::Invalid, fmt::format("{}: no column beside the labels holds numbers.", csv_.name()));
        return found;
    }

    LabelledTable table() {
        if (answers_.empty()) throw Error(ErrorCode::Invalid, fmt::format("{}: there are names but no rows.", csv_.name()));
        LabelledTable table;
        table.anomalous = anomalous();
        const std::vector<std::size_t> chosen = features();
        const auto rows = static_cast<Eigen::Index>(answers_.size());
        const Eigen::Map<const RowMatrix> all(values_.data(), rows, static_cast<Eigen::Index>(names_.size() - 1));
        table.features.values.resize(rows, static_cast<Eigen::Index>(chosen.size()));
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            table.features.names.push_back(names_[chosen[i]]);
            table.features.values.col(static_cast<Eigen::Index>(i)) =
                all.col(static_cast<Eigen::Index>(chosen[i] - (chosen[i] > label_ ? 1 : 0)));
        }
        return table;
    }

    CsvReader csv_;
    std::vector<std::string> names_;
    Decimal decimal_;
    std::size_t label_ = 0;
    std::vector<Column> columns_;  // [names]
    std::vector<float> values_;    // [rows, names but the label]
    std::vector<Answer> answers_;
};

}  // namespace

LabelledTable read_labelled_table(const std::filesystem::path& file, const std::string& label_column, const Progress& progress) {
    std::ifstream input(file, std::ios::binary);
    if (!input || std::filesystem::is_directory(file))
        throw Error(ErrorCode::Io, fmt::format("{} cannot be read as a table.", file.string()));
    return TableReader(input, file.string(), separator_of(file, label_column), label_column).read(progress);
}

}  // namespace abm
