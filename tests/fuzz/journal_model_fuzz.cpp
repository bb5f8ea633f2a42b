// Model versions come from other people's workspaces. Whatever the bytes: an Error, or a model that scores, explains and can be
// saved again. The checksum would stop almost every input at the door, so it is made right first.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/features/session_features.h"
#include "core/pipeline/journal_model.h"
#include "core/pipeline/model_checksum.h"
#include "core/pipeline/score.h"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// Two ordinary sessions and one beyond all measure.
abm::FeatureMatrix some_rows() {
    abm::FeatureMatrix rows;
    rows.names = abm::session_feature_names();
    rows.values.setZero(3, static_cast<Eigen::Index>(rows.names.size()));
    rows.values.row(1).setConstant(2.5F);
    rows.values.row(2).setConstant(1e38F);
    return rows;
}

void use(const abm::JournalModel& model) {
    const abm::FeatureMatrix rows = some_rows();
    const Eigen::VectorXd scores = model.forest.score(rows, 1, {});
    require(scores.allFinite());
    for (const abm::ModelEvidence& evidence : abm::score_records(rows, model, 1, {}))
        require(evidence.tail_probability > 0 && evidence.tail_probability <= 1 && evidence.surprise >= 0);
    for (std::uint32_t machine = 0; machine < 3; ++machine) model.ranges.of(abm::MachineIndex{machine}, 0);
}

void use(const abm::ModelSet& models) {
    for (const auto& part : models.parts) {
        if (part->kind == abm::RecordKind::session) use(*part);
    }
    const std::string text = abm::save_models(models);
    const abm::ModelSet again = abm::load_models(text);
    require(again.parts.size() == models.parts.size() && again.labels() == models.labels());
    require(abm::save_models(again) == text);
}

void attempt(const auto& work) {
    try {
        work();
    } catch (const abm::Error&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    attempt([&] { use(abm::load_models(text)); });
    abm::Json document = abm::Json::parse(text, nullptr, false);
    if (!document.is_object()) return 0;
    document["checksum"] = abm::kBlankChecksum;
    const std::string sealed = abm::sealed(document.dump(-1, ' ', false, abm::Json::error_handler_t::replace));
    attempt([&] { use(abm::load_models(sealed)); });
    return 0;
}
