#include "core/base/user_folder.h"

#include <cstdlib>

namespace abm {

std::filesystem::path user_data_folder() {
    namespace fs = std::filesystem;
    const char* const data = std::getenv("XDG_DATA_HOME");
    const char* const home = std::getenv("HOME");
    const fs::path folder = data && *data ? fs::path(data) : home && *home ? fs::path(home) / ".local/share" : fs::current_path();
    return folder / "abm-workbench";
}

}  // namespace abm
