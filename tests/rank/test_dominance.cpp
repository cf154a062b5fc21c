// Dominance, fronts and counts against the definitions, pair by pair.
#include <thuocdo/rank/dominance.hpp>

#include <algorithm>

#include "support.hpp"

namespace rank_tests {

namespace dominance_tests {

namespace rank = thuocdo::rank;

// Millions of pairs: pointers, for an element of Eigen takes many calls without optimisation.

/// Both have `columns` values, of which higher is better.
bool dominates(const double* a, const double* b, Eigen::Index columns) {
    bool better = false;
    for (Eigen::Index j = 0; j < columns; ++j) {
        if (a[j] < b[j]) return false;
        better = better || a[j] > b[j];
    }
    return better;
}

rank::BooleanMatrix naive(const Eigen::MatrixXd& x, const Directions& directions) {
    Numbers rows;
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        for (Eigen::Index j = 0; j < x.cols(); ++j)
            rows.push_back(directions[static_cast<std::size_t>(j)] == up ? x(i, j) : -x(i, j));
    rank::BooleanMatrix result(x.rows(), x.rows());
    for (Eigen::Index b = 0; b < x.rows(); ++b) {
        bool* const column = result.col(b).data();
        for (Eigen::Index a = 0; a < x.rows(); ++a)
            column[a] = dominates(rows.data() + a * x.cols(), rows.data() + b * x.cols(), x.cols());
    }
    return result;
}

bool same(const rank::BooleanMatrix& found, const rank::BooleanMatrix& expected) {
    return found.rows() == expected.rows() && found.cols() == expected.cols() &&
           std::equal(found.data(), found.data() + found.size(), expected.data());
}

/// How many dominate each.
rank::IndexVector sums_of_columns(const rank::BooleanMatrix& matrix) {
    rank::IndexVector sums(matrix.cols());
    for (Eigen::Index b = 0; b < matrix.cols(); ++b) {
        const bool* const column = matrix.col(b).data();
        sums[b] = std::count(column, column + matrix.rows(), true);
    }
    return sums;
}

/// Takes one front after the other away.
rank::IndexVector peeled(const rank::BooleanMatrix& matrix) {
    rank::IndexVector fronts = rank::IndexVector::Zero(matrix.rows());
    for (Eigen::Index front = 1; (fronts.array() == 0).any(); ++front) {
        const rank::IndexVector before = fronts;
        for (Eigen::Index b = 0; b < matrix.rows(); ++b) {
            if (before[b] != 0) continue;
            bool free = true;
            for (Eigen::Index a = 0; a < matrix.rows(); ++a)
                free = free && !(matrix(a, b) && before[a] == 0);
            if (free) fronts[b] = front;
        }
    }
    return fronts;
}

void check_all(const Eigen::MatrixXd& x, const Directions& directions) {
    const rank::BooleanMatrix expected = naive(x, directions);
    CHECK(same(rank::dominance_matrix(x, directions), expected));
    const rank::IndexVector fronts = peeled(expected);
    CHECK(rank::non_dominated_fronts(x, directions) == fronts);
    const rank::BooleanVector first = (fronts.array() == 1).matrix();
    CHECK(rank::non_dominated(x, directions) == first);
    const rank::DominanceCounts counts = rank::dominance_counts(x, directions);
    const rank::IndexVector dominates = expected.cast<Eigen::Index>().rowwise().sum();
    const rank::IndexVector dominated = sums_of_columns(expected);
    CHECK(counts.dominates == dominates);
    CHECK(counts.dominated_by == dominated);
}

/// Whole numbers, so that ties and identical alternatives are many.
Eigen::MatrixXd coarse(Eigen::Index rows, Eigen::Index columns, std::size_t levels,
                       std::uint64_t seed) {
    testing_support::Random random(seed);
    Eigen::MatrixXd x(rows, columns);
    for (Eigen::Index j = 0; j < columns; ++j)
        for (Eigen::Index i = 0; i < rows; ++i) x(i, j) = static_cast<double>(random.below(levels));
    return x;
}

/// Criteria that agree but for some noise.
Eigen::MatrixXd related(Eigen::Index rows, Eigen::Index columns, double noise, std::uint64_t seed) {
    testing_support::Random random(seed);
    Eigen::MatrixXd x(rows, columns);
    for (Eigen::Index i = 0; i < rows; ++i) {
        const double level = random.uniform();
        for (Eigen::Index j = 0; j < columns; ++j) x(i, j) = level + noise * random.uniform();
    }
    return x;
}

}  // namespace dominance_tests

TEST_CASE("Dominance: the definitions, for few and many criteria and alternatives") {
    using namespace dominance_tests;
    for (const Eigen::Index rows : {1, 2, 20, 63, 64, 65, 130, 300}) {
        for (const Eigen::Index columns : {1, 2, 3, 5, 9, 30}) {
            CAPTURE(rows);
            CAPTURE(columns);
            const auto seed = static_cast<std::uint64_t>(rows * 100 + columns);
            check_all(random_matrix(rows, columns, seed), mixed_directions(columns));
            check_all(coarse(rows, columns, 3, seed), mixed_directions(columns));
            check_all(related(rows, columns, 0.3, seed),
                      Directions(static_cast<std::size_t>(columns), down));
        }
    }
}

TEST_CASE("Dominance: a chain, its reverse, identical alternatives, constant columns") {
    using namespace dominance_tests;
    Eigen::MatrixXd chain(200, 4);
    for (Eigen::Index i = 0; i < 200; ++i)
        chain.row(i).setConstant(static_cast<double>((i * 37) % 200));
    check_all(chain, Directions{up, up, up, up});
    check_all(chain, Directions{down, down, down, down});
    // Nothing is better in both.
    check_all(chain, Directions{up, down, up, down});
    check_all(Eigen::MatrixXd::Constant(100, 3, 5.0), Directions{up, down, up});
    Eigen::MatrixXd with = coarse(150, 5, 4, 51);
    with.col(0).setConstant(1.0);
    with.col(3).setConstant(-2.0);
    check_all(with, mixed_directions(5));
    check_all(matrix_of({{0.0, 1}, {-0.0, 1}, {0.0, 2}}), Directions{up, up});
    check_all(matrix_of({{0.0, 1, 1}, {-0.0, 1, 1}, {0.0, 2, 1}}), Directions{up, up, down});
}

TEST_CASE("Dominance: a hand-made example") {
    using namespace dominance_tests;
    // 0 and 2 are not dominated; 1 is by 0; 3 by 0, 1 and 2; 4 is identical to 1.
    const Eigen::MatrixXd x = matrix_of({{5, 1}, {4, 2}, {6, 3}, {3, 4}, {4, 2}});
    const Directions directions = {up, down};
    CHECK(rank::non_dominated_fronts(x, directions) ==
          (rank::IndexVector(5) << 1, 2, 1, 3, 2).finished());
    const auto counts = rank::dominance_counts(x, directions);
    CHECK(counts.dominates == (rank::IndexVector(5) << 3, 1, 1, 0, 1).finished());
    CHECK(counts.dominated_by == (rank::IndexVector(5) << 0, 1, 0, 4, 1).finished());
    CHECK(rank::dominance_matrix(x, directions)(2, 3));
    CHECK_FALSE(rank::dominance_matrix(x, directions)(1, 4));
}

TEST_CASE("Dominance: more alternatives than one block of targets") {
    using namespace dominance_tests;
    for (const Eigen::Index columns : {3, 8}) {
        for (const double noise : {0.02, 1.0}) {
            CAPTURE(columns);
            CAPTURE(noise);
            // Three blocks once, two elsewhere.
            const Eigen::Index rows = columns == 3 && noise == 1.0 ? 4200 : 2200;
            Eigen::MatrixXd x = related(rows, columns, noise, 52);
            // Identical alternatives in different blocks, and within one.
            for (Eigen::Index i = 0; i < 400; ++i) x.row(rows - 1 - i) = x.row(i % 100);
            Eigen::VectorXd first = x.col(0);
            x.col(0) = (first.array() * 20.0).floor();
            const Directions directions = mixed_directions(columns);
            const rank::BooleanMatrix expected = naive(x, directions);
            CHECK(same(rank::dominance_matrix(x, directions), expected));
            const rank::IndexVector dominated = sums_of_columns(expected);
            const rank::BooleanVector free = (dominated.array() == 0).matrix();
            CHECK(rank::non_dominated(x, directions) == free);
            CHECK(rank::dominance_counts(x, directions).dominated_by == dominated);
            // By definition: a front is one after the last of those that dominate.
            const rank::IndexVector fronts = rank::non_dominated_fronts(x, directions);
            bool sound = true;
            for (Eigen::Index b = 0; b < x.rows(); ++b) {
                const bool* const dominates_b = expected.col(b).data();
                Eigen::Index last = 0;
                for (Eigen::Index a = 0; a < x.rows(); ++a)
                    if (dominates_b[a]) last = std::max(last, fronts[a]);
                sound = sound && fronts[b] == last + 1;
            }
            CHECK(sound);
        }
    }
}

TEST_CASE("Dominance: identical alternatives of which one block holds a part") {
    using namespace dominance_tests;
    // All in one group on the first criterion and 3,000 in one group of identical ones.
    Eigen::MatrixXd x = coarse(3400, 3, 40, 53);
    for (Eigen::Index i = 0; i < 3000; ++i) x.row(i) = Eigen::RowVector3d(20, 39, 0);
    const Directions directions = {up, up, down};
    const rank::BooleanMatrix expected = naive(x, directions);
    CHECK(same(rank::dominance_matrix(x, directions), expected));
    const rank::IndexVector dominated = sums_of_columns(expected);
    const rank::BooleanVector free = (dominated.array() == 0).matrix();
    CHECK(free.head(3000).all());
    CHECK(rank::non_dominated(x, directions) == free);
}

TEST_CASE("Dominance: the order of alternatives has no effect") {
    using namespace dominance_tests;
    for (const Eigen::Index columns : {1, 2, 5}) {
        const Directions directions = mixed_directions(columns);
        const Eigen::MatrixXd x = coarse(250, columns, 6, 54);
        check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& each) {
            return Eigen::VectorXd(rank::non_dominated_fronts(each, directions).cast<double>());
        });
        check_order_of_alternatives_has_no_effect(x, [&](const Eigen::MatrixXd& each) {
            const auto counts = rank::dominance_counts(each, directions);
            return Eigen::VectorXd((counts.dominates * 1000 + counts.dominated_by).cast<double>());
        });
    }
}

