#pragma once
/// @file
/// Checks a published bundle: its files, its signature, and its numbers against those that its
/// inputs give. Needs the target `thuocdo::publication`.

#include <thuocdo/data/panel.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/publish/bundle.hpp>
#include <thuocdo/publish/publication.hpp>
#include <thuocdo/publish/signature.hpp>
#include <thuocdo/score.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace thuocdo::publish {

/// What one level of a verification came to.
enum class Checked { yes, no, not_possible };

/// A level, and why it is not `yes`.
struct VerifiedLevel {
    Checked outcome = Checked::not_possible;
    std::string why{};
};

/// Something that is not as it was published.
struct Finding {
    /// `container_damaged`, `foreign_file`, `file_missing`, `file_added`, `file_changed`,
    /// `manifest_changed`, `manifest_disagrees`, `digest_list_changed`, `not_canonical`,
    /// `publication_unreadable`, `table_disagrees`, `report_disagrees`, `signature_missing`,
    /// `signature_damaged`, `signature_wrong`, `signature_of_other_key`, `inputs_unusable`,
    /// `digest_differs`, `number_differs`
    std::string code{};
    std::string file{};
    std::string found{};
    std::string expected{};
};

/// A published number or text that the inputs do not give.
struct Difference {
    /// Codes; empty where it is not about one.
    std::string unit{};
    std::string node{};
    /// For example `score`, `rank`, `result`, `value`, `effective_weight`.
    std::string quantity{};
    std::string published{};
    std::string recomputed{};
};

/// What is checked beyond the digests.
struct VerifyOptions {
    /// The key that must have signed; nothing: the signature is checked by the key beside it,
    /// which shows damage but not who signed.
    std::optional<PublicKey> trusted_key{};
    /// A bundle without signature is a finding.
    bool require_signature = false;
    /// What the publication was computed from; nothing: the inputs in the bundle, if any.
    std::optional<IndexModel> model{};
    std::optional<Panel> panel{};
    /// For the recomputation; the date of the publication is used unless one is given here.
    ScoreOptions score{};
    /// The salt of the digests, for those who know it.
    std::string digest_salt{};
    /// Makes the report; none: it is checked by its digest alone.
    std::function<std::string(const Publication&)> html{};
    /// Differences that are listed; all are counted.
    std::size_t listed_differences = 20;
};

/// What a verification found.
struct Verification {
    std::vector<Finding> findings{};
    /// Every file is as the manifest says, nothing is missing or added, and the tables are
    /// those of the publication.
    VerifiedLevel digests{};
    /// The manifest is signed by the trusted key.
    VerifiedLevel signature{};
    /// The inputs give every published figure. Trends, intervals, tasks, changes and remarks
    /// are not recomputed.
    VerifiedLevel recomputed{};
    std::vector<Difference> differences{};
    std::size_t difference_count = 0;
    /// Which publication it is; empty where it cannot be read.
    std::string index{};
    std::string period{};
    int version = 0;
    std::string manifest_digest{};
    /// Fingerprint of the key that signed; empty without a sound signature.
    std::string signed_by{};

    /// Nothing is wrong. What was not possible to check is not wrong.
    [[nodiscard]] bool ok() const noexcept { return findings.empty(); }

    friend std::ostream& operator<<(std::ostream& out, const Verification& verification);
};

/// Verifies a folder or a zip file; damage is a finding, never an error.
/// O(bytes), and once scoring where there are inputs.
/// @throws DataError (`file_not_found`) when there is nothing at the path
[[nodiscard]] Verification verify(const std::filesystem::path& path,
                                  const VerifyOptions& options = {});

/// Verifies a bundle in memory.
[[nodiscard]] Verification verify(const Bundle& bundle, const VerifyOptions& options = {});

/// The scoreboard that the inputs of a bundle give: model and data of the options or else those
/// in it, at the date of the publication; nothing where it has not both.
/// @throws DataError, ModelError when they cannot be read or scored, or the publication is
///         damaged
[[nodiscard]] std::optional<Scoreboard> board_in(const Bundle& bundle,
                                                 const VerifyOptions& options = {});

/// Every published figure that a scoreboard does not give, by comparing with a publication
/// made anew with the same marks of what is withheld. @param most at most so many are listed
/// @return how many there are
std::size_t compare_with_board(const Publication& publication, const Scoreboard& board,
                               std::size_t most, std::vector<Difference>& differences);

}  // namespace thuocdo::publish
