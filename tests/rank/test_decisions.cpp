// Decisions with names, their results, and what a ranking does when an alternative comes or goes.
#include <thuocdo/rank/electre_one.hpp>
#include <thuocdo/rank/labelled_result.hpp>
#include <thuocdo/rank/promethee_one.hpp>
#include <thuocdo/rank/rank_reversal.hpp>
#include <thuocdo/rank/topsis.hpp>
#include <thuocdo/rank/weighted_sum.hpp>

#include <sstream>

#include "support.hpp"

namespace rank_tests {

namespace decision_tests {

namespace rank = thuocdo::rank;

rank::DecisionMatrix provinces() {
    return {{"Huế", "Hà Nội", "Đà Nẵng"},
            {{"services online", 2.0, up}, {"late tasks", 1.0, down}},
            matrix_of({{60, 2}, {90, 12}, {75, 4}})};
}

const auto saw = [](const auto& x, auto w, auto d) { return rank::weighted_sum(x, w, d); };

}  // namespace decision_tests

TEST_CASE("A decision gives its names to the result, and prints with them") {
    using namespace decision_tests;
    const auto found = rank::label("Weighted sum", provinces(), saw);
    REQUIRE(found.ranking().size() == 3);
    CHECK(found.ranking()[0].alternative == "Hà Nội");
    CHECK(found.ranking()[0].score == 2.0);
    CHECK(found.ranks()[0] == 3.0);
    std::ostringstream text;
    text << found;
    CHECK(text.str() ==
          "Weighted sum\n"
          "rank  alternative  score\n"
          "----  -----------  -----\n"
          "   1  Hà Nội           2\n"
          "   2  Đà Nẵng        1.8\n"
          "   3  Huế              1\n");
    const auto steps = found.steps();
    REQUIRE(steps.size() == 3);
    CHECK(steps[2].part == "scores");
    CHECK(steps[2].alternative == "Đà Nẵng");
    CHECK(steps[2].value == "1.8");
    std::ostringstream matrix;
    matrix << provinces();
    CHECK(matrix.str().find("late tasks ↓") != std::string::npos);
}

TEST_CASE("Steps of a result: relations in words, lists of alternatives by name and place") {
    using namespace decision_tests;
    const auto texts = [](const auto& found, std::string_view part) {
        Strings out;
        for (const auto& each : found.steps())
            if (each.part == part)
                out.push_back(each.alternative + '|' + each.criterion + '|' + each.value);
        return out;
    };
    const auto flows = rank::label("PROMETHEE I", provinces(), [](const auto& x, auto w, auto d) {
        return rank::promethee_one(x, w, d);
    });
    CHECK(texts(flows, "relation") ==
          Strings{"Huế|Huế|indifferent", "Huế|Hà Nội|worse", "Huế|Đà Nẵng|worse",
                  "Hà Nội|Huế|better", "Hà Nội|Hà Nội|indifferent", "Hà Nội|Đà Nẵng|better",
                  "Đà Nẵng|Huế|better", "Đà Nẵng|Hà Nội|worse", "Đà Nẵng|Đà Nẵng|indifferent"});
    const auto kernel = rank::label("ELECTRE I", provinces(), [](const auto& x, auto w, auto d) {
        return rank::electre_one(x, w, d);
    });
    CHECK(texts(kernel, "kernel") == Strings{"Hà Nội||1"});
    CHECK(texts(kernel, "has_cycle") == Strings{"||no"});
    CHECK(texts(kernel, "outranks").size() == 9);
    const auto distances = rank::label("TOPSIS", provinces(), [](const auto& x, auto w, auto d) {
        return rank::topsis(x, w, d, {.keep_matrix = true});
    });
    CHECK(texts(distances, "variant") == Strings{"||vector"});
    CHECK(texts(distances, "ideal").size() == 2);
    CHECK(texts(distances, "weighted_normalised").size() == 6);
    std::ostringstream text;
    text << kernel;
    CHECK(text.str().find("kernel") != std::string::npos);
}

TEST_CASE("A changed copy of a decision leaves the first as it was") {
    using namespace decision_tests;
    const rank::DecisionMatrix all = provinces();
    const rank::DecisionMatrix rest = all.without("Hà Nội");
    CHECK(rest.alternatives() == Strings{"Huế", "Đà Nẵng"});
    CHECK(rest.values() == matrix_of({{60, 2}, {75, 4}}));
    const Numbers weights{0.0, 1.0};
    CHECK(rank::label("SAW", all.with_weights(weights), saw).ranks()[1] == 3.0);
    CHECK(all.values().rows() == 3);
    CHECK_THROWS_AS(static_cast<void>(all.without("Vinh")), thuocdo::DataError);
    CHECK_THROWS_AS(static_cast<void>(all.with_weights(Numbers{1.0})), thuocdo::DataError);
}

TEST_CASE("A decision that cannot be used names everything that is wrong") {
    using namespace decision_tests;
    const auto codes = [](auto&& make) {
        Strings out;
        for (const auto& each : testing_support::problems_of<thuocdo::DataError>(make))
            out.push_back(each.code + ' ' + each.place);
        return out;
    };
    CHECK(codes([] {
              rank::DecisionMatrix({"a", "a", ""}, {{"c", -1.0, up}}, Eigen::MatrixXd(3, 2));
          }) == Strings{"size_mismatch criteria", "duplicate_name alternative \"a\"",
                        "empty_name alternative 2", "weight_out_of_range criterion \"c\"",
                        "no_weight criteria"});
    CHECK(codes([] {
              rank::DecisionMatrix({"a"}, {{"c", 1.0, up}, {"d", 0.0, down}},
                                   matrix_of({{std::nan(""), -HUGE_VAL}}));
          }) == Strings{"missing_value alternative \"a\", criterion \"c\"",
                        "infinite_value alternative \"a\", criterion \"d\""});
    CHECK(codes([] { rank::DecisionMatrix({}, {}, Eigen::MatrixXd(0, 0)); }) ==
          Strings{"size_mismatch alternatives", "size_mismatch criteria"});
}

TEST_CASE("Rank reversal: counted as pairs of others, against every pair looked at") {
    using namespace decision_tests;
    const Numbers weights{0.4, 0.35, 0.25};
    const Directions directions = mixed_directions(3);
    const rank::ScoresOfRows scores = [&](rank::MatrixView x) {
        // Rounded, so that ties come and go.
        Eigen::VectorXd found = rank::weighted_sum(x, weights, directions).scores;
        for (Eigen::Index i = 0; i < found.size(); ++i) found[i] = std::round(found[i] * 20.0);
        return found;
    };
    Eigen::MatrixXd x = random_matrix(25, 3, 11);
    x(4, 0) = 400.0;
    const auto dropped = rank::rank_reversal_when_dropped(x, scores);
    REQUIRE(dropped.size() == 25);
    const Eigen::VectorXd before = scores(x);
    std::int64_t reversals = 0;
    for (Eigen::Index k = 0; k < 25; ++k) {
        CAPTURE(k);
        Eigen::MatrixXd rest(24, 3);
        std::vector<Eigen::Index> names;
        for (Eigen::Index i = 0; i < 25; ++i) {
            if (i == k) continue;
            rest.row(static_cast<Eigen::Index>(names.size())) = x.row(i);
            names.push_back(i);
        }
        const Eigen::VectorXd after = scores(rest);
        std::int64_t reversed = 0;
        std::int64_t ties = 0;
        for (std::size_t a = 0; a < 24; ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                const double first = before[names[a]] - before[names[b]];
                const double second =
                    after[static_cast<Eigen::Index>(a)] - after[static_cast<Eigen::Index>(b)];
                reversed += first * second < 0.0 ? 1 : 0;
                ties += (first == 0.0) != (second == 0.0) ? 1 : 0;
            }
        }
        const auto& found = dropped[static_cast<std::size_t>(k)];
        CHECK(found.alternative == k);
        CHECK(found.reversed_pairs == reversed);
        CHECK(found.changed_ties == ties);
        reversals += reversed;
    }
    CHECK(reversals > 0);
}

