#include "core/store/source_lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "core/base/text_encoding.h"
#include "core/data/record_names.h"
#include "core/store/label_cells.h"

namespace abm {
namespace {

bool is_hash(std::string_view text) {
    return text.size() >= SourceLookup::kFewestDigits &&
           std::all_of(text.begin(), text.end(), [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
}

}  // namespace

SourceLookup::SourceLookup(const Investigation& investigation)
    : investigation_(investigation), names_(source_names(investigation)) {
    for (std::size_t i = 0; i < names_.size(); ++i) {
        names_[i] = as_utf8(names_[i]);
        by_name_[names_[i]].push_back(i);
        by_file_name_[as_utf8(investigation.sources[i].name)].push_back(i);
    }
}

const SourceLookup::Found& SourceLookup::find(const std::string& text) {
    const auto known = known_.find(text);
    if (known != known_.end()) return known->second;
    return known_.emplace(text, look_up(text)).first->second;
}

SourceLookup::Found SourceLookup::look_up(const std::string& text) const {
    const auto named = by_name_.find(text);
    if (named != by_name_.end() && named->second.size() == 1) return {named->second.front(), {}};
    const auto files = by_file_name_.find(text);
    if (files != by_file_name_.end()) {
        if (files->second.size() == 1) return {files->second.front(), {}};
        return {std::nullopt, fmt::format("{} files are named {}; say which, for instance {}", files->second.size(),
                                          quoted_cell(text), names_[files->second.front()])};
    }
    const std::size_t at = text.rfind('@');
    const std::string hash = at == std::string::npos ? text : text.substr(at + 1);
    const std::vector<std::size_t> same = is_hash(hash) ? with_identity(hash) : std::vector<std::size_t>();
    if (same.size() == 1) return {same.front(), {}};
    if (same.size() > 1) return {std::nullopt, fmt::format("{} fits {} files; give more digits", quoted_cell(text), same.size())};
    const auto namesake = at == std::string::npos ? by_file_name_.end() : by_file_name_.find(text.substr(0, at));
    if (namesake != by_file_name_.end())
        return {std::nullopt, fmt::format("the file {} has another content here", quoted_cell(namesake->first))};
    return {std::nullopt, fmt::format("no file {} in this workspace", quoted_cell(text))};
}

std::vector<std::size_t> SourceLookup::with_identity(std::string prefix) const {
    std::transform(prefix.begin(), prefix.end(), prefix.begin(),
                   [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (investigation_.sources[i].identity.starts_with(prefix)) found.push_back(i);
    }
    return found;
}

}  // namespace abm
