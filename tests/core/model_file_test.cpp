#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/pipeline/journal_model.h"
#include "core/pipeline/model_checksum.h"
#include "core/pipeline/score.h"
#include "tests/core/small_model.h"
#include "tests/core/source_folder.h"

namespace abm {
namespace {

using test::session_rows;
using test::small_model;

std::string saved(const JournalModel& model) { return save_models(*test::set_of(model)); }
JournalModel loaded(std::string_view text) { return *load_models(text).parts.at(0); }

const std::string& saved_model() {
    static const std::string text = saved(small_model());
    return text;
}

struct LoadRefusal {
    ErrorCode code = ErrorCode::Io;  ///< Io: was loaded
    std::string message;
};

LoadRefusal load_refusal(std::string_view text) {
    try {
        load_models(text);
    } catch (const Error& error) {
        return {error.code(), error.what()};
    }
    return {ErrorCode::Io, "was loaded"};
}

/// The part changed, with the checksum of what it is now: gets past it.
LoadRefusal refusal_after(const std::function<void(Json&)>& change) {
    Json document = Json::parse(saved_model());
    change(document["parts"][0]);
    document["checksum"] = std::string(kBlankChecksum);
    return load_refusal(sealed(document.dump()));
}

void expect_equal(const UsualRanges::Range& a, const UsualRanges::Range& b) {
    EXPECT_TRUE(a.low == b.low || (std::isnan(a.low) && std::isnan(b.low)));
    EXPECT_TRUE(a.high == b.high || (std::isnan(a.high) && std::isnan(b.high)));
}

void expect_equal(const LearnedLabel& a, const LearnedLabel& b) {
    EXPECT_EQ(a.source, b.source);
    EXPECT_EQ(a.kind, b.kind);
    EXPECT_EQ(a.start_offset, b.start_offset);
    EXPECT_EQ(a.anomaly, b.anomaly);
    EXPECT_EQ(a.rules, b.rules);
    ASSERT_EQ(a.features.size(), b.features.size());
    for (std::size_t at = 0; at < a.features.size(); ++at)
        EXPECT_TRUE(a.features[at] == b.features[at] || (std::isnan(a.features[at]) && std::isnan(b.features[at])));
}

void expect_equal(const JournalModel& a, const JournalModel& b) {
    const FeatureMatrix rows = session_rows(500, 99);
    const Eigen::VectorXd scores = a.forest.score(rows, 1, {});
    EXPECT_EQ(scores, b.forest.score(rows, 1, {}));
    for (const double score : scores) EXPECT_EQ(a.calibration.surprise(score), b.calibration.surprise(score));
    EXPECT_EQ(a.prior_mean, b.prior_mean);
    EXPECT_EQ(a.prior_deviation, b.prior_deviation);
    EXPECT_EQ(a.scaler.centre(), b.scaler.centre());
    EXPECT_EQ(a.scaler.scale(), b.scaler.scale());
    for (std::uint32_t machine = 0; machine < 4; ++machine) {
        for (Eigen::Index column = 0; column < rows.columns(); ++column)
            expect_equal(a.ranges.of(MachineIndex{machine}, column), b.ranges.of(MachineIndex{machine}, column));
    }
    EXPECT_EQ(a.machines, b.machines);
    EXPECT_EQ(a.seed, b.seed);
    EXPECT_EQ(a.records, b.records);
    ASSERT_EQ(a.labels.size(), b.labels.size());
    for (std::size_t at = 0; at < a.labels.size(); ++at) expect_equal(a.labels[at], b.labels[at]);
}

TEST(ModelFile, GivesBackTheModelBitForBit) {
    expect_equal(small_model(), loaded(saved_model()));
    FeatureMatrix rows = session_rows(3'000);
    rows.values.col(7).setConstant(std::numeric_limits<float>::quiet_NaN());  // a feature nobody knows has no usual range
    std::vector<MachineIndex> machines(3'000, MachineIndex{1});
    machines[0] = MachineIndex{0};  // too few rows for ranges of its own
    const JournalModel model = fit_journal_model(rows, machines, {"A", "B"}, 7, 1, {});
    const std::string text = saved(model);
    expect_equal(model, loaded(text));
    EXPECT_EQ(saved(loaded(text)), text);
}

TEST(ModelFile, MayBeIndentedOnItsWay) { expect_equal(small_model(), loaded(Json::parse(saved_model()).dump(2) + "\r\n")); }

TEST(ModelFile, RefusesEveryFlippedDigit) {
    const std::string& text = saved_model();
    int tried = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] < '0' || text[at] > '9' || (at % 61 != 0 && at > 300)) continue;
        std::string flipped = text;
        flipped[at] = flipped[at] == '9' ? '8' : static_cast<char>(flipped[at] + 1);
        const LoadRefusal refusal = load_refusal(flipped);
        EXPECT_TRUE(refusal.code == ErrorCode::Corrupt || refusal.code == ErrorCode::Mismatch) << at << refusal.message;
        ++tried;
    }
    EXPECT_GT(tried, 200);
}

TEST(ModelFile, RefusesWhatWasCutOrIsNoModel) {
    const std::string& text = saved_model();
    for (std::size_t bytes = 0; bytes < text.size() - 1; bytes += 1 + bytes / 20)
        EXPECT_EQ(load_refusal(std::string_view(text).substr(0, bytes)).code, ErrorCode::Corrupt) << bytes;
    for (const char* other : {"", "{}", "[]", "null", "3", "\"text\"", "{\"kind\":1}", "\xFF\xFE"})
        EXPECT_EQ(load_refusal(other).code, ErrorCode::Corrupt) << other;
    EXPECT_EQ(load_refusal(std::string(200'000, '[')).code, ErrorCode::Corrupt);
}

TEST(ModelFile, NamesWhatIsForeignOrNewer) {
    const LoadRefusal foreign = refusal_after([](Json& document) { document["kind"] = "iforest"; });
    EXPECT_EQ(foreign.code, ErrorCode::Mismatch);
    EXPECT_NE(foreign.message.find("iforest"), std::string::npos);
    const LoadRefusal newer = refusal_after([](Json& document) { document["format"] = 2; });
    EXPECT_EQ(newer.code, ErrorCode::Mismatch);
    EXPECT_NE(newer.message.find("newer version"), std::string::npos) << newer.message;
}

TEST(ModelFile, RefusesOtherFeaturesAndSaysWhich) {
    const LoadRefusal renamed = refusal_after([](Json& document) { document["forest"]["names"][2] = "packets"; });
    EXPECT_EQ(renamed.code, ErrorCode::Mismatch);
    EXPECT_NE(renamed.message.find("made for other features"), std::string::npos) << renamed.message;
    EXPECT_NE(renamed.message.find("packets"), std::string::npos) << renamed.message;
    EXPECT_NE(renamed.message.find("rain again"), std::string::npos) << renamed.message;
    EXPECT_EQ(refusal_after([](Json& document) { document["forest"]["names"].erase(0); }).code, ErrorCode::Mismatch);
    EXPECT_EQ(refusal_after([](Json& document) { document["forest"]["names"].push_back("one_more"); }).code, ErrorCode::Mismatch);
    EXPECT_EQ(refusal_after([](Json& document) { document["forest"]["names"] = Json::array(); }).code, ErrorCode::Mismatch);
}

TEST(ModelFile, RefusesAnyMemberThatIsMissingOrOfAnotherShape) {
    const Json good = Json::parse(saved_model()).at("parts").at(0);
    for (const auto& [name, value] : good.items()) {
        if (name != "settings") {  // older documents have none
            EXPECT_EQ(refusal_after([&name = name](Json& document) { document.erase(name); }).code, ErrorCode::Corrupt) << name;
        }
        for (const Json& wrong : {Json(), Json("text"), Json(-1), Json(0.5), Json::array({Json::object()}), Json{{"a", 1}}}) {
            if (name == "prior_mean" && wrong.is_number()) continue;
            if (name == "prior_deviation" && wrong == Json(0.5)) continue;
            const LoadRefusal refusal = refusal_after([&, &name = name](Json& document) { document[name] = wrong; });
            EXPECT_NE(refusal.code, ErrorCode::Io) << name << " " << wrong;
        }
    }
    Json bare = Json::parse(saved_model());
    bare.erase("checksum");
    EXPECT_EQ(load_refusal(bare.dump()).code, ErrorCode::Corrupt);
}

TEST(ModelFile, RefusesNumbersAndSizesNoModelHas) {
    const auto corrupt = [](const std::function<void(Json&)>& change) {
        return refusal_after(change).code == ErrorCode::Corrupt;
    };
    EXPECT_TRUE(corrupt([](Json& d) { d["records"] = UINT64_MAX; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["records"] = -1; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["seed"] = "0"; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["prior_deviation"] = 0; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["labels"][0]["start_offset"] = -1; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["labels"][0]["start_offset"] = 1e300; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["labels"][0]["features"][0] = 1e300; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["labels"][0]["features"].erase(0); }));
    EXPECT_TRUE(corrupt([](Json& d) { d["labels"][0]["kind"] = "visit"; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["labels"][0]["anomaly"] = 1; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["labels"][0]["source"] = std::string(5'000, 'a'); }));
    EXPECT_TRUE(corrupt([](Json& d) { d["machines"].erase(0); }));
    EXPECT_TRUE(corrupt([](Json& d) { d["ranges"]["all"]["low"].erase(0); }));
    EXPECT_TRUE(corrupt([](Json& d) { d["ranges"]["all"]["low"][0] = 1e9; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["ranges"]["all"]["low"][0] = nullptr; }));
    EXPECT_TRUE(corrupt([](Json& d) { d["scaler"]["scale"].erase(0), d["scaler"]["centre"].erase(0); }));
    EXPECT_TRUE(corrupt([](Json& d) {
        for (int tree = 0; tree < 1'100; ++tree) d["forest"]["trees"].push_back(Json::object());
    }));
    std::string text = saved_model();
    text.replace(text.find("\"records\":64"), 12, "\"records\":1e999");
    EXPECT_EQ(load_refusal(text).code, ErrorCode::Corrupt);
}

TEST(ModelFile, KeepsMachineNamesThatAreNoUtf8) {
    JournalModel model = small_model();
    model.machines[0] = "\xE9t\xE9";
    EXPECT_EQ(loaded(saved(model)).machines[0], "\uFFFDt\uFFFD");
}

/// Written by the first version that could; every later one must load it and score alike.
TEST(ModelFile, LoadsTheGoldenModelOfFormat1) {
    std::ifstream file(test::source_folder() / "tests/data/model-1.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(text.empty());
    const JournalModel model = loaded(text);
    const Eigen::VectorXd scores = model.forest.score(session_rows(10, 99), 1, {});
    const std::vector<double> expected{0.43966174641576983, 0.40231786013347715, 0.40737243481041874, 0.45268193708906723,
                                       0.52071676151966007, 0.43244270475490942, 0.40737243481041874, 0.56577274489522666,
                                       0.47090156451273874, 0.43345675090777541};
    for (std::size_t row = 0; row < expected.size(); ++row)
        EXPECT_NEAR(scores[static_cast<Eigen::Index>(row)], expected[row], 1e-12) << row;
    EXPECT_NEAR(model.calibration.tail_probability(scores[7]), 5.0 / 65.0, 1e-12);
    EXPECT_NEAR(model.prior_mean, 0.45212449441126756, 1e-12);
    EXPECT_EQ(model.prior_deviation, 0.05);
    EXPECT_NEAR(model.ranges.of(MachineIndex{0}, 0).high, 3.994526886939999, 1e-9);
    EXPECT_EQ(model.ranges.machines(), 2U);
    EXPECT_NEAR(model.scaler.scale()[43], 1.0849972739362057, 1e-12);
    EXPECT_EQ(model.labels.size(), 3U);
    EXPECT_EQ(model.labels[2].rules, (std::vector<std::string>{"power-reset", "journal-gap"}));
    EXPECT_EQ(model.seed, 0xFEDCBA9876543210U);
    EXPECT_EQ(model.machines.at(1), "Zürich \"2\"");
}

/// The first document with channels; those before have none and go on scoring with the forest alone.
TEST(ModelFile, LoadsTheGoldenModelWithChannels) {
    std::ifstream file(test::source_folder() / "tests/data/model-1-channels.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(text.empty());
    const JournalModel model = loaded(text);
    ASSERT_EQ(model.channels.size(), 2U);
    EXPECT_EQ(heading_of(model.channels[1]), "Unlike its 5 nearest");
    EXPECT_EQ(heading_of(model.channels[0]), "Single extreme value");
    const FeatureMatrix rows = session_rows(10, 99);
    const Eigen::VectorXd raised = raised_scores(model, rows, model.forest.score(rows, 1, {}), 1, {});
    const std::vector<double> expected{0.46607109578562611, 0.40231786013347715, 0.41380334350556858, 0.45667575883835926,
                                       0.52317884595941255, 0.4486868444692092,  0.40737243481041874, 0.57410458694105571,
                                       0.47739960934271647, 0.48060387799640542};
    for (std::size_t row = 0; row < expected.size(); ++row)
        EXPECT_NEAR(raised[static_cast<Eigen::Index>(row)], expected[row], 1e-9) << row;
    EXPECT_EQ(saved(loaded(saved(model))), saved(model));
}

/// The first document whose channels look at what happened.
TEST(ModelFile, LoadsTheGoldenModelWithSequences) {
    std::ifstream file(test::source_folder() / "tests/data/model-1-sequence.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    ASSERT_FALSE(text.empty());
    const JournalModel model = loaded(text);
    ASSERT_EQ(model.channels.size(), 3U);
    EXPECT_EQ(heading_of(model.channels[2]), "Unusual order");
    const FeatureTable rows = test::small_table(10, 99);
    const Eigen::VectorXd raised = raised_scores(model, rows.dataset(), model.forest.score(rows.features, 1, {}), 1, {});
    const std::vector<double> expected{0.46607109578562611, 0.40231786013347715, 0.41380334350556858, 0.45667575883835926,
                                       0.52317884595941255, 0.4486868444692092,  0.40737243481041874, 0.57410458694105571,
                                       0.47739960934271647, 0.51185909223860593};
    for (std::size_t row = 0; row < expected.size(); ++row)
        EXPECT_NEAR(raised[static_cast<Eigen::Index>(row)], expected[row], 1e-9) << row;
    const Eigen::VectorXd lifts = channel_lifts({model.channels[2]}, rows.dataset(), 1, {});
    EXPECT_GT(lifts[9], 0.3);
    EXPECT_EQ(lifts[0], 0);
    EXPECT_EQ(saved(loaded(saved(model))), saved(model));
}

TEST(ModelFile, RefusesChannelsThatDoNotFit) {
    JournalModel model = small_model();
    model.channels = fit_channels(session_rows(64), 5, 1, {});
    const std::string good = saved(model);
    const auto code_after = [&](const std::function<void(Json&)>& change) {
        Json document = Json::parse(good);
        change(document["parts"][0]["channels"]);
        document["checksum"] = std::string(kBlankChecksum);
        return load_refusal(sealed(document.dump())).code;
    };
    EXPECT_EQ(code_after([](Json&) {}), ErrorCode::Io);
    EXPECT_EQ(code_after([](Json& channels) { channels = "knn"; }), ErrorCode::Corrupt);
    EXPECT_EQ(code_after([](Json& channels) { channels = Json::array(); }), ErrorCode::Corrupt);
    EXPECT_EQ(code_after([](Json& channels) { channels[1] = channels[0]; }), ErrorCode::Corrupt);
    EXPECT_EQ(code_after([](Json& channels) { channels[0]["weight"] = 11; }), ErrorCode::Corrupt);
    EXPECT_EQ(code_after([](Json& channels) { channels[0].erase("calibration"); }), ErrorCode::Corrupt);
    EXPECT_NE(code_after([](Json& channels) { channels[0]["detector"]["columns"]["names"][3] = "packets"; }), ErrorCode::Io);
    EXPECT_EQ(code_after([](Json& channels) { channels[0]["name"] = channels[0]["detector"]["kind"] = "classifier"; }),
              ErrorCode::Mismatch);
}

}  // namespace
}  // namespace abm
