#include "core/store/failed_files.h"

#include <SQLiteCpp/Statement.h>

#include "core/store/source_text.h"

namespace abm {

std::vector<FailedFile> FailedFiles::list() const {
    return stored(workspace_.path(), [&] {
        SQLite::Statement query(workspace_.database(), "SELECT path, name, problems FROM failed_files ORDER BY path");
        std::vector<FailedFile> files;
        while (query.executeStep())
            files.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(),
                             problems_from_text(query.getColumn(2).getString())});
        return files;
    });
}

void FailedFiles::note(const FailedFile& file) {
    stored(workspace_.path(), [&] {
        SQLite::Statement put(workspace_.database(),
                              "INSERT OR REPLACE INTO failed_files(path, name, at, problems) VALUES(?, ?, ?, ?)");
        put.bind(1, file.path.string());
        put.bind(2, file.name);
        put.bind(3, utc_now().time_since_epoch().count());
        put.bind(4, problems_text(file.problems));
        put.exec();
    });
}

void FailedFiles::forget(const std::filesystem::path& path) {
    stored(workspace_.path(), [&] {
        SQLite::Statement drop(workspace_.database(), "DELETE FROM failed_files WHERE path = ?");
        drop.bind(1, path.string());
        drop.exec();
    });
}

}  // namespace abm
