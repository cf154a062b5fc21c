#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/publish/detail/publication_builder.hpp>
#include <thuocdo/publish/panel_digest.hpp>
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/publish/publication_tables.hpp>
#include <thuocdo/publish/verification.hpp>

#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <system_error>
#include <utility>

#include "io/text_file.hpp"
#include "publication/folder_reader.hpp"
#include "publication/manifest.hpp"

namespace thuocdo::publish {
namespace detail {
namespace {

/// Digests of `manifest.sha256` by file, as far as its lines can be read.
std::map<std::string, std::string> listed_digests(std::string_view text) {
    constexpr std::size_t digest_length = 64;
    constexpr std::string_view between = "  ";
    std::map<std::string, std::string> digests;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (line.size() > digest_length + between.size() &&
            line.substr(digest_length, between.size()) == between)
            digests.emplace(line.substr(digest_length + between.size()),
                            line.substr(0, digest_length));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return digests;
}

class Verifier {
  public:
    Verifier(const Bundle& bundle, const VerifyOptions& options, std::vector<Finding> findings)
        : bundle_(bundle), options_(options) {
        out_.findings = std::move(findings);
        for (const auto& [name, bytes] : bundle.files()) digests_[name] = sha256_of(bytes);
    }

    [[nodiscard]] Verification run() {
        read_publication();
        check_manifest();
        const std::string* text = bundle_.find(publication_file);
        // Beside a changed publication everything else would look changed too.
        if (text && agrees_with_manifest(publication_file)) {
            if (publication_)
                check_content(*publication_);
            else
                report("publication_unreadable", publication_file, publication_problem_,
                       "a publication as it was written");
        } else if (!text && manifest_ && !lists(publication_file)) {
            report("file_missing", publication_file, "no such file", "the publication");
        }
        out_.digests.outcome = out_.findings.empty() ? Checked::yes : Checked::no;
        if (!out_.findings.empty())
            out_.digests.why = std::to_string(out_.findings.size()) + " findings";
        check_signature();
        recompute();
        return std::move(out_);
    }

  private:
    void report(const char* code, std::string file, std::string found, std::string expected) {
        out_.findings.push_back({code, std::move(file), std::move(found), std::move(expected)});
    }

    void read_publication() {
        const std::string* text = bundle_.find(publication_file);
        if (!text) return;
        try {
            publication_ = parse_publication(*text);
        } catch (const Error& error) {
            publication_problem_ = error.problems().front().message();
            return;
        }
        out_.index = publication_->index;
        out_.period = publication_->period;
        out_.version = publication_->version;
    }

    void check_manifest() {
        const std::string* text = bundle_.find(manifest_file);
        if (!text) {
            report("file_missing", manifest_file, "no such file", "the manifest");
            return;
        }
        out_.manifest_digest = digests_.at(manifest_file);
        const std::string* lines = bundle_.find(digest_file);
        if (!lines) report("file_missing", digest_file, "no such file", "the list of digests");
        const auto witnesses =
            lines ? listed_digests(*lines) : std::map<std::string, std::string>{};
        const auto manifest_witness = witnesses.find(manifest_file);
        bool manifest_sound =
            manifest_witness != witnesses.end() && manifest_witness->second == out_.manifest_digest;
        // Where the list of digests denies the manifest, one of them was changed: the manifest
        // can be made anew from the publication and the files.
        if (!manifest_sound && publication_ &&
            thuocdo::publish::to_json(manifest_of(*publication_, bundle_)) == *text)
            manifest_sound = true;
        Manifest manifest;
        try {
            manifest = parse_manifest(*text);
            if (thuocdo::publish::to_json(manifest) != *text) throw_not_canonical();
        } catch (const Error& error) {
            report("manifest_changed", manifest_file, error.problems().front().message(),
                   "a manifest as it was written");
            check_files_by(witnesses);
            return;
        }
        if (!manifest_sound) {
            const bool listed = manifest_witness != witnesses.end();
            report("manifest_changed", manifest_file, "SHA-256 " + out_.manifest_digest,
                   listed ? "SHA-256 " + manifest_witness->second
                          : std::string("a digest in ") + digest_file);
            check_files_by(witnesses);
            return;
        }
        std::map<std::string, std::string> digests;
        for (const ManifestFile& file : manifest.files) digests[file.name] = file.sha256;
        check_files_by(digests);
        for (const ManifestFile& file : manifest.files) {
            const std::string* bytes = bundle_.find(file.name);
            if (bytes && bytes->size() != file.size && digests_.at(file.name) == file.sha256)
                report("manifest_disagrees", manifest_file,
                       file.name + " of " + std::to_string(file.size) + " bytes",
                       std::to_string(bytes->size()) + " bytes");
        }
        if (lines && *lines != digest_lines(manifest, *text))
            report("digest_list_changed", digest_file, "SHA-256 " + digests_.at(digest_file),
                   "the digests of " + std::string(manifest_file));
        manifest_ = std::move(manifest);
    }

