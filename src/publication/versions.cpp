#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/publish/verification.hpp>
#include <thuocdo/publish/versions.hpp>

#include <charconv>
#include <map>
#include <string_view>
#include <system_error>
#include <utility>

#include "publication/bundle_names.hpp"

namespace thuocdo::publish {
namespace detail {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_version(const char* code, const std::string& place, std::string found,
                                 std::string expected, std::string remedy) {
    throw DataError("the version cannot be published",
                    {{code, place, std::move(found), std::move(expected), std::move(remedy)}});
}

fs::path folder_of_versions(const fs::path& root, const std::string& index,
                            const std::string& period, Audience audience) {
    for (const std::string& each : {index, period})
        if (!is_plain_name(each))
            refuse_version("bad_file_name", shown_name(each), "an index or period of that name",
                           "letters, digits, '.', '_' and '-'", "give the period another label");
    return root / index / period / thuocdo::detail::name_of(audience);
}

/// The number of `v3` or `v3.zip`.
std::optional<int> version_number(std::string_view name) {
    if (!name.starts_with('v')) return std::nullopt;
    name.remove_prefix(1);
    if (name.ends_with(".zip")) name.remove_suffix(4);
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc{} || end != name.data() + name.size() || number < 1 ||
        name.starts_with('0'))
        return std::nullopt;
    return number;
}

std::map<int, fs::path> paths_of_versions(const fs::path& folder) {
    std::map<int, fs::path> paths;
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) return paths;
    for (const fs::directory_entry& each : fs::directory_iterator(folder)) {
        const auto number = version_number(each.path().filename().string());
        if (!number) continue;
        if (!paths.emplace(*number, each.path()).second)
            refuse_version("version_twice", each.path().string(),
                           "version " + std::to_string(*number) + " as a folder and as a zip file",
                           "one of the two", "find out which one was published");
    }
    return paths;
}

/// The publication with what tells its versions apart taken from another one.
std::string content_of(Publication publication, const Publication& like) {
    publication.version = like.version;
    publication.reason = like.reason;
    publication.supersedes = like.supersedes;
    publication.published_on = like.published_on;
    return to_json(publication);
}

void check_previous(const PublishedVersion& last, const Publication& publication,
                    const VersionOptions& options) {
    VerifyOptions how;
    how.trusted_key = options.trusted_key;
    how.require_signature = options.trusted_key.has_value();
    const Verification found = verify(last.path, how);
    if (!found.ok()) {
        std::vector<Problem> problems;
        for (const Finding& each : found.findings)
            problems.push_back({"previous_not_verified", last.path.string() + '/' + each.file,
                                each.found, each.expected,
                                "restore the version as it was published"});
        throw DataError("the version before is not as it was published", std::move(problems));
    }
    const Publication before = publication_in(read_bundle(last.path));
    if (content_of(before, publication) == to_json(publication))
        refuse_version("nothing_changed", last.path.string(), "the same publication again",
                       "one in which something changed", "there is nothing to correct");
}

}  // namespace
}  // namespace detail

std::vector<PublishedVersion> versions_of(const std::filesystem::path& root,
                                          const std::string& index, const std::string& period,
                                          Audience audience) {
    const auto folder = detail::folder_of_versions(root, index, period, audience);
    std::vector<PublishedVersion> versions;
    for (const auto& [number, path] : detail::paths_of_versions(folder)) {
        const int due = static_cast<int>(versions.size()) + 1;
        if (number != due)
            detail::refuse_version(
                "version_missing", folder.string(),
                "version " + std::to_string(number) + " without version " + std::to_string(due),
                "every version since the first", "restore the missing one");
        const Bundle bundle = read_bundle(path);
        const std::string* text = bundle.find(manifest_file);
        PublishedVersion each{number, path, parse_manifest(text ? *text : std::string()),
                              text ? manifest_digest(bundle) : std::string()};
        const std::string before = versions.empty() ? std::string() : versions.back().digest;
        if (each.manifest.version != number || each.manifest.supersedes != before)
            detail::refuse_version(
                "broken_chain", path.string(),
                "version " + std::to_string(each.manifest.version) + ", which supersedes \"" +
                    each.manifest.supersedes + '"',
                "version " + std::to_string(number) + ", which supersedes \"" + before + '"',
                "restore the versions as they were published");
        versions.push_back(std::move(each));
    }
    return versions;
}

PublishedVersion publish_version(const std::filesystem::path& root, Publication publication,
                                 const VersionOptions& options) {
    const auto versions =
        versions_of(root, publication.index, publication.period, publication.audience);
    if (versions.empty() && !options.reason.empty())
        detail::refuse_version("reason_unexpected", "option \"reason\"", options.reason,
                               "none for the first version", "leave it out");
    if (!versions.empty() && options.reason.empty())
        detail::refuse_version("reason_missing", "option \"reason\"",
                               "no reason, and the period is published", "why it is corrected",
                               "say what was wrong");
    publication.version = static_cast<int>(versions.size()) + 1;
    publication.reason = options.reason;
    publication.supersedes = versions.empty() ? std::string() : versions.back().digest;
    if (!versions.empty()) detail::check_previous(versions.back(), publication, options);
    const Bundle bundle = make_bundle(publication, options.bundle);
    const auto folder = detail::folder_of_versions(root, publication.index, publication.period,
                                                   publication.audience);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        detail::refuse_version("cannot_write", folder.string(), error.message(),
                               "a folder that can be made", "check the path and the permissions");
    PublishedVersion out;
    out.version = publication.version;
    out.path = folder / ('v' + std::to_string(out.version) + (options.zip ? ".zip" : ""));
    if (options.zip)
        write_zip(bundle, out.path);
    else
        write_folder(bundle, out.path);
    out.manifest = parse_manifest(*bundle.find(manifest_file));
    out.digest = manifest_digest(bundle);
    return out;
}

}  // namespace thuocdo::publish
