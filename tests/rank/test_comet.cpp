// COMET against its published example, the sum over all objects, and its properties.
#include <thuocdo/rank/comet.hpp>

#include "support.hpp"

namespace rank_tests {

namespace comet_tests {

namespace rank = thuocdo::rank;

using Lists = std::vector<Numbers>;

/// TOPSIS on min-max columns, as the published example rates its objects.
Eigen::VectorXd topsis_expert(rank::MatrixView x, std::span<const double> weights,
                              std::span<const thuocdo::Direction> directions) {
    Eigen::VectorXd plus = Eigen::VectorXd::Zero(x.rows());
    Eigen::VectorXd minus = plus;
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const double low = x.col(j).minCoeff();
        const double high = x.col(j).maxCoeff();
        for (Eigen::Index i = 0; i < x.rows(); ++i) {
            const auto k = static_cast<std::size_t>(j);
            const double n = directions[k] == up ? (x(i, j) - low) / (high - low)
                                                 : (high - x(i, j)) / (high - low);
            plus[i] += std::pow(weights[k] * (n - 1.0), 2);
            minus[i] += std::pow(weights[k] * n, 2);
        }
    }
    return (minus.cwiseSqrt().array() / (minus.cwiseSqrt() + plus.cwiseSqrt()).array()).matrix();
}

Eigen::VectorXd squares_expert(rank::MatrixView x, std::span<const double> weights,
                               std::span<const thuocdo::Direction> directions) {
    Eigen::VectorXd ratings = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const auto k = static_cast<std::size_t>(j);
        ratings +=
            (directions[k] == up ? weights[k] : -weights[k]) * x.col(j).cwiseProduct(x.col(j));
    }
    return ratings;
}

double membership(double value, const Numbers& values, std::size_t k) {
    if (value == values[k]) return 1.0;
    if (k > 0 && value > values[k - 1] && value < values[k])
        return (value - values[k - 1]) / (values[k] - values[k - 1]);
    if (k + 1 < values.size() && value > values[k] && value < values[k + 1])
        return (values[k + 1] - value) / (values[k + 1] - values[k]);
    return 0.0;
}

/// The paper step by step: all objects, every pair of them, every rule.
Eigen::VectorXd naive(const Eigen::MatrixXd& x, const Lists& values, const Numbers& weights,
                      const Directions& directions, const rank::CometExpert& expert) {
    std::vector<std::vector<std::size_t>> objects = {{}};
    for (const Numbers& list : values) {
        std::vector<std::vector<std::size_t>> longer;
        for (const auto& object : objects)
            for (std::size_t k = 0; k < list.size(); ++k) {
                longer.push_back(object);
                longer.back().push_back(k);
            }
        objects = longer;
    }
    Eigen::MatrixXd matrix(static_cast<Eigen::Index>(objects.size()), x.cols());
    for (std::size_t o = 0; o < objects.size(); ++o)
        for (std::size_t j = 0; j < values.size(); ++j)
            matrix(static_cast<Eigen::Index>(o), static_cast<Eigen::Index>(j)) =
                values[j][objects[o][j]];
    const Eigen::VectorXd rating = expert(matrix, weights, directions);
    Numbers sums;
    for (const double a : rating) {
        sums.push_back(0.0);
        for (const double b : rating)
            sums.back() += std::abs(a - b) < 1e-12 ? 0.5 : a > b ? 1.0 : 0.0;
    }
    Numbers distinct = sums;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    Eigen::VectorXd scores = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        for (std::size_t o = 0; o < objects.size(); ++o) {
            double rule = static_cast<double>(std::find(distinct.begin(), distinct.end(), sums[o]) -
                                              distinct.begin()) /
                          static_cast<double>(distinct.size() - 1);
            for (std::size_t j = 0; j < values.size(); ++j)
                rule *= membership(x(i, static_cast<Eigen::Index>(j)), values[j], objects[o][j]);
            scores[i] += rule;
        }
    return scores;
}

rank::CometOptions rated(const Lists& values, rank::CometExpert expert) {
    rank::CometOptions options;
    options.characteristic_values = values;
    options.expert = std::move(expert);
    return options;
}

/// Around the values of random_matrix(), of different lengths.
Lists lists(std::size_t columns) {
    const Lists all = {{1, 40, 100}, {0, 100}, {1, 20, 50, 110}, {-5, 30, 101}, {1, 100}};
    return {all.begin(), all.begin() + static_cast<std::ptrdiff_t>(columns)};
}

}  // namespace comet_tests

