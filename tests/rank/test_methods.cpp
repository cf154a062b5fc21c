// Methods by name, and one decision by all of them.
#include <thuocdo/rank/compare_methods.hpp>

#include "support.hpp"

namespace rank_tests {

namespace method_tests {

namespace rank = thuocdo::rank;

}  // namespace method_tests

TEST_CASE("Every method by name: the best on all criteria is first, whatever the direction") {
    using namespace method_tests;
    // Rows worsen one by one on every criterion.
    Eigen::MatrixXd x(6, 3);
    for (Eigen::Index i = 0; i < 6; ++i) {
        const auto worse = static_cast<double>(i);
        x.row(i) << 90.0 - 7.0 * worse, 40.0 - 3.0 * worse, 5.0 + 2.0 * worse;
    }
    const Numbers weights{0.5, 0.3, 0.2};
    const Directions directions{up, up, down};
    REQUIRE(rank::ranking_methods().size() == 19);
    const auto found = rank::compare_methods(x, weights, directions, rank::ranking_methods());
    // CoCoSo divides by the smallest sum, which is 0 for one that is worst on everything.
    REQUIRE(found.refused.size() == 1);
    CHECK(found.refused[0].method == "cocoso");
    REQUIRE(found.methods.size() == 18);
    for (std::size_t k = 0; k < found.methods.size(); ++k) {
        CAPTURE(found.methods[k]);
        const auto column = static_cast<Eigen::Index>(k);
        for (Eigen::Index i = 0; i < 6; ++i)
            CHECK(found.ranks(i, column) == static_cast<double>(i + 1));
        CHECK(found.kendall_tau_b(0, column) == 1.0);
        CHECK(rank::ranking_method(found.methods[k]).name == found.methods[k]);
    }
    CHECK(found.best_rank == found.worst_rank);
}

TEST_CASE("Every method: order of alternatives and identical alternatives change no bit") {
    using namespace method_tests;
    Eigen::MatrixXd x = random_matrix(600, 6, 21);
    x.row(17) = x.row(311);
    const Numbers weights = random_weights(6, 22);
    const Directions directions = mixed_directions(6);
    for (const rank::RankingMethod& method : rank::ranking_methods()) {
        CAPTURE(method.name);
        const auto scores = [&](const Eigen::MatrixXd& rows) {
            return method.scores(rows, weights, directions);
        };
        const Eigen::VectorXd found = scores(x);
        CHECK(found[17] == found[311]);
        CHECK(found.allFinite());
        check_order_of_alternatives_has_no_effect(x, scores);
        check_refuses_bad_input([&](const Eigen::MatrixXd& m, const Numbers& w,
                                    const Directions& d) { return method.scores(m, w, d); });
        CHECK(!method.title_en.empty());
        CHECK(!method.title_vi.empty());
    }
}

TEST_CASE("Every method: a constant column and a single alternative give numbers, not NaN") {
    using namespace method_tests;
    Eigen::MatrixXd x = random_matrix(9, 3, 5);
    x.col(1).setConstant(7.0);
    const Numbers weights{0.4, 0.2, 0.4};
    const Directions directions{up, down, up};
    for (const rank::RankingMethod& method : rank::ranking_methods()) {
        CAPTURE(method.name);
        CHECK(method.scores(x, weights, directions).allFinite());
        const Eigen::VectorXd one = method.scores(x.topRows(1), weights, directions);
        REQUIRE(one.size() == 1);
        CHECK(std::isfinite(one[0]));
        Eigen::MatrixXd same = x.row(0).replicate(4, 1);
        const Eigen::VectorXd identical = method.scores(same, weights, directions);
        for (Eigen::Index i = 0; i < 4; ++i) CHECK(identical[i] == identical[0]);
        CHECK(std::isfinite(identical[0]));
    }
}

TEST_CASE("Compared methods: one that refuses the data is named with its reason") {
    using namespace method_tests;
    const Eigen::MatrixXd x = matrix_of({{0, 2}, {3, 1}, {1, -4}});
    const std::vector<rank::RankingMethod> methods{rank::ranking_method("topsis"),
                                                   rank::ranking_method("weighted_product"),
                                                   rank::ranking_method("vikor")};
    const auto found = rank::compare_methods(x, Numbers{0.5, 0.5}, Directions{up, down}, methods);
    CHECK(found.methods == Strings{"topsis", "vikor"});
    REQUIRE(found.refused.size() == 1);
    CHECK(found.refused[0].method == "weighted_product");
    CHECK(found.refused[0].problems[0].code == "value_not_positive");
    CHECK(problems([] { static_cast<void>(rank::ranking_method("topsys")); }) ==
          Strings{"unknown_method "});
    CHECK(problems([&] {
              static_cast<void>(rank::compare_methods(x, Numbers{0.5, 0.5}, Directions{up, down},
                                                      std::span<const rank::RankingMethod>{}));
          }) == Strings{"no_method argument \"methods\""});
}

}  // namespace rank_tests
