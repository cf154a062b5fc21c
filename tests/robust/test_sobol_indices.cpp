// Sensitivity indices against analytic values, the formulas written out, and what peers get
// wrong.
#include <thuocdo/robust/sobol_indices_of.hpp>

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sobol_indices_tests {

using thuocdo::Index;
using thuocdo::NumericError;
using thuocdo::Problem;
using thuocdo::numeric::Philox;
using thuocdo::robust::PointFunction;
using thuocdo::robust::sobol_indices;
using thuocdo::robust::sobol_indices_of;
using thuocdo::robust::SobolDesign;
using thuocdo::robust::SobolFactor;
using thuocdo::robust::SobolIndices;
using thuocdo::robust::SobolOptions;
using thuocdo::robust::SobolRunOptions;
using thuocdo::robust::SobolState;
using Point = std::span<const double>;
using Numbers = std::vector<double>;
using Strings = std::vector<std::string>;

const double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double pi = 3.14159265358979323846;

// Ishigami and Homma (1990), factors uniform on (-pi, pi).
double ishigami(Point u) {
    const double x = std::sin(pi * (2.0 * u[0] - 1.0));
    const double y = std::sin(pi * (2.0 * u[1] - 1.0));
    const double z = pi * (2.0 * u[2] - 1.0);
    return x + 7.0 * y * y + 0.1 * z * z * z * z * x;
}

struct Outputs {
    Eigen::VectorXd a;
    Eigen::VectorXd b;
    Eigen::MatrixXd ab;
};

// Of a function at random points, not those of a Sobol sequence.
Outputs random_outputs(const PointFunction& function, Index rows, Index factors,
                       std::uint64_t seed) {
    const Philox random(seed);
    Outputs out{Eigen::VectorXd(rows), Eigen::VectorXd(rows), Eigen::MatrixXd(rows, factors)};
    for (Index i = 0; i < rows; ++i) {
        Numbers a;
        Numbers b;
        for (Index j = 0; j < factors; ++j) {
            const auto row = static_cast<std::uint64_t>(i);
            const auto factor = static_cast<std::uint32_t>(j);
            a.push_back(random.uniform(row, 1, factor));
            b.push_back(random.uniform(row, 2, factor));
        }
        out.a[i] = function(a);
        out.b[i] = function(b);
        for (Index j = 0; j < factors; ++j) {
            Numbers mixed = a;
            mixed[static_cast<std::size_t>(j)] = b[static_cast<std::size_t>(j)];
            out.ab(i, j) = function(mixed);
        }
    }
    return out;
}

SobolIndices indices(const Outputs& y, const SobolOptions& options = {.resamples = 50}) {
    return sobol_indices(y.a, y.b, y.ab, options);
}

std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }

bool same(const SobolFactor& one, const SobolFactor& other) {
    return bits(one.first_order.value) == bits(other.first_order.value) &&
           bits(one.first_order.lower) == bits(other.first_order.lower) &&
           bits(one.first_order.upper) == bits(other.first_order.upper) &&
           bits(one.total.value) == bits(other.total.value) &&
           bits(one.total.lower) == bits(other.total.lower) &&
           bits(one.total.upper) == bits(other.total.upper) && one.rows == other.rows;
}

void check_values(const SobolIndices& found, const Numbers& first_order, const Numbers& total,
                  double tolerance) {
    REQUIRE(found.factors.size() == first_order.size());
    for (std::size_t j = 0; j < first_order.size(); ++j) {
        CAPTURE(j);
        const SobolFactor& factor = found.factors[j];
        CHECK(std::abs(factor.first_order.value - first_order[j]) < tolerance);
        CHECK(std::abs(factor.total.value - total[j]) < tolerance);
        CHECK(factor.first_order.lower <= first_order[j]);
        CHECK(factor.first_order.upper >= first_order[j]);
        CHECK(factor.total.lower <= total[j]);
        CHECK(factor.total.upper >= total[j]);
        CHECK(factor.left_out == 0);
    }
}

template <class Call>
Strings problems(Call&& call) {
    Strings found;
    try {
        call();
    } catch (const NumericError& error) {
        for (const Problem& problem : error.problems())
            found.push_back(problem.code + " " + problem.place);
    }
    return found;
}

