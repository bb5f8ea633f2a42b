// Small logs for tests of the reader.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/textlog/read_text_log.h"
#include "tests/core/temporary_folder.h"

namespace abm::test {

class TextLogTest : public ::testing::Test {
protected:
    SourceReading read(const std::string& text, const std::string& profile = {}) const {
        return read_file(folder_.write("a.log", text), profile);
    }
    static SourceReading read_file(const std::filesystem::path& file, const std::string& profile = {}) {
        TextLogOptions options;
        options.profile = profile;
        return read_text_log(file, options, {});
    }
    const TemporaryFolder& folder() const { return folder_; }

private:
    TemporaryFolder folder_;
};

inline float feature(const SourceReading& reading, std::size_t record, std::string_view name) {
    const auto& names = reading.features.names;
    const auto column = std::find(names.begin(), names.end(), name) - names.begin();
    if (column == static_cast<std::ptrdiff_t>(names.size())) {
        ADD_FAILURE() << "no feature " << name;
        return 0;
    }
    return reading.features.values(static_cast<Eigen::Index>(record), column);
}

inline std::string with_line_end(std::string text, const std::string& end) {
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += end.size()) text.replace(at, 1, end);
    return text;
}

inline std::vector<const Finding*> findings_of(const SourceReading& reading, RecordType type) {
    std::vector<const Finding*> found;
    for (const Finding& finding : reading.findings) {
        if (finding.type == type) found.push_back(&finding);
    }
    return found;
}

}  // namespace abm::test
