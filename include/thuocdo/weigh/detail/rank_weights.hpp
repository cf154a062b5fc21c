#pragma once
/// @file
/// What the weights by ranks of importance share.

#include <thuocdo/weigh/detail/complete_rows.hpp>

#include <numeric>

namespace thuocdo::weigh::detail {

/// Gives each indicator the number of its place in the order of importance.
/// Indicators with one rank share the mean of the numbers of the places they take.
/// @throws NumericError when there is no rank, or naming every rank that is not
/// finite.
[[nodiscard]] inline Eigen::VectorXd by_place(std::span<const double> ranks,
                                              const Eigen::VectorXd& number_of_place) {
    std::vector<std::size_t> order(ranks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return ranks[a] != ranks[b] ? ranks[a] < ranks[b] : a < b;
    });
    Eigen::VectorXd result(static_cast<Index>(ranks.size()));
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first;
        numeric::ExactSum sum;
        while (end < order.size() && ranks[order[end]] == ranks[order[first]])
            sum.add(number_of_place[static_cast<Index>(end++)]);
        const double shared = sum.divided_by(end - first);
        for (; first < end; ++first) result[static_cast<Index>(order[first])] = shared;
    }
    return result;
}

inline void require_ranks(std::span<const double> ranks) {
    std::vector<Problem> problems;
    if (ranks.empty()) {
        problems.push_back(
            {"no_indicator", "argument \"ranks\"", "no entry", "one rank an indicator", ""});
    }
    for (std::size_t j = 0; j < ranks.size(); ++j) {
        if (std::isfinite(ranks[j])) continue;
        problems.push_back({"rank_not_valid", entry_place("ranks", j), numeric::shortest(ranks[j]),
                            "a finite number", "rank every indicator, 1 for the most important"});
    }
    throw_if_any("no weights from these ranks", std::move(problems));
}

}  // namespace thuocdo::weigh::detail
