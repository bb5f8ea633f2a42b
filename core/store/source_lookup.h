// Which source a name means, in label files and on the command line.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/investigation.h"

namespace abm {

/// Knows a source by its name as source_names() writes it, by its file name where that is the only one, by "name@hash" and by the
/// hash alone: at least kFewestDigits digits of the front of its identity. A hash is right whatever name stands before it.
class SourceLookup {
public:
    static constexpr std::size_t kFewestDigits = 8;

    explicit SourceLookup(const Investigation& investigation);

    struct Found {
        std::optional<std::size_t> source;  ///< index into Investigation::sources
        std::string why_not;                ///< when there is none
    };
    /// The reference is good until the next call.
    const Found& find(const std::string& text);
    const std::vector<std::string>& names() const { return names_; }

private:
    Found look_up(const std::string& text) const;
    std::vector<std::size_t> with_identity(std::string prefix) const;

    const Investigation& investigation_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_name_, by_file_name_;
    std::unordered_map<std::string, Found> known_;
};

}  // namespace abm
