// What holds for every detector.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/detect/detector.h"

namespace abm::test {

ErrorCode code_of(const auto& work) {
    try {
        work();
    } catch (const Error& error) {
        EXPECT_FALSE(std::string(error.what()).empty());
        return error.code();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorCode::Io;
}

/// Variants of a good table that no detector can be fitted to: no rows, no columns, not one finite value, a name missing.
inline std::vector<FeatureMatrix> tables_without_a_model(const FeatureMatrix& good) {
    std::vector<FeatureMatrix> tables(4, good);
    tables[0].values.resize(0, good.values.cols());
    tables[1].values.resize(good.values.rows(), 0);
    tables[1].names.clear();
    tables[2].values.setConstant(std::numeric_limits<float>::quiet_NaN());
    tables[3].names.pop_back();
    return tables;
}

inline void expect_saved_and_loaded(const Detector& detector, const FeatureMatrix& data) {
    const auto loaded = load_detector(parse_model_text(detector.save().dump()));
    EXPECT_EQ(detector.score(data, 1, {}), loaded->score(data, 2, {}));
    EXPECT_EQ(detector.contributions(data, 0), loaded->contributions(data, 0));
    EXPECT_EQ(detector.save(), loaded->save());
}

/// Every member of an object, at every depth (of lists the first entry), taken away or replaced by nonsense: an Error or, where
/// the document still makes sense, a detector; nothing else.
inline void expect_damage_refused(const Json& good, const Json::json_pointer& at = Json::json_pointer()) {
    const Json& here = good.at(at);
    if (here.is_array() && !here.empty()) return expect_damage_refused(good, at / 0);
    if (!here.is_object()) return;
    for (const auto& [name, value] : here.items()) {
        const Json::json_pointer place = at / name;
        Json bad = good;
        bad.at(at).erase(name);
        EXPECT_THROW(load_detector(bad), Error) << "without " << place.to_string();
        for (const Json& nonsense : {Json("nonsense"), Json(nullptr), Json::object(), Json::array(), Json(1e300), Json(-1)}) {
            bad = good;
            bad.at(place) = nonsense;
            try {
                load_detector(bad);
            } catch (const Error&) {
            }
        }
        expect_damage_refused(good, place);
    }
}

/// Column of a file of figures by the name in its first column.
inline std::map<std::string, double> reference_figures(const std::filesystem::path& path, const std::string& column) {
    std::ifstream file(path);
    std::map<std::string, double> figures;
    std::string line;
    std::size_t wanted = 0;
    for (bool names = true; std::getline(file, line); names = false) {
        std::stringstream text(line);
        std::vector<std::string> cells;
        for (std::string cell; std::getline(text, cell, ',');) cells.push_back(cell);
        if (names)
            wanted = static_cast<std::size_t>(std::find(cells.begin(), cells.end(), column) - cells.begin());
        else
            figures[cells.at(0)] = std::stod(cells.at(wanted));
    }
    return figures;
}

}  // namespace abm::test
