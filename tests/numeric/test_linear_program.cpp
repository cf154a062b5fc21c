// Linear programs against closed forms, examples of the literature and HiGHS; each answer proved
// by its certificate.
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/linear_program.hpp>
#include <thuocdo/numeric/linear_program_check.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace linear_program_tests {

using thuocdo::Index;
using namespace thuocdo::numeric;
using Status = LinearProgramStatus;

const double infinity = std::numeric_limits<double>::infinity();
const double none = std::numeric_limits<double>::quiet_NaN();
const double unlimited = infinity;

Eigen::VectorXd vector(const std::vector<double>& values) {
    return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Index>(values.size()));
}

// Rows one after the other; variables from 0 upward.
LinearConstraints at_most(Index columns, const std::vector<double>& rows,
                          const std::vector<double>& limits) {
    const Index m = static_cast<Index>(limits.size());
    LinearConstraints result;
    result.coefficients = Eigen::Map<const Eigen::MatrixXd>(rows.data(), columns, m).transpose();
    result.row_lower = Eigen::VectorXd::Constant(m, -infinity);
    result.row_upper = vector(limits);
    result.lower = Eigen::VectorXd::Zero(columns);
    result.upper = Eigen::VectorXd::Constant(columns, infinity);
    return result;
}

// The optimum, proved; NaN where the answer or the proof is not there.
double optimum(const LinearConstraints& of, const Eigen::VectorXd& c, Goal goal,
               LinearProgramOptions options = {}) {
    const LinearProgramResult result = solve_linear_program(of, c, goal, options);
    if (result.status != Status::optimal || !verify(of, c, goal, result).proved) return none;
    return result.objective;
}

TEST_CASE("Linear program: the glass factory of Hillier and Lieberman, with its shadow prices") {
    // max 3x + 5y; x <= 4, 2y <= 12, 3x + 2y <= 18: 36 at (2, 6), prices 0, 3/2, 1.
    const LinearConstraints of = at_most(2, {1, 0, 0, 2, 3, 2}, {4, 12, 18});
    const Eigen::VectorXd c = vector({3, 5});
    const LinearProgramResult result = solve_linear_program(of, c, Goal::maximise);
    REQUIRE(result.status == Status::optimal);
    CHECK(result.objective == 36.0);
    CHECK(result.values == vector({2, 6}));
    CHECK(result.row_duals == vector({0, 1.5, 1}));
    CHECK(result.reduced_costs == vector({0, 0}));
    CHECK(verify(of, c, Goal::maximise, result).gap == 0.0);
}

TEST_CASE("Linear program: examples that cycle under simpler rules") {
    LinearProgramOptions bland;
    bland.steps_before_bland = 0;
    // Beale (1955): -1/20 (Chvatal's scaling has the same optimum, at (1/25, 0, 1, 0)).
    const LinearConstraints beale =
        at_most(4, {0.25, -60, -1.0 / 25, 9, 0.5, -90, -1.0 / 50, 3, 0, 0, 1, 0}, {0, 0, 1});
    const Eigen::VectorXd beale_cost = vector({-0.75, 150, -0.02, 6});
    // Kuhn, in Balinski and Tucker (1969): -2 at (2, 0, 2, 0).
    const LinearConstraints kuhn =
        at_most(4, {-2, -9, 1, 9, 1.0 / 3, 1, -1.0 / 3, -2, 2, 3, -1, -12}, {0, 0, 2});
    const Eigen::VectorXd kuhn_cost = vector({-2, -3, 1, 12});
    for (const LinearProgramOptions& options : {LinearProgramOptions{}, bland}) {
        CHECK(std::abs(optimum(beale, beale_cost, Goal::minimise, options) + 0.05) < 1e-14);
        CHECK(std::abs(optimum(kuhn, kuhn_cost, Goal::minimise, options) + 2.0) < 1e-14);
    }
}

TEST_CASE("Linear program: the cube of Klee and Minty") {
    // max sum 2^(n-j) x_j; 2 sum_{j<i} 2^(i-j) x_j + x_i <= 5^i: 5^n, with all but x_n zero.
    constexpr Index n = 7;
    LinearConstraints of = at_most(n, std::vector<double>(n * n, 0.0), std::vector<double>(n, 0.0));
    Eigen::VectorXd c(n);
    for (Index i = 0; i < n; ++i) {
        for (Index j = 0; j < i; ++j)
            of.coefficients(i, j) = std::ldexp(2.0, static_cast<int>(i - j));
        of.coefficients(i, i) = 1.0;
        of.row_upper[i] = std::pow(5.0, static_cast<double>(i + 1));
        c[i] = std::ldexp(1.0, static_cast<int>(n - 1 - i));
    }
    CHECK(optimum(of, c, Goal::maximise) == 78125.0);
}

