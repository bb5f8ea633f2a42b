// How the rows of a table are written, judged by its first bytes.
#pragma once

#include <string_view>

namespace abm {

struct TableForm {
    bool json = false;     ///< JSON Lines: an object a line
    char separator = ',';  ///< ',', ';' or TAB
    bool header = true;    ///< the first row holds the names
    /// Whether the bytes speak for a table at all: nine of ten rows have the same number of fields, two or more, and numbers,
    /// times or yes and no stand in at least one column under names, in more than half of the columns without; for JSON Lines,
    /// that the first lines are objects.
    bool convincing = false;
};

/// head: the first bytes of the source, some ten kilobytes; a last row that is cut off is left out. Never throws Error.
TableForm table_form(std::string_view head);

/// Whether the first bytes (uncompressed) are those of a table: CSV, semicolon- or tab-separated, or JSON Lines. For choosing
/// the reader of a file; read_table itself reads whatever it is given.
bool sniff_table(std::string_view head);

}  // namespace abm