TEST_CASE("Sobol indices: Ishigami function, analytic") {
    const double power = std::pow(pi, 4.0);
    const double of_first = 0.5 * (1.0 + 0.1 * power / 5.0) * (1.0 + 0.1 * power / 5.0);
    const double of_second = 49.0 / 8.0;
    const double of_both = 8.0 * 0.01 * power * power / 225.0;
    const double variance = of_first + of_second + of_both;
    const SobolIndices found =
        sobol_indices_of(ishigami, 3, {.samples = 4096, .seed = 1, .resamples = 200});
    check_values(found, {of_first / variance, of_second / variance, 0.0},
                 {(of_first + of_both) / variance, of_second / variance, of_both / variance}, 0.01);
    CHECK(std::abs(found.variance / variance - 1.0) < 0.005);
    CHECK(std::abs(found.mean - 3.5) < 0.01);
    CHECK(found.rows == 4096);
    CHECK(found.missing_outputs == 0);
    CHECK(found.factors[2].first_order.includes_zero());
    CHECK(!found.factors[2].total.includes_zero());
    // The error falls as rows are added.
    REQUIRE(found.convergence.size() == 4);
    CHECK(found.convergence[0].rows == 512);
    CHECK(found.convergence[3].total[0] == found.factors[0].total.value);
    CHECK(std::abs(found.convergence[3].total[0] - (of_first + of_both) / variance) <
          std::abs(found.convergence[0].total[0] - (of_first + of_both) / variance));
}

TEST_CASE("Sobol indices: G function of eight factors, analytic") {
    const Numbers a = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0};
    Numbers parts;
    double product = 1.0;
    for (const double each : a) {
        parts.push_back(1.0 / (3.0 * (1.0 + each) * (1.0 + each)));
        product *= 1.0 + parts.back();
    }
    Numbers first_order;
    Numbers total;
    for (const double part : parts) {
        first_order.push_back(part / (product - 1.0));
        total.push_back(part * product / (1.0 + part) / (product - 1.0));
    }
    const auto function = [&a](Point u) {
        double value = 1.0;
        for (std::size_t j = 0; j < a.size(); ++j)
            value *= (std::abs(4.0 * u[j] - 2.0) + a[j]) / (1.0 + a[j]);
        return value;
    };
    // S of the first factor and the most important total as in Saltelli et al. (2010).
    CHECK(std::abs(first_order[0] - 0.716) < 0.001);
    CHECK(std::abs(total[0] - 0.787) < 0.001);
    check_values(sobol_indices_of(function, 8, {.samples = 2048, .seed = 3, .resamples = 200}),
                 first_order, total, 0.01);
}

TEST_CASE("Sobol indices: additive functions, and factors without effect") {
    const auto function = [](Point u) { return 1e6 + 3.0 * u[0] + 2.0 * u[1] + u[3]; };
    const SobolIndices found = sobol_indices_of(function, 4, {.samples = 1024, .resamples = 200});
    check_values(found, {9.0 / 14.0, 4.0 / 14.0, 0.0, 1.0 / 14.0},
                 {9.0 / 14.0, 4.0 / 14.0, 0.0, 1.0 / 14.0}, 0.005);
    double sum = 0.0;
    for (const SobolFactor& factor : found.factors) sum += factor.first_order.value;
    CHECK(std::abs(sum - 1.0) < 0.01);
    CHECK(found.factors[2].first_order.value == 0.0);
    CHECK(found.factors[2].total.value == 0.0);
    CHECK(found.factors[2].total.includes_zero());
    CHECK(!found.factors[3].total.includes_zero());
}

