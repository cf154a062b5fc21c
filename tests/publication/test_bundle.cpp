// Bundles: the same bytes always, nothing replaced, zip files that others can read.
#include <thuocdo/publish/bundle.hpp>
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/publish/signature.hpp>
#include <thuocdo/publish/versions.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <vector>

#include "publication/small_publication.hpp"

namespace bundle_tests {

using namespace small_publications;
using testing_support::problems_of;
using thuocdo::DataError;
namespace fs = std::filesystem;

publish::SecretKey test_key(std::uint8_t first = 1) {
    publish::SecretKey::Seed seed{};
    seed[0] = first;
    return publish::SecretKey(seed);
}

publish::BundleOptions signed_options() {
    publish::BundleOptions options;
    if (publish::signatures_built()) options.key = test_key();
    options.html = [](const publish::Publication& from) { return "<p>" + from.index; };
    return options;
}

template <class Call>
std::string code_of(Call call) {
    const auto problems = problems_of<DataError>(call);
    return problems.empty() ? std::string("none") : problems.front().code;
}

TEST_CASE("the same publication makes the same files for permuted units and a second build") {
    const auto bundle = make_bundle(small_publication(), signed_options());
    CHECK(bundle == make_bundle(small_publication(Visibility::restricted, true), signed_options()));
    CHECK(bundle.files().size() == (publish::signatures_built() ? 11U : 10U));
    CHECK(to_zip(bundle) == to_zip(make_bundle(small_publication(), signed_options())));
    CHECK(publish::parse_zip(to_zip(bundle)) == bundle);
    const auto manifest = publish::parse_manifest(*bundle.find("manifest.json"));
    CHECK(manifest.index == "test");
    CHECK(manifest.files.size() == 8);
    CHECK(publish::to_json(manifest) == *bundle.find("manifest.json"));
}

TEST_CASE("folders and zip files are written once and read back, and sha256sum agrees") {
    const TemporaryFolder folder;
    publish::BundleOptions options = signed_options();
    options.inputs = publish::BundleInputs{"{}", "unit,a\n", {}, false};
    const auto bundle = make_bundle(small_publication(), options);
    write_folder(bundle, folder.path() / "out");
    write_zip(bundle, folder.path() / "out.zip");
    CHECK(publish::read_bundle(folder.path() / "out") == bundle);
    CHECK(publish::read_bundle(folder.path() / "out.zip") == bundle);
    CHECK(code_of([&] { write_folder(bundle, folder.path() / "out"); }) == "target_exists");
    CHECK(code_of([&] { write_zip(bundle, folder.path() / "out.zip"); }) == "target_exists");
    fs::create_directory(folder.path() / "empty");
    CHECK(code_of([&] { write_folder(bundle, folder.path() / "empty"); }) == "target_exists");
    CHECK(code_of([&] { write_zip(bundle, folder.path() / "none" / "out.zip"); }) ==
          "cannot_write");
    // Nothing half-done is left.
    CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 3);
    const std::string check = "cd " + (folder.path() / "out").string() +
                              " && sha256sum -c --status --strict manifest.sha256";
    CHECK(std::system(check.c_str()) == 0);
    fs::create_symlink("/etc/passwd", folder.path() / "out" / "link.csv");
    CHECK(code_of([&] { static_cast<void>(publish::read_bundle(folder.path() / "out")); }) ==
          "not_a_regular_file");
}

TEST_CASE("inputs of a publication that withholds figures need a statement") {
    publish::BundleOptions options;
    options.inputs = publish::BundleInputs{"{}", "unit,a\n", {}, false};
    CHECK(code_of([&] {
              static_cast<void>(make_bundle(small_publication(Visibility::open), options));
          }) == "inputs_withheld");
    options.inputs->although_withheld = true;
    CHECK(make_bundle(small_publication(Visibility::open), options).find("inputs/panel.csv"));
}

TEST_CASE("file names that could leave the folder are refused") {
    publish::Bundle bundle;
    bundle.add("a/b.csv", "");
    for (const char* name :
         {"", "/a", "../a", "a/../b", "a//b", ".hidden", "a\\b", "a b", "é", "a/"})
        CHECK(code_of([&] { bundle.add(name, ""); }) == "bad_file_name");
    CHECK(code_of([&] { bundle.add("a/b.csv", ""); }) == "duplicate_file");
    CHECK(publish::parse_zip(to_zip(publish::Bundle())) == publish::Bundle());
}

TEST_CASE("every byte of a zip file counts, and damage names the entry or the offset") {
    publish::Bundle bundle;
    bundle.add("inputs/model.json", "{\"a\": 1}");
    bundle.add("ranking.csv", "unit,score\nHN,1\n");
    bundle.add("values.csv", "");
    const std::string zip = to_zip(bundle);
    for (std::size_t at = 0; at < zip.size(); ++at)
        for (const unsigned bit : {1U, 128U}) {
            std::string changed = zip;
            changed[at] = static_cast<char>(static_cast<unsigned char>(changed[at]) ^ bit);
            CHECK(code_of([&] { static_cast<void>(publish::parse_zip(changed)); }) ==
                  "zip_damaged");
        }
    std::string changed = zip;
    changed[zip.find("HN")] = 'h';
    CHECK(problems_of<DataError>([&] { static_cast<void>(publish::parse_zip(changed)); })
              .front()
              .place == "ranking.csv");
    for (std::size_t length = 0; length < zip.size(); ++length)
        CHECK(code_of([&] {
                  static_cast<void>(publish::parse_zip(std::string_view(zip).substr(0, length)));
              }) == "zip_damaged");
    for (const std::string& more : {zip + "x", "x" + zip, zip + zip})
        CHECK(code_of([&] { static_cast<void>(publish::parse_zip(more)); }) == "zip_damaged");
}

