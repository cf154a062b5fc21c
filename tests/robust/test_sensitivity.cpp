// Sensitivity of a board to its factors against variances that are known in closed form.

#include <thuocdo/robust/sensitivity.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "support/build.hpp"

namespace test_sensitivity {

using namespace thuocdo;
namespace robust = thuocdo::robust;
using testing_support::group;
using testing_support::leaf;

/// Three indicators of equal weight, as they are.
IndexModel plain_model() {
    return testing_support::model(
        group("root", aggregation::Arithmetic{},
              {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{}), leaf("c", rule::AsIs{})}));
}

robust::Factor error_of(const std::string& indicator, double size) {
    robust::MeasurementError rule;
    rule.indicators = {indicator};
    rule.error.distribution = ErrorDistribution::uniform;
    rule.error.size = size;
    return {"error of " + indicator, rule};
}

TEST_CASE("errors of an additive score share its variance by their squared sizes") {
    // score = (a + b + c) / 3 with uniform errors of half widths 1, 2 and 3: variances are as
    // 1 : 4 : 9, without interaction, so first order and total are both 1/14, 4/14, 9/14.
    const Scoreboard board =
        score(plain_model(), testing_support::panel({"a", "b", "c"}, {{5, 6, 7}, {1, 2, 3}}));
    robust::SensitivityOptions options;
    options.samples = 2048;
    options.seed = 5;
    options.target = robust::SensitivityTarget::score;
    options.unit = "u1";
    const std::vector<robust::Factor> factors{error_of("a", 1.0), error_of("b", 2.0),
                                              error_of("c", 3.0)};
    const robust::Sensitivity found = robust::sensitivity(board, factors, options);
    CHECK(found.runs == 2048 * 5);
    const double expected[] = {1.0 / 14, 4.0 / 14, 9.0 / 14};
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(found.indices.factors[k].first_order.value ==
              doctest::Approx(expected[k]).epsilon(0.02));
        CHECK(found.indices.factors[k].total.value == doctest::Approx(expected[k]).epsilon(0.02));
        CHECK(found.indices.factors[k].total.lower <= expected[k]);
        CHECK(found.indices.factors[k].total.upper >= expected[k]);
    }
    // Variance of the mean of three uniform errors.
    CHECK(found.indices.variance == doctest::Approx((1.0 + 4.0 + 9.0) / 3.0 / 9.0).epsilon(0.01));
    CHECK(found.indices.mean == doctest::Approx(6.0).epsilon(0.001));
    // The other unit has errors of its own, which do not move this one.
    options.target = robust::SensitivityTarget::rank;
    const robust::Sensitivity rank = robust::sensitivity(board, factors, options);
    CHECK(rank.indices.factors[0].state == robust::SobolState::no_variation);
}

