#pragma once
// Matrices, published examples and the properties that every ranking method is held to.

#include <thuocdo/error.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <initializer_list>
#include <string>
#include <vector>

#include "support/build.hpp"

namespace rank_tests {

inline constexpr thuocdo::Direction up = thuocdo::Direction::higher_is_better;
inline constexpr thuocdo::Direction down = thuocdo::Direction::lower_is_better;

using Directions = std::vector<thuocdo::Direction>;
using Numbers = std::vector<double>;
using Strings = std::vector<std::string>;

inline Eigen::MatrixXd matrix_of(const std::vector<std::vector<double>>& rows) {
    Eigen::MatrixXd x(static_cast<Eigen::Index>(rows.size()),
                      static_cast<Eigen::Index>(rows.empty() ? 0 : rows[0].size()));
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < rows[i].size(); ++j)
            x(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows[i][j];
    return x;
}

/// Values between 1 and 100.
inline Eigen::MatrixXd random_matrix(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
    testing_support::Random random(seed);
    Eigen::MatrixXd x(rows, columns);
    for (Eigen::Index j = 0; j < columns; ++j)
        for (Eigen::Index i = 0; i < rows; ++i) x(i, j) = random.between(1.0, 100.0);
    return x;
}

/// Shares of 1, all above 0.
inline Numbers random_weights(Eigen::Index columns, std::uint64_t seed) {
    testing_support::Random random(seed);
    Numbers weights;
    double total = 0.0;
    for (Eigen::Index j = 0; j < columns; ++j) {
        weights.push_back(random.between(0.1, 1.0));
        total += weights.back();
    }
    for (double& w : weights) w /= total;
    return weights;
}

/// Every third criterion lower is better.
inline Directions mixed_directions(Eigen::Index columns) {
    Directions directions;
    for (Eigen::Index j = 0; j < columns; ++j) directions.push_back(j % 3 == 2 ? down : up);
    return directions;
}

inline void check_close(const Eigen::VectorXd& found, const Numbers& expected, double tolerance) {
    REQUIRE(found.size() == static_cast<Eigen::Index>(expected.size()));
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CAPTURE(i);
        CAPTURE(found[static_cast<Eigen::Index>(i)]);
        CAPTURE(expected[i]);
        CHECK(std::abs(found[static_cast<Eigen::Index>(i)] - expected[i]) <= tolerance);
    }
}

/// 1e-12 relative to the larger of 1 and the value, for comparisons with a naive form.
inline void check_same(const Eigen::VectorXd& found, const Eigen::VectorXd& expected) {
    REQUIRE(found.size() == expected.size());
    for (Eigen::Index i = 0; i < found.size(); ++i) {
        CAPTURE(i);
        CAPTURE(found[i]);
        CAPTURE(expected[i]);
        CHECK(std::abs(found[i] - expected[i]) <= 1e-12 * std::max(1.0, std::abs(expected[i])));
    }
}

inline std::vector<std::uint64_t> bits(const Eigen::VectorXd& values) {
    std::vector<std::uint64_t> result;
    for (Eigen::Index j = 0; j < values.size(); ++j)
        result.push_back(std::bit_cast<std::uint64_t>(values[j]));
    return result;
}

/// An example of a paper: `method`, `matrix`, `types` (1 or -1), `weights`, `params`,
/// `expected_published`, `expected_decimals`.
struct Example {
    Eigen::MatrixXd matrix;
    Numbers weights;
    Directions directions;
    nlohmann::json params;
    nlohmann::json expected;
    /// Half of the last printed digit, and a little for what binary cannot hold.
    double tolerance = 0.0;
};

inline std::vector<Example> published(const std::string& method) {
    std::ifstream file(THUOCDO_TEST_DATA_DIR "/mcdm/published.json");
    std::vector<Example> found;
    for (const auto& each : nlohmann::json::parse(file)) {
        if (each.at("method").get<std::string>() != method) continue;
        Example example;
        example.matrix = matrix_of(each.at("matrix").get<std::vector<std::vector<double>>>());
        example.weights = each.at("weights").get<Numbers>();
        for (const int type : each.at("types").get<std::vector<int>>())
            example.directions.push_back(type > 0 ? up : down);
        example.params = each.at("params");
        example.expected = each.at("expected_published");
        example.tolerance = 0.5001 * std::pow(10.0, -each.at("expected_decimals").get<int>());
        found.push_back(std::move(example));
    }
    REQUIRE(!found.empty());
    return found;
}

/// Scores(matrix) of rows in another order are the scores in that order, to the bit.
template <class Scores>
void check_order_of_alternatives_has_no_effect(const Eigen::MatrixXd& x, Scores&& scores) {
    const Eigen::VectorXd straight = scores(x);
    Eigen::MatrixXd turned(x.rows(), x.cols());
    std::vector<Eigen::Index> row_of;
    testing_support::Random random(7);
    for (Eigen::Index i = 0; i < x.rows(); ++i) row_of.push_back(i);
    for (std::size_t i = row_of.size(); i > 1; --i)
        std::swap(row_of[i - 1], row_of[static_cast<std::size_t>(random.bits() % i)]);
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        turned.row(i) = x.row(row_of[static_cast<std::size_t>(i)]);
    const Eigen::VectorXd found = scores(turned);
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        CAPTURE(i);
        CHECK(std::bit_cast<std::uint64_t>(found[i]) ==
              std::bit_cast<std::uint64_t>(straight[row_of[static_cast<std::size_t>(i)]]));
    }
}

/// "code place" of every problem of the NumericError that a call throws.
template <class Call>
Strings problems(Call&& call) {
    Strings result;
    for (const thuocdo::Problem& problem :
         testing_support::problems_of<thuocdo::NumericError>(call))
        result.push_back(problem.code + " " + problem.place);
    return result;
}

/// Every method refuses what cannot be compared, all problems at once. `call` takes
/// matrix, weights and directions.
template <class Call>
void check_refuses_bad_input(Call&& call) {
    const double nan = std::nan("");
    const double infinity = HUGE_VAL;
    CHECK(problems([&] {
              call(matrix_of({{1, nan}, {infinity, 2}}), Numbers{0.5, -1.0}, Directions{up, down});
          }) == Strings{"weight_out_of_range weights[1]",
                        "infinite_value row 1, column 0 (counted from 0)",
                        "missing_value row 0, column 1 (counted from 0)"});
    CHECK(problems([&] {
              call(matrix_of({{1, 2}}), Numbers{1.0}, Directions{up, up, up});
          }) ==
          Strings{"size_mismatch argument \"weights\"", "size_mismatch argument \"directions\""});
    CHECK(problems([&] {
              call(matrix_of({{1, 2}, {2, 1}}), Numbers{0.0, 0.0}, {up, up});
          }) == Strings{"no_weight argument \"weights\""});
    CHECK(problems([&] {
              call(Eigen::MatrixXd(0, 2), Numbers{0.5, 0.5}, {up, up});
          }) == Strings{"no_alternative argument \"x\""});
}

}  // namespace rank_tests
