#pragma once
// The files of a bundle that are about the others.

#include <thuocdo/publish/bundle.hpp>

#include <string>
#include <string_view>

namespace thuocdo::publish::detail {

[[nodiscard]] std::string sha256_of(std::string_view bytes);

/// Whether a file is about the manifest and therefore not in it.
[[nodiscard]] bool is_about_manifest(const std::string& name);

/// The manifest of a publication and of the other files of a bundle.
[[nodiscard]] Manifest manifest_of(const Publication& publication, const Bundle& bundle);

/// Lines as `sha256sum` writes them, for the files of a manifest and the manifest itself.
[[nodiscard]] std::string digest_lines(const Manifest& manifest, std::string_view manifest_text);

/// What stands in `manifest.sig`.
struct SignatureRecord {
    PublicKey key;
    std::string fingerprint;
    Signature signature;
};

[[nodiscard]] std::string to_json(const SignatureRecord& record);
/// @throws DataError as parse_publication(), and `bad_key`, `bad_signature`
[[nodiscard]] SignatureRecord parse_signature(std::string_view text);

}  // namespace thuocdo::publish::detail
