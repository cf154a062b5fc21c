#pragma once
/// @file
/// How the ranking changes when one element of the model is left out.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/model/drop.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/numeric/exact_sum.hpp>
#include <thuocdo/numeric/matrix_places.hpp>
#include <thuocdo/numeric/order.hpp>
#include <thuocdo/numeric/spearman.hpp>
#include <thuocdo/robust/detail/rescoring.hpp>
#include <thuocdo/robust/detail/run_in_parts.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::robust {

struct LeaveOneOutOptions {
    /// Codes of nodes or indicators; empty: every leaf of the model.
    std::vector<std::string> elements{};
    int threads = 1;
    /// Called with the share done; returning false cancels with `Cancelled`.
    std::function<bool(double)> progress{};
};

/// The ranking without one element.
struct LeftOut {
    std::string code{};
    Label name{};
    /// Why the element cannot be left out; empty where it was. The numbers below are then
    /// missing.
    std::string refusal{};
    /// One entry a unit.
    Eigen::VectorXd scores{};
    Eigen::VectorXd ranks{};
    /// Places gained against the nominal ranking, negative when lost; one entry a unit.
    Eigen::VectorXd places_gained{};
    /// Mean and largest number of places that a unit moves.
    double mean_shift = missing_value;
    double largest_shift = missing_value;
    /// Number of the unit that moves most, of several the one with the first code; -1: none.
    Index most_moved = -1;
    /// Units that both rankings have and whose rank differs.
    Index moved = 0;
    /// Spearman's correlation of the ranks of the units that both rankings have.
    double rank_correlation = missing_value;

    [[nodiscard]] bool was_left_out() const noexcept { return refusal.empty(); }
};

/// What leave_one_out() finds.
struct LeaveOneOut {
    Scoreboard nominal;
    /// In the order in which they were named, or in which the document lists the leaves.
    std::vector<LeftOut> elements{};

    /// Positions in `elements`, the largest mean shift first; those that could not be left
    /// out last.
    [[nodiscard]] std::vector<std::size_t> by_mean_shift() const {
        std::vector<std::size_t> order(elements.size());
        for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
        const auto key = [&](std::size_t k) {
            return numeric::descending_key(elements[k].mean_shift);
        };
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
        return order;
    }

    /// The elements that matter most, as a table.
    friend std::ostream& operator<<(std::ostream& out, const LeaveOneOut& study) {
        using Align = thuocdo::detail::TextTable::Align;
        constexpr std::size_t listed = 15;
        constexpr int digits = 2;
        constexpr int correlation_digits = 4;
        thuocdo::detail::TextTable table({{"left out", Align::left},
                                          {"name", Align::left},
                                          {"mean places", Align::right},
                                          {"most", Align::right},
                                          {"unit", Align::left},
                                          {"moved", Align::right},
                                          {"correlation", Align::right}});
        std::size_t refused = 0;
        std::vector<std::size_t> order = study.by_mean_shift();
        if (order.size() > listed) order.resize(listed);
        for (const std::size_t k : order) {
            const LeftOut& each = study.elements[k];
            if (!each.was_left_out()) continue;
            const Index unit = each.most_moved;
            table.add({each.code, each.name.in(true), numeric::fixed(each.mean_shift, digits),
                       numeric::shortest(each.largest_shift),
                       unit < 0 ? "-" : study.nominal.units().code(unit),
                       std::to_string(each.moved),
                       numeric::fixed(each.rank_correlation, correlation_digits)});
        }
        for (const LeftOut& each : study.elements) refused += each.was_left_out() ? 0U : 1U;
        out << study.elements.size() - refused << " elements left out one by one";
        if (refused > 0) out << "; " << refused << " cannot be";
        return out << '\n' << table;
    }
};

