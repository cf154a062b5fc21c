#pragma once
/// @file
/// What published figures reveal about withheld ones.

#include <thuocdo/cancelled.hpp>
#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/detail/bounded_simplex.hpp>
#include <thuocdo/numeric/linear_constraints.hpp>
#include <thuocdo/numeric/linear_program_check.hpp>
#include <thuocdo/numeric/linear_program_result.hpp>
#include <thuocdo/publish/detail/knowledge_blocks.hpp>
#include <thuocdo/publish/detail/row_space.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// The lines that prove a limit: a weighted sum of these rows and of these bounds of
/// unknowns says it. Ascending.
struct Support {
    std::vector<Index> rows;
    std::vector<Index> unknowns;

    friend bool operator==(const Support&, const Support&) = default;
};

/// What is known about one unknown. NaN where it was not asked for or where the knowledge
/// contradicts itself.
struct InferredInterval {
    double lower = std::numeric_limits<double>::quiet_NaN();
    double upper = std::numeric_limits<double>::quiet_NaN();
    /// The interval is one value, up to `exact_width`.
    bool determined = false;
    /// The exact equations alone have one solution for it, whatever the bounds.
    bool determined_by_equations = false;
    /// Empty where the limit is infinite.
    Support lower_support;
    Support upper_support;

    [[nodiscard]] double width() const noexcept { return upper - lower; }
};

struct Inference {
    /// One an unknown.
    std::vector<InferredInterval> intervals;
    /// For each part of the knowledge that no values satisfy, lines that together exclude
    /// each other. Empty where the knowledge is consistent.
    std::vector<Support> contradictions;
    /// Every limit and contradiction was checked by numeric::verify().
    bool proved = true;
    /// Parts that share no unknown.
    Index blocks = 0;
    /// Linear programs solved; limits that some solution showed to be reached need none.
    Index programs = 0;
};

struct InferenceOptions {
    /// Unknowns to answer for; empty for all. Parts that hold none of them are not looked at.
    std::vector<Index> wanted{};
    /// Width that counts as one value, in units of max(1, |value|).
    double exact_width = 1e-9;
    /// Told the share done; false cancels.
    std::function<bool(double)> progress{};
};

namespace detail {

/// Share of the largest multiplier below which one is rounding.
inline constexpr double negligible_multiplier = 1e-12;

/// The lines of a block whose multipliers are not 0, numbered as in the whole.
[[nodiscard]] THUOCDO_KERNEL inline Support support_of(const SparseConstraints& all,
                                                       const Block& block,
                                                       const numeric::LinearProgramResult& proof) {
    THUOCDO_EXACT
    const SparseColumns& a = all.columns;
    std::vector<double> dual(static_cast<std::size_t>(a.rows), 0.0);
    double largest = 0.0;
    for (std::size_t i = 0; i < block.rows.size(); ++i)
        dual[static_cast<std::size_t>(block.rows[i])] = proof.row_duals[static_cast<Index>(i)];
    std::vector<double> most(dual.size(), 0.0);
    for (std::size_t e = 0; e < a.value.size(); ++e)
        most[a.row[e]] = std::max(most[a.row[e]], std::abs(dual[a.row[e]] * a.value[e]));
    for (const double part : most) largest = std::max(largest, part);
    for (const double d : proof.reduced_costs) largest = std::max(largest, std::abs(d));
    Support support;
    for (const Index row : block.rows) {
        const std::size_t i = static_cast<std::size_t>(row);
        // A row without entries has no part but is the contradiction where it has a multiplier.
        const double part = most[i] > 0.0 ? most[i] : std::abs(dual[i]);
        if (part > negligible_multiplier * largest) support.rows.push_back(row);
    }
    for (std::size_t j = 0; j < block.unknowns.size(); ++j) {
        if (std::abs(proof.reduced_costs[static_cast<Index>(j)]) > negligible_multiplier * largest)
            support.unknowns.push_back(block.unknowns[j]);
    }
    for (std::size_t j = 0; j < a.columns(); ++j) {
        if (!is_fixed(all, static_cast<Index>(j))) continue;
        double multiplier = 0.0;
        for (std::size_t e = a.start[j]; e < a.start[j + 1]; ++e)
            multiplier += dual[a.row[e]] * a.value[e];
        if (std::abs(multiplier) > negligible_multiplier * largest)
            support.unknowns.push_back(static_cast<Index>(j));
    }
    std::sort(support.unknowns.begin(), support.unknowns.end());
    return support;
}

/// Solves the programs of one block.
class BlockInference {
  public:
    BlockInference(const SparseConstraints& all, const Block& block, Inference& result)
        : all_(all),
          block_(block),
          result_(result),
          simplex_(block.constraints, numeric::LinearProgramOptions{}),
          cost_(Eigen::VectorXd::Zero(block.constraints.lower.size())),
          solved_(solved_by_equations(block.constraints)),
          at_lower_(block.unknowns.size(), 0),
          at_upper_(block.unknowns.size(), 0) {}

