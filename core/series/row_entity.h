// Whom a row is about, in text that may be kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/series/table_layout.h"

namespace abm {

/// Numbers the entities of a table as they appear. Their names are valid UTF-8 without control characters, of at most
/// kMostBytes, with card numbers masked.
class RowEntities {
public:
    static constexpr std::size_t kMostBytes = 200;

    /// fallback: the name where the row says none.
    RowEntities(const TableLayout& layout, std::string fallback) : layout_(layout), fallback_(std::move(fallback)) {}

    std::size_t of(const TableRow& row);
    const std::vector<std::string>& names() const { return names_; }
    std::int64_t card_numbers_masked() const { return masked_; }

private:
    std::size_t add(const std::string& raw);

    const TableLayout& layout_;
    std::string fallback_, raw_;
    std::unordered_map<std::string, std::size_t> by_raw_, by_name_;
    std::vector<std::string> names_;
    std::int64_t masked_ = 0;
};

}  // namespace abm