    [[noreturn]] static void throw_not_canonical() {
        throw DataError("", {{"not_canonical", manifest_file, "another text", "the one text", ""}});
    }

    void check_files_by(const std::map<std::string, std::string>& digests) {
        for (const auto& [name, digest] : digests) {
            if (is_about_manifest(name)) continue;
            const std::string* bytes = bundle_.find(name);
            if (!bytes)
                report("file_missing", name, "no such file", "SHA-256 " + digest);
            else if (const std::string& found = digests_.at(name); found != digest)
                report("file_changed", name, "SHA-256 " + found, "SHA-256 " + digest);
        }
        for (const auto& [name, digest] : digests_)
            if (!digests.contains(name) && !is_about_manifest(name))
                report("file_added", name, "SHA-256 " + digest,
                       "no file of that name in the manifest");
    }

    /// What the manifest and the other files must be, given the publication.
    void check_content(const Publication& publication) {
        if (to_json_text(publication) != *bundle_.find(publication_file))
            report("not_canonical", publication_file, "other white space, order or numbers",
                   "the one text of the publication");
        for (const auto& [name, text] : tables_of(publication)) {
            const std::string* found = bundle_.find(name);
            if (!found && !lists(name))
                report("file_missing", name, "no such file", "the table of the publication");
            else if (found && *found != text && agrees_with_manifest(name))
                report("table_disagrees", name, "SHA-256 " + digests_.at(name),
                       "SHA-256 " + sha256_of(text) + ", the table of the publication");
        }
        const std::string* report_text = bundle_.find(report_file);
        if (report_text && options_.html && agrees_with_manifest(report_file)) {
            const std::string again = options_.html(publication);
            if (again != *report_text)
                report("report_disagrees", report_file, "SHA-256 " + digests_.at(report_file),
                       "SHA-256 " + sha256_of(again) + ", the report of the publication");
        }
        Manifest due = manifest_of(publication, Bundle());
        due.files = manifest_->files;
        if (thuocdo::publish::to_json(due) != thuocdo::publish::to_json(*manifest_))
            report(
                "manifest_disagrees", manifest_file, "another publication",
                "index, period, version, reason and digests of " + std::string(publication_file));
    }

    [[nodiscard]] static std::string to_json_text(const Publication& publication) {
        return thuocdo::publish::to_json(publication);
    }

    [[nodiscard]] bool lists(const std::string& name) const {
        for (const ManifestFile& file : manifest_->files)
            if (file.name == name) return true;
        return false;
    }

    /// A file that differs from the manifest is reported as changed already.
    [[nodiscard]] bool agrees_with_manifest(const std::string& name) const {
        if (!manifest_) return false;
        for (const ManifestFile& file : manifest_->files)
            if (file.name == name) return file.sha256 == digests_.at(name);
        return false;
    }