    /// False where no values satisfy the block; the contradiction is written down.
    bool is_consistent() {
        const numeric::LinearProgramResult any = run(numeric::Goal::minimise);
        if (any.status == numeric::LinearProgramStatus::infeasible) {
            result_.contradictions.push_back(support_of(all_, block_, any));
            return false;
        }
        return true;
    }

    /// The interval of the unknown in column j of the block.
    void infer(std::size_t j) {
        InferredInterval& interval =
            result_.intervals[static_cast<std::size_t>(block_.unknowns[j])];
        interval.determined_by_equations = solved_[j] != 0;
        limit(j, numeric::Goal::minimise, interval.lower, interval.lower_support);
        limit(j, numeric::Goal::maximise, interval.upper, interval.upper_support);
    }

  private:
    numeric::LinearProgramResult run(numeric::Goal goal) {
        numeric::LinearProgramResult answer = simplex_.solve(cost_, goal);
        ++result_.programs;
        if (answer.status == numeric::LinearProgramStatus::iteration_limit) {
            throw NumericError(
                "cannot say what the published figures reveal",
                {Problem{"iteration_limit",
                         "the part of the equations with unknown " +
                             std::to_string(block_.unknowns.front()),
                         "no answer after " + std::to_string(answer.iterations) + " steps",
                         "an answer", "express figures in units of similar size"}});
        }
        constexpr double tolerance = 1e-9;
        if (!numeric::detail::verify(block_.constraints, cost_, goal, answer, tolerance).proved)
            result_.proved = false;
        for (Index k = 0; k < answer.values.size(); ++k) {
            const std::size_t at = static_cast<std::size_t>(k);
            if (answer.values[k] == block_.constraints.lower[k]) at_lower_[at] = 1;
            if (answer.values[k] == block_.constraints.upper[k]) at_upper_[at] = 1;
        }
        return answer;
    }

    void limit(std::size_t j, numeric::Goal goal, double& value, Support& support) {
        const Index column = static_cast<Index>(j);
        const bool low = goal == numeric::Goal::minimise;
        const double own =
            low ? block_.constraints.lower[column] : block_.constraints.upper[column];
        // A solution that reaches the unknown's own bound needs no program to prove it.
        if ((low ? at_lower_ : at_upper_)[j] != 0) {
            value = own;
            support.unknowns = {block_.unknowns[j]};
            return;
        }
        cost_[column] = 1.0;
        const numeric::LinearProgramResult answer = run(goal);
        cost_[column] = 0.0;
        value = answer.status == numeric::LinearProgramStatus::optimal ? answer.objective : own;
        if (answer.status == numeric::LinearProgramStatus::optimal)
            support = support_of(all_, block_, answer);
    }

