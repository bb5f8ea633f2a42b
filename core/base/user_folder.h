// Where the program keeps what belongs to the user.
#pragma once

#include <filesystem>

namespace abm {

/// $XDG_DATA_HOME/abm-workbench, else ~/.local/share/abm-workbench. It need not exist.
std::filesystem::path user_data_folder();

}  // namespace abm
