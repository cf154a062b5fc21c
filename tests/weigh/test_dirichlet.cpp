// Dirichlet weights against closed forms, their moments and their symmetries.
#include <thuocdo/numeric/sobol.hpp>
#include <thuocdo/weigh/dirichlet.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace dirichlet_tests {

using thuocdo::Index;
using thuocdo::NumericError;
using thuocdo::numeric::SobolSequence;
using thuocdo::weigh::Dirichlet;
using Numbers = std::vector<double>;

Eigen::VectorXd vector(const Numbers& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
}

Eigen::VectorXd drawn(const Numbers& parameters, const Numbers& uniforms) {
    Eigen::VectorXd out(static_cast<Index>(parameters.size()));
    thuocdo::weigh::dirichlet(vector(parameters), vector(uniforms), out);
    return out;
}

template <class Call>
std::vector<std::string> problems(Call&& call) {
    std::vector<std::string> found;
    try {
        call();
    } catch (const NumericError& error) {
        for (const auto& problem : error.problems())
            found.push_back(problem.code + " " + problem.place);
    }
    return found;
}

TEST_CASE("Dirichlet: exponential shares where all parameters are 1") {
    const Numbers u = {0.1, 0.5, 0.9, 1e-300, 1 - 0x1p-53};
    double total = 0.0;
    for (const double each : u) total += -std::log1p(-each);
    const Eigen::VectorXd found = drawn(Numbers(5, 1.0), u);
    for (Index j = 0; j < 5; ++j)
        CHECK(std::abs(found[j] / (-std::log1p(-u[static_cast<std::size_t>(j)]) / total) - 1.0) <
              1e-14);
    // More children than a block, and the same through the quantiles of gamma
    // distributions of nearly the same shape.
    const SobolSequence points(5, 200);
    Numbers many;
    for (Index j = 0; j < 200; ++j) many.push_back(points.uniform(7, j));
    const Eigen::VectorXd block = drawn(Numbers(200, 1.0), many);
    const Eigen::VectorXd near = drawn(Numbers(200, std::nextafter(1.0, 2.0)), many);
    CHECK((block - near).cwiseAbs().maxCoeff() < 1e-15);
    CHECK(std::abs(block.sum() - 1.0) < 1e-14);
}

TEST_CASE("Dirichlet: marginals are Beta(a(j), a - a(j))") {
    const Index draws = 1 << 13;
    for (const Numbers& parameters :
         {Numbers{1.0, 1.0}, Numbers{0.4, 2.5}, Numbers{1.0, 1.0, 1.0}, Numbers{0.3, 20.0, 4.0}}) {
        const auto children = static_cast<Index>(parameters.size());
        const Eigen::MatrixXd u = SobolSequence(11, children).points(0, draws);
        const Dirichlet distribution(vector(parameters));
        Eigen::MatrixXd weights(draws, children);
        Eigen::VectorXd row(children);
        for (Index i = 0; i < draws; ++i) {
            distribution(u.row(i).transpose(), row);
            REQUIRE(std::abs(row.sum() - 1.0) < 1e-15);
            weights.row(i) = row.transpose();
        }
        double total = 0.0;
        for (const double each : parameters) total += each;
        for (Index j = 0; j < children; ++j) {
            CAPTURE(j);
            const double a = parameters[static_cast<std::size_t>(j)];
            const double mean = a / total;
            const double variance = mean * (1.0 - mean) / (total + 1.0);
            CHECK(std::abs(weights.col(j).mean() - mean) < 2e-4);
            CHECK(std::abs((weights.col(j).array() - mean).square().mean() / variance - 1.0) <
                  0.01);
        }
        // Beta(1, 1) is uniform and Beta(1, 2) has P(w <= t) = 1 - (1 - t)^2.
        if (parameters[0] != 1.0) continue;
        for (const double t : {0.05, 0.3, 0.5, 0.9}) {
            const double share = (weights.col(0).array() <= t).cast<double>().mean();
            const double expected = children == 2 ? t : 1.0 - (1.0 - t) * (1.0 - t);
            CHECK(std::abs(share - expected) < 0.003);
        }
    }
}

TEST_CASE("Dirichlet: a weight rises with its uniform number, and children can change places") {
    const Numbers parameters = {0.2, 1.0, 7.0, 40.0};
    const Numbers u = {0.7, 0.2, 0.4, 0.6};
    const Eigen::VectorXd straight = drawn(parameters, u);
    const Eigen::VectorXd turned = drawn({40.0, 0.2, 7.0, 1.0}, {0.6, 0.7, 0.4, 0.2});
    const std::vector<Index> from = {3, 0, 2, 1};
    for (Index j = 0; j < 4; ++j) {
        CHECK(std::abs(turned[j] / straight[from[static_cast<std::size_t>(j)]] - 1.0) < 1e-15);
        Numbers higher = u;
        higher[static_cast<std::size_t>(j)] += 0.01;
        const Eigen::VectorXd moved = drawn(parameters, higher);
        for (Index k = 0; k < 4; ++k) CHECK((moved[k] > straight[k]) == (k == j));
    }
    // In the memory of the uniform numbers.
    Eigen::VectorXd place = vector(u);
    Dirichlet{vector(parameters)}(place, place);
    CHECK(place == straight);
}

TEST_CASE("Dirichlet: extremes") {
    CHECK(drawn({0.3}, {0.2})[0] == 1.0);
    CHECK(drawn({1.0}, {0.2})[0] == 1.0);
    // Every quantile is below the smallest double: the ratio is
    // exp((ln u(0) - ln u(1)) / a).
    const Eigen::VectorXd tiny = drawn({1e-3, 1e-3}, {0.3, 0.3003});
    CHECK(std::abs(tiny[0] / tiny[1] / std::exp(std::log(0.3 / 0.3003) / 1e-3) - 1.0) < 1e-9);
    for (const double a : {1e-5, 1e-100, 1e-320}) {
        const Eigen::VectorXd one = drawn({a, a, a}, {0.3, 0.6, 0.1});
        CHECK(one == vector({0.0, 1.0, 0.0}));
    }
    const Eigen::VectorXd huge = drawn({1e308, 1e308, 5e307}, {0.1, 0.5, 0.9});
    CHECK((huge - vector({0.4, 0.4, 0.2})).cwiseAbs().maxCoeff() < 1e-12);
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(problems([&] {
              drawn({1.0, 0.0, nan, HUGE_VAL}, {0.1, 0.2, 0.3, 0.4});
          }) == std::vector<std::string>{"parameter_not_valid parameters[1]",
                                         "parameter_not_valid parameters[2]",
                                         "parameter_not_valid parameters[3]"});
    CHECK(problems([&] {
              drawn({1.0, 2.0}, {0.0, nan, 1.0});
          }) == std::vector<std::string>{
                    "length_mismatch argument \"uniforms\"", "uniform_out_of_range uniforms[0]",
                    "uniform_out_of_range uniforms[1]", "uniform_out_of_range uniforms[2]"});
    CHECK(problems([&] { drawn({}, {}); }) ==
          std::vector<std::string>{"no_parameter argument \"parameters\""});
}

}  // namespace dirichlet_tests
