// A changed byte anywhere is caught and named; inputs give every published figure.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/publish/verification.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "publication/small_publication.hpp"

namespace verification_tests {

using namespace small_publications;
using publish::Checked;

publish::SecretKey key_of(std::uint8_t first = 1) {
    publish::SecretKey::Seed seed{};
    seed[0] = first;
    return publish::SecretKey(seed);
}

publish::Bundle bundle_of(const publish::Publication& publication) {
    publish::BundleOptions options;
    if (publish::signatures_built()) options.key = key_of();
    options.html = [](const publish::Publication& from) { return "<p>" + from.index; };
    return make_bundle(publication, options);
}

/// The same files but one.
publish::Bundle with(const publish::Bundle& bundle, const std::string& name,
                     const std::string& bytes) {
    publish::Bundle out;
    for (const auto& [each, text] : bundle.files())
        if (each != name) out.add(each, text);
    out.add(name, bytes);
    return out;
}

publish::Bundle without(const publish::Bundle& bundle, const std::string& name) {
    publish::Bundle out;
    for (const auto& [each, text] : bundle.files())
        if (each != name) out.add(each, text);
    return out;
}

bool names(const publish::Verification& found, const std::string& file) {
    return std::any_of(found.findings.begin(), found.findings.end(),
                       [&](const auto& each) { return each.file == file; });
}

std::vector<std::string> codes_of(const publish::Verification& found) {
    std::vector<std::string> codes;
    for (const auto& each : found.findings) codes.push_back(each.code);
    return codes;
}

using Codes = std::vector<std::string>;

TEST_CASE("every changed byte is caught, and its file alone is named") {
    // Few bytes: each of them is changed in turn, of larger files every third.
    publish::Publication publication;
    publication.index = "test";
    publication.period = "2026";
    publication.nodes.resize(2);
    publication.nodes[0].code = "total";
    publication.nodes[1].code = "a";
    publication.nodes[1].parent = 0;
    publication.nodes[1].leaf = true;
    publication.units.resize(1);
    publication.units[0].code = "HN";
    publication.units[0].figures.resize(2);
    publication.units[0].figures[1].value = 0.5;
    const auto bundle = bundle_of(publication);
    REQUIRE(publish::verify(bundle).ok());
    std::size_t count = 0;
    std::vector<std::string> wrong;
    constexpr std::size_t small_file = 400;
    for (const auto& file : bundle.files()) {
        const std::size_t step = file.second.size() > small_file ? 3 : 1;
        for (std::size_t at = 0; at < file.second.size(); at += step) {
            const std::string& name = file.first;
            std::string changed = file.second;
            changed[at] =
                static_cast<char>(static_cast<unsigned char>(changed[at]) ^ (1U << (at % 8)));
            const auto found = publish::verify(with(bundle, name, changed));
            ++count;
            // Another manifest is not the one that was signed.
            const bool alone =
                std::all_of(found.findings.begin(), found.findings.end(), [&](const auto& each) {
                    return each.file == name ||
                           (name == "manifest.json" && each.code == "signature_wrong");
                });
            if (found.ok() || !names(found, name) || !alone)
                wrong.push_back(name + " at " + std::to_string(at));
        }
    }
    CHECK(count > 800);
    CHECK(wrong == std::vector<std::string>{});
}

TEST_CASE("missing, added and exchanged files are named with what they are") {
    const auto bundle = bundle_of(small_publication());
    for (const auto& file : bundle.files()) {
        const std::string& name = file.first;
        const auto found = publish::verify(without(bundle, name));
        CAPTURE(name);
        if (name == "manifest.sig")
            CHECK(found.ok());
        else
            CHECK(names(found, name));
    }
    CHECK(codes_of(publish::verify(with(bundle, "more.csv", "x"))) == Codes{"file_added"});
    const auto swapped = with(with(bundle, "ranking.csv", *bundle.find("values.csv")), "values.csv",
                              *bundle.find("ranking.csv"));
    CHECK(codes_of(publish::verify(swapped)) == Codes{"file_changed", "file_changed"});
    CHECK_FALSE(publish::verify(publish::Bundle()).ok());

    const TemporaryFolder folder;
    write_folder(bundle, folder.path() / "out");
    CHECK(publish::verify(folder.path() / "out").ok());
    write_file(folder.path() / "out" / "é.csv", "x");
    CHECK(codes_of(publish::verify(folder.path() / "out")) == Codes{"foreign_file"});
    write_file(folder.path() / "cut.zip", to_zip(bundle).substr(0, 500));
    CHECK(codes_of(publish::verify(folder.path() / "cut.zip")) == Codes{"container_damaged"});
}

TEST_CASE("a bundle made anew around changed numbers betrays itself" *
          doctest::skip(!publish::signatures_built())) {
    auto publication = small_publication();
    const auto bundle = bundle_of(publication);
    publish::VerifyOptions options;
    options.trusted_key = key_of().public_key();
    CHECK(publish::verify(bundle, options).signature.outcome == Checked::yes);
    CHECK(publish::verify(bundle).signature.outcome == Checked::not_possible);
    CHECK(publish::verify(bundle).signed_by == key_of().public_key().fingerprint());

    publish::BundleOptions forged;
    forged.key = key_of(2);
    CHECK(codes_of(publish::verify(make_bundle(publication, forged), options)) ==
          Codes{"signature_of_other_key"});
    CHECK(codes_of(publish::verify(make_bundle(publication), options)) ==
          Codes{"signature_missing"});

    // A table of other numbers under a manifest that agrees with it.
    publication.units[0].score = 99.0;
    const auto other = make_bundle(publication, forged);
    auto mixed = with(bundle, "ranking.csv", *other.find("ranking.csv"));
    auto manifest = publish::parse_manifest(*bundle.find("manifest.json"));
    for (auto& file : manifest.files)
        for (const auto& each : publish::parse_manifest(*other.find("manifest.json")).files)
            if (file.name == "ranking.csv" && each.name == file.name) file = each;
    mixed = without(with(mixed, "manifest.json", publish::to_json(manifest)), "manifest.sig");
    CHECK(codes_of(publish::verify(mixed)).front() == "digest_list_changed");
    CHECK(codes_of(publish::verify(mixed)).back() == "table_disagrees");

    options.html = [](const publish::Publication&) { return std::string("another report"); };
    CHECK(codes_of(publish::verify(bundle, options)) == Codes{"report_disagrees"});
}

TEST_CASE("the inputs give every published figure, and the first other one is named") {
    for (const auto audience : {Visibility::open, Visibility::internal, Visibility::restricted}) {
        publish::VisibilityRules rules;
        rules.default_digits = 2;
        rules.cells = {{"DN", "total", Visibility::restricted}};
        rules.units = {{"CT", Visibility::internal}};
        rules.bands_without_totals = true;
        publish::PublishOptions how;
        how.digest_salt = "a salt of 16 bytes and more";
        const publish::AudienceView view(thuocdo::score(small_model(), small_panel()), audience,
                                         rules);
        auto publication = publish::publish(view, how);
        publish::VerifyOptions options;
        options.model = small_model();
        options.panel = small_panel(true);
        options.digest_salt = how.digest_salt;
        const auto found = publish::verify(bundle_of(publication), options);
        CHECK_MESSAGE(found.ok(), (std::ostringstream() << found).str());
        CHECK(found.recomputed.outcome == Checked::yes);

        for (auto& figure : publication.units[0].figures)
            if (!figure.withheld) figure.result += 0.5;
        const auto other = publish::verify(bundle_of(publication), options);
        CHECK(other.digests.outcome == Checked::yes);
        CHECK(other.recomputed.outcome == Checked::no);
        REQUIRE_FALSE(other.differences.empty());
        CHECK(other.differences.front().quantity == "result");
        CHECK(other.differences.front().unit == publication.units[0].code);
    }
}

TEST_CASE("other inputs are told by their digests and by the figures") {
    const auto bundle = bundle_of(small_publication());
    publish::VerifyOptions options;
    options.model = small_model();
    CHECK(publish::verify(bundle, options).recomputed.why == "no data were given");
    options.panel = small_panel(false, 41);
    const auto found = publish::verify(bundle, options);
    CHECK(codes_of(found) == Codes{"digest_differs", "digest_differs", "number_differs"});
    CHECK(found.findings[0].file == "data");
    options.panel = testing_support::panel({"a"}, {{1}});
    CHECK(codes_of(publish::verify(bundle, options)) == Codes{"inputs_unusable"});
    std::ostringstream text;
    text << found;
    CHECK(text.str().find("recomputed: NO") != std::string::npos);
}

TEST_CASE("a bundle with its inputs proves itself, also where the reason was forced") {
    publish::PublishOptions how;
    how.disclosure.audited = true;
    how.disclosure.unsafe_figures = 3;
    how.disclosure.forced_reason = "decided by the authority";
    publish::BundleOptions options;
    options.inputs = publish::BundleInputs{
        thuocdo::io::to_json(small_model()), thuocdo::io::panel_to_csv(small_panel()), {}, false};
    const auto publication = small_publication(Visibility::restricted, false, how);
    const auto bundle = make_bundle(publication, options);
    const auto found = publish::verify(bundle);
    CHECK_MESSAGE(found.ok(), (std::ostringstream() << found).str());
    CHECK(found.recomputed.outcome == Checked::yes);
    CHECK(publication_in(bundle).disclosure.forced_reason == how.disclosure.forced_reason);
    bool told = false;
    for (const auto& note : publication.method)
        for (const auto& text : note.paragraphs)
            told = told || text.en.find(how.disclosure.forced_reason) != std::string::npos;
    CHECK(told);
}

}  // namespace verification_tests