TEST_CASE("Linear program: without rows each variable stands on its better bound") {
    LinearConstraints of = at_most(3, {}, {});
    of.lower = vector({-1, 2, -infinity});
    of.upper = vector({4, infinity, 7});
    CHECK(optimum(of, vector({2, 1, -3}), Goal::minimise) == -2.0 + 2.0 - 21.0);
    CHECK(optimum(of, vector({0, 0, 0}), Goal::maximise) == 0.0);
    const LinearProgramResult result = solve_linear_program(of, vector({0, 1, 0}), Goal::maximise);
    CHECK(result.status == Status::unbounded);
    CHECK(result.ray == vector({0, 1, 0}));
    const LinearConstraints nothing = at_most(0, {}, {});
    CHECK(optimum(nothing, Eigen::VectorXd(0), Goal::minimise) == 0.0);
}

TEST_CASE("Linear program: contradictions have a Farkas row, and a forged one is not believed") {
    // x + y >= 3 against x <= 1, y <= 1; the second row has no part in it.
    LinearConstraints of = at_most(2, {1, 1, 1, -1}, {infinity, 5});
    of.row_lower[0] = 3.0;
    of.upper = vector({1, 1});
    const Eigen::VectorXd c = vector({1, 1});
    LinearProgramResult result = solve_linear_program(of, c, Goal::minimise);
    REQUIRE(result.status == Status::infeasible);
    const LinearProgramCheck check = verify(of, c, Goal::minimise, result);
    CHECK(check.proved);
    CHECK(check.bound / result.row_duals[0] == 1.0);  // 3 - 1 - 1
    CHECK(result.row_duals[1] == 0.0);
    result.row_duals[0] = -result.row_duals[0];
    CHECK_FALSE(verify(of, c, Goal::minimise, result).proved);
    of.row_lower[0] = 2.0;
    result = solve_linear_program(of, c, Goal::minimise);
    REQUIRE(result.status == Status::optimal);
    CHECK(verify(of, c, Goal::minimise, result).proved);
    result.objective = 1.9;
    CHECK_FALSE(verify(of, c, Goal::minimise, result).proved);
    result.objective = 2.0;
    result.values = vector({0.9, 1});
    CHECK_FALSE(verify(of, c, Goal::minimise, result).proved);
    result.values = vector({2, 0});  // of the right sum, but above its bound
    CHECK_FALSE(verify(of, c, Goal::minimise, result).proved);
    result.values = vector({1, 1});
    CHECK(verify(of, c, Goal::minimise, result).proved);
    result.row_duals.setZero();
    CHECK_FALSE(verify(of, c, Goal::minimise, result).proved);
    result = solve_linear_program(at_most(2, {1, -1}, {0}), c, Goal::maximise);
    REQUIRE(result.status == Status::unbounded);
    CHECK(verify(at_most(2, {1, -1}, {0}), c, Goal::maximise, result).proved);
    result.ray = -result.ray;
    CHECK_FALSE(verify(at_most(2, {1, -1}, {0}), c, Goal::maximise, result).proved);
}

// The programs of tests/oracle/linear_programs.py.
class Generator {
  public:
    explicit Generator(std::uint64_t seed) : state_(seed) {}
    int below(std::uint64_t n) {
        state_ = state_ * 6364136223846793005u + 1442695040888963407u;
        return static_cast<int>((state_ >> 33u) % n);
    }

  private:
    std::uint64_t state_;
};

LinearConstraints random_constraints(std::uint64_t seed, Eigen::VectorXd& objective) {
    Generator draw(seed);
    const Index n = 2 + draw.below(7);
    const Index m = 1 + draw.below(7);
    LinearConstraints of;
    of.coefficients = Eigen::MatrixXd::Zero(m, n);
    of.row_lower = Eigen::VectorXd::Constant(m, -infinity);
    of.row_upper = Eigen::VectorXd::Constant(m, infinity);
    of.lower = Eigen::VectorXd::Constant(n, -infinity);
    of.upper = Eigen::VectorXd::Constant(n, infinity);
    for (Index i = 0; i < m; ++i) {
        for (Index j = 0; j < n; ++j) {
            if (draw.below(3) != 0) of.coefficients(i, j) = draw.below(9) - 4;
        }
        const int kind = draw.below(5);
        const int bound = draw.below(21) - 10;
        if (kind != 0) of.row_lower[i] = bound;
        if (kind == 2) of.row_upper[i] = bound;
        if (kind != 1 && kind != 2) of.row_upper[i] = bound + draw.below(9);
    }
    for (Index j = 0; j < n; ++j) {
        const int kind = draw.below(16);
        const int bound = draw.below(9) - 6;
        if (kind > 1) of.lower[j] = bound;
        if (kind != 1 && kind != 2) of.upper[j] = bound + draw.below(20);
    }
    objective.resize(n);
    for (Index j = 0; j < n; ++j) objective[j] = draw.below(11) - 5;
    return of;
}

