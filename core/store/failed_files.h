// Files of which nothing could be read: kept in the workspace, so that they are not forgotten with the message about them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/source.h"
#include "core/store/workspace.h"

namespace abm {

struct FailedFile {
    std::filesystem::path path;
    std::string name;
    std::vector<SourceProblem> problems;  ///< why; may be empty
};

class FailedFiles {
public:
    explicit FailedFiles(Workspace& workspace) : workspace_(workspace) {}

    std::vector<FailedFile> list() const;  ///< by path
    void note(const FailedFile& file);     ///< in the place of what was known of this path
    /// It was read after all, or nobody wants to be told any more. Nothing happens when it is not known.
    void forget(const std::filesystem::path& path);

private:
    Workspace& workspace_;
};

}  // namespace abm