TEST_CASE("Sobol indices: the formulas written out, with rows left out by factor") {
    Outputs y = random_outputs(ishigami, 40, 3, 5);
    y.a[3] = missing;
    y.b[7] = missing;
    y.ab(9, 1) = missing;
    y.ab(3, 2) = missing;
    const SobolIndices found = indices(y);
    CHECK(found.missing_outputs == 4);
    std::vector<long double> outputs;
    for (Index i = 0; i < 40; ++i) {
        if (i == 3 || i == 7) continue;
        outputs.push_back(y.a[i]);
        outputs.push_back(y.b[i]);
    }
    long double mean = 0.0L;
    for (const long double each : outputs) mean += each;
    mean /= static_cast<long double>(outputs.size());
    long double variance = 0.0L;
    for (const long double each : outputs) variance += (each - mean) * (each - mean);
    variance /= static_cast<long double>(outputs.size());
    CHECK(std::abs(found.mean - static_cast<double>(mean)) < 1e-13);
    CHECK(std::abs(found.variance - static_cast<double>(variance)) < 1e-12);
    for (Index j = 0; j < 3; ++j) {
        long double first_order = 0.0L;
        long double total = 0.0L;
        Index rows = 0;
        for (Index i = 0; i < 40; ++i) {
            if (std::isnan(y.a[i]) || std::isnan(y.b[i]) || std::isnan(y.ab(i, j))) continue;
            const long double change = static_cast<long double>(y.ab(i, j)) - y.a[i];
            first_order += (y.b[i] - mean) * change;
            total += change * change;
            ++rows;
        }
        const auto count = static_cast<long double>(rows);
        const SobolFactor& factor = found.factors[static_cast<std::size_t>(j)];
        CHECK(factor.rows == rows);
        CHECK(factor.left_out == 40 - rows);
        CHECK(factor.rows == (j == 1 ? 37 : 38));
        CHECK(std::abs(factor.first_order.value -
                       static_cast<double>(first_order / count / variance)) < 1e-12);
        CHECK(std::abs(factor.total.value -
                       static_cast<double>(total / count / (2.0L * variance))) < 1e-12);
        CHECK(factor.total.lower < factor.total.value);
        CHECK(factor.total.upper > factor.total.value);
    }
}

TEST_CASE("Sobol indices: a failed run changes its own factor and no other") {
    Outputs y = random_outputs(ishigami, 64, 3, 6);
    const SobolIndices whole = indices(y);
    y.ab(10, 1) = missing;
    const SobolIndices holed = indices(y);
    CHECK(same(holed.factors[0], whole.factors[0]));
    CHECK(same(holed.factors[2], whole.factors[2]));
    CHECK(!same(holed.factors[1], whole.factors[1]));
    CHECK(holed.factors[1].left_out == 1);
    // Runs that throw an error of the library, in the public form: about 1 in 20.
    const auto fragile = [](Point u) {
        if (u[0] > 0.95) throw thuocdo::ModelError("no weights", {});
        return u[0] + u[1];
    };
    const SobolIndices found = sobol_indices_of(fragile, 2, {.samples = 512, .resamples = 50});
    CHECK(found.missing_outputs > 70);
    CHECK(found.missing_outputs < 140);
    // A run at AB fails where that at A or B does, so each factor lacks the same rows.
    CHECK(found.factors[0].left_out == found.factors[1].left_out);
    CHECK(found.factors[1].left_out > 0);
    for (const SobolFactor& factor : found.factors) {
        CHECK(factor.state == SobolState::estimated);
        CHECK(std::abs(factor.total.value - 0.5) < 0.1);
        CHECK(factor.total.lower < factor.total.upper);
    }
    const auto broken = [](Point) -> double { throw std::logic_error("not of the library"); };
    CHECK_THROWS_AS((void)sobol_indices_of(broken, 2), std::logic_error);
}

TEST_CASE("Sobol indices: nothing to share out is said, not thrown") {
    // The second differs in its last bits only, as sums of weights do.
    for (const double wobble : {0.0, 1e-16}) {
        const SobolIndices found =
            sobol_indices_of([wobble](Point u) { return 0.7 + wobble * u[0]; }, 2, {.samples = 64});
        CHECK(std::abs(found.mean - 0.7) < 1e-15);
        for (const SobolFactor& factor : found.factors) {
            CHECK(factor.state == SobolState::no_variation);
            CHECK(std::isnan(factor.first_order.value));
            CHECK(std::isnan(factor.total.upper));
            CHECK(factor.rows == 64);
            CHECK(!factor.total.includes_zero());
        }
        CHECK(std::isnan(found.convergence[0].total[0]));
    }
    Outputs y = random_outputs(ishigami, 5, 2 + 1, 1);
    for (Index i = 0; i < 4; ++i) y.ab(i, 2) = missing;
    const SobolIndices few = indices(y);
    CHECK(few.factors[2].state == SobolState::too_few_rows);
    CHECK(std::isnan(few.factors[2].total.value));
    CHECK(few.factors[0].state == SobolState::estimated);
    CHECK(thuocdo::robust::label_of(SobolState::too_few_rows).vi != "");
    CHECK(thuocdo::robust::label_of(SobolState::no_variation).en == "the outputs do not vary");
    const SobolIndices none = sobol_indices_of([](Point) { return missing; }, 2, {.samples = 8});
    CHECK(none.missing_outputs == 32);
    CHECK(std::isnan(none.mean));
    CHECK(none.factors[1].state == SobolState::too_few_rows);
    const SobolIndices one = sobol_indices_of(ishigami, 3, {.samples = 1});
    CHECK(one.factors[0].state == SobolState::too_few_rows);
    CHECK(one.convergence.empty());
}

