#pragma once
/// @file
/// Copeland's rule: in how many comparisons a unit wins, less those it loses.

#include <thuocdo/aggregate/detail/pairwise.hpp>
#include <thuocdo/aggregate/domain.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace thuocdo::aggregate {

/// How the pairs are worked through. Nothing here changes a bit of the result.
struct CopelandOptions {
    int threads = 1;
    /// Called now and then with the share done, never twice at once; returning
    /// false stops.
    std::function<bool(double)> progress{};
};

namespace detail {

/// Above this many columns, rounded weights of 16 bits leave too many pairs to be
/// decided again.
inline constexpr std::size_t most_columns_rounded_to_16_bits = 200;

template <class Integer>
[[nodiscard]] bool add_all_pairs(const PairwiseMajority<Integer>& pairs,
                                 const CopelandOptions& options, std::vector<std::int32_t>& score) {
    const std::size_t blocks = pairs.blocks();
    const std::size_t threads =
        std::max<std::size_t>(1, std::min(static_cast<std::size_t>(options.threads), blocks));
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stop{false};
    std::mutex guard;
    std::exception_ptr failure;
    // Block k has k + 1 blocks of partners.
    const double all = static_cast<double>(blocks) * (static_cast<double>(blocks) + 1.0) / 2.0;
    double done = 0.0;
    const auto worker = [&] {
        try {
            std::vector<std::int32_t> own(score.size(), 0);
            for (std::size_t k = next++; k < blocks && !stop; k = next++) {
                // The largest first, so that threads end together.
                const std::size_t block = blocks - 1 - k;
                pairs.add_block(block, own);
                if (!options.progress) continue;
                const std::lock_guard<std::mutex> lock(guard);
                done += static_cast<double>(block + 1);
                if (!stop && !options.progress(done / all)) stop = true;
            }
            const std::lock_guard<std::mutex> lock(guard);
            for (std::size_t i = 0; i < score.size(); ++i) score[i] += own[i];
        } catch (...) {
            const std::lock_guard<std::mutex> lock(guard);
            failure = std::current_exception();
            stop = true;
        }
    };
    std::vector<std::thread> helpers;
    for (std::size_t id = 1; id < threads; ++id) helpers.emplace_back(worker);
    worker();
    for (std::thread& helper : helpers) helper.join();
    if (failure) std::rethrow_exception(failure);
    return !stop;
}

}  // namespace detail

/// For each unit a the sum over the other units b of sign(o(a, b) - 1/2), where
/// o(a, b) is the weight of the children on which a is better plus half the weight
/// of those on which both are equal, over the children observed for both, whose
/// weights are scaled to 1. From -(n - 1) to n - 1.
///
/// o - 1/2 has the sign of sum(w sign(x_a - x_b)) over the jointly observed
/// children, which is what is decided; so missing cells favour nobody and the order
/// of units changes nothing. A pair without a jointly observed child is a draw.
///
/// Every draw is decided exactly: weights count as the decimals they print as (0.1
/// and 0.2 together balance 0.3) where these have a common scale that fits 62 bits,
/// else as the exact values of the doubles.
///
/// @param x children of one parent, larger is better; NaN is missing. A unit
///        without an observed child that takes part gets NaN.
/// @param weights one a child, finite, 0 or more, relative to each other; a child
///        with weight 0 takes no part.
/// @param out one a row of x.
/// @return false when the progress callback asked to stop (then the content of out
///         is unspecified).
/// @throws NumericError when the sizes, weights or options do not fit, naming the
///         cells of children that take part and are infinite, or above 2^31 - 1
///         units.
/// Complexity: O(k n^2), half the pairs, in vectors of 8 (up to 32,767 units) or 4;
/// memory for about 6 k n bytes or twice that. Sources: A. H. Copeland (1951), "A
/// reasonable social welfare function", University of Michigan; OECD/JRC handbook
/// (2008), step 6 (non-compensatory aggregation); G. Munda and M. Nardo (2009),
/// "Noncompensatory/nonlinear composite indicators for ranking countries", Applied
/// Economics 41(12).
inline bool copeland(ChildrenView x, std::span<const double> weights, ColumnOut out,
                     const CopelandOptions& options = {}) {
    detail::require_rows(x, out.size());
    detail::require_no_infinite(x, weights, "Copeland");
    if (options.threads < 1)
        detail::refuse("option_out_of_range", "options.threads", std::to_string(options.threads),
                       "1 or more", "");
    constexpr auto most_units = static_cast<Index>(std::numeric_limits<std::int32_t>::max());
    if (x.rows() > most_units)
        detail::refuse("too_many_units", "argument \"x\"", std::to_string(x.rows()) + " rows",
                       "at most " + std::to_string(most_units), "rank them by groups");
    std::vector<std::size_t> columns;
    std::vector<double> taking_part;
    for (std::size_t j = 0; j < weights.size(); ++j) {
        if (!(weights[j] > 0.0)) continue;
        columns.push_back(j);
        taking_part.push_back(weights[j]);
    }
    const detail::SignOfSum exact(taking_part);
    std::vector<std::int32_t> score(static_cast<std::size_t>(x.rows()), 0);
    constexpr auto most_in_16_bits =
        static_cast<std::int64_t>(std::numeric_limits<std::int16_t>::max());
    std::int64_t total = exact.integers().empty() ? most_in_16_bits + 1 : 0;
    for (const std::int64_t integer : exact.integers()) total += integer;
    const bool narrow =
        x.rows() <= most_in_16_bits &&
        (total <= most_in_16_bits || columns.size() <= detail::most_columns_rounded_to_16_bits);
    const bool finished =
        narrow ? detail::add_all_pairs(detail::PairwiseMajority<std::int16_t>(x, columns, exact),
                                       options, score)
               : detail::add_all_pairs(detail::PairwiseMajority<std::int32_t>(x, columns, exact),
                                       options, score);
    for (Index i = 0; i < x.rows(); ++i) {
        const bool observed = detail::observed_in_row(x, weights, i);
        out.data()[i] =
            observed ? static_cast<double>(score[static_cast<std::size_t>(i)]) : detail::missing;
    }
    return finished;
}

}  // namespace thuocdo::aggregate
