#include "core/pipeline/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <optional>
#include <string_view>

#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/nearest_name.h"
#include "core/ingest/text_scan.h"
#include "core/series/cell.h"

namespace abm {
namespace {

constexpr std::int64_t kRowsPerCheckpoint = 4'096;

/// NaN: unknown. Nothing: no number.
std::optional<float> feature_of(std::string_view cell) {
    const std::optional<double> value = number_of(cell);
    return value ? std::optional(static_cast<float>(*value)) : std::nullopt;
}

std::optional<bool> label_of(std::string_view cell) {
    cell = trimmed(cell);
    if (is_one_of(cell, {"1", "1.0", "true", "yes", "anomaly"})) return true;
    if (is_one_of(cell, {"0", "0.0", "false", "no", "normal"})) return false;
    return std::nullopt;
}

class TableReader {
public:
    TableReader(std::istream& input, const std::string& name, const std::string& label_column) : csv_(input, name) {
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
        known_.resize(names_.size());
    }

    LabelledTable read(const Progress& progress) {
        std::vector<std::string> cells;
        while (csv_.next(cells)) {
            if (anomalous_.size() % kRowsPerCheckpoint == 0) progress.checkpoint(-1, "reading");
            take_row(cells);
        }
        return table();
    }

private:
    [[noreturn]] void refuse(std::size_t column, std::string_view cell, std::string_view expected) const {
        throw Error(ErrorCode::Invalid, fmt::format("{}:{}: column \"{}\": \"{}\" is not {}", csv_.name(), csv_.line(),
                                                    names_[column], cell.substr(0, 60), expected));
    }

    void take_row(const std::vector<std::string>& cells) {
        if (cells.size() != names_.size())
            throw Error(ErrorCode::Corrupt, fmt::format("{}:{}: {} cells, the row of names has {}", csv_.name(), csv_.line(),
                                                        cells.size(), names_.size()));
        for (std::size_t column = 0; column < cells.size(); ++column) {
            if (column == label_) continue;
            const std::optional<float> value = feature_of(cells[column]);
            if (!value) refuse(column, cells[column], "a number");
            known_[column] = known_[column] || !std::isnan(*value);
            values_.push_back(*value);
        }
        const std::optional<bool> label = label_of(cells[label_]);
        if (!label) refuse(label_, cells[label_], "a label; allowed: 0, 1, true, false, yes, no, anomaly, normal");
        anomalous_.push_back(*label);
    }

    LabelledTable table() {
        if (anomalous_.empty()) throw Error(ErrorCode::Invalid, fmt::format("{}: there are names but no rows.", csv_.name()));
        LabelledTable table;
        for (std::size_t column = 0; column < names_.size(); ++column) {
            if (column == label_) continue;
            if (!known_[column])
                throw Error(ErrorCode::Invalid,
                            fmt::format("{}: column \"{}\" has no number. Leave it out.", csv_.name(), names_[column]));
            table.features.names.push_back(names_[column]);
        }
        const auto rows = static_cast<Eigen::Index>(anomalous_.size());
        const auto columns = static_cast<Eigen::Index>(table.features.names.size());
        table.features.values = Eigen::Map<const RowMatrix>(values_.data(), rows, columns);
        table.anomalous = std::move(anomalous_);
        return table;
    }

    CsvReader csv_;
    std::vector<std::string> names_;
    std::size_t label_ = 0;
    std::vector<bool> known_;  // [names] whether the column has a number
    std::vector<float> values_;
    std::vector<bool> anomalous_;
};

}  // namespace

LabelledTable read_labelled_table(const std::filesystem::path& file, const std::string& label_column, const Progress& progress) {
    std::ifstream input(file, std::ios::binary);
    if (!input || std::filesystem::is_directory(file))
        throw Error(ErrorCode::Io, fmt::format("{} cannot be read as a table.", file.string()));
    return TableReader(input, file.string(), label_column).read(progress);
}

}  // namespace abm
