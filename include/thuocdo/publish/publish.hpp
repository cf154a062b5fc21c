#pragma once
/// @file
/// Makes the publication of a scoreboard for one audience.

#include <thuocdo/publish/audience_view.hpp>
#include <thuocdo/publish/detail/publication_builder.hpp>
#include <thuocdo/publish/publication.hpp>
#include <thuocdo/publish/publish_options.hpp>

namespace thuocdo::publish {

/// Freezes what an audience sees of a scoreboard: definitions, ranking, figures, tasks, method,
/// digests. Nothing that the view withholds is in the result, neither as a number nor through
/// one that was derived from it:
/// - units that are not shown are not listed; units without a shown rank stand last, by code;
/// - contributions add up to the total: they are given where nothing is withheld from anybody,
///   and for units all of whose figures are shown with all their digits;
/// - the value of an indicator would undo the rounding of its result: where anything is
///   withheld, it is given only if the result is printed with all its digits;
/// - coverage and flags count shown figures; the reason of a band is left out where it would
///   speak of a figure that is not printed in full;
/// - the notices of the scoring and the digests of data and results are left out where anything
///   is withheld: from a digest a single unknown number is found by trial. With
///   `PublishOptions::digest_salt` they are there salted, for those who know the salt.
///
/// The result does not depend on the order of the units. O(units x nodes).
/// @throws DataError with every problem: `bad_version`, `reason_missing`, `reason_unexpected`,
///         `supersedes_missing`, `salt_too_short`, `unknown_attribute`, `invalid_utf8` and
///         `nul_character` for a text that cannot be published, `other_ranking` where the
///         uncertainty is not that of the scoreboard
[[nodiscard]] inline Publication publish(const AudienceView& view,
                                         const PublishOptions& options = {}) {
    return detail::PublicationBuilder(view, options).build();
}

}  // namespace thuocdo::publish