TEST_CASE("Sobol indices: intervals of 90% cover the truth about as often") {
    // Of V = 1/12 + 1/12 + 1/144 x 4: y = u + v + 2 (u - 1/2)(v - 1/2).
    const auto function = [](Point u) { return u[0] + u[1] + 2.0 * (u[0] - 0.5) * (u[1] - 0.5); };
    const double variance = 2.0 / 12.0 + 4.0 / 144.0;
    const double first_order = 1.0 / 12.0 / variance;
    const double total = first_order + 4.0 / 144.0 / variance;
    const auto covered = [&](const SobolIndices& found) {
        const SobolFactor& factor = found.factors[0];
        return Eigen::Vector2i(
            factor.first_order.lower <= first_order && first_order <= factor.first_order.upper,
            factor.total.lower <= total && total <= factor.total.upper);
    };
    Eigen::Vector2i at_random(0, 0);
    Eigen::Vector2i at_design(0, 0);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        at_random += covered(indices(random_outputs(function, 128, 2, seed),
                                     {.resamples = 150, .level = 0.9, .seed = seed}));
        at_design += covered(sobol_indices_of(
            function, 2, {.samples = 64, .seed = seed, .resamples = 150, .level = 0.9}));
    }
    // 90 with a standard deviation of 3 at random points; more with a Sobol sequence,
    // whose evenness the bootstrap does not know.
    for (Index k = 0; k < 2; ++k) {
        CHECK(at_random[k] >= 80);
        CHECK(at_random[k] <= 98);
        CHECK(at_design[k] >= 95);
    }
}

TEST_CASE("Sobol indices: order of rows, scale, parts of the rows, resamples") {
    const Outputs y = random_outputs(ishigami, 101, 3, 9);
    const SobolIndices straight = indices(y);
    const SobolIndices turned = indices({y.a.reverse(), y.b.reverse(), y.ab.colwise().reverse()});
    const auto scaled = [&](double factor) {
        return indices({y.a * factor, y.b * factor, y.ab * factor});
    };
    const SobolIndices large = scaled(0x1p1000);
    const SobolIndices small = scaled(0x1p-1000);
    for (std::size_t j = 0; j < 3; ++j) {
        CHECK(bits(turned.factors[j].total.value) == bits(straight.factors[j].total.value));
        CHECK(bits(turned.factors[j].first_order.value) ==
              bits(straight.factors[j].first_order.value));
        CHECK(same(large.factors[j], straight.factors[j]));
        CHECK(same(small.factors[j], straight.factors[j]));
    }
    const std::vector<Index> rows = {12, 25, 50, 101};
    REQUIRE(straight.convergence.size() == 4);
    for (std::size_t k = 0; k < 4; ++k) {
        CHECK(straight.convergence[k].rows == rows[k]);
        const SobolIndices part =
            indices({y.a.head(rows[k]), y.b.head(rows[k]), y.ab.topRows(rows[k])});
        for (Index j = 0; j < 3; ++j) {
            const SobolFactor& factor = part.factors[static_cast<std::size_t>(j)];
            CHECK(straight.convergence[k].first_order[j] == factor.first_order.value);
            CHECK(straight.convergence[k].total[j] == factor.total.value);
        }
    }
    // Resamples by another road: a resample is the rows that Philox gives.
    const thuocdo::robust::detail::RowTable table =
        thuocdo::robust::detail::RowTable::Random(101, 5);
    const thuocdo::robust::detail::RowTable sums =
        thuocdo::robust::detail::resampled_sums(table, 20, 7, {});
    Numbers counts(101);
    for (Index r = 0; r < 20; ++r) {
        thuocdo::robust::detail::count_rows(Philox(7), static_cast<std::uint64_t>(r), 101,
                                            counts.data());
        const Eigen::Map<const Eigen::VectorXd> count(counts.data(), 101);
        CHECK(count.sum() == 101.0);
        CHECK((table.transpose() * count - sums.row(r).transpose()).cwiseAbs().maxCoeff() < 1e-12);
    }
    const SobolIndices none = indices(y, {.resamples = 0});
    CHECK(bits(none.factors[0].total.value) == bits(straight.factors[0].total.value));
    CHECK(std::isnan(none.factors[0].total.lower));
    CHECK(same(indices(y).factors[0], straight.factors[0]));
    CHECK(!same(indices(y, {.resamples = 50, .seed = 2}).factors[0], straight.factors[0]));
}

