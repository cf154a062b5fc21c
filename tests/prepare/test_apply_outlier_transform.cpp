#include <thuocdo/error.hpp>
#include <thuocdo/prepare/apply_outlier_transform.hpp>

#include <Eigen/Core>
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace apply_transform_test {

using thuocdo::Index;
using namespace thuocdo::prepare;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Eigen::VectorXd skewed() {
    Eigen::VectorXd x(12);
    x << 1.0, 2.0, 1.5, missing, 3.0, 2.5, 90.0, 80.0, 1.25, 2.25, 70.0, 1.75;
    return x;
}

bool same_bits(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    for (Index i = 0; i < a.size(); ++i)
        if (std::bit_cast<std::uint64_t>(a[i]) != std::bit_cast<std::uint64_t>(b[i])) return false;
    return true;
}

}  // namespace apply_transform_test

TEST_CASE("the transform that was chosen gives the treated column the same bits") {
    using namespace apply_transform_test;
    const Eigen::VectorXd x = skewed();
    for (const double sign : {1.0, -1.0})
        for (const OutlierTransform transform :
             {OutlierTransform::logarithm, OutlierTransform::box_cox}) {
            const Eigen::VectorXd column = sign * x;
            OutlierRule rule;
            // Thresholds that nothing passes, and no point that may be moved.
            rule.max_skewness = 1e-9;
            rule.max_kurtosis = -100.0;
            rule.max_winsorised = 0;
            rule.transform = transform;
            rule.lambda = 0.5;
            Eigen::VectorXd treated(x.size());
            const OutlierTreatment found = treat_outliers(column, rule, treated);
            CHECK(found.transform == transform);
            Eigen::VectorXd again(x.size());
            apply_outlier_transform(column, found, again);
            CHECK(same_bits(again, treated));
            Eigen::VectorXd in_place = column;
            apply_outlier_transform(in_place, found, in_place);
            CHECK(same_bits(in_place, treated));
        }
}

TEST_CASE("other values follow the formula, and those outside its domain are named") {
    using namespace apply_transform_test;
    OutlierTreatment treatment;
    treatment.transform = OutlierTransform::logarithm;
    treatment.origin = 1.0;
    treatment.offset = 0.5;
    Eigen::VectorXd x(3);
    x << 1.0, missing, 101.0;
    Eigen::VectorXd out(3);
    apply_outlier_transform(x, treatment, out);
    CHECK(out[0] == doctest::Approx(std::log(0.5)).epsilon(1e-15));
    CHECK(std::isnan(out[1]));
    CHECK(out[2] == doctest::Approx(std::log(100.5)).epsilon(1e-15));
    treatment.transform = OutlierTransform::none;
    apply_outlier_transform(x, treatment, out);
    CHECK(same_bits(out, x));

    treatment.transform = OutlierTransform::logarithm;
    x << 0.5, 0.0, 2.0;
    try {
        apply_outlier_transform(x, treatment, out);
        FAIL("values outside the domain were accepted");
    } catch (const thuocdo::NumericError& error) {
        REQUIRE(error.problems().size() == 2);
        CHECK(error.problems()[0].place == "row 0");
        CHECK(error.problems()[1].place == "row 1");
    }
    Eigen::VectorXd shorter(2);
    CHECK_THROWS_AS(apply_outlier_transform(x, treatment, shorter), thuocdo::NumericError);
}
