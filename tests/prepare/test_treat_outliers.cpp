// Outlier treatment step by step, and against a plain computation of the rule.
#include <thuocdo/prepare/treat_outliers.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <support/build.hpp>
#include <vector>

namespace outlier_test {

using thuocdo::Index;
using thuocdo::numeric::moments;
using namespace thuocdo::prepare;

constexpr double gap = std::numeric_limits<double>::quiet_NaN();

inline Eigen::VectorXd column(const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
}

struct Treated {
    Eigen::VectorXd out;
    OutlierTreatment report;
};

inline Treated treat(const std::vector<double>& values, const OutlierRule& rule = {}) {
    Treated result{Eigen::VectorXd(static_cast<Index>(values.size())), {}};
    result.report = treat_outliers(column(values), rule, result.out);
    return result;
}

/// The winsorising loop written out on the unsorted column.
inline std::vector<double> plainly_winsorised(std::vector<double> x, const OutlierRule& rule) {
    std::vector<bool> moved(x.size(), false);
    const auto fails = [&] {
        const auto shape = moments(column(x));
        return !(std::abs(shape.skewness) < rule.max_skewness ||
                 shape.excess_kurtosis < rule.max_kurtosis);
    };
    while (fails() && std::count(moved.begin(), moved.end(), true) < rule.max_winsorised) {
        const double sign = moments(column(x)).skewness >= 0.0 ? 1.0 : -1.0;
        double extreme = -std::numeric_limits<double>::infinity();
        for (const double value : x)
            if (!std::isnan(value)) extreme = std::max(extreme, sign * value);
        double next = -std::numeric_limits<double>::infinity();
        for (const double value : x)
            if (!std::isnan(value) && sign * value < extreme) next = std::max(next, sign * value);
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (std::isnan(x[i]) || sign * x[i] != extreme) continue;
            x[i] = sign * next;
            moved[i] = true;
        }
    }
    return x;
}

inline bool same(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    for (Index i = 0; i < a.size(); ++i)
        if (!(a[i] == b[i] || (std::isnan(a[i]) && std::isnan(b[i])))) return false;
    return a.size() == b.size();
}

/// Numbers 1 to `count`, then `tail`.
inline std::vector<double> with_tail(int count, const std::vector<double>& tail) {
    std::vector<double> x;
    for (int k = 1; k <= count; ++k) x.push_back(k);
    x.insert(x.end(), tail.begin(), tail.end());
    return x;
}

/// So long a tail that five points do not mend it.
inline std::vector<double> growing() {
    std::vector<double> x;
    for (int k = 0; k < 300; ++k) x.push_back(std::exp(0.03 * k));
    return x;
}

}  // namespace outlier_test

TEST_CASE("a column without outliers passes untouched") {
    using namespace outlier_test;
    const auto [out, report] = treat(with_tail(20, {gap}));
    CHECK(report.outcome == OutlierOutcome::passes);
    CHECK(report.changed.empty());
    CHECK(report.winsorised_points == 0);
    CHECK(same(out, column(with_tail(20, {gap}))));
}

TEST_CASE("one far value is set to the next one and listed with its row") {
    using namespace outlier_test;
    const auto [out, report] = treat({1000, 1, 2, 3, gap, 4, 5, 6, 7, 8, 9, 10});
    CHECK(report.outcome == OutlierOutcome::winsorised);
    CHECK(report.winsorised_points == 1);
    REQUIRE(report.changed.size() == 1);
    CHECK(report.changed[0].row == 0);
    CHECK(report.changed[0].before == 1000.0);
    CHECK(report.changed[0].after == 10.0);
    CHECK(report.changed[0].reason == OutlierChange::winsorised_high);
    CHECK(out[0] == 10.0);
    CHECK(std::isnan(out[4]));
    CHECK(report.before.skewness > 2.0);
    CHECK(std::abs(report.after.skewness) < 2.0);
}

TEST_CASE("low outliers are mirrored") {
    using namespace outlier_test;
    const auto high = treat(with_tail(30, {900, 1000}));
    std::vector<double> values = with_tail(30, {900, 1000});
    for (double& value : values) value = -value;
    const auto low = treat(values);
    CHECK(low.report.outcome == OutlierOutcome::winsorised);
    CHECK(same(low.out, -high.out));
    CHECK(low.report.changed.front().reason == OutlierChange::winsorised_low);
}