    void check_signature() {
        const std::string* text = bundle_.find(signature_file);
        const std::string* manifest = bundle_.find(manifest_file);
        const bool required = options_.require_signature || options_.trusted_key;
        if (!text) {
            out_.signature.why = "the publication is not signed";
            if (!required) return;
            out_.signature.outcome = Checked::no;
            report("signature_missing", signature_file, "no such file", "a signature");
            return;
        }
        if (!signatures_built()) {
            out_.signature.why = "the library was built without libsodium";
            return;
        }
        if (!manifest) return;
        try {
            const SignatureRecord record = parse_signature(*text);
            check_record(record, *text, *manifest);
        } catch (const Error& error) {
            fail_signature("signature_damaged", error.problems().front().message(),
                           "a signature as it was written");
        }
    }

    void check_record(const SignatureRecord& record, const std::string& text,
                      const std::string& manifest) {
        if (detail::to_json(record) != text || record.fingerprint != record.key.fingerprint()) {
            fail_signature("signature_damaged", "another text", "the one text of the signature");
        } else if (options_.trusted_key && record.key != *options_.trusted_key) {
            fail_signature("signature_of_other_key", "key " + record.key.fingerprint(),
                           "key " + options_.trusted_key->fingerprint());
        } else if (!is_signed(manifest, record.signature, record.key)) {
            fail_signature("signature_wrong", "a signature of something else",
                           "the signature of " + std::string(manifest_file) + " by key " +
                               record.key.fingerprint());
        } else {
            out_.signed_by = record.fingerprint;
            if (options_.trusted_key)
                out_.signature.outcome = Checked::yes;
            else
                out_.signature.why =
                    "sound by the key beside it; give the key that you trust to know who signed";
        }
    }

    void fail_signature(const char* code, std::string found, std::string expected) {
        out_.signature = {Checked::no, found};
        report(code, signature_file, std::move(found), std::move(expected));
    }

    void recompute() {
        if (!publication_) {
            out_.recomputed.why = "publication.json cannot be read";
            return;
        }
        const bool has_model = options_.model || bundle_.find(model_input_file);
        const bool has_panel = options_.panel || bundle_.find(panel_input_file);
        if (!has_model || !has_panel) {
            out_.recomputed.why = has_model   ? "no data were given"
                                  : has_panel ? "no model was given"
                                              : "neither model nor data were given";
            return;
        }
        const std::size_t before = out_.findings.size();
        try {
            VerifyOptions given = options_;
            if (!given.score.as_of) given.score.as_of = publication_->as_of;
            compare(*board_in(bundle_, given));
        } catch (const Error& error) {
            report("inputs_unusable", "inputs", error.what(), "inputs that give the publication");
        }
        out_.recomputed.outcome = out_.findings.size() == before ? Checked::yes : Checked::no;
        if (out_.findings.size() != before)
            out_.recomputed.why = out_.findings.back().code == "inputs_unusable"
                                      ? "the inputs cannot be used"
                                      : "the inputs give other numbers";
    }

    void compare(const Scoreboard& board) {
        const Publication& published = *publication_;
        const auto check_digest = [&](const char* what, const std::string& stated,
                                      const std::string& found) {
            if (stated.empty()) return;
            const bool salted = stated.starts_with(salted_prefix);
            if (salted && options_.digest_salt.empty()) return;
            const std::string due = salted ? salted_digest(found, options_.digest_salt) : found;
            if (due != stated) report("digest_differs", what, due, stated);
        };
        check_digest("model", published.model_digest, board.model().digest());
        check_digest("data", published.data_digest,
                     panel_digest(board.panel(), board.model().indicators()));
        check_digest("results", published.results_digest, board.digest());
        out_.difference_count =
            compare_with_board(published, board, options_.listed_differences, out_.differences);
        if (out_.difference_count == 0) return;
        const Difference first = out_.differences.empty() ? Difference{} : out_.differences.front();
        report("number_differs", publication_file,
               std::to_string(out_.difference_count) + " published figures, the first: " +
                   first.unit + (first.node.empty() ? "" : " / ") + first.node + ' ' +
                   first.quantity + ' ' + first.published,
               first.recomputed);
    }