TEST_CASE("signatures are those of RFC 8032" * doctest::skip(!publish::signatures_built())) {
    // Section 7.1, test 1: the empty message.
    const publish::PublicKey known = publish::PublicKey::from_hex(
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    publish::SecretKey::Seed seed{};
    const std::string digits = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    for (std::size_t k = 0; k < seed.size(); ++k)
        seed[k] = static_cast<std::uint8_t>(std::stoul(digits.substr(2 * k, 2), nullptr, 16));
    const publish::SecretKey key(seed);
    CHECK(key.public_key() == known);
    const auto signature = sign("", key);
    CHECK(signature[0] == 0xe5);
    CHECK(signature[63] == 0x0b);
    CHECK(is_signed("", signature, known));
    CHECK_FALSE(is_signed("x", signature, known));
    CHECK_FALSE(is_signed("", signature, test_key().public_key()));
    CHECK_FALSE(publish::SecretKey::generate().public_key() ==
                publish::SecretKey::generate().public_key());
}

TEST_CASE("key files are for their owner alone and are never replaced" *
          doctest::skip(!publish::signatures_built())) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "key";
    write_secret_key(path, test_key());
    write_public_key(folder.path() / "key.pub", test_key().public_key());
    CHECK(publish::read_secret_key(path).seed() == test_key().seed());
    CHECK(publish::read_public_key(folder.path() / "key.pub") == test_key().public_key());
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777U) == 0600U);
    CHECK(code_of([&] { write_secret_key(path, test_key(2)); }) == "target_exists");
    ::chmod(path.c_str(), 0640);
    CHECK(code_of([&] { static_cast<void>(publish::read_secret_key(path)); }) ==
          "key_readable_by_others");
    ::chmod(path.c_str(), 0600);
    CHECK(code_of([&] { static_cast<void>(publish::read_public_key(path)); }) == "bad_key");
    CHECK(code_of([&] { static_cast<void>(publish::read_secret_key(folder.path() / "no")); }) ==
          "file_not_found");
    write_file(path, read_file(path) + "\n");
    CHECK(code_of([&] { static_cast<void>(publish::read_secret_key(path)); }) == "bad_key");
    CHECK(code_of([&] { static_cast<void>(publish::PublicKey::from_hex("00")); }) == "bad_key");
}

TEST_CASE("a correction is a new version with a reason, and the old one stays") {
    const TemporaryFolder folder;
    const auto& root = folder.path();
    publish::VersionOptions options;
    options.bundle = signed_options();
    if (publish::signatures_built()) options.trusted_key = test_key().public_key();
    const auto first = publish_version(root, small_publication(), options);
    CHECK(first.path == root / "test" / "2026-Q3" / "restricted" / "v1");
    const std::string before = read_file(first.path / "manifest.json");
    CHECK(code_of([&] { publish_version(root, small_publication(), options); }) ==
          "reason_missing");
    options.reason = "one value was wrong";
    CHECK(code_of([&] { publish_version(root, small_publication(), options); }) ==
          "nothing_changed");
    auto corrected = small_publication();
    corrected.notices.emplace_back("corrected");
    options.zip = true;
    const auto second = publish_version(root, corrected, options);
    CHECK(second.path.filename() == "v2.zip");
    CHECK(second.manifest.supersedes == first.digest);
    CHECK(second.manifest.reason == options.reason);
    CHECK(read_file(first.path / "manifest.json") == before);
    corrected.notices.emplace_back("again");
    options.zip = false;
    const auto third = publish_version(root, corrected, options);
    CHECK(third.manifest.supersedes == second.digest);
    const auto versions = publish::versions_of(root, "test", "2026-Q3", Visibility::restricted);
    REQUIRE(versions.size() == 3);
    CHECK(versions[2].digest == third.digest);
    CHECK(publish::versions_of(root, "test", "2026-Q2", Visibility::restricted).empty());

    // A version before that is not as it was published stops the next one.
    write_file(third.path / "ranking.csv", read_file(third.path / "ranking.csv") + "x");
    corrected.notices.emplace_back("and again");
    CHECK(code_of([&] { publish_version(root, corrected, options); }) == "previous_not_verified");
    fs::remove(second.path);
    CHECK(code_of([&] { publish_version(root, corrected, options); }) == "version_missing");
    corrected.period = "../x";
    CHECK(code_of([&] { publish_version(root, corrected, options); }) == "bad_file_name");
    options.reason = "first";
    corrected.period = "2026-Q4";
    CHECK(code_of([&] { publish_version(root, corrected, options); }) == "reason_unexpected");
}

}  // namespace bundle_tests