TEST_CASE("ties move together, each counts, and a last step may exceed the limit") {
    using namespace outlier_test;
    const std::vector<double> tail{5000, 900, 900, 900};
    OutlierRule rule;
    rule.transform = OutlierTransform::none;
    rule.max_winsorised = 2;
    // Step 1 moves the one point of 5000, step 2 all four that then stand at 900.
    const auto two = treat(with_tail(100, tail), rule);
    CHECK(two.report.winsorised_points == 4);
    CHECK(two.report.outcome == OutlierOutcome::winsorised);
    for (const ChangedPoint& point : two.report.changed) CHECK(point.after == 100.0);
    rule.max_winsorised = 1;
    const auto one = treat(with_tail(100, tail), rule);
    CHECK(one.report.winsorised_points == 1);
    CHECK(one.report.outcome == OutlierOutcome::still_fails);
    CHECK(one.out[100] == 900.0);
}

TEST_CASE("winsorising is the plain loop of the rule on random columns with ties") {
    using namespace outlier_test;
    testing_support::Random random(21);
    int treated = 0;
    for (int trial = 0; trial < 300; ++trial) {
        std::vector<double> x(20 + random.below(60));
        for (double& value : x) {
            value = std::floor(std::pow(random.uniform(), 8.0) * 40.0) * (trial % 2 == 0 ? 1 : -1);
            if (random.chance(0.05)) value = gap;
        }
        OutlierRule rule;
        rule.transform = OutlierTransform::none;
        rule.max_winsorised = static_cast<Index>(random.below(8));
        const auto [out, report] = treat(x, rule);
        if (report.outcome == OutlierOutcome::untreated_no_variance) continue;
        const std::vector<double> plain = plainly_winsorised(x, rule);
        const auto shape = moments(column(plain));
        CAPTURE(trial);
        // The plain loop may end with a single value, which is refused here.
        if (std::isnan(shape.skewness)) continue;
        CHECK(same(out, column(plain)));
        CHECK(report.after.skewness == shape.skewness);
        treated += report.outcome == OutlierOutcome::winsorised ? 1 : 0;
    }
    CHECK(treated > 30);
}

TEST_CASE("what winsorising cannot mend is transformed from the original") {
    using namespace outlier_test;
    std::vector<double> x = growing();
    const auto [out, report] = treat(x);
    CHECK(report.outcome == OutlierOutcome::transformed);
    CHECK(report.transform == OutlierTransform::logarithm);
    CHECK_FALSE(report.mirrored);
    CHECK(report.winsorised_points == 5);
    REQUIRE(report.changed.size() == x.size());
    const double range = x.back() - x.front();
    for (std::size_t i = 0; i < x.size(); ++i) {
        CHECK(out.data()[i] ==
              doctest::Approx(std::log(x[i] - x.front() + 0.01 * range)).epsilon(1e-12));
        CHECK(report.changed[i].row == static_cast<Index>(i));
        CHECK(report.changed[i].before == x[i]);
        CHECK(report.changed[i].reason == OutlierChange::transformed);
    }
    CHECK(report.after.skewness == moments(out).skewness);
}

TEST_CASE("the logarithm of a column with a long lower tail is its mirror image and rises") {
    using namespace outlier_test;
    std::vector<double> x = growing();
    for (double& value : x) value = -value;
    const auto [out, report] = treat(x);
    CHECK(report.outcome == OutlierOutcome::transformed);
    CHECK(report.mirrored);
    for (Index i = 1; i < out.size(); ++i) CHECK(out[i] < out[i - 1]);
    std::vector<double> turned = x;
    for (double& value : turned) value = -value;
    CHECK(same(out, -treat(turned).out));
}

