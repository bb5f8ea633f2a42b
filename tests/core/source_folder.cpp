#include "tests/core/source_folder.h"

namespace abm::test {

const std::filesystem::path& source_folder() {
    static const std::filesystem::path folder = ABM_SOURCE_DIR;
    return folder;
}

}  // namespace abm::test
