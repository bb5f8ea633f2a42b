// Where a user's own workspace lies, and what he is called.
#include <pwd.h>
#include <unistd.h>

#include "core/base/user_folder.h"
#include "core/pipeline/workspace_session.h"

namespace abm {

std::filesystem::path default_workspace() { return user_data_folder() / "default.abmw"; }

std::string system_user() {
    const passwd* const entry = ::getpwuid(::getuid());
    return entry && entry->pw_name && *entry->pw_name ? entry->pw_name : "expert";
}

}  // namespace abm