TEST_CASE("Box-Cox takes positive values as they are and moves others above zero") {
    using namespace outlier_test;
    std::vector<double> x = growing();
    OutlierRule rule;
    rule.transform = OutlierTransform::box_cox;
    rule.lambda = 0.1;
    const auto positive = treat(x, rule);
    CHECK(positive.report.outcome == OutlierOutcome::transformed);
    CHECK(positive.report.lambda == 0.1);
    CHECK(positive.report.origin == 0.0);
    CHECK(positive.out[30] == doctest::Approx((std::pow(x[30], 0.1) - 1.0) / 0.1).epsilon(1e-12));
    rule.lambda = 0.0;
    CHECK(treat(x, rule).out[30] == doctest::Approx(std::log(x[30])).epsilon(1e-12));
    for (double& value : x) value -= 5.0;
    const auto moved = treat(x, rule);
    CHECK(moved.report.origin == x.front());
    CHECK(moved.report.offset == doctest::Approx(0.01 * (x.back() - x.front())).epsilon(1e-12));
    CHECK(moved.out[0] == doctest::Approx(std::log(moved.report.offset)).epsilon(1e-12));
}

TEST_CASE("an option of no treatment does not treat, where a peer still does") {
    using namespace outlier_test;
    const std::vector<double> x = with_tail(100, {1e6, 1e7});
    OutlierRule rule;
    rule.max_winsorised = 0;
    rule.transform = OutlierTransform::none;
    const auto [out, report] = treat(x, rule);
    CHECK(report.outcome == OutlierOutcome::still_fails);
    CHECK(report.changed.empty());
    CHECK(same(out, column(x)));
    CHECK(report.after.skewness == report.before.skewness);
}

TEST_CASE("columns without variance or with too few values are left alone and reported") {
    using namespace outlier_test;
    CHECK(treat({0.1, 0.1, 0.1, gap, 0.1}).report.outcome == OutlierOutcome::untreated_no_variance);
    CHECK(treat({1, 1000}).report.outcome == OutlierOutcome::untreated_too_few);
    CHECK(treat({gap, gap, gap}).report.outcome == OutlierOutcome::untreated_too_few);
    CHECK(treat({}).report.outcome == OutlierOutcome::untreated_too_few);
    // Three values have no kurtosis: skewness alone decides.
    CHECK(treat({1, 2, 1000}).report.outcome == OutlierOutcome::passes);
}

TEST_CASE("a column of two values is not winsorised into a constant") {
    using namespace outlier_test;
    std::vector<double> x(50, 0.0);
    x[7] = 1.0;
    OutlierRule rule;
    rule.transform = OutlierTransform::none;
    const auto [out, report] = treat(x, rule);
    CHECK(report.outcome == OutlierOutcome::still_fails);
    CHECK(report.winsorised_points == 0);
    CHECK(same(out, column(x)));
}

TEST_CASE("impossible outlier rules and infinite cells are refused, all at once") {
    using namespace outlier_test;
    OutlierRule rule;
    rule.max_skewness = 0.0;
    rule.max_kurtosis = gap;
    rule.max_winsorised = -1;
    rule.lambda = gap;
    const auto refused = [](const std::vector<double>& x, const OutlierRule& used) {
        return testing_support::problems_of<thuocdo::NumericError>([&] { treat(x, used); });
    };
    CHECK(refused({1, 2, 3}, rule).size() == 4);
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK(refused({1, infinite, -infinite}, {}).size() == 2);
}

TEST_CASE("treatment of a million rows is free of their order, and works in place") {
    using namespace outlier_test;
    testing_support::Random random(23);
    std::vector<double> x(1'000'000);
    for (double& value : x) value = -std::log(1.0 - random.uniform());
    for (std::size_t k = 0; k < 3; ++k) x[k * 1000] = 1e7 + static_cast<double>(k);
    const auto forward = treat(x);
    CHECK(forward.report.winsorised_points >= 3);
    std::vector<double> reversed(x.rbegin(), x.rend());
    const auto backward = treat(reversed);
    CHECK(same(forward.out, backward.out.reverse()));
    CHECK(std::bit_cast<std::uint64_t>(forward.report.after.skewness) ==
          std::bit_cast<std::uint64_t>(backward.report.after.skewness));
    Eigen::VectorXd in_place = column(x);
    (void)treat_outliers(in_place, {}, in_place);
    CHECK(same(in_place, forward.out));
}
