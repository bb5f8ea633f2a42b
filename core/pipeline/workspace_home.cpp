// Where a user's own workspace lies, and what he is called.
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "core/pipeline/workspace_session.h"

namespace abm {

namespace fs = std::filesystem;

fs::path default_workspace() {
    const char* const data = std::getenv("XDG_DATA_HOME");
    const char* const home = std::getenv("HOME");
    const fs::path folder = data && *data ? fs::path(data) : home && *home ? fs::path(home) / ".local/share" : fs::current_path();
    return folder / "abm-workbench" / "default.abmw";
}

std::string system_user() {
    const passwd* const entry = ::getpwuid(::getuid());
    return entry && entry->pw_name && *entry->pw_name ? entry->pw_name : "expert";
}

}  // namespace abm
