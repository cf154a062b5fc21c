#include <thuocdo/numeric/calibration.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "support/build.hpp"

using namespace thuocdo;

namespace {

Eigen::VectorXd column(const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
}

}  // namespace

TEST_CASE("calibration by hand") {
    // Brier: (0.1^2 + 0.9^2 + 0.4^2 + 0.2^2)/4 = (0.01 + 0.81 + 0.16 + 0.04)/4 = 0.255.
    const auto result = numeric::calibration(column({0.1, 0.1, 0.6, 0.8}), column({0, 1, 1, 1}), 2);
    CHECK(result.count == 4);
    CHECK(result.events == 3);
    CHECK(result.base_rate == 0.75);
    CHECK(result.brier == doctest::Approx(0.255).epsilon(1e-15));
    CHECK(result.brier_of_base_rate == 0.1875);
    CHECK(result.bins[0].mean_forecast == 0.1);
    CHECK(result.bins[0].observed == 0.5);
    CHECK(result.bins[1].count == 2);
    CHECK(result.bins[1].observed == 1.0);
    // (2 |0.1 - 0.5| + 2 |0.7 - 1|)/4 = 0.35.
    CHECK(result.calibration_error == doctest::Approx(0.35).epsilon(1e-15));
    // Pairs: (0.1, 0.1) tie 1/2, 0.6 and 0.8 above 0.1: 2.5 of 3.
    CHECK(result.area_under_curve == 2.5 / 3.0);
}

TEST_CASE("the ends of bins, pairs without a value, and nothing at all") {
    const double none = std::nan("");
    const auto result =
        numeric::calibration(column({0.0, 0.5, 1.0, none, 0.3}), column({0, 1, 1, 1, none}), 2);
    CHECK(result.count == 3);
    CHECK(result.bins[0].count == 1);
    CHECK(result.bins[1].count == 2);
    const auto empty = numeric::calibration(column({}), column({}));
    CHECK(empty.count == 0);
    CHECK(std::isnan(empty.brier));
    CHECK(std::isnan(empty.area_under_curve));
    CHECK(std::isnan(numeric::calibration(column({0.2}), column({1})).area_under_curve));
    CHECK_THROWS_AS((void)numeric::calibration(column({1.2}), column({1})), NumericError);
    CHECK_THROWS_AS((void)numeric::calibration(column({0.2}), column({0.5})), NumericError);
    CHECK_THROWS_AS((void)numeric::calibration(column({0.2}), column({})), NumericError);
    CHECK_THROWS_AS((void)numeric::calibration(column({0.2}), column({1}), 0), NumericError);
}

TEST_CASE("the area under the curve is the share of pairs in the right order, and order is free") {
    testing_support::Random random(9);
    for (int round = 0; round < 50; ++round) {
        std::vector<double> forecasts;
        std::vector<double> outcomes;
        const std::size_t size = 1 + random.below(60);
        for (std::size_t k = 0; k < size; ++k) {
            // Few different values, so that there are many ties.
            forecasts.push_back(static_cast<double>(random.below(8)) / 7.0);
            outcomes.push_back(random.chance(0.4) ? 1.0 : 0.0);
        }
        double wins = 0.0;
        double pairs = 0.0;
        for (std::size_t a = 0; a < size; ++a)
            for (std::size_t b = 0; b < size; ++b) {
                if (outcomes[a] != 1.0 || outcomes[b] != 0.0) continue;
                pairs += 1.0;
                wins += forecasts[a] > forecasts[b]    ? 1.0
                        : forecasts[a] == forecasts[b] ? 0.5
                                                       : 0.0;
            }
        const auto result = numeric::calibration(column(forecasts), column(outcomes));
        if (pairs == 0.0)
            CHECK(std::isnan(result.area_under_curve));
        else
            CHECK(result.area_under_curve == doctest::Approx(wins / pairs).epsilon(1e-14));
        std::vector<double> forecasts_back(forecasts.rbegin(), forecasts.rend());
        std::vector<double> outcomes_back(outcomes.rbegin(), outcomes.rend());
        const auto back = numeric::calibration(column(forecasts_back), column(outcomes_back));
        CHECK(back.brier == result.brier);
        CHECK(back.calibration_error == result.calibration_error);
    }
}