// Minimum and maximum of the programs 1, 2, ... as tests/oracle/linear_programs.py prints them.
const std::vector<double> optima_by_highs = {-68,
                                             21,
                                             -44.3333333333,
                                             31,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             5.75675675676,
                                             56.9047619048,
                                             -6.5,
                                             -0.333333333333,
                                             none,
                                             none,
                                             none,
                                             none,
                                             -26,
                                             108,
                                             -62,
                                             84,
                                             unlimited,
                                             29,
                                             none,
                                             none,
                                             112.0625,
                                             135.25,
                                             none,
                                             none,
                                             -20,
                                             22,
                                             -40.3333333333,
                                             140,
                                             unlimited,
                                             unlimited,
                                             -100.5,
                                             30,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             -39,
                                             -2,
                                             -9.11111111111,
                                             -0.5,
                                             none,
                                             none,
                                             7.88888888889,
                                             84.1111111111,
                                             13,
                                             212,
                                             -2,
                                             71,
                                             unlimited,
                                             83,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             -72.75,
                                             -6.66666666667,
                                             none,
                                             none,
                                             0.25,
                                             39,
                                             unlimited,
                                             unlimited,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             -9.54545454545,
                                             29.4,
                                             9.33333333333,
                                             14.6666666667,
                                             none,
                                             none,
                                             14,
                                             unlimited,
                                             none,
                                             none,
                                             -1.5,
                                             unlimited,
                                             none,
                                             none,
                                             none,
                                             none,
                                             -65.5,
                                             36,
                                             none,
                                             none,
                                             -12.8,
                                             34,
                                             -1.9,
                                             2.75,
                                             -85,
                                             38.5,
                                             6.53703703704,
                                             24.1,
                                             none,
                                             none,
                                             none,
                                             none,
                                             -16.0560471976,
                                             87.78125,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none,
                                             none};

TEST_CASE("Linear program: random programs as HiGHS, each answer proved, by both pivot rules") {
    int differing = 0;
    int unproved = 0;
    Eigen::VectorXd c;
    LinearProgramOptions bland;
    bland.steps_before_bland = 0;
    for (std::size_t k = 0; k < optima_by_highs.size(); ++k) {
        const LinearConstraints of = random_constraints(k / 2 + 1, c);
        const Goal goal = k % 2 == 0 ? Goal::minimise : Goal::maximise;
        const double expected = optima_by_highs[k];
        for (const LinearProgramOptions& options : {LinearProgramOptions{}, bland}) {
            const LinearProgramResult result = solve_linear_program(of, c, goal, options);
            const Status status = std::isnan(expected)   ? Status::infeasible
                                  : std::isinf(expected) ? Status::unbounded
                                                         : Status::optimal;
            if (result.status != status ||
                (status == Status::optimal && !(std::abs(result.objective - expected) <= 1e-9)))
                ++differing;
            if (!verify(of, c, goal, result).proved) ++unproved;
        }
    }
    CHECK(differing == 0);
    CHECK(unproved == 0);
}

TEST_CASE("Linear program: every answer to two thousand random programs has a proof") {
    int unproved = 0;
    std::vector<int> answers(4, 0);
    Eigen::VectorXd c;
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        const LinearConstraints of = random_constraints(seed, c);
        const LinearProgramResult result = solve_linear_program(of, c, Goal::minimise);
        ++answers[static_cast<std::size_t>(result.status)];
        if (!verify(of, c, Goal::minimise, result).proved) ++unproved;
    }
    CHECK(unproved == 0);
    CHECK(*std::min_element(answers.begin(), answers.begin() + 3) > 100);
}

