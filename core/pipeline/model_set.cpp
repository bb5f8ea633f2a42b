#include "core/pipeline/model_set.h"

#include <algorithm>
#include <numeric>

#include "core/pipeline/score.h"

namespace abm {

std::shared_ptr<const JournalModel> ModelSet::part_for(const std::vector<std::string>& names) const {
    const auto found = std::ranges::find_if(parts, [&](const auto& part) { return part->forest.names() == names; });
    return found == parts.end() ? nullptr : *found;
}

std::int64_t ModelSet::records() const {
    return std::accumulate(parts.begin(), parts.end(), std::int64_t{0}, [](auto sum, const auto& p) { return sum + p->records; });
}

std::int64_t ModelSet::labels() const {
    return std::accumulate(parts.begin(), parts.end(), std::int64_t{0},
                           [](auto sum, const auto& part) { return sum + std::ssize(part->labels); });
}

std::vector<LearnedLabel> ModelSet::all_labels() const {
    std::vector<LearnedLabel> all;
    for (const auto& part : parts) all.insert(all.end(), part->labels.begin(), part->labels.end());
    return all;
}

JournalModel fit_table(const Investigation& investigation, std::size_t table, std::uint64_t seed, int threads,
                       const Progress& progress, const ModelSettings& settings) {
    JournalModel model = fit_journal_model(investigation.features[table].dataset(), machines_of_rows(investigation, table),
                                           investigation.machines, seed, threads, progress, settings);
    const auto first = std::ranges::find(investigation.records, investigation.features.first_row(table), &Record::feature_row);
    if (first != investigation.records.end()) model.kind = first->kind;
    return model;
}

bool lacks_models(const Investigation& investigation, const ModelSet& models) {
    for (std::size_t table = 0; table < investigation.features.size(); ++table) {
        const FeatureMatrix& features = investigation.features[table].features;
        if (features.rows() > 0 && !models.part_for(features.names)) return true;
    }
    return false;
}

ModelSet fit_models(const Investigation& investigation, std::uint64_t seed, int threads, const Progress& progress,
                    const ModelSet& known, const ModelSettings& settings) {
    ModelSet models = known;
    for (std::size_t table = 0; table < investigation.features.size(); ++table) {
        const FeatureMatrix& features = investigation.features[table].features;
        if (features.rows() == 0 || models.part_for(features.names)) continue;
        models.parts.push_back(
            std::make_shared<const JournalModel>(fit_table(investigation, table, seed, threads, progress, settings)));
    }
    return models;
}

}  // namespace abm