TEST_CASE("Dominance: refusals") {
    using namespace dominance_tests;
    const auto refused = [](auto call) {
        CHECK(problems([&] {
                  call(matrix_of({{1, std::nan("")}, {HUGE_VAL, 2}}), Directions{up, down});
              }) == Strings{"infinite_value row 1, column 0 (counted from 0)",
                            "missing_value row 0, column 1 (counted from 0)"});
        CHECK(problems([&] {
                  call(matrix_of({{1, 2}}), Directions{up});
              }) == Strings{"size_mismatch argument \"directions\""});
        CHECK(problems([&] {
                  call(Eigen::MatrixXd(0, 2), Directions{up, up});
              }) == Strings{"no_alternative argument \"x\""});
        CHECK(problems([&] { call(Eigen::MatrixXd(2, 0), Directions{}); }) ==
              Strings{"no_criterion argument \"x\""});
    };
    refused([](const auto& x, const auto& d) { return rank::dominance_matrix(x, d); });
    refused([](const auto& x, const auto& d) { return rank::non_dominated(x, d); });
    refused([](const auto& x, const auto& d) { return rank::non_dominated_fronts(x, d); });
    refused([](const auto& x, const auto& d) { return rank::dominance_counts(x, d); });
}

}  // namespace rank_tests