    const Bundle& bundle_;
    const VerifyOptions& options_;
    Verification out_;
    /// By file.
    std::map<std::string, std::string> digests_;
    std::optional<Publication> publication_;
    std::string publication_problem_;
    std::optional<Manifest> manifest_;
};

const char* checked_word(Checked outcome) {
    switch (outcome) {
        case Checked::yes:
            return "yes";
        case Checked::no:
            return "NO";
        case Checked::not_possible:
            break;
    }
    return "not checked";
}

void print_level(std::ostream& out, const char* name, const VerifiedLevel& level) {
    out << name << ": " << checked_word(level.outcome);
    if (!level.why.empty()) out << " (" << level.why << ')';
    out << '\n';
}

}  // namespace
}  // namespace detail

Verification verify(const Bundle& bundle, const VerifyOptions& options) {
    return detail::Verifier(bundle, options, {}).run();
}

Verification verify(const std::filesystem::path& path, const VerifyOptions& options) {
    std::error_code ignored;
    std::vector<Finding> findings;
    Bundle bundle;
    if (std::filesystem::is_directory(path, ignored)) {
        detail::FolderReading reading = detail::read_folder(path);
        for (const Problem& each : reading.problems)
            findings.push_back({"foreign_file", each.place, each.found, each.expected});
        bundle = std::move(reading.bundle);
    } else {
        const std::string bytes = io::detail::read_text_file(path);
        try {
            bundle = parse_zip(bytes);
        } catch (const Error& error) {
            Verification out;
            for (const Problem& each : error.problems())
                out.findings.push_back(
                    {"container_damaged", each.place, each.found, each.expected});
            out.digests = {Checked::no, "the zip file is damaged"};
            out.signature.why = out.recomputed.why = "the zip file is damaged";
            return out;
        }
    }
    return detail::Verifier(bundle, options, std::move(findings)).run();
}

std::optional<Scoreboard> board_in(const Bundle& bundle, const VerifyOptions& options) {
    const std::string* model_text = bundle.find(model_input_file);
    if (!options.model && !model_text) return std::nullopt;
    const IndexModel model = options.model ? *options.model : io::parse_model(*model_text);
    const auto panel_in = [&](const char* name) -> std::optional<Panel> {
        const std::string* text = bundle.find(name);
        if (!text) return std::nullopt;
        return io::parse_panel(*text, name, model);
    };
    const std::optional<Panel> panel = options.panel ? options.panel : panel_in(panel_input_file);
    if (!panel) return std::nullopt;
    ScoreOptions how = options.score;
    if (!how.as_of) how.as_of = publication_in(bundle).as_of;
    if (!how.previous) how.previous = panel_in(previous_input_file);
    return score(model, *panel, how);
}

std::ostream& operator<<(std::ostream& out, const Verification& verification) {
    if (!verification.index.empty())
        out << verification.index << ' ' << verification.period << ", version "
            << verification.version << '\n';
    detail::print_level(out, "digests", verification.digests);
    detail::print_level(out, "signature", verification.signature);
    detail::print_level(out, "recomputed", verification.recomputed);
    if (!verification.manifest_digest.empty())
        out << "manifest: " << verification.manifest_digest << '\n';
    if (!verification.signed_by.empty()) out << "signed by: " << verification.signed_by << '\n';
    for (const Finding& each : verification.findings)
        out << "! " << each.code << " " << each.file << ": found " << each.found << "; expected "
            << each.expected << '\n';
    for (const Difference& each : verification.differences)
        out << "  " << each.unit << (each.unit.empty() || each.node.empty() ? "" : " / ")
            << each.node << ' ' << each.quantity << ": published " << each.published
            << ", recomputed " << each.recomputed << '\n';
    if (verification.difference_count > verification.differences.size())
        out << "  ... and " << verification.difference_count - verification.differences.size()
            << " more\n";
    return out;
}

}  // namespace thuocdo::publish