TEST_CASE("Rank reversal: min-max reverses when an extreme is dropped, fixed scores never do") {
    using namespace decision_tests;
    // The third is the worst by far on the first criterion: without it a lead of 1 there
    // counts as much as a lead of 1 on the other.
    const Eigen::MatrixXd x = matrix_of({{10, 5}, {9, 6}, {0, 6}});
    const Numbers weights{0.55, 0.45};
    const rank::ScoresOfRows scores = [&](rank::MatrixView rows) {
        return rank::weighted_sum(rows, weights, Directions{up, up}).scores;
    };
    const auto found = rank::rank_reversal_when_dropped(x, scores);
    REQUIRE(found.size() == 3);
    CHECK(found[2].reversed_pairs == 1);
    CHECK(found[2].best_changed);
    CHECK(found[2].best_after == std::vector<Eigen::Index>{0});
    const rank::ScoresOfRows fixed = [](rank::MatrixView rows) {
        Eigen::VectorXd out = rows.col(0);
        return out;
    };
    for (const auto& each : rank::rank_reversal_when_dropped(x, fixed)) {
        CHECK(each.reversed_pairs == 0);
        CHECK_FALSE(each.best_changed);
    }
    for (const auto& each : rank::rank_reversal_when_copied(x, scores)) {
        CHECK(each.reversed_pairs == 0);
        CHECK_FALSE(each.best_changed);
    }
    const auto added = rank::rank_reversal_when_added(x, Eigen::RowVector2d(0, 5000), scores);
    CHECK(added.alternative == 3);
    CHECK(added.reversed_pairs == 1);
    CHECK(added.best_after == std::vector<Eigen::Index>{0});
    CHECK(rank::rank_reversal_when_dropped(matrix_of({{1}, {2}}), fixed).empty());
    CHECK(problems([&] {
              static_cast<void>(
                  rank::rank_reversal_when_added(x, Eigen::RowVector3d(0, 1, 2), scores));
          }) == Strings{"size_mismatch argument \"row\""});
    int calls = 0;
    const auto stopped = rank::rank_reversal_when_copied(
        x, scores, {.order = thuocdo::numeric::Order::descending, .progress = [&](double) {
                        return ++calls < 2;
                    }});
    CHECK(stopped.size() == 2);
}

}  // namespace rank_tests
