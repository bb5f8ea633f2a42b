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
        workspace.audit(who, "take-out", name, fmt::format(R"({{"source":{}}})", raw(id)));
        transaction.commit();
    });
}

std::vector<StoredSource> taken_out(Workspace& workspace) {
    return stored(workspace.path(), [&] {
        SQLite::Statement query(workspace.database(),
                                "SELECT id, identity, name, path, bytes FROM sources WHERE taken_out_at IS NOT NULL ORDER BY id");
        std::vector<StoredSource> sources;
        while (query.executeStep()) {
            StoredSource& source = sources.emplace_back();
            source.id = static_cast<SourceId>(query.getColumn(0).getInt64());
            source.identity = query.getColumn(1).getString();
            source.name = query.getColumn(2).getString();
            source.path = query.getColumn(3).getString();
            source.bytes = query.getColumn(4).getInt64();
        }
        return sources;
    });
}

}  // namespace abm