namespace detail {

/// Fills in what follows from the ranks.
inline void compare_with_nominal(const Scoreboard& nominal, LeftOut& result) {
    const Eigen::VectorXd& before = nominal.ranks();
    result.places_gained = Eigen::VectorXd::Constant(before.size(), missing_value);
    std::vector<double> first;
    std::vector<double> second;
    numeric::ExactSum total;
    for (Index unit = 0; unit < before.size(); ++unit) {
        const double gained = before[unit] - result.ranks[unit];
        result.places_gained[unit] = gained;
        if (std::isnan(gained)) continue;
        first.push_back(before[unit]);
        second.push_back(result.ranks[unit]);
        const double places = std::abs(gained);
        total.add(places);
        if (places == 0.0) continue;
        ++result.moved;
        const UnitRegistry& units = nominal.units();
        if (result.most_moved < 0 || places > result.largest_shift ||
            (places == result.largest_shift && units.code(unit) < units.code(result.most_moved))) {
            result.most_moved = unit;
            result.largest_shift = places;
        }
    }
    if (first.empty()) return;
    if (result.moved == 0) result.largest_shift = 0.0;
    result.mean_shift = total.divided_by(first.size());
    const auto count = static_cast<Index>(first.size());
    result.rank_correlation =
        numeric::spearman(Eigen::Map<const Eigen::VectorXd>(first.data(), count),
                          Eigen::Map<const Eigen::VectorXd>(second.data(), count));
}

/// The elements to leave out, with their names.
/// @throws ModelError naming the codes that the model does not have.
[[nodiscard]] inline std::vector<LeftOut> elements_of(const IndexModel& model,
                                                      const std::vector<std::string>& codes) {
    std::vector<LeftOut> out;
    if (codes.empty())
        for (const Index leaf : model.leaves()) {
            out.emplace_back().code = model.node(leaf).code;
            out.back().name = model.node(leaf).name;
        }
    std::vector<Problem> problems;
    for (std::size_t k = 0; k < codes.size(); ++k) {
        out.emplace_back().code = codes[k];
        if (const auto node = model.find(codes[k])) {
            out.back().name = model.node(*node).name;
            continue;
        }
        const auto read = model.indicators();
        const bool derived = model.find_derived(codes[k]) != nullptr;
        if (derived || std::find(read.begin(), read.end(), codes[k]) != read.end()) continue;
        problems.push_back(
            {"unknown_node", numeric::entry_place("elements", k), '"' + codes[k] + '"',
             "the code of a node or an indicator of \"" + model.id() + '"', "check the spelling"});
    }
    if (!problems.empty()) throw ModelError("no such element", std::move(problems));
    return out;
}

[[nodiscard]] inline std::string first_reason(const Error& error) {
    return error.problems().empty() ? std::string(error.what())
                                    : error.problems().front().message();
}

}  // namespace detail

/// Leaves out the elements of a model one by one, each time from the whole model, and ranks
/// the units again. An element without which no model is left, or on which something else
/// counts (a gate, a tie-breaker), or without which the data cannot be scored, is reported
/// with the reason.
///
/// What the weights of the rest do is what `drop` says: they keep their proportions.
/// @throws ModelError naming the codes of `options.elements` that the model does not have.
/// @throws Cancelled when the progress callback returns false.
/// Complexity: one scoring an element. Neither threads nor the order of units change a bit.
/// Source: M. Saisana, A. Saltelli and S. Tarantola (2005), "Uncertainty and sensitivity
/// analysis techniques as tools for the quality assessment of composite indicators", Journal
/// of the Royal Statistical Society A 168(2), 307-323; OECD and JRC (2008), "Handbook on
/// constructing composite indicators", step 7.
[[nodiscard]] inline LeaveOneOut leave_one_out(const Scoreboard& board,
                                               const LeaveOneOutOptions& options = {}) {
    LeaveOneOut out{board, detail::elements_of(board.model(), options.elements)};
    const detail::Rescoring rescore(board);
    const std::size_t workers = detail::threads_for(out.elements.size(), options.threads);
    detail::run_in_parts(out.elements.size(), 1, workers, options.progress,
                         [&](std::size_t, std::uint64_t first, std::uint64_t end) {
                             for (std::uint64_t k = first; k < end; ++k) {
                                 LeftOut& each = out.elements[k];
                                 try {
                                     const Scoreboard without =
                                         rescore(drop(board.model(), each.code));
                                     each.scores = without.scores();
                                     each.ranks = without.ranks();
                                     detail::compare_with_nominal(board, each);
                                 } catch (const Error& error) {
                                     each.refusal = detail::first_reason(error);
                                 }
                             }
                         });
    return out;
}

}  // namespace thuocdo::robust