TEST_CASE("a choice and the weights: analytic shares, and threads change nothing") {
    // One unit with a = 4, b = 16: the score is 4 + 12 w under the arithmetic mean, and the
    // alternative adds 6 to every value: 10 + 12 w. w = U by Dirichlet(1, 1) up to direction:
    // variance of the weights 144 / 12 = 12, of the choice 6^2 / 4 = 9.
    const IndexModel model = testing_support::model(group(
        "root", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    const Scoreboard board = score(model, testing_support::panel({"a", "b"}, {{4, 16}}));
    robust::ModelChoice shift;
    shift.alternatives.push_back({"as it is", [](ModelDefinition&) {}});
    shift.alternatives.push_back({"shifted", [](ModelDefinition& definition) {
                                      NodeDefinition root = definition.root;
                                      NodeDefinition bonus = root.children[0];
                                      bonus.code = "bonus";
                                      bonus.indicator = "a";
                                      bonus.score = rule::Goalposts{0.0, 4.0, true};
                                      bonus.scale = 6.0;
                                      bonus.role = Role::bonus;
                                      definition.root.children.push_back(bonus);
                                  }});
    const std::vector<robust::Factor> factors{
        {"weights", robust::DirichletWeights{{"root"}, std::nullopt}}, {"shift", shift}};
    robust::SensitivityOptions options;
    options.samples = 1024;
    options.target = robust::SensitivityTarget::score;
    options.unit = "u1";
    const robust::Sensitivity found = robust::sensitivity(board, factors, options);
    CHECK(found.failures.empty());
    CHECK(found.indices.variance == doctest::Approx(21.0).epsilon(0.02));
    CHECK(found.indices.factors[0].first_order.value == doctest::Approx(12.0 / 21.0).epsilon(0.04));
    CHECK(found.indices.factors[1].first_order.value == doctest::Approx(9.0 / 21.0).epsilon(0.04));
    CHECK(found.indices.factors[0].total.value == doctest::Approx(12.0 / 21.0).epsilon(0.04));
    std::ostringstream one;
    one << found;
    CHECK(one.str().find("weights") < one.str().find("shift"));
    options.threads = 3;
    const robust::Sensitivity three = robust::sensitivity(board, factors, options);
    for (std::size_t k = 0; k < 2; ++k) {
        CHECK(three.indices.factors[k].first_order.value ==
              found.indices.factors[k].first_order.value);
        CHECK(three.indices.factors[k].total.upper == found.indices.factors[k].total.upper);
    }
}

TEST_CASE("a failed alternative costs its own rows only, and is named") {
    const IndexModel model = testing_support::model(group(
        "root", aggregation::Arithmetic{}, {leaf("a", rule::AsIs{}), leaf("b", rule::AsIs{})}));
    const Scoreboard board =
        score(model, testing_support::panel({"a", "b"}, {{4, 0}, {1, 5}, {3, 3}}));
    robust::ModelChoice choice;
    choice.alternatives.push_back({"arithmetic", [](ModelDefinition&) {}});
    choice.alternatives.push_back({"geometric", [](ModelDefinition& definition) {
                                       definition.root.aggregate = aggregation::Geometric{};
                                   }});
    const std::vector<robust::Factor> factors{{"weights", robust::WeightNoise{{"root"}, 1.0}},
                                              {"aggregate", choice}};
    robust::SensitivityOptions options;
    options.samples = 256;
    const robust::Sensitivity found = robust::sensitivity(board, factors, options);
    REQUIRE(found.failures.size() == 1);
    CHECK(found.failures[0].code == "result_outside_domain");
    // Half of A, B and the mixed runs take the geometric mean.
    CHECK(found.failures[0].count > found.runs / 3);
    CHECK(found.failures[0].count < 2 * found.runs / 3);
    CHECK(found.indices.factors[0].rows > 0);
    CHECK(found.indices.factors[0].left_out > 0);
    CHECK(std::isfinite(found.indices.factors[0].first_order.value));
}

TEST_CASE("the mean shift of ranks is taken against the nominal ranking") {
    const Scoreboard board = score(
        plain_model(), testing_support::panel({"a", "b", "c"}, {{9, 1, 1}, {1, 9, 1}, {1, 1, 8}}));
    robust::SensitivityOptions options;
    options.samples = 512;
    options.seed = 3;
    const robust::Sensitivity found = robust::sensitivity(
        board, {{"weights", robust::DirichletWeights{{"root"}, std::nullopt}}, error_of("a", 0.01)},
        options);
    CHECK(found.indices.factors[0].total.value > 0.95);
    CHECK(found.indices.factors[1].total.value < 0.05);
    CHECK(found.indices.mean > 0.0);
    CHECK(found.indices.mean < 2.0);
}

TEST_CASE("options that make no sense are refused together") {
    const Scoreboard board =
        score(plain_model(), testing_support::panel({"a", "b", "c"}, {{5, 6, 7}, {1, 2, 3}}));
    robust::SensitivityOptions options;
    options.samples = 1;
    options.threads = 0;
    options.level = 1.0;
    options.target = robust::SensitivityTarget::rank;
    options.unit = "nobody";
    const auto problems = testing_support::problems_of<NumericError>(
        [&] { static_cast<void>(robust::sensitivity(board, {error_of("a", 1.0)}, options)); });
    CHECK(problems.size() == 4);
    robust::SensitivityOptions cancelled;
    cancelled.progress = [](double) { return false; };
    CHECK_THROWS_AS(static_cast<void>(robust::sensitivity(board, {error_of("a", 1.0)}, cancelled)),
                    Cancelled);
}

}  // namespace test_sensitivity
