#pragma once
// Short ways to write matrices and to compare weights.

#include <thuocdo/error.hpp>
#include <thuocdo/numeric/direction.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "support/build.hpp"

namespace weigh_tests {

inline constexpr thuocdo::Direction up = thuocdo::Direction::higher_is_better;
inline constexpr thuocdo::Direction down = thuocdo::Direction::lower_is_better;

using Directions = std::vector<thuocdo::Direction>;

inline Eigen::MatrixXd matrix(std::initializer_list<std::initializer_list<double>> values) {
    Eigen::MatrixXd x(static_cast<Eigen::Index>(values.size()),
                      static_cast<Eigen::Index>(values.begin()->size()));
    Eigen::Index i = 0;
    for (const auto& row : values) {
        Eigen::Index j = 0;
        for (const double value : row) x(i, j++) = value;
        ++i;
    }
    return x;
}

/// Values between 1 and 100, no two columns alike.
inline Eigen::MatrixXd random_matrix(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
    testing_support::Random random(seed);
    Eigen::MatrixXd x(rows, columns);
    for (Eigen::Index j = 0; j < columns; ++j) {
        for (Eigen::Index i = 0; i < rows; ++i) x(i, j) = random.between(1.0, 100.0);
    }
    return x;
}

inline void check_close(const Eigen::VectorXd& found, const std::vector<double>& expected,
                        double tolerance) {
    REQUIRE(found.size() == static_cast<Eigen::Index>(expected.size()));
    for (std::size_t j = 0; j < expected.size(); ++j) {
        CAPTURE(j);
        CAPTURE(found[static_cast<Eigen::Index>(j)]);
        CAPTURE(expected[j]);
        CHECK(std::abs(found[static_cast<Eigen::Index>(j)] - expected[j]) <= tolerance);
    }
}

/// 0 or more, and a sum of 1 but for rounding.
inline void check_shares(const Eigen::VectorXd& weights) {
    double total = 0.0;
    for (Eigen::Index j = 0; j < weights.size(); ++j) {
        CHECK(weights[j] >= 0.0);
        total += weights[j];
    }
    CHECK(std::abs(total - 1.0) <= 1e-14 * static_cast<double>(weights.size()));
}

inline std::vector<std::uint64_t> bits(const Eigen::VectorXd& values) {
    std::vector<std::uint64_t> result;
    for (Eigen::Index j = 0; j < values.size(); ++j)
        result.push_back(std::bit_cast<std::uint64_t>(values[j]));
    return result;
}

/// "code place" of every problem of the NumericError that a call throws.
template <class Call>
std::vector<std::string> problems(Call&& call) {
    std::vector<std::string> result;
    for (const thuocdo::Problem& problem :
         testing_support::problems_of<thuocdo::NumericError>(call))
        result.push_back(problem.code + " " + problem.place);
    return result;
}

using Strings = std::vector<std::string>;

}  // namespace weigh_tests
