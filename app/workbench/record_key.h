// How a workspace and a record in it are named between starts.
#pragma once

#include <QString>
#include <optional>

#include "widgets/snapshot.h"

namespace abm {

QString workspace_name(
    const QString& path);                ///< "March journals" for ".../March journals.abmw", "My journals" for the default one
bool is_workspace(const QString& path);  ///< by its name
/// Identity of the source and offset of the record; empty when there is no such record.
QString record_key(const Investigation& investigation, RecordIndex record);
std::optional<RecordIndex> record_of_key(const Investigation& investigation, const QString& key);

}  // namespace abm
