// Model versions: one is current, and one can go back.
#include "core/store/model_registry.h"

#include "tests/core/label_workspace.h"

namespace abm {
namespace {

struct Registry {
    test::TemporaryFolder folder;
    Workspace workspace = Workspace::open(folder.path() / "models.abmw");
    ModelRegistry models{workspace};

    ModelId add(const std::string& document = "{}") {
        ModelInfo info;
        info.who = "anna";
        info.seed = ~std::uint64_t{0};
        info.feature_schema = "0123456789abcdef";
        info.records = 10;
        info.labels = 4;
        info.last_event = 7;
        return models.add(info, document);
    }
    std::int64_t current() const { return models.current() ? raw(models.current()->id) : 0; }
    std::string states() const {
        std::string text;
        for (const ModelInfo& info : models.list()) text += std::string(name_of(info.state)) + ' ';
        return text;
    }
    std::int64_t audited(const std::string& action) const {
        return workspace.database().execAndGet("SELECT count(*) FROM audit WHERE action = '" + action + "'").getInt64();
    }
};

TEST(ModelRegistry, KeepsWhatItWasGiven) {
    Registry r;
    EXPECT_FALSE(r.models.current());
    const ModelId first = r.add("{\"kind\":\"a\"}");
    r.models.adopt(first, "anna");
    const ModelId second = r.add("{\"kind\":\"b\"}");
    const auto list = r.models.list();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].parent, ModelId{});
    EXPECT_EQ(list[1].parent, first);
    EXPECT_EQ(list[1].seed, ~std::uint64_t{0});
    EXPECT_EQ(list[1].feature_schema, "0123456789abcdef");
    EXPECT_EQ(list[1].records, 10);
    EXPECT_EQ(list[1].labels, 4);
    EXPECT_EQ(list[1].last_event, 7);
    EXPECT_EQ(list[1].metrics, "{}");
    EXPECT_TRUE(known(list[1].created));
    EXPECT_EQ(r.models.document(second), "{\"kind\":\"b\"}");
    EXPECT_EQ(r.states(), "current candidate ");
    EXPECT_EQ(r.audited("train"), 2);
}

TEST(ModelRegistry, RollsBackToWhatWasCurrentBefore) {
    Registry r;
    const ModelId a = r.add(), b = r.add(), c = r.add();
    test::invalid([&] { r.models.roll_back("anna"); });
    r.models.adopt(a, "anna");
    r.models.adopt(b, "anna");
    r.models.adopt(c, "anna");
    EXPECT_EQ(r.models.roll_back("anna"), b);
    EXPECT_EQ(r.current(), raw(b));
    EXPECT_EQ(r.models.roll_back("anna"), a);
    EXPECT_EQ(r.states(), "current earlier earlier ");
    test::invalid([&] { r.models.roll_back("anna"); });
    EXPECT_EQ(r.current(), raw(a)) << "a roll-back that fails changes nothing";
    EXPECT_EQ(r.audited("rollback"), 2);
    EXPECT_EQ(r.audited("adopt"), 3);

    r.models.adopt(c, "anna");
    EXPECT_EQ(r.models.roll_back("anna"), a) << "a new course from where the roll-backs led to";
}

TEST(ModelRegistry, AdoptingAnEarlierModelIsNoRollBack) {
    Registry r;
    const ModelId a = r.add(), b = r.add();
    r.models.adopt(a, "anna");
    r.models.adopt(b, "anna");
    r.models.adopt(a, "anna");
    EXPECT_EQ(r.models.roll_back("anna"), b);
    EXPECT_EQ(r.models.roll_back("anna"), a);
    test::invalid([&] { r.models.roll_back("anna"); });
}

TEST(ModelRegistry, AdoptingTheCurrentModelChangesNothing) {
    Registry r;
    const ModelId a = r.add(), b = r.add();
    r.models.adopt(a, "anna");
    r.models.adopt(b, "anna");
    r.models.adopt(b, "anna");
    EXPECT_EQ(r.audited("adopt"), 2);
    EXPECT_EQ(r.models.roll_back("anna"), a);
}

TEST(ModelRegistry, PassesOverDiscardedModels) {
    Registry r;
    const ModelId a = r.add(), b = r.add(), c = r.add();
    for (const ModelId id : {a, b, c}) r.models.adopt(id, "anna");
    r.models.discard(b, "anna");
    r.models.discard(b, "anna");
    EXPECT_EQ(r.audited("discard"), 1);
    EXPECT_EQ(r.states(), "earlier discarded current ");
    EXPECT_EQ(r.models.roll_back("anna"), a);
    r.models.adopt(b, "anna");
    EXPECT_EQ(r.states(), "earlier current earlier ") << "a discarded model can be adopted";
    r.models.discard(a, "anna");
    EXPECT_NE(test::invalid([&] { r.models.roll_back("anna"); }).find("model 2"), std::string::npos);
}

TEST(ModelRegistry, RefusesWhatMakesNoSense) {
    Registry r;
    const ModelId a = r.add();
    r.models.adopt(a, "anna");
    test::invalid([&] { r.models.discard(a, "anna"); });
    test::invalid([&] { r.models.discard(ModelId{9}, "anna"); });
    test::invalid([&] { r.models.adopt(ModelId{9}, "anna"); });
    test::invalid([&] { static_cast<void>(r.models.document(ModelId{9})); });
    EXPECT_EQ(r.audited("adopt") + r.audited("discard"), 1);
    EXPECT_ANY_THROW(r.workspace.database().exec("UPDATE models SET document = ''"));
}

TEST(ModelRegistry, HistoryIsKnownToOtherConnections) {
    Registry r;
    const ModelId a = r.add(), b = r.add();
    r.models.adopt(a, "anna");
    r.models.adopt(b, "anna");
    r.models.roll_back("anna");
    Workspace again = Workspace::open(r.workspace.path(), Workspace::Access::read_only);
    const ModelRegistry reader(again);
    EXPECT_EQ(reader.current()->id, a);
    EXPECT_EQ(raw(a), r.workspace.database()
                          .execAndGet("SELECT model_id FROM model_events WHERE action = 'adopt' "
                                      "ORDER BY id DESC LIMIT 1")
                          .getInt64());
}

}  // namespace
}  // namespace abm
