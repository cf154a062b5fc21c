// Results of robustness runs against closed forms and against their own draws, replayed.

#include <thuocdo/robust/uncertainty.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "simplex_areas.hpp"
#include "support/build.hpp"

namespace test_uncertainty {

using namespace thuocdo;
namespace robust = thuocdo::robust;
using testing_support::group;
using testing_support::leaf;
using testing_support::problems_of;
using testing_support::Random;

constexpr std::uint64_t seed = 20;

robust::UncertaintyOptions options_of(std::uint64_t draws, int threads = 1,
                                      robust::Pairs pairs = robust::Pairs::automatic) {
    robust::UncertaintyOptions options;
    options.draws = draws;
    options.seed = seed;
    options.threads = threads;
    options.pairs = pairs;
    return options;
}

ModelDefinition mean_of(Index indicators) {
    std::vector<NodeDefinition> leaves;
    for (Index j = 0; j < indicators; ++j)
        leaves.push_back(leaf("x" + std::to_string(j), rule::AsIs{}, 1.0 + static_cast<double>(j)));
    ModelDefinition out =
        testing_support::definition(group("root", aggregation::Arithmetic{}, std::move(leaves)));
    out.defaults.missing = MissingRule::all(MissingPolicy::renormalise);
    return out;
}

Scoreboard board_of(const ModelDefinition& definition,
                    const std::vector<std::vector<double>>& rows) {
    std::vector<std::string> columns;
    for (const NodeDefinition& child : definition.root.children) columns.push_back(child.code);
    return score(IndexModel(definition), testing_support::panel(columns, rows));
}

std::vector<std::vector<double>> random_rows(Index units, Index columns, std::uint64_t random_seed,
                                             double levels = 1e6) {
    Random random(random_seed);
    std::vector<std::vector<double>> out(static_cast<std::size_t>(units));
    for (auto& row : out)
        for (Index j = 0; j < columns; ++j)
            row.push_back(std::floor(levels * random.uniform()) / levels);
    return out;
}

robust::Factor any_weights() { return {"weights", robust::DirichletWeights{{"root"}, {}}}; }
robust::Factor noise(double fraction) { return {"noise", robust::WeightNoise{{"root"}, fraction}}; }
robust::Factor errors(std::vector<std::string> indicators, double size,
                      std::optional<double> lowest = {}) {
    factor::MeasurementError error;
    error.size = size;
    error.lowest = lowest;
    return {"errors", robust::MeasurementError{std::move(indicators), error}};
}

/// Four standard errors of a share.
double error_of(double share, double draws) {
    return 4.0 * std::sqrt(share * (1.0 - share) / draws) + 1e-12;
}

TEST_CASE("with two indicators acceptabilities are lengths of the interval of weights") {
    // w 1 + (1 - w) 0.1 > w 0.3 + (1 - w) 0.8 where w > 1/2: 0.7 w > 0.7 (1 - w);
    // the third unit is below the second everywhere.
    const Scoreboard board = board_of(mean_of(2), {{1.0, 0.1}, {0.3, 0.8}, {0.2, 0.4}});
    constexpr double draws = 20'000.0;
    const robust::Uncertainty result =
        robust::uncertainty(board, {any_weights()}, options_of(20'000));
    const Eigen::MatrixXd found = result.rank_acceptability();
    // Third before first where 0.8 w < 0.3 (1 - w): w < 3/11.
    const double third = 3.0 / 11.0;
    Eigen::MatrixXd exact(3, 3);
    exact << 0.5, 0.5 - third, third, 0.5, 0.5, 0.0, 0.0, third, 1.0 - third;
    for (Index i = 0; i < 3; ++i)
        for (Index r = 0; r < 3; ++r) {
            CAPTURE(i);
            CAPTURE(r);
            CHECK(std::abs(found(i, r) - exact(i, r)) < error_of(exact(i, r), draws));
        }
    CHECK(std::abs(*result.winning_probability(2, 0) - third) < error_of(third, draws));
    // Uniform scores between 0.1 and 1: quantiles are linear.
    for (const double p : {0.05, 0.5, 0.95})
        CHECK(std::abs(result.score_quantile(0, p) - (0.1 + 0.9 * p)) < 0.9 * error_of(p, draws));
    // Centroids of the two halves.
    const Eigen::MatrixXd central = result.central_weights();
    CHECK(std::abs(central(0, 0) - 0.75) < 4.0 * 0.15 / std::sqrt(0.5 * draws));
    CHECK(std::abs(central(1, 0) - 0.25) < 4.0 * 0.15 / std::sqrt(0.5 * draws));
    CHECK(central(0, 0) + central(0, 1) == doctest::Approx(1.0).epsilon(1e-9));
    CHECK(std::isnan(central(2, 0)));
}

TEST_CASE("with three indicators acceptabilities are areas of the simplex") {
    const std::vector<std::vector<double>> rows{
        {1.0, 0.0, 0.3}, {0.1, 1.0, 0.0}, {0.2, 0.3, 1.0}, {0.55, 0.5, 0.45}};
    Eigen::MatrixXd x(4, 3);
    for (Index i = 0; i < 4; ++i)
        for (Index j = 0; j < 3; ++j)
            x(i, j) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    const simplex_areas::Exact exact = simplex_areas::exact_areas(x, {});
    const robust::Uncertainty result =
        robust::uncertainty(board_of(mean_of(3), rows), {any_weights()}, options_of(20'000, 2));
    const Eigen::MatrixXd found = result.rank_acceptability();
    for (Index i = 0; i < 4; ++i) {
        for (Index r = 0; r < 4; ++r)
            CHECK(std::abs(found(i, r) - exact.acceptability(i, r)) <
                  error_of(exact.acceptability(i, r), 20'000.0));
        for (Index j = 0; j < 3; ++j)
            CHECK(std::abs(result.central_weights()(i, j) - exact.central(i, j)) <
                  4.0 * 0.25 / std::sqrt(static_cast<double>(result.counts().firsts(i))));
    }
}

TEST_CASE("mean and variance of a score under Dirichlet weights") {
    // Weights 1, 2, 3 and concentration 12: parameters 2, 4, 6.
    const std::vector<double> x{0.9, 0.2, 0.4};
    const Scoreboard board = board_of(mean_of(3), {x, {0.5, 0.5, 0.5}});
    const robust::Uncertainty result = robust::uncertainty(
        board, {{"w", robust::DirichletWeights{{"root"}, 12.0}}}, options_of(20'000));
    const double mean = (2.0 * x[0] + 4.0 * x[1] + 6.0 * x[2]) / 12.0;
    const double square =
        (2.0 * x[0] * x[0] + 4.0 * x[1] * x[1] + 6.0 * x[2] * x[2]) / 12.0 - mean * mean;
    const double deviation = std::sqrt(square / 13.0);
    CHECK(std::abs(result.mean_score(0) - mean) < 4.0 * deviation / std::sqrt(20'000.0));
    // The relative standard error of a deviation is about 1 / sqrt(2 n).
    CHECK(std::abs(result.score_deviation(0) / deviation - 1.0) < 5.0 / std::sqrt(40'000.0));
    CHECK(std::abs(result.mean_score(1) - 0.5) < 1e-12);
    CHECK(result.score_deviation(1) < 1e-12);
}

TEST_CASE("noise keeps scores in their bounds; a unit ahead everywhere has the mean weights") {
    const Scoreboard board = board_of(mean_of(2), {{0.9, 0.8}, {0.1, 0.6}, {0.3, 0.2}});
    const robust::Uncertainty result = robust::uncertainty(board, {noise(0.5)}, options_of(4000));
    // Weights 1 and 2: the first share is between 0.5 / 3.5 and 1.5 / 2.5.
    CHECK(result.counts().least(1) > 0.1 * 0.6 + 0.6 * 0.4);
    CHECK(result.counts().most(1) < (0.1 * 0.5 + 0.6 * 3.0) / 3.5);
    CHECK(result.counts().least(1) < 0.1 * 0.58 + 0.6 * 0.42);
    CHECK(result.counts().firsts(0) == 4000);
    CHECK(result.probability_top(0, 1) == 1.0);
    // The mean share, by the midpoint rule over both uniform numbers.
    double mean = 0.0;
    constexpr int steps = 200;
    for (int a = 0; a < steps; ++a)
        for (int b = 0; b < steps; ++b) {
            const double first = 0.5 + (a + 0.5) / steps;
            const double second = 2.0 * (0.5 + (b + 0.5) / steps);
            mean += first / (first + second) / (steps * steps);
        }
    CHECK(std::abs(result.central_weights()(0, 0) - mean) < 4.0 * 0.11 / std::sqrt(4000.0));
    CHECK(std::isnan(result.central_weights()(1, 0)));
}

/// Everything on a mixed run: choice, weights, errors, ties, gaps, bands.
struct Mixed {
    ModelDefinition model = mean_of(4);
    Panel panel;
    std::vector<robust::Factor> factors;

    /// @param lowest below 0, draws with a power mean of negative numbers fail.
    explicit Mixed(Index units, TiePolicy ties = TiePolicy::competition, double lowest = 0.01)
        : panel(panel_of(units)) {
        model.root.rounding = Rounding{1, numeric::RoundingMode::half_up};
        model.ranking.ties = ties;
        BandScale scale;
        scale.bands = {Band{"high", {}, 0.6, {}, {}}, Band{"low", {}, {}, {}, {}}};
        model.bands = scale;
        robust::ModelChoice choice;
        choice.alternatives = {{"mean", [](ModelDefinition&) {}},
                               {"power", [](ModelDefinition& definition) {
                                    definition.root.aggregate = aggregation::PowerMean{2.0, {}};
                                }}};
        factors = {any_weights(), {"aggregate", choice}, errors({"x1"}, 0.2, lowest)};
    }
    [[nodiscard]] static Panel panel_of(Index units) {
        auto rows = random_rows(units, 4, 8, 10.0);
        rows[1].assign(4, missing_value);
        rows[3][2] = missing_value;
        return testing_support::panel({"x0", "x1", "x2", "x3"}, rows);
    }
    [[nodiscard]] robust::UncertaintyPlan plan(const robust::UncertaintyOptions& options) const {
        return {score(IndexModel(model), panel), factors, options};
    }
};

TEST_CASE("counts have the same bytes for any threads, split and order of merging") {
    for (const TiePolicy ties : {TiePolicy::competition, TiePolicy::fractional}) {
        const Mixed mixed(5, ties, -1.0);
        const robust::UncertaintyPlan plan = mixed.plan(options_of(100));
        const robust::DrawCounts whole = plan.partial(0, 100);
        CHECK(whole.failed() > 0);
        CHECK(whole.failed() < 100);
        for (const int threads : {2, 7})
            CHECK(mixed.plan(options_of(100, threads)).partial(0, 100).bytes() == whole.bytes());
        Random random(4);
        for (int trial = 0; trial < 2; ++trial) {
            std::vector<robust::DrawCounts> parts;
            for (std::uint64_t first = 0; first < 100;) {
                const std::uint64_t count =
                    std::min<std::uint64_t>(1 + random.below(50), 100 - first);
                parts.push_back(plan.partial(first, count));
                first += count;
            }
            while (parts.size() > 1) {
                const std::size_t from = random.below(parts.size() - 1);
                std::swap(parts[from], parts[parts.size() - 2]);
                const std::string sent = parts.back().bytes();
                parts.pop_back();
                parts.back().merge(robust::DrawCounts::from_bytes(sent));
            }
            CHECK(parts[0] == whole);
            CHECK(parts[0].digest() == whole.digest());
        }
        CHECK(plan.finish(robust::DrawCounts::from_bytes(whole.bytes())).median_rank(0) ==
              plan.run().median_rank(0));
    }
}

TEST_CASE("damaged bytes, other runs and draws counted twice are refused") {
    const Mixed mixed(4);
    const robust::UncertaintyPlan plan = mixed.plan(options_of(10));
    robust::DrawCounts counts = plan.partial(0, 10);
    const std::string bytes = counts.bytes();
    const auto code_of = [](const auto& call) {
        const auto problems = problems_of<NumericError>(call);
        return problems.empty() ? std::string() : problems[0].code;
    };
    const auto read = [&](const std::string& damaged) {
        return code_of([&] { static_cast<void>(robust::DrawCounts::from_bytes(damaged)); });
    };
    CHECK(read("") == "bytes_not_readable");
    CHECK(read(bytes.substr(0, bytes.size() - 1)) == "bytes_not_readable");
    CHECK(read(bytes + "x") == "bytes_not_readable");
    for (std::size_t at = 0; at < bytes.size(); at += 1 + bytes.size() / 20) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 4);
        CHECK(read(damaged) == "bytes_not_readable");
    }
    // Sizes that are wrong under a right check: none asks for memory that is not there.
    for (std::size_t at = 16; at < 200; at += 8) {
        std::string forged = bytes.substr(0, bytes.size() - 64);
        for (std::size_t k = 0; k < 8; ++k) forged[at + k] = static_cast<char>(k == 7 ? 0x3F : -1);
        numeric::Sha256 hash;
        hash.update(forged);
        forged += hash.hex();
        try {
            const auto odd = robust::DrawCounts::from_bytes(forged);
            CHECK(code_of([&] { counts.merge(odd); }) == "another_run");
        } catch (const NumericError& error) {
            CHECK(error.problems()[0].code == "bytes_not_readable");
        }
    }
    robust::UncertaintyOptions other = options_of(10);
    other.seed = seed + 1;
    const robust::DrawCounts foreign = mixed.plan(other).partial(10, 5);
    CHECK(code_of([&] { counts.merge(foreign); }) == "another_run");
    CHECK(code_of([&] { static_cast<void>(plan.finish(foreign)); }) == "another_run");
    CHECK(code_of([&] {
              counts.merge(mixed.plan(options_of(10, 1, robust::Pairs::none)).partial(10, 5));
          }) == "another_run");
    CHECK(code_of([&] { counts.merge(plan.partial(9, 3)); }) == "draws_twice");
    CHECK(code_of([&] { counts.merge(counts); }) == "draws_twice");
    CHECK(counts.bytes() == bytes);
    counts.merge(plan.partial(12, 3));
    CHECK(counts.ranges().size() == 2);
    counts.merge(plan.partial(10, 2));
    CHECK(counts == plan.partial(0, 15));
}

TEST_CASE("units in another order have the same results") {
    constexpr Index units = 23;
    const Mixed mixed(units);
    PanelDefinition table = mixed.panel.definition();
    std::vector<Unit> list;
    for (Index unit = 0; unit < units; ++unit) list.push_back(table.units.unit(unit));
    const Eigen::MatrixXd values = table.values;
    const auto states = table.states;
    std::vector<Unit> turned;
    for (Index unit = 0; unit < units; ++unit) {
        const Index from = (unit * 7 + 3) % units;
        turned.push_back(list[static_cast<std::size_t>(from)]);
        table.values.row(unit) = values.row(from);
        if (states.size() != 0) table.states.row(unit) = states.row(from);
    }
    table.units = UnitRegistry(turned);
    const robust::Uncertainty a = mixed.plan(options_of(200)).run();
    const robust::Uncertainty b = robust::uncertainty(
        score(IndexModel(mixed.model), Panel(std::move(table))), mixed.factors, options_of(200));
    const auto index = [&](Index unit) { return b.index_of(a.board().units().code(unit)); };
    const std::vector<Index> groups_a = a.groups(0.9);
    const std::vector<Index> groups_b = b.groups(0.9);
    const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
    for (Index unit = 0; unit < units; ++unit) {
        CAPTURE(unit);
        const Index other = index(unit);
        CHECK(same(a.mean_rank(unit), b.mean_rank(other)));
        CHECK(same(a.mean_score(unit), b.mean_score(other)));
        CHECK(same(a.score_deviation(unit), b.score_deviation(other)));
        CHECK(same(a.score_quantile(unit, 0.9), b.score_quantile(other, 0.9)));
        CHECK(same(a.rank_quantile(unit, 0.1), b.rank_quantile(other, 0.1)));
        CHECK(same(a.band_probability()(unit, 0), b.band_probability()(other, 0)));
        CHECK(same(a.central_weights()(unit, 1), b.central_weights()(other, 1)));
        CHECK(groups_a[static_cast<std::size_t>(unit)] ==
              groups_b[static_cast<std::size_t>(other)]);
        for (Index next = 0; next < units; ++next)
            CHECK(same(*a.winning_probability(unit, next),
                       *b.winning_probability(other, index(next))));
    }
}

TEST_CASE("every result is what the draws, taken one by one, say") {
    constexpr std::uint64_t draws = 120;
    for (const TiePolicy ties : {TiePolicy::competition, TiePolicy::fractional}) {
        constexpr Index units = 17;
        const Mixed mixed(units, ties);
        const robust::UncertaintyPlan plan = mixed.plan(options_of(draws, 2));
        const robust::Uncertainty result = plan.run();
        const double halves = ties == TiePolicy::fractional ? 2.0 : 1.0;
        std::vector<std::vector<double>> ranks(static_cast<std::size_t>(units));
        std::vector<std::vector<double>> scores(static_cast<std::size_t>(units));
        for (std::uint64_t draw = 0; draw < draws; ++draw) {
            const robust::DrawCounts one = plan.partial(draw, 1);
            for (Index unit = 0; unit < units; ++unit) {
                if (one.scored(unit) == 0) continue;
                ranks[static_cast<std::size_t>(unit)].push_back(
                    1.0 + static_cast<double>(one.place_sum(unit)) / halves);
                scores[static_cast<std::size_t>(unit)].push_back(one.least(unit));
            }
        }
        for (Index unit = 0; unit < units; ++unit) {
            CAPTURE(unit);
            std::vector<double> rank = ranks[static_cast<std::size_t>(unit)];
            std::vector<double> value = scores[static_cast<std::size_t>(unit)];
            if (unit == 1) {
                CHECK(rank.empty());
                CHECK(std::isnan(result.median_rank(unit)));
                CHECK(std::isnan(result.mean_rank(unit)));
                CHECK(std::isnan(result.median_score(unit)));
                CHECK(std::isnan(result.probability_top(unit, 3)));
                CHECK(result.groups(0.9)[1] == -1);
                continue;
            }
            REQUIRE(rank.size() == draws);
            for (Index next = 0; next < units; ++next) {
                if (next == 1 || next == unit) continue;
                double wins = 0.0;
                for (std::size_t d = 0; d < draws; ++d) {
                    const double mine = rank[d];
                    const double theirs = ranks[static_cast<std::size_t>(next)][d];
                    wins += mine < theirs ? 1.0 : mine == theirs ? 0.5 : 0.0;
                }
                CHECK(*result.winning_probability(unit, next) == wins / draws);
                CHECK(*result.winning_probability(unit, next) +
                          *result.winning_probability(next, unit) ==
                      doctest::Approx(1.0).epsilon(1e-15));
            }
            double mean = 0.0;
            for (const double each : value) mean += each / draws;
            double square = 0.0;
            for (const double each : value) square += (each - mean) * (each - mean);
            CHECK(result.mean_score(unit) == doctest::Approx(mean).epsilon(1e-7));
            CHECK(result.score_deviation(unit) ==
                  doctest::Approx(std::sqrt(square / (draws - 1.0))).epsilon(1e-6));
            CHECK(result.mean_rank(unit) ==
                  doctest::Approx(std::accumulate(rank.begin(), rank.end(), 0.0) / draws));
            const auto top =
                std::count_if(rank.begin(), rank.end(), [](double r) { return r <= 3.0; });
            CHECK(result.probability_top(unit, 3) == static_cast<double>(top) / draws);
            std::sort(rank.begin(), rank.end());
            std::sort(value.begin(), value.end());
            const double cell = result.counts().layout().width[static_cast<std::size_t>(unit)] /
                                static_cast<double>(result.counts().layout().score_bins);
            for (const double p : {0.0, 0.05, 0.25, 0.5, 0.95, 1.0}) {
                // 120 p is whole: the smallest rank that so many draws do not exceed.
                const auto wanted = static_cast<std::size_t>(std::max(1.0, std::round(p * draws)));
                CHECK(result.rank_quantile(unit, p) == rank[wanted - 1]);
                CHECK(result.score_quantile(unit, p) > value[wanted - 1] - 1.001 * cell);
                CHECK(result.score_quantile(unit, p) < value[wanted - 1] + 1.001 * cell);
            }
            CHECK(result.score_quantile(unit, 0.0) == value.front());
            CHECK(result.score_quantile(unit, 1.0) == value.back());
            CHECK(result.rank_acceptability().row(unit).sum() == doctest::Approx(1.0));
        }
    }
}

TEST_CASE("groups go on until a unit is beaten by the first of the group") {
    // Far apart, near, near, far: errors of 0.1 on one indicator.
    const Scoreboard board =
        board_of(mean_of(1), {{10.0}, {5.0}, {4.95}, {4.9}, {1.0}, {missing_value}});
    const robust::Uncertainty result =
        robust::uncertainty(board, {errors({"x0"}, 0.1)}, options_of(500));
    CHECK(result.groups(0.95) == std::vector<Index>{0, 1, 1, 1, 2, -1});
    CHECK(problems_of<NumericError>([&] { static_cast<void>(result.groups(0.5)); }).size() == 1);
    const robust::Uncertainty without =
        robust::uncertainty(board, {errors({"x0"}, 0.1)}, options_of(50, 1, robust::Pairs::none));
    CHECK(problems_of<NumericError>([&] { static_cast<void>(without.groups(0.9)); })[0].code ==
          "no_pairs");
    CHECK(!without.winning_probability(0, 1));
    // P(first > second) for normal errors: the gap over sqrt(2) times their size.
    const double exact = 0.5 * std::erfc(-0.05 / (0.1 * std::sqrt(2.0)) / std::sqrt(2.0));
    CHECK(std::abs(*result.winning_probability(1, 2) - exact) < error_of(exact, 500.0));
    std::ostringstream out;
    out << result;
    CHECK(out.str().find("500 draws of 1 factor, seed 20, intervals of 90%") == 0);
}

TEST_CASE("above 256 units neighbours are compared, 16 places on either side") {
    const Scoreboard board = board_of(mean_of(3), random_rows(300, 3, 12));
    const robust::Uncertainty near =
        robust::uncertainty(board, {any_weights()}, options_of(150, 2));
    const robust::Uncertainty all =
        robust::uncertainty(board, {any_weights()}, options_of(150, 1, robust::Pairs::all));
    const std::vector<Index> order = board.ranked_units();
    for (std::size_t a = 0; a < 300; a += 37)
        for (std::size_t b = 0; b < 300; ++b) {
            const bool compared = (a > b ? a - b : b - a) <= 16;
            const auto found = near.winning_probability(order[a], order[b]);
            REQUIRE(found.has_value() == compared);
            if (compared) CHECK(*found == *all.winning_probability(order[a], order[b]));
        }
    CHECK(near.groups(0.9)[static_cast<std::size_t>(order[0])] == 0);
}

TEST_CASE("places share a count where there are very many units") {
    constexpr Index units = 5000;
    const Scoreboard board = board_of(mean_of(2), random_rows(units, 2, 13));
    const robust::UncertaintyPlan plan(board, {noise(0.3)}, options_of(20, 2, robust::Pairs::none));
    const robust::Uncertainty result = plan.run();
    CHECK(result.rank_resolution() == 2);
    CHECK(result.acceptability_ranks()[1] == 3.0);
    const robust::DrawCounts one = plan.partial(3, 1);
    for (const Index unit : {0, 77, 4999}) {
        const auto place = static_cast<Index>(one.place_sum(unit));
        CHECK(one.places(unit)[place / 2] == 1);
        CHECK(plan.finish(one).median_rank(unit) == static_cast<double>(place / 2 * 2 + 1));
        CHECK(plan.finish(one).mean_rank(unit) == static_cast<double>(place + 1));
    }
    CHECK(result.counts().scored(4999) == 20);
}

TEST_CASE("extremes: one unit, equal values, nothing measured, units that are not evaluated") {
    const auto run = [](const Scoreboard& board) {
        return robust::uncertainty(board, {noise(0.5)}, options_of(70));
    };
    const robust::Uncertainty one = run(board_of(mean_of(2), {{0.3, 0.6}}));
    CHECK(one.rank_interval(0, 0.9) == robust::Interval{1.0, 1.0});
    CHECK(one.groups(0.9) == std::vector<Index>{0});
    CHECK(one.rank_acceptability()(0, 0) == 1.0);
    const robust::Uncertainty equal =
        run(board_of(mean_of(2), {{0.5, 0.5}, {0.5, 0.5}, {0.5, 0.5}}));
    for (Index unit = 0; unit < 3; ++unit) {
        CHECK(equal.score_interval(unit, 0.9).lower == doctest::Approx(0.5).epsilon(1e-15));
        CHECK(equal.rank_interval(unit, 1.0) == robust::Interval{1.0, 1.0});
        CHECK(equal.counts().firsts(unit) == 70);
        CHECK(*equal.winning_probability(0, unit) == 0.5);
    }
    CHECK(equal.groups(0.9) == std::vector<Index>{0, 0, 0});
    const robust::Uncertainty nothing =
        run(board_of(mean_of(2), {{missing_value, missing_value}, {missing_value, missing_value}}));
    CHECK(nothing.failed() == 0);
    CHECK(std::isnan(nothing.median_rank(0)));
    CHECK(std::isnan(nothing.rank_acceptability()(1, 0)));
    CHECK(nothing.groups(0.9) == std::vector<Index>{-1, -1});
    // A unit outside the cohort has no draws and changes none of the others.
    ModelDefinition cohort = mean_of(2);
    for (NodeDefinition& child : cohort.root.children) child.score = rule::MinMax{};
    step::Screen screen;
    screen.minimum_availability = 0.9;
    cohort.preparation.emplace_back(screen);
    const robust::Uncertainty with =
        run(board_of(cohort, {{0.1, 0.9}, {0.7, 0.2}, {missing_value, 5.0}, {0.4, 0.4}}));
    const robust::Uncertainty without = run(board_of(cohort, {{0.1, 0.9}, {0.7, 0.2}, {0.4, 0.4}}));
    CHECK(with.counts().scored(2) == 0);
    CHECK(with.mean_score(1) == without.mean_score(1));
    CHECK(with.mean_rank(3) == without.mean_rank(2));
}

TEST_CASE("options out of range are refused together, and shares outside [0, 1]") {
    const Scoreboard board = board_of(mean_of(2), {{0.3, 0.6}, {0.5, 0.2}});
    robust::UncertaintyOptions options = options_of(0, 0);
    const auto problems =
        problems_of<NumericError>([&] { robust::UncertaintyPlan(board, {noise(0.5)}, options); });
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].place == "option \"draws\"");
    CHECK(problems[1].place == "option \"threads\"");
    options = options_of(10, 257);
    CHECK(problems_of<NumericError>([&] {
              robust::UncertaintyPlan(board, {noise(0.5)}, options);
          }).size() == 1);
    const robust::Uncertainty result = robust::uncertainty(board, {noise(0.5)}, options_of(20));
    for (const double wrong : {-0.1, 1.1, missing_value}) {
        CHECK_THROWS_AS(static_cast<void>(result.rank_quantile(0, wrong)), NumericError);
        CHECK_THROWS_AS(static_cast<void>(result.score_interval(0, wrong)), NumericError);
    }
    CHECK_THROWS_AS(static_cast<void>(result.median_rank(2)), DataError);
    CHECK_THROWS_AS(static_cast<void>(result.interval("nobody", 0.9)), DataError);
    CHECK_THROWS_AS(static_cast<void>(result.band_probability()), ModelError);
    options = options_of(20);
    options.progress = [](double) { return false; };
    CHECK_THROWS_AS(static_cast<void>(robust::uncertainty(board, {noise(0.5)}, options)),
                    Cancelled);
    std::vector<double> shares;
    options = options_of(9000);
    options.progress = [&](double share) {
        shares.push_back(share);
        return true;
    };
    static_cast<void>(robust::uncertainty(board, {noise(0.5)}, options));
    CHECK(std::is_sorted(shares.begin(), shares.end()));
    CHECK(shares.back() == 1.0);
    CHECK(shares.size() > 1);
}

TEST_CASE("intervals of 90% hold the true score in about 90% of observed indices") {
    // Observed values are true ones with errors of a known size; the interval around the
    // observed score is as wide as the one around the true score.
    constexpr int indices = 120;
    constexpr Index units = 4;
    constexpr double size = 0.2;
    const numeric::Philox random(77);
    ModelDefinition model = mean_of(2);
    model.root.children[0].weight = 1.0;
    model.root.children[1].weight = 1.0;
    int held = 0;
    int rank_held = 0;
    for (int k = 0; k < indices; ++k) {
        std::vector<std::vector<double>> truth;
        std::vector<std::vector<double>> observed;
        for (std::uint32_t i = 0; i < units; ++i) {
            truth.push_back({});
            observed.push_back({});
            for (std::uint32_t j = 0; j < 2; ++j) {
                const auto each = static_cast<std::uint64_t>(k);
                truth.back().push_back(random.uniform(each, j, i));
                observed.back().push_back(
                    truth.back().back() +
                    size * numeric::normal_quantile(random.uniform(each, 2 + j, i)));
            }
        }
        const Scoreboard right = board_of(model, truth);
        robust::UncertaintyOptions options = options_of(120, 1, robust::Pairs::none);
        options.seed = static_cast<std::uint64_t>(k);
        const robust::Uncertainty result =
            robust::uncertainty(board_of(model, observed), {errors({"x0", "x1"}, size)}, options);
        for (Index unit = 0; unit < units; ++unit) {
            const robust::Interval score = result.score_interval(unit, 0.9);
            held += score.lower <= right.scores()[unit] && right.scores()[unit] <= score.upper;
            const robust::Interval rank = result.rank_interval(unit, 0.9);
            rank_held += rank.lower <= right.ranks()[unit] && right.ranks()[unit] <= rank.upper;
        }
    }
    // 480 intervals: the standard error of their share is 0.014, and that of the quantiles of
    // 120 draws moves it by less than as much again. Ranks are whole and hold more.
    CHECK(std::abs(held / 480.0 - 0.9) < 0.055);
    CHECK(rank_held / 480.0 > 0.85);
}

}  // namespace test_uncertainty
