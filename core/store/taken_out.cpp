#include "core/store/taken_out.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include "core/store/source_rows.h"

namespace abm {

void take_out(Workspace& workspace, SourceId id, std::string_view who) {
    stored(workspace.path(), [&] {
        SQLite::Transaction transaction(workspace.database(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement mark(workspace.database(),
                               "UPDATE sources SET taken_out_at = ? WHERE id = ? AND taken_out_at IS NULL RETURNING name");
        mark.bind(1, utc_now().time_since_epoch().count());
        mark.bind(2, raw(id));
        if (!mark.executeStep())
            throw Error(ErrorCode::Invalid, fmt::format("there is no source {}. Nothing was changed", raw(id)));
        const std::string name = mark.getColumn(0).getString();
        mark.reset();
        forget_rows(workspace.database(), id);
        forget_checkpoints(workspace.database());
        workspace.audit(who, "take-out", name, fmt::format(R"({{"source":{}}})", raw(id)));
        transaction.commit();
    });
}

}  // namespace abm
