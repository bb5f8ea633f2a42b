// Any bytes as a file of sequences, and as a saved sequence model: refused with an Error, or usable.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/error.h"
#include "core/detect/sequence_model.h"
#include "core/pipeline/sequence_file.h"

namespace {

void check(const abm::SequenceModel& model, const abm::TokenSequences& sequences) {
    const abm::FeatureMatrix none;
    const abm::Dataset data(none, &sequences);
    const Eigen::VectorXd scores = model.score(data, 1, {});
    if (!scores.allFinite() || scores.minCoeff() < 0) std::abort();
    if (abm::SequenceModel::load(model.save()).score(data, 1, {}) != scores) std::abort();
    for (const abm::Transition& step : model.explain(sequences, 0)) {
        if (abm::sentence_of(step).empty()) std::abort();
    }
}

void attempt(const auto& work) {
    try {
        work();
    } catch (const abm::Error&) {
        // refused, as it should be
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    static const auto file = std::filesystem::temp_directory_path() / ("sequence_file_fuzz." + std::to_string(::getpid()));
    attempt([&] {
        std::ofstream(file, std::ios::binary) << text;
        const abm::TokenSequences sequences = abm::read_sequences(file, {});
        const abm::FeatureMatrix none;
        check(abm::SequenceModel::fit(abm::Dataset(none, &sequences), {}), sequences);
    });
    std::filesystem::remove(file);
    attempt([&] {
        abm::TokenSequences strange;
        strange.words = {"a", "b", "never"};
        strange.tokens = {0, 1, 2, 0};
        strange.end_sequence();
        check(abm::SequenceModel::load(abm::parse_model_text(text)), strange);
    });
    return 0;
}
