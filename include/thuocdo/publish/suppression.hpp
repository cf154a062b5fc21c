#pragma once
/// @file
/// What else to withhold so that withheld values stay uncertain enough.

#include <thuocdo/cancelled.hpp>
#include <thuocdo/config.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/linear_constraints.hpp>
#include <thuocdo/publish/detail/relaxation_checks.hpp>
#include <thuocdo/publish/detail/suppression_search.hpp>
#include <thuocdo/publish/inference.hpp>
#include <thuocdo/publish/relaxation.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace thuocdo::publish {

/// Candidates to choose so that each protected value can lie in an interval of the stated
/// width or more, in the sense of infer().
///
/// Withholding more never narrows an interval, and the proof of a limit names the only lines
/// it rests on. So where a value is too narrow under one choice, every sufficient choice has
/// a candidate that touches those lines: a core. The exact search takes the smallest set that
/// has a candidate of each core found so far, by increasing size and then in lexicographic
/// order, and asks infer() whether it suffices; if not, it yields new cores (implicit hitting
/// sets: Karp 2010; Davies and Bacchus 2011). Its answer is the first of the smallest
/// sufficient sets, and no smaller one exists.
///
/// Above `exact_candidates`, or when the exact search runs out of `most_evaluations` or
/// `most_nodes`, a greedy one takes the candidate that widens most, then returns each that is
/// not needed after all. No candidate of its answer can be left out alone, and `lower_bound`
/// says how many any answer needs.
///
/// Values that even all candidates together leave too narrow are listed, and the search goes
/// on for the others.
///
/// @param knowledge with the candidates still published: the bounds of a published figure are
/// its value, or what its printed digits say
/// @throws NumericError as infer(); `contradictory_knowledge`; `not_wider` where a candidate
/// narrows a bound; `invalid_width`; numbers of lines that are not there
/// @throws Cancelled when the progress callback returns false
[[nodiscard]] inline Suppression suppress(const numeric::LinearConstraints& knowledge,
                                          const std::vector<ProtectedValue>& protect,
                                          const std::vector<Relaxation>& candidates,
                                          const SuppressionOptions& options = {}) {
    numeric::check_constraints(knowledge);
    detail::check_relaxations(knowledge, protect, candidates);
    return detail::SuppressionSearch(numeric::detail::sparse_constraints(knowledge), protect,
                                     candidates, options)
        .run();
}

}  // namespace thuocdo::publish