TEST_CASE("COMET: published example with TOPSIS as the expert, to the last printed digit") {
    using namespace comet_tests;
    for (const Example& each : published("comet_topsis")) {
        const auto values = each.params.at("cvalues").get<Lists>();
        const auto found = rank::comet(each.matrix, each.weights, each.directions,
                                       rated(values, comet_tests::topsis_expert));
        check_close(found.scores, each.expected.get<Numbers>(), each.tolerance);
        const auto built_in = rank::comet(each.matrix, each.weights, each.directions,
                                          rated(values, rank::topsis_expert()));
        CHECK(bits(built_in.scores) == bits(found.scores));
        // With equal weights an object is worth the number of its better values, 0 to 9,
        // however the ratings were rounded.
        CHECK(found.preference.size() == 512);
        for (const double p : found.preference)
            CHECK(std::abs(p * 9.0 - std::round(p * 9.0)) <= 1e-12);
    }
}

TEST_CASE("COMET: the sum over all characteristic objects") {
    using namespace comet_tests;
    for (const std::size_t columns : {1U, 2U, 5U}) {
        for (const Eigen::Index rows : {1, 34, 700}) {
            CAPTURE(columns);
            CAPTURE(rows);
            const auto count = static_cast<Eigen::Index>(columns);
            Eigen::MatrixXd x = random_matrix(rows, count, 61);
            for (Eigen::Index j = 0; j < count; ++j)
                x(rows / 2, j) = lists(columns)[static_cast<std::size_t>(j)].back();
            const Numbers weights = random_weights(count, 62);
            for (const rank::CometExpert& expert :
                 {rank::CometExpert(topsis_expert), rank::CometExpert(squares_expert)}) {
                const auto scores = [&](const Eigen::MatrixXd& each) {
                    return rank::comet(each, weights, mixed_directions(count),
                                       rated(lists(columns), expert))
                        .scores;
                };
                check_same(scores(x),
                           naive(x, lists(columns), weights, mixed_directions(count), expert));
                check_order_of_alternatives_has_no_effect(x, scores);
            }
        }
    }
}

TEST_CASE("COMET: characteristic objects as alternatives score their preference") {
    using namespace comet_tests;
    rank::CometOptions options = rated(lists(3), squares_expert);
    options.keep_matrix = true;
    const Numbers weights = {0.2, 0.5, 0.3};
    const Directions directions = {up, down, up};
    const auto objects =
        rank::comet(matrix_of({{50, 50, 50}}), weights, directions, options).characteristic_objects;
    CHECK(objects.rows() == 24);
    CHECK(objects.row(1) == Eigen::RowVector3d(1, 0, 20));
    const auto found = rank::comet(objects, weights, directions, options);
    CHECK(found.scores == found.preference);
    CHECK(found.scores.minCoeff() == 0.0);
    CHECK(found.scores.maxCoeff() == 1.0);
    // The matrix of judgements has the sums, and gives the same result again.
    CHECK(found.judgements.rowwise().sum() == found.summed_judgements);
    CHECK(found.judgements + found.judgements.transpose() == Eigen::MatrixXd::Ones(24, 24));
    rank::CometOptions judged;
    judged.characteristic_values = lists(3);
    judged.judgements = found.judgements;
    CHECK(bits(rank::comet(objects, weights, directions, judged).scores) == bits(found.scores));
}

TEST_CASE("COMET: judgements in a circle, which no rating has") {
    using namespace comet_tests;
    rank::CometOptions options;
    options.characteristic_values = {{0, 1, 2, 3}};
    // 0 beats 1, 1 beats 2, 2 beats 0; 3 beats all.
    options.judgements =
        matrix_of({{0.5, 1, 0, 0}, {0, 0.5, 1, 0}, {1, 0, 0.5, 0}, {1, 1, 1, 0.5}});
    const auto found =
        rank::comet(matrix_of({{0}, {1.5}, {2.25}, {3}}), Numbers{1}, {{up}}, options);
    CHECK(found.summed_judgements == Eigen::Vector4d(1.5, 1.5, 1.5, 3.5));
    CHECK(found.scores == Eigen::Vector4d(0, 0, 0.25, 1));
}

TEST_CASE("COMET: ratings that differ by rounding are equal, all equal gives 0") {
    using namespace comet_tests;
    const auto preference = [](std::initializer_list<double> ratings) {
        const Eigen::VectorXd rated_so = Eigen::Map<const Eigen::VectorXd>(std::data(ratings), 3);
        return rank::comet(matrix_of({{1}}), Numbers{1}, {{up}},
                           rated({{0, 1, 2}}, [&](auto&&...) { return rated_so; }))
            .preference;
    };
    CHECK(preference({0.1 + 0.2, 0.3, 0.9}) == Eigen::Vector3d(0, 0, 1));
    CHECK(preference({0.3 + 1e-9, 0.3, 0.9}) == Eigen::Vector3d(0.5, 0, 1));
    CHECK(preference({-3e200, 3e-200, 0.0}) == Eigen::Vector3d(0, 1, 1));
    CHECK(preference({0.0, 0.0, 0.0}) == Eigen::Vector3d(0, 0, 0));
    CHECK(preference({7.0, 7.0, 7.0}) == Eigen::Vector3d(0, 0, 0));
}

