#include "app/workbench/model_desk.h"

#include <algorithm>

#include "app/workbench/detectors_dialog.h"
#include "app/workbench/model_words.h"
#include "app/workbench/search_dialog.h"
#include "app/workbench/triage_page.h"
#include "widgets/format.h"
#include "widgets/models_panel.h"

namespace abm {

ModelDesk::ModelDesk(TriagePage& page, const Actions& actions, WorkspaceJob& job, QObject* parent)
    : QObject(parent), page_(page), actions_(actions), job_(job), panel_(*page.models()), search_(new SearchDialog(&page)) {
    connect(actions_.retrain, &QAction::triggered, this, &ModelDesk::retrain);
    connect(actions_.detectors, &QAction::triggered, this, &ModelDesk::chooseDetectors);
    connect(actions_.search_settings, &QAction::triggered, this, &ModelDesk::searchSettings);
    connect(actions_.adopt, &QAction::triggered, this, [this] {
        if (const auto id = candidate()) job_.adopt(*id);
    });
    connect(actions_.discard, &QAction::triggered, this, [this] {
        if (const auto id = candidate()) job_.discard(*id);
    });
    connect(actions_.roll_back, &QAction::triggered, this, [this] { job_.rollBack(); });
    connectPanel();
    connectJob();
    connectSearch();
    showEnabled();
}

void ModelDesk::connectPanel() {
    connect(&panel_, &ModelsPanel::retrainRequested, this, &ModelDesk::retrain);
    connect(&panel_, &ModelsPanel::detectorsRequested, this, &ModelDesk::chooseDetectors);
    connect(&panel_, &ModelsPanel::searchRequested, this, &ModelDesk::searchSettings);
    connect(&panel_, &ModelsPanel::trainingCancelled, &job_, &WorkspaceJob::cancelTraining);
    connect(&panel_, &ModelsPanel::adoptRequested, this, [this](std::int64_t version) { job_.adopt(ModelId(version)); });
    connect(&panel_, &ModelsPanel::discardRequested, this, [this](std::int64_t version) { job_.discard(ModelId(version)); });
    connect(&panel_, &ModelsPanel::rollBackRequested, &job_, &WorkspaceJob::rollBack);
    connect(&panel_, &ModelsPanel::automaticChanged, this, [this](std::int64_t labels, std::int64_t days) {
        job_.setRetrainRule({labels, days});
    });
    connect(&panel_, &ModelsPanel::recordChosen, this, [this](RecordIndex record) { page_.selection().selectRecord(record); });
}

void ModelDesk::connectJob() {
    connect(&job_, &WorkspaceJob::trainingProgressed, this, [this](double fraction) { panel_.setTraining(true, fraction); });
    connect(&job_, &WorkspaceJob::trainingEnded, this, [this] {
        panel_.setTraining(false);
        showEnabled();
    });
    connect(&job_, &WorkspaceJob::decided, this, [this](std::int64_t version, const Comparison& comparison, const QString&) {
        compared_[version] = comparison;
        showModels();
    });
    connect(&job_, &WorkspaceJob::trained, this, [this](std::int64_t version, const Comparison& comparison) {
        compared_[version] = comparison;
        showModels();
        panel_.choose(version);
    });
}

void ModelDesk::connectSearch() {
    connect(search_, &SearchDialog::searchRequested, &job_, &WorkspaceJob::searchSettings);
    connect(search_, &SearchDialog::cancelled, &job_, &WorkspaceJob::cancelSearch);
    connect(search_, &SearchDialog::adoptRequested, this, [this](const ModelSettings& settings) { train(settings, true); });
    connect(&job_, &WorkspaceJob::searchBegan, this, [this] {
        search_->say("Searching. Labelling and everything else goes on beside it.");
        search_->setRunning(true, 0);
    });
    connect(&job_, &WorkspaceJob::searchProgressed, this, [this](double fraction) { search_->setRunning(true, fraction); });
    connect(&job_, &WorkspaceJob::searchFailed, search_, &SearchDialog::say);
    connect(&job_, &WorkspaceJob::searchDone, search_, &SearchDialog::setFound);
    connect(&job_, &WorkspaceJob::searchEnded, this, [this] { search_->setRunning(false); });
}

void ModelDesk::retrain() { train(std::nullopt, false); }

void ModelDesk::train(std::optional<ModelSettings> settings, bool adopt) {
    if (!actions_.retrain->isEnabled()) return;
    page_.showView(View::models);
    panel_.say({});
    panel_.setTraining(true);
    job_.train(std::move(settings), adopt);
    showEnabled();
}

void ModelDesk::chooseDetectors() {
    auto* const dialog = new DetectorsDialog(facts_.settings, &page_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &DetectorsDialog::trainRequested, this, [this](const ModelSettings& settings) { train(settings, false); });
    dialog->open();
}

void ModelDesk::searchSettings() {
    search_->show();
    search_->raise();
    search_->activateWindow();
}

void ModelDesk::setFacts(const WorkspaceFacts& facts, bool complete) {
    facts_ = facts;
    complete_ = complete;
    showModels();
    showEnabled();
    // A candidate that waits for a decision is not overtaken by the next.
    if (complete_ && facts_.retrain_due && !candidate() && !job_.training() && !facts_.read_only) {
        panel_.setTraining(true);
        job_.train();
    }
}

void ModelDesk::setOpen(bool open) {
    open_ = open;
    showEnabled();
}

void ModelDesk::forget() {
    compared_.clear();
    facts_ = {};
    complete_ = false;
    panel_.setTraining(false);
    panel_.say({});
    search_->close();
    search_->discard();
    showModels();
    showEnabled();
}

void ModelDesk::showModels() {
    std::vector<ShownModel> shown;
    for (auto info = facts_.models.rbegin(); info != facts_.models.rend(); ++info) {
        const auto own = compared_.find(raw(info->id));
        shown.push_back(shown_model(*info, own == compared_.end() ? nullptr : &own->second));
    }
    const auto& snapshot = page_.loaded().snapshot;
    panel_.setModels(std::move(shown));
    panel_.setLabels(snapshot ? static_cast<std::int64_t>(snapshot->labels.size()) : 0, facts_.labels_since_model);
    panel_.setAutomatic(facts_.rule.labels, facts_.rule.days);
    QStringList notes;
    for (const std::string& note : facts_.notes) notes.append(qstring(note));
    panel_.say(notes.join(' '));
    page_.setRetrainCount(facts_.labels_since_model);
}

// The newest model nobody has decided on.
std::optional<ModelId> ModelDesk::candidate() const {
    const auto found = std::find_if(facts_.models.rbegin(), facts_.models.rend(),
                                    [](const ModelInfo& model) { return model.state == ModelState::candidate; });
    return found == facts_.models.rend() ? std::nullopt : std::optional(found->id);
}

void ModelDesk::showEnabled() {
    const bool can = open_ && complete_ && !facts_.read_only;
    panel_.setBlocked(!open_ || can      ? QString()
                      : facts_.read_only ? QStringLiteral("This workspace can only be read.")
                                         : QStringLiteral("Reading goes on; models can be made when it has finished."));
    const bool earlier = std::any_of(facts_.models.begin(), facts_.models.end(),
                                     [](const ModelInfo& model) { return model.state == ModelState::earlier; });
    const bool any = page_.loaded().snapshot && !page_.loaded().snapshot->records.empty();
    actions_.retrain->setEnabled(can && any && !job_.training());
    actions_.detectors->setEnabled(can && any);
    actions_.search_settings->setEnabled(can && any);
    actions_.adopt->setEnabled(can && candidate().has_value());
    actions_.discard->setEnabled(can && candidate().has_value());
    actions_.roll_back->setEnabled(can && earlier);
}

}  // namespace abm
