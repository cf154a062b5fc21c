#pragma once
/// @file
/// A publication as files with a manifest, in one folder or zip. Needs the target
/// `thuocdo::publication`; not part of the umbrella header.

#include <thuocdo/publish/publication.hpp>
#include <thuocdo/publish/signature.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::publish {

inline constexpr const char* publication_file = "publication.json";
inline constexpr const char* report_file = "report.html";
inline constexpr const char* manifest_file = "manifest.json";
inline constexpr const char* digest_file = "manifest.sha256";
inline constexpr const char* signature_file = "manifest.sig";
inline constexpr const char* model_input_file = "inputs/model.json";
inline constexpr const char* panel_input_file = "inputs/panel.csv";
inline constexpr const char* previous_input_file = "inputs/previous.csv";

/// A file in a manifest.
struct ManifestFile {
    std::string name{};
    std::size_t size = 0;
    std::string sha256{};
};

/// What stands in `manifest.json`: which publication it is and every other file, except those
/// that are about the manifest itself.
struct Manifest {
    std::string index{};
    std::string period{};
    Audience audience = Audience::open;
    int version = 1;
    std::string reason{};
    std::string supersedes{};
    std::optional<Date> published_on{};
    std::string library_version{};
    std::string model_digest{};
    std::string data_digest{};
    std::string results_digest{};
    /// By name.
    std::vector<ManifestFile> files{};
};

/// @throws DataError as to_json(const Publication&)
[[nodiscard]] std::string to_json(const Manifest& manifest);
/// Reads what to_json() writes, strictly. @throws DataError as parse_publication()
[[nodiscard]] Manifest parse_manifest(std::string_view text);

/// Files by name. Names are relative, of letters, digits, `.`, `_`, `-` and `/`.
class Bundle {
  public:
    /// @throws DataError (`bad_file_name`, `duplicate_file`)
    void add(std::string name, std::string bytes);

    /// By name, in the order of bytes.
    [[nodiscard]] const std::map<std::string, std::string>& files() const noexcept {
        return files_;
    }
    /// The bytes of a file; nothing when there is none.
    [[nodiscard]] const std::string* find(const std::string& name) const {
        const auto found = files_.find(name);
        return found == files_.end() ? nullptr : &found->second;
    }

    friend bool operator==(const Bundle&, const Bundle&) = default;

  private:
    std::map<std::string, std::string> files_;
};

/// What a publication was computed from, as texts; empty ones are left out.
struct BundleInputs {
    std::string model_json{};
    std::string panel_csv{};
    /// The panel of the period before, for rules that need it.
    std::string previous_csv{};
    /// The readers may see the inputs although the publication withholds figures.
    bool although_withheld = false;
};

/// What goes into a bundle beside the publication and its tables.
struct BundleOptions {
    /// Makes the report of a publication; none: no report.
    std::function<std::string(const Publication&)> html{};
    std::optional<BundleInputs> inputs{};
    /// Signs the manifest.
    std::optional<SecretKey> key{};
};

/// Makes the files of a publication:
/// - `publication.json` and the tables (`ranking.csv`, ...), `report.html`;
/// - `inputs/` where given;
/// - `manifest.json` with the size and SHA-256 of each of them;
/// - `manifest.sha256`: all of these in the form of `sha256sum -c`;
/// - `manifest.sig` with a key: the Ed25519 signature of the bytes of `manifest.json`, with the
///   public key and its fingerprint.
/// The same publication and options give the same bytes everywhere.
/// @throws DataError (`inputs_withheld` for inputs of a publication that withholds figures);
///         what to_json() and tables_of() throw
[[nodiscard]] Bundle make_bundle(const Publication& publication, const BundleOptions& options = {});

/// Writes the files into a new folder: first into a folder of another name beside it, synced,
/// then renamed, so that it is there as a whole or not at all.
/// @throws DataError (`target_exists`: nothing is ever replaced; `cannot_write`)
void write_folder(const Bundle& bundle, const std::filesystem::path& target);

/// Writes a zip file in the same way. The same bundle gives the same bytes everywhere: entries
/// are stored, sorted by name, without times.
void write_zip(const Bundle& bundle, const std::filesystem::path& target);

/// The bytes of the zip file.
/// @throws DataError (`zip_too_large` beyond 65,535 files or 4 GB)
[[nodiscard]] std::string to_zip(const Bundle& bundle);

/// Reads a zip file that to_zip() made; every byte of it must be as to_zip() writes it.
/// @throws DataError (`zip_damaged`, by entry and offset)
[[nodiscard]] Bundle parse_zip(std::string_view bytes);

/// Reads a folder or zip file. Says nothing about digests: see verify().
/// @throws DataError (`file_not_found`, `not_a_regular_file`, `bad_file_name`, `zip_damaged`)
[[nodiscard]] Bundle read_bundle(const std::filesystem::path& path);

/// The publication in a bundle.
/// @throws DataError (`file_missing`); as parse_publication()
[[nodiscard]] Publication publication_in(const Bundle& bundle);

/// SHA-256 of `manifest.json`, by which versions refer to each other.
/// @throws DataError (`file_missing`)
[[nodiscard]] std::string manifest_digest(const Bundle& bundle);

}  // namespace thuocdo::publish
