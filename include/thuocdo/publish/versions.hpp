#pragma once
/// @file
/// The versions of a published period: what is published stays, corrections come after it.
/// Needs the target `thuocdo::publication`.

#include <thuocdo/publish/bundle.hpp>
#include <thuocdo/publish/publication.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace thuocdo::publish {

/// One version on disk.
struct PublishedVersion {
    int version = 1;
    std::filesystem::path path{};
    Manifest manifest{};
    /// Digest of its manifest.
    std::string digest{};
};

/// How a version is published.
struct VersionOptions {
    BundleOptions bundle{};
    /// Write `v1.zip` instead of a folder `v1`.
    bool zip = false;
    /// Why there is a correction; empty for the first version.
    std::string reason{};
    /// The key by which the version before must be signed; nothing: by any, or none.
    std::optional<PublicKey> trusted_key{};
};

/// The versions of an index, period and audience below a folder, first to last:
/// `ROOT/<index>/<period>/<audience>/v1`, `v2.zip`, ... None where nothing was published.
/// @throws DataError (`bad_file_name` for a name that is no folder name, `version_missing` for
///         a gap, `version_twice`, `broken_chain` where a version does not name the one before;
///         what read_bundle() and parse_manifest() throw)
[[nodiscard]] std::vector<PublishedVersion> versions_of(const std::filesystem::path& root,
                                                        const std::string& index,
                                                        const std::string& period,
                                                        Audience audience);

/// Publishes a publication as the next version of its period: sets its version, reason and what
/// it supersedes, makes the bundle and writes it. The versions before stay as they are. Where
/// two do this at once, one of them is refused.
/// @throws DataError (`reason_missing` where there is a version already, `reason_unexpected`
///         where there is none, `nothing_changed` where only version, reason and date of
///         publication would differ, `previous_not_verified` where the version before is not as
///         it was published; `target_exists`; what versions_of(), make_bundle() and
///         write_folder() throw)
PublishedVersion publish_version(const std::filesystem::path& root, Publication publication,
                                 const VersionOptions& options = {});

}  // namespace thuocdo::publish