TEST_CASE("Sobol design: AB(i) is A but for factor i, which is that of B") {
    const SobolDesign design(4, 3);
    CHECK(design.blocks() == 5);
    const Eigen::MatrixXd a = design.points(SobolDesign::block_a, 5, 20);
    const Eigen::MatrixXd b = design.points(SobolDesign::block_b, 5, 20);
    for (Index i = 0; i < 3; ++i) {
        Eigen::MatrixXd expected = a;
        expected.col(i) = b.col(i);
        CHECK(design.points(SobolDesign::first_mixed_block + i, 5, 20) == expected);
        CHECK(design.uniform(SobolDesign::first_mixed_block + i, 8, i) == b(3, i));
        CHECK(a(3, i) != b(3, i));
    }
}

TEST_CASE("Sobol indices: refuses with every problem, and stops when asked to") {
    Outputs y = random_outputs(ishigami, 4, 3, 1);
    y.b.conservativeResize(3);
    y.a[1] = HUGE_VAL;
    y.ab(2, 1) = -HUGE_VAL;
    CHECK(problems([&] { (void)indices(y, {.resamples = -1, .level = 1.0}); }) ==
          Strings{"resamples_out_of_range argument \"resamples\"",
                  "level_out_of_range argument \"level\"", "size_mismatch argument \"y_b\"",
                  "infinite_value y_a[1]",
                  "infinite_value y_ab, row 2, column 1 (counted from 0)"});
    CHECK(problems([&] {
              (void)indices({Eigen::VectorXd(0), Eigen::VectorXd(0), Eigen::MatrixXd(0, 0)});
          }) == Strings{"no_factor argument \"y_ab\""});
    CHECK(problems([&] {
              (void)sobol_indices_of(ishigami, 513, {.samples = 0, .resamples = -1, .level = 2.0});
          }) == Strings{"resamples_out_of_range argument \"resamples\"",
                        "level_out_of_range argument \"level\"",
                        "factors_out_of_range argument \"factors\"",
                        "samples_out_of_range argument \"samples\""});
    CHECK_THROWS_AS(SobolDesign(0, 0), NumericError);
    Numbers shares;
    SobolRunOptions options{.samples = 16, .resamples = 20};
    options.progress = [&shares](double share) {
        shares.push_back(share);
        return share < 0.5;
    };
    CHECK_THROWS_AS((void)sobol_indices_of(ishigami, 3, options), thuocdo::Cancelled);
    CHECK(shares == Numbers{0.2, 0.4, 0.6});
    CHECK_THROWS_AS((void)indices(random_outputs(ishigami, 8, 3, 1),
                                  {.progress = [](double) { return false; }}),
                    thuocdo::Cancelled);
}

TEST_CASE("Sobol indices: the same bits with every compiler and instruction set") {
    // Steps and halves only, so that the function itself is exact.
    const auto function = [](Point u) { return u[0] < 0.3 ? std::floor(8.0 * u[1]) : u[2]; };
    const SobolIndices found =
        sobol_indices_of(function, 3, {.samples = 500, .seed = 5, .resamples = 100});
    const SobolFactor& factor = found.factors[1];
    std::uint64_t digest = 0;
    for (const double each :
         {found.mean, found.variance, factor.first_order.value, factor.first_order.lower,
          factor.first_order.upper, factor.total.value, factor.total.lower, factor.total.upper})
        digest = digest * 0x9E3779B97F4A7C15U + bits(each);
    CHECK(digest == 11299856879537779580U);
}

}  // namespace sobol_indices_tests