TEST_CASE("COMET: a score does not depend on the other alternatives") {
    using namespace comet_tests;
    const Eigen::MatrixXd x = random_matrix(100, 5, 63);
    const Numbers weights = random_weights(5, 64);
    const auto options = rated(lists(5), topsis_expert);
    const auto all = rank::comet(x, weights, mixed_directions(5), options).scores;
    CHECK(bits(rank::comet(x.topRows(4), weights, mixed_directions(5), options).scores) ==
          bits(all.head(4)));
    Eigen::MatrixXd twice(2, 5);
    twice << x.row(0), x.row(0);
    const auto same = rank::comet(twice, weights, mixed_directions(5), options).scores;
    CHECK(bits(same)[0] == bits(same)[1]);
}

TEST_CASE("COMET: refusals") {
    using namespace comet_tests;
    check_refuses_bad_input([](const Eigen::MatrixXd& x, const Numbers& w, const Directions& d) {
        return rank::comet(x, w, d, rated(lists(2), topsis_expert));
    });
    const Eigen::MatrixXd x = matrix_of({{1, 2}, {101, 3}, {5, -1}});
    const auto call = [&](const rank::CometOptions& options) {
        return problems([&] {
            return rank::comet(x, Numbers{0.5, 0.5}, Directions{up, up}, options);
        });
    };
    CHECK(call(rated({{0, 1}}, topsis_expert)) ==
          Strings{"size_mismatch argument \"characteristic_values\""});
    CHECK(call(rated({{0, 100}, {0, 9}}, topsis_expert)) ==
          Strings{"value_out_of_bounds row 1, column 0 (counted from 0)",
                  "value_out_of_bounds row 2, column 1 (counted from 0)"});
    for (const Numbers& list :
         {Numbers{}, Numbers{1}, Numbers{1, 1}, Numbers{2, 1}, Numbers{0, std::nan("")},
          Numbers{0, HUGE_VAL}, Numbers{-1e308, 1e308}})
        CHECK(call(rated({list, {-1, 9}}, topsis_expert)) ==
              Strings{"characteristic_values_invalid characteristic_values[0]"});
    const Lists sound = {{0, 101}, {-1, 9}};
    CHECK(call(rated(sound, {})) == Strings{"expert_missing argument \"expert\""});
    rank::CometOptions both = rated(sound, topsis_expert);
    both.judgements = Eigen::MatrixXd::Constant(4, 4, 0.5);
    CHECK(call(both) == Strings{"expert_missing argument \"expert\""});
    rank::CometOptions judged = rated(sound, {});
    judged.judgements = Eigen::MatrixXd::Constant(4, 4, 0.5);
    CHECK(call(judged).empty());
    judged.judgements(0, 1) = 1.0;
    judged.judgements(2, 2) = 1.0;
    CHECK(call(judged) ==
          Strings{"judgement_invalid row 0, column 1 (counted from 0) of \"judgements\"",
                  "judgement_invalid row 2, column 2 (counted from 0) of \"judgements\""});
    judged.judgements = Eigen::MatrixXd::Constant(3, 4, 0.5);
    CHECK(call(judged) == Strings{"size_mismatch argument \"judgements\""});
    CHECK(call(rated(sound, [](auto&&...) { return Eigen::VectorXd(Eigen::Vector2d(1, 2)); })) ==
          Strings{"size_mismatch result of \"expert\""});
    CHECK(call(rated(sound, [](auto&&...) {
              return Eigen::VectorXd(Eigen::Vector4d(1, std::nan(""), 2, HUGE_VAL));
          })) == Strings{"rating_not_finite rating[1]", "rating_not_finite rating[3]"});
}

TEST_CASE("COMET: the number of characteristic objects has a limit") {
    using namespace comet_tests;
    const auto call = [](Eigen::Index columns, Eigen::Index length, bool keep) {
        Numbers list;
        for (Eigen::Index k = 0; k < length; ++k) list.push_back(static_cast<double>(k));
        rank::CometOptions options =
            rated(Lists(static_cast<std::size_t>(columns), list), squares_expert);
        options.keep_matrix = keep;
        return problems([&] {
            return rank::comet(Eigen::MatrixXd::Constant(1, columns, 0.5),
                               random_weights(columns, 65), mixed_directions(columns), options);
        });
    };
    CHECK(call(21, 2, false) ==
          Strings{"too_many_characteristic_objects argument \"characteristic_values\""});
    CHECK(call(200, 9, false) ==
          Strings{"too_many_characteristic_objects argument \"characteristic_values\""});
    CHECK(call(13, 2, false).empty());
    CHECK(call(13, 2, true) == Strings{"too_many_characteristic_objects option \"keep_matrix\""});
}

}  // namespace rank_tests