    const SparseConstraints& all_;
    const Block& block_;
    Inference& result_;
    numeric::detail::BoundedSimplex simplex_;
    Eigen::VectorXd cost_;
    std::vector<char> solved_;
    /// Unknowns that stood on their own bound in some solution.
    std::vector<char> at_lower_;
    std::vector<char> at_upper_;
};

[[nodiscard]] inline std::vector<char> wanted_flags(const InferenceOptions& options, Index n) {
    std::vector<char> flags(static_cast<std::size_t>(n), options.wanted.empty() ? 1 : 0);
    std::vector<Problem> problems;
    for (std::size_t k = 0; k < options.wanted.size(); ++k) {
        const Index unknown = options.wanted[k];
        if (unknown >= 0 && unknown < n) {
            flags[static_cast<std::size_t>(unknown)] = 1;
            continue;
        }
        problems.push_back(Problem{"unknown_out_of_range", numeric::entry_place("wanted", k),
                                   std::to_string(unknown), "0 to " + std::to_string(n - 1),
                                   "ask for unknowns by their number"});
    }
    if (!problems.empty())
        throw NumericError("cannot say what the published figures reveal", std::move(problems));
    return flags;
}

/// Intervals of unknowns in no row, and the flags that hold for all.
inline void settle_bounds(const SparseConstraints& all, const std::vector<char>& wanted,
                          const std::vector<char>& in_block, Inference& result) {
    for (std::size_t j = 0; j < wanted.size(); ++j) {
        if (wanted[j] == 0 || in_block[j] != 0) continue;
        InferredInterval& interval = result.intervals[j];
        interval.lower = all.lower[static_cast<Index>(j)];
        interval.upper = all.upper[static_cast<Index>(j)];
        if (std::isfinite(interval.lower))
            interval.lower_support.unknowns = {static_cast<Index>(j)};
        if (std::isfinite(interval.upper))
            interval.upper_support.unknowns = {static_cast<Index>(j)};
    }
}

/// As infer(), for constraints that were checked.
[[nodiscard]] inline Inference infer(const SparseConstraints& all,
                                     const InferenceOptions& options) {
    const Index n = all.lower.size();
    const std::vector<char> wanted = wanted_flags(options, n);
    Inference result;
    result.intervals.resize(static_cast<std::size_t>(n));
    const std::vector<Block> blocks = knowledge_blocks(all);
    result.blocks = static_cast<Index>(blocks.size());
    std::vector<char> in_block(wanted.size(), 0);
    for (const Block& block : blocks) {
        for (const Index unknown : block.unknowns) in_block[static_cast<std::size_t>(unknown)] = 1;
    }
    settle_bounds(all, wanted, in_block, result);
    const double total = static_cast<double>(std::count(wanted.begin(), wanted.end(), 1));
    double done = 0.0;
    for (const Block& block : blocks) {
        const bool asked = std::any_of(
            block.unknowns.begin(), block.unknowns.end(),
            [&wanted](Index unknown) { return wanted[static_cast<std::size_t>(unknown)] != 0; });
        if (!asked && !block.unknowns.empty()) continue;
        BlockInference part(all, block, result);
        const bool consistent = part.is_consistent();
        for (std::size_t j = 0; j < block.unknowns.size(); ++j) {
            if (wanted[static_cast<std::size_t>(block.unknowns[j])] == 0) continue;
            if (consistent) part.infer(j);
            done += 1.0;
            if (options.progress && !options.progress(done / total)) throw Cancelled();
        }
    }
    for (InferredInterval& interval : result.intervals) {
        const double size = std::max({1.0, std::abs(interval.lower), std::abs(interval.upper)});
        interval.determined = interval.width() <= options.exact_width * size;
    }
    return result;
}

}  // namespace detail

/// The interval to which each withheld value can be narrowed by whoever knows
/// `knowledge`: rows lower <= a'x <= upper (printed sums with their rounding, equations,
/// orders of ranks) and bounds of the unknowns x. The limits are min x_j and max x_j over all
/// x that fit, so they are sharp: each is reached by values that agree with everything
/// published.
///
/// Parts that share no unknown are solved apart; rows that the bounds of the unknowns alone
/// imply join nothing. Each part is one numeric::LinearProgram with two objectives an unknown;
/// limits where an earlier solution stands on the unknown's own bound need none. Every
/// optimum is proved by its duals, which also name the lines that the limit comes from (one
/// such set: there may be others). O(r^2) a step of the simplex method for r rows of a part.
///
/// Values are doubles: of a value that is 1e-11 or less of what stands with it in an equation,
/// the equation tells nothing that can be relied on.
///
/// Fellegi (1972), Gusfield (1988) and Fischetti and Salazar (2000) treat tables this way.
///
/// @param knowledge as Knowledge::constraints() builds it; every coefficient finite
/// @throws NumericError as numeric::check_constraints(); `unknown_out_of_range` for a wanted
/// unknown that is not there; `iteration_limit`
/// @throws Cancelled when the progress callback returns false
[[nodiscard]] inline Inference infer(const numeric::LinearConstraints& knowledge,
                                     const InferenceOptions& options = {}) {
    numeric::check_constraints(knowledge);
    return detail::infer(numeric::detail::sparse_constraints(knowledge), options);
}

}  // namespace thuocdo::publish
