#pragma once
/// @file
/// The inverse of Student's t distribution function, on Boost.Math, which lies
/// in the same package of headers as Boost.Date_Time. Measured with g++ 12, it
/// adds about 4 s to the compilation of a file that includes it.

#include <thuocdo/error.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <boost/math/distributions/students_t.hpp>

#include <cmath>
#include <utility>
#include <vector>

namespace thuocdo::numeric {

/// The t with F(t) = `probability` for Student's t distribution with
/// `degrees_of_freedom` (W. S. Gosset 1908, "The probable error of a mean",
/// Biometrika 6).
/// @throws NumericError unless 0 < probability < 1 and the degrees of freedom
///         are finite and above 0.
[[nodiscard]] inline double student_t_quantile(double probability, double degrees_of_freedom) {
    std::vector<Problem> problems;
    if (!(probability > 0.0 && probability < 1.0))
        problems.push_back({"probability_out_of_range", "argument \"probability\"",
                            shortest(probability), "a number between 0 and 1, neither of them",
                            "correct the probability"});
    if (!(degrees_of_freedom > 0.0 && std::isfinite(degrees_of_freedom)))
        problems.push_back({"degrees_of_freedom", "argument \"degrees_of_freedom\"",
                            shortest(degrees_of_freedom), "a finite number above 0",
                            "use at least one observation more than parameters"});
    if (!problems.empty())
        throw NumericError("Student's t distribution has no such quantile", std::move(problems));
    // Without promotion to long double, whose width differs between machines.
    using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
    return boost::math::quantile(
        boost::math::students_t_distribution<double, Policy>(degrees_of_freedom), probability);
}

}  // namespace thuocdo::numeric