TEST_CASE("Linear program: objectives one after the other give what each gives alone") {
    int differing = 0;
    Eigen::VectorXd c;
    for (std::uint64_t seed = 1; seed <= optima_by_highs.size() / 2; ++seed) {
        const LinearConstraints of = random_constraints(seed, c);
        LinearProgram program(of);
        LinearProgram again(of);
        for (Index j = 0; j < c.size(); ++j) {
            c.setZero();
            c[j] = 1.0;
            for (const Goal goal : {Goal::minimise, Goal::maximise}) {
                const LinearProgramResult warm = program.solve(c, goal);
                const LinearProgramResult cold = solve_linear_program(of, c, goal);
                if (warm.status != cold.status || !verify(of, c, goal, warm).proved ||
                    (warm.status == Status::optimal &&
                     std::abs(warm.objective - cold.objective) > 1e-11))
                    ++differing;
                if (std::bit_cast<std::uint64_t>(again.solve(c, goal).objective) !=
                    std::bit_cast<std::uint64_t>(warm.objective))
                    ++differing;
            }
        }
    }
    CHECK(differing == 0);
}

TEST_CASE("Linear program: units of measurement change nothing but the units") {
    Eigen::VectorXd c;
    for (std::uint64_t seed = 1; seed <= optima_by_highs.size() / 2; ++seed) {
        LinearConstraints of = random_constraints(seed, c);
        const double expected = optimum(of, c, Goal::minimise);
        for (Index j = 0; j < c.size(); ++j) {
            const double unit = std::pow(10.0, static_cast<double>(3 * (j % 4) - 4));
            of.coefficients.col(j) *= unit;
            of.lower[j] /= unit;
            of.upper[j] /= unit;
            c[j] *= unit;
        }
        for (Index i = 0; i < of.row_lower.size(); ++i) {
            const double unit = std::pow(10.0, static_cast<double>(12 * (i % 3) - 12));
            of.coefficients.row(i) *= unit;
            of.row_lower[i] *= unit;
            of.row_upper[i] *= unit;
        }
        const double found = optimum(of, c, Goal::minimise);
        CHECK((std::abs(found - expected) < 1e-7 || (std::isnan(found) && std::isnan(expected))));
    }
}

TEST_CASE("Linear program: a transport problem of many degenerate vertices") {
    // k x k assignment with costs (i - j)^2 has the diagonal of cost 0; maximum: the antidiagonal.
    constexpr Index k = 8;
    LinearConstraints of =
        at_most(k * k, std::vector<double>(2 * k * k * k, 0.0), std::vector<double>(2 * k, 1.0));
    of.row_lower = of.row_upper;
    Eigen::VectorXd c(k * k);
    double antidiagonal = 0.0;
    for (Index i = 0; i < k; ++i) {
        for (Index j = 0; j < k; ++j) {
            of.coefficients(i, i * k + j) = 1.0;
            of.coefficients(k + j, i * k + j) = 1.0;
            c[i * k + j] = static_cast<double>((i - j) * (i - j));
        }
        antidiagonal += c[i * k + (k - 1 - i)];
    }
    LinearProgram program(of);
    CHECK(program.solve(c, Goal::minimise).objective == 0.0);
    CHECK(program.solve(c, Goal::maximise).objective == antidiagonal);
    CHECK(optimum(of, c, Goal::maximise) == antidiagonal);
}

TEST_CASE("Linear program: a limit of steps is reported, and bad input refused all at once") {
    LinearProgramOptions options;
    options.iteration_limit = 1;
    const LinearConstraints of = at_most(2, {1, 0, 0, 2, 3, 2}, {4, 12, 18});
    const LinearProgramResult result =
        solve_linear_program(of, vector({3, 5}), Goal::maximise, options);
    CHECK(result.status == Status::iteration_limit);
    CHECK(std::isnan(result.objective));
    CHECK_FALSE(verify(of, vector({3, 5}), Goal::maximise, result).proved);

    LinearConstraints bad = of;
    bad.coefficients(1, 1) = none;
    bad.lower[0] = 2.0;
    bad.upper[0] = 1.0;
    bad.row_upper = vector({1, 2});
    try {
        check_constraints(bad);
        FAIL("accepted");
    } catch (const thuocdo::NumericError& error) {
        REQUIRE(error.problems().size() == 3);
        CHECK(error.problems()[0].code == "size_mismatch");
        CHECK(error.problems()[1].code == "crossed_bounds");
        CHECK(error.problems()[2].code == "not_finite");
    }
    LinearProgram program(of);
    CHECK_THROWS_AS((void)program.solve(vector({1}), Goal::minimise), thuocdo::NumericError);
    CHECK_THROWS_AS((void)program.solve(vector({1, none}), Goal::minimise), thuocdo::NumericError);
}

}  // namespace linear_program_tests
