// The made-up model: its shape, and that it can be scored.
#include <thuocdo/score.hpp>
#include <thuocdo/synthetic.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <variant>

using namespace thuocdo;

TEST_CASE("the model has the indicators, pillars and groups that were asked for") {
    for (const int indicators : {20, 23, 57, 100, 250}) {
        CAPTURE(indicators);
        const IndexModel model = synthetic::model({.indicators = indicators});
        CHECK(model.leaves().size() == static_cast<std::size_t>(indicators));
        CHECK(model.indicators().size() == static_cast<std::size_t>(indicators));
        CHECK(model.root().child_count == 5);
        CHECK(model.node_count() == 1 + 5 + 20 + indicators);
    }
}

TEST_CASE("two calls give one digest, other options another") {
    std::set<std::string> digests;
    digests.insert(synthetic::model().digest());
    CHECK(digests.contains(synthetic::model().digest()));
    digests.insert(synthetic::model({.indicators = 99}).digest());
    digests.insert(synthetic::model({.mix = synthetic::PillarMix::geometric}).digest());
    digests.insert(synthetic::model({.mix = synthetic::PillarMix::alternating}).digest());
    digests.insert(synthetic::model({.peer_relative = true}).digest());
    CHECK(digests.size() == 5);
}

TEST_CASE("the mix of pillars is what was asked for") {
    const IndexModel model = synthetic::model({.mix = synthetic::PillarMix::alternating});
    const auto geometric = [&](const char* code) {
        return std::holds_alternative<aggregation::Geometric>(
            model.node(model.index_of(code)).aggregate);
    };
    CHECK_FALSE(geometric("P1"));
    CHECK(geometric("P2"));
    CHECK_FALSE(geometric("P5"));
    CHECK_FALSE(synthetic::model().is_peer_relative());
    CHECK(synthetic::model({.peer_relative = true}).is_peer_relative());
}

TEST_CASE("a shape that does not work is an error") {
    CHECK_THROWS_AS(static_cast<void>(synthetic::model({.indicators = 19})), NumericError);
    CHECK_THROWS_AS(static_cast<void>(synthetic::model({.pillars = 0})), NumericError);
    CHECK_THROWS_AS(static_cast<void>(synthetic::model({.sub_pillars_per_pillar = -1})),
                    NumericError);
}

TEST_CASE("scores of the central bodies lie between 0 and 100 and differ") {
    const UnitRegistry units(synthetic::central_bodies());
    for (const auto mix : {synthetic::PillarMix::arithmetic, synthetic::PillarMix::geometric,
                           synthetic::PillarMix::alternating}) {
        const IndexModel model = synthetic::model({.mix = mix, .peer_relative = true});
        const Scoreboard board = score(model, synthetic::panel(model, units));
        std::set<double> scores;
        for (Index unit = 0; unit < board.unit_count(); ++unit) {
            CHECK(board.scores()[unit] > 0.0);
            CHECK(board.scores()[unit] < 100.0);
            scores.insert(board.scores()[unit]);
        }
        CHECK(scores.size() > 20);
    }
}
