// Every normalisation against its formula written out, and what each refuses.
#include <thuocdo/rank/normalisation.hpp>

#include "support.hpp"

namespace rank_tests {

namespace normalisation_tests {

namespace rank = thuocdo::rank;
using rank::Normalisation;

constexpr Normalisation every[] = {Normalisation::min_max,
                                   Normalisation::maximum,
                                   Normalisation::sum,
                                   Normalisation::vector,
                                   Normalisation::linear,
                                   Normalisation::logarithmic,
                                   Normalisation::nonlinear,
                                   Normalisation::enhanced_accuracy,
                                   Normalisation::zavadskas_turskis};

/// The formulas as printed, one column at a time.
Eigen::VectorXd naive(const Eigen::VectorXd& x, bool higher, Normalisation how) {
    const double max = x.maxCoeff();
    const double min = x.minCoeff();
    const double n = static_cast<double>(x.size());
    const auto y = x.array();
    switch (how) {
        case Normalisation::min_max:
            if (higher) return (y - min) / (max - min);
            return (max - y) / (max - min);
        case Normalisation::maximum:
            if (higher) return y / max;
            return 1.0 - y / max;
        case Normalisation::sum:
            if (higher) return y / y.sum();
            return y.inverse() / y.inverse().sum();
        case Normalisation::vector:
            if (higher) return y / x.norm();
            return 1.0 - y / x.norm();
        case Normalisation::linear:
            if (higher) return y / max;
            return min / y;
        case Normalisation::logarithmic:
            if (higher) return y.log() / y.log().sum();
            return (1.0 - y.log() / y.log().sum()) / (n - 1.0);
        case Normalisation::nonlinear:
            if (higher) return (y / max).square();
            return (min / y).cube();
        case Normalisation::enhanced_accuracy:
            if (higher) return 1.0 - (max - y) / (max - y).sum();
            return 1.0 - (y - min) / (y - min).sum();
        case Normalisation::zavadskas_turskis:
            if (higher) return 1.0 - (max - y).abs() / max;
            return 1.0 - (min - y).abs() / min;
    }
    return {};
}

Eigen::VectorXd column(const Numbers& values, thuocdo::Direction direction, Normalisation how) {
    Eigen::MatrixXd x(static_cast<Eigen::Index>(values.size()), 1);
    for (std::size_t i = 0; i < values.size(); ++i) x(static_cast<Eigen::Index>(i), 0) = values[i];
    return rank::normalise(x, Directions{direction}, how);
}

Strings refusals(const Numbers& values, thuocdo::Direction direction, Normalisation how) {
    return problems([&] { column(values, direction, how); });
}

const std::string first_column = "column 0 (counted from 0)";
std::string row(int i) { return "row " + std::to_string(i) + ", " + first_column; }

}  // namespace normalisation_tests

TEST_CASE("Normalisations: every formula, both directions, below and above a block") {
    using namespace normalisation_tests;
    for (const Eigen::Index rows : {Eigen::Index{2}, Eigen::Index{7}, Eigen::Index{1300}}) {
        const Eigen::MatrixXd x = random_matrix(rows, 6, static_cast<std::uint64_t>(rows));
        const Directions directions = mixed_directions(6);
        for (const Normalisation how : every) {
            CAPTURE(rank::name_of(how));
            const Eigen::MatrixXd found = rank::normalise(x, directions, how);
            for (Eigen::Index j = 0; j < 6; ++j)
                check_same(found.col(j), naive(x.col(j), j % 3 != 2, how));
        }
    }
}

TEST_CASE(
    "Normalisations: the better value is never the smaller, and the order of rows no matter") {
    using namespace normalisation_tests;
    const Eigen::MatrixXd x = random_matrix(600, 1, 5);
    for (const Normalisation how : every) {
        CAPTURE(rank::name_of(how));
        for (const thuocdo::Direction direction : {up, down}) {
            const auto of = [&](const Eigen::MatrixXd& values) -> Eigen::VectorXd {
                return rank::normalise(values, Directions{direction}, how);
            };
            const Eigen::VectorXd found = of(x);
            for (Eigen::Index i = 1; i < x.rows(); ++i) {
                const bool better = direction == up ? x(i, 0) > x(i - 1, 0) : x(i, 0) < x(i - 1, 0);
                CHECK((better ? found[i] >= found[i - 1] : found[i] <= found[i - 1]));
            }
            check_order_of_alternatives_has_no_effect(x, of);
        }
    }
}

TEST_CASE("Normalisations: names are different") {
    using namespace normalisation_tests;
    Strings names;
    for (const Normalisation how : every) names.emplace_back(rank::name_of(how));
    CHECK(names == Strings{"min_max", "maximum", "sum", "vector", "linear", "logarithmic",
                           "nonlinear", "enhanced_accuracy", "zavadskas_turskis"});
}

TEST_CASE("Normalisations: a constant column, and a single alternative") {
    using namespace normalisation_tests;
    const auto check = [](Normalisation how, const Numbers& if_up, const Numbers& if_down) {
        CAPTURE(rank::name_of(how));
        check_close(column({4, 4}, up, how), if_up, 1e-15);
        check_close(column({4, 4}, down, how), if_down, 1e-15);
    };
    const double root_of_half = std::sqrt(0.5);
    check(Normalisation::min_max, {0, 0}, {0, 0});
    check(Normalisation::maximum, {1, 1}, {0, 0});
    check(Normalisation::sum, {0.5, 0.5}, {0.5, 0.5});
    check(Normalisation::vector, {root_of_half, root_of_half},
          {1 - root_of_half, 1 - root_of_half});
    check(Normalisation::linear, {1, 1}, {1, 1});
    check(Normalisation::logarithmic, {0.5, 0.5}, {0.5, 0.5});
    check(Normalisation::nonlinear, {1, 1}, {1, 1});
    check(Normalisation::enhanced_accuracy, {1, 1}, {1, 1});
    check(Normalisation::zavadskas_turskis, {1, 1}, {1, 1});
    // No negative zero, which would print as -0.
    for (const thuocdo::Direction direction : {up, down})
        CHECK(bits(column({4, 4}, direction, Normalisation::min_max)) ==
              std::vector<std::uint64_t>{0, 0});
    CHECK(bits(column({4, 5}, down, Normalisation::min_max))[1] == 0);

    for (const Normalisation how : every) {
        CAPTURE(rank::name_of(how));
        const double expected = how == Normalisation::min_max ? 0.0 : 1.0;
        CHECK(column({7}, up, how)[0] == expected);
    }
    CHECK(column({7}, down, Normalisation::vector)[0] == 0.0);
    CHECK(refusals({7}, down, Normalisation::logarithmic) ==
          Strings{"too_few_alternatives " + first_column});
}

TEST_CASE("Normalisations: zeros and negative values that they are defined for") {
    using namespace normalisation_tests;
    check_close(column({-1, 0, 3}, up, Normalisation::min_max), {0, 0.25, 1}, 1e-15);
    check_close(column({-1, 0, 3}, down, Normalisation::min_max), {1, 0.75, 0}, 1e-15);
    check_close(column({-2, 0, 4}, up, Normalisation::maximum), {-0.5, 0, 1}, 1e-15);
    check_close(column({-2, 0, 4}, down, Normalisation::maximum), {1.5, 1, 0}, 1e-15);
    check_close(column({-1, 0, 5}, up, Normalisation::sum), {-0.25, 0, 1.25}, 1e-15);
    check_close(column({-3, 0, 4}, up, Normalisation::vector), {-0.6, 0, 0.8}, 1e-15);
    check_close(column({-3, 0, 4}, down, Normalisation::vector), {1.6, 1, 0.2}, 1e-15);
    check_close(column({-2, 0, 4}, up, Normalisation::linear), {-0.5, 0, 1}, 1e-15);
    check_close(column({0, 2, 4}, up, Normalisation::nonlinear), {0, 0.25, 1}, 1e-15);
    check_close(column({-1, 1, 3}, up, Normalisation::enhanced_accuracy), {1 / 3.0, 2 / 3.0, 1},
                1e-15);
    check_close(column({-1, 1, 3}, down, Normalisation::enhanced_accuracy), {1, 2 / 3.0, 1 / 3.0},
                1e-15);
    check_close(column({-2, 0, 4}, up, Normalisation::zavadskas_turskis), {-0.5, 0, 1}, 1e-15);
    // ln 0.5 is negative, the sum is not.
    check_close(column({0.5, 8}, up, Normalisation::logarithmic), {-0.5, 1.5}, 1e-14);
    check_close(column({1, 8}, down, Normalisation::logarithmic), {1, 0}, 1e-14);
}

TEST_CASE("Normalisations: divisors of 0 and below name the column") {
    using namespace normalisation_tests;
    const Strings refused{"divisor_not_positive " + first_column};
    CHECK(refusals({-3, 0}, up, Normalisation::maximum) == refused);
    CHECK(refusals({-3, -1}, down, Normalisation::maximum) == refused);
    CHECK(refusals({-2, 2}, up, Normalisation::sum) == refused);
    CHECK(refusals({-3, 2}, up, Normalisation::sum) == refused);
    CHECK(refusals({0, 0}, up, Normalisation::vector) == refused);
    CHECK(refusals({0, 0}, down, Normalisation::vector) == refused);
    CHECK(refusals({0, -1}, up, Normalisation::linear) == refused);
    CHECK(refusals({0, 0}, up, Normalisation::nonlinear) == refused);
    CHECK(refusals({0, -1}, up, Normalisation::zavadskas_turskis) == refused);
    CHECK(refusals({0, 1}, down, Normalisation::zavadskas_turskis) == refused);
    CHECK(refusals({1, 1}, up, Normalisation::logarithmic) == refused);
    CHECK(refusals({0.5, 1.5}, up, Normalisation::logarithmic) == refused);
    CHECK(refusals({0.5, 2}, down, Normalisation::logarithmic) == refused);
}

TEST_CASE("Normalisations: reciprocals and logarithms name the cells, all at once") {
    using namespace normalisation_tests;
    const Strings refused{"value_not_positive " + row(0), "value_not_positive " + row(2)};
    const Numbers values{0, 1, -2};
    CHECK(refusals(values, down, Normalisation::sum) == refused);
    CHECK(refusals(values, down, Normalisation::linear) == refused);
    CHECK(refusals(values, down, Normalisation::nonlinear) == refused);
    CHECK(refusals(values, up, Normalisation::logarithmic) == refused);
    CHECK(refusals(values, down, Normalisation::logarithmic) == refused);
    // A subnormal number has no reciprocal in double.
    CHECK(refusals({5e-324, 1}, down, Normalisation::linear) ==
          Strings{"value_not_positive " + row(0)});
    CHECK(problems([] {
              return rank::normalise(matrix_of({{0, 0, 1}, {1, 0, 0}}), Directions{down, up, down},
                                     Normalisation::linear);
          }) == Strings{"value_not_positive " + row(0),
                        "divisor_not_positive column 1 (counted from 0)",
                        "value_not_positive row 1, column 2 (counted from 0)"});
}

TEST_CASE("Normalisations: the square refuses negative values, which it would put first") {
    using namespace normalisation_tests;
    CHECK(refusals({-3, 1, -1}, up, Normalisation::nonlinear) ==
          Strings{"negative_value " + row(0), "negative_value " + row(2)});
}

TEST_CASE("Normalisations: sizes that doubles hold, and those they do not") {
    using namespace normalisation_tests;
    for (const double unit : {1e-300, 1e-310, 1e300}) {
        CAPTURE(unit);
        check_close(column({3 * unit, 4 * unit}, up, Normalisation::vector), {0.6, 0.8}, 1e-12);
        check_close(column({3 * unit, 4 * unit}, up, Normalisation::min_max), {0, 1}, 1e-15);
    }
    check_close(column({1e-300, 1e300}, down, Normalisation::sum), {1, 0}, 1e-15);
    // At n = 2,000 a product of the values would be infinite.
    const Eigen::VectorXd logs = column(Numbers(2000, 50.0), up, Normalisation::logarithmic);
    CHECK(std::abs(logs[0] - 1.0 / 2000.0) <= 1e-18);

    const Strings refused{"beyond_double " + first_column};
    CHECK(refusals({-1.7e308, 1.7e308}, up, Normalisation::min_max) == refused);
    CHECK(refusals({-1.7e308, 1.7e308}, down, Normalisation::enhanced_accuracy) == refused);
    CHECK(refusals({0, 0, 1.7e308}, up, Normalisation::enhanced_accuracy) == refused);
    CHECK(refusals({-1e300, 1e-300}, up, Normalisation::maximum) == refused);
    CHECK(refusals({-1e300, 1e-300}, up, Normalisation::zavadskas_turskis) == refused);
    CHECK(refusals({1.7e308, 1.7e308}, up, Normalisation::sum) ==
          Strings{"divisor_not_positive " + first_column});
    CHECK(refusals({1.7e308, 1.7e308}, up, Normalisation::vector) ==
          Strings{"divisor_not_positive " + first_column});
}

TEST_CASE("Normalisations: what no method can compare") {
    using namespace normalisation_tests;
    CHECK(refusals({1, std::nan("")}, up, Normalisation::sum) ==
          Strings{"missing_value " + row(1)});
    CHECK(problems([] {
              return rank::normalise(matrix_of({{1, 2}}), Directions{up}, Normalisation::sum);
          }) == Strings{"size_mismatch argument \"directions\""});
}

}  // namespace rank_tests
