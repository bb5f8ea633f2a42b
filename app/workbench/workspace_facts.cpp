#include "app/workbench/workspace_facts.h"

#include <QFileInfo>
#include <algorithm>

namespace abm {

WorkspaceFacts facts_of(const WorkspaceSession& session, bool read_only) {
    WorkspaceFacts facts;
    facts.path = session.path();
    facts.read_only = read_only;
    facts.can_undo = !read_only && session.can_undo();
    facts.can_redo = !read_only && session.can_redo();
    facts.models = session.models();
    facts.notes = session.notes();
    facts.settings = settings_of(session.training_input(0));
    facts.rule = session.retrain_rule();
    facts.retrain_due = !read_only && session.retrain_due();
    std::int64_t known_event = 0;
    for (const ModelInfo& model : facts.models) {
        if (model.state == ModelState::current) known_event = model.last_event;
    }
    const auto snapshot = session.snapshot()->investigation();
    facts.labels_since_model = std::count_if(snapshot->labels.begin(), snapshot->labels.end(), [&](const StandingLabel& label) {
        return label.event > known_event && label.label.label != LabelClass::unsure;
    });
    return facts;
}

Workspace::Access access_to(const std::filesystem::path& path) {
    const QFileInfo file(QString::fromStdString(path.string()));
    return file.exists() && !file.isWritable() ? Workspace::Access::read_only : Workspace::Access::read_write;
}

}  // namespace abm
