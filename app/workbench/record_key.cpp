#include "app/workbench/record_key.h"

#include <QFileInfo>

#include "app/workbench/sample.h"
#include "widgets/format.h"

namespace abm {

QString workspace_name(const QString& path) {
    const QString name = QFileInfo(path).completeBaseName();
    if (name == "default") return QStringLiteral("My journals");
    const auto sample = sample_kind(name);
    return sample ? sample_title(*sample) : name;
}

bool is_workspace(const QString& path) { return path.endsWith(".abmw", Qt::CaseInsensitive); }

QString record_key(const Investigation& investigation, RecordIndex record) {
    if (raw(record) >= investigation.records.size()) return {};
    const Record& its = investigation.records[raw(record)];
    return QStringLiteral("%1:%2").arg(qstring(investigation.source_of(its).identity)).arg(its.span.offset);
}

std::optional<RecordIndex> record_of_key(const Investigation& investigation, const QString& key) {
    const qsizetype colon = key.lastIndexOf(':');
    if (colon < 0) return std::nullopt;
    const std::string identity = key.left(colon).toStdString();
    for (std::uint32_t at = 0; at < investigation.sources.size(); ++at) {
        if (investigation.sources[at].identity == identity)
            return record_at(investigation, SourceIndex(at), key.mid(colon + 1).toLongLong());
    }
    return std::nullopt;
}

}  // namespace abm
