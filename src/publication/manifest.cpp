#include "publication/manifest.hpp"

#include <thuocdo/numeric/sha256.hpp>

#include <utility>

#include "io/json_text.hpp"
#include "io/pretty_json.hpp"
#include "publication/hexadecimal.hpp"
#include "publication/member_reader.hpp"
#include "publication/member_writer.hpp"

namespace thuocdo::publish {
namespace detail {
namespace {

constexpr std::size_t manifest_indent = 1;
constexpr const char* signature_algorithm = "Ed25519";

template <class Archive, class Value>
void members_of_manifest(Archive& archive, Value& manifest) {
    archive.format("thuocdo_manifest");
    archive.required_text("index", manifest.index);
    archive.text("period", manifest.period);
    archive.word("audience", manifest.audience);
    archive.integer("version", manifest.version);
    archive.text("reason", manifest.reason);
    archive.text("supersedes", manifest.supersedes);
    archive.date("published_on", manifest.published_on);
    archive.text("library_version", manifest.library_version);
    archive.text("model_digest", manifest.model_digest);
    archive.text("data_digest", manifest.data_digest);
    archive.text("results_digest", manifest.results_digest);
    archive.list("files", manifest.files, [](auto& in, auto& file) {
        in.required_text("name", file.name);
        in.integer("size", file.size);
        in.required_text("sha256", file.sha256);
    });
}

struct SignatureTexts {
    std::string algorithm{};
    std::string public_key{};
    std::string fingerprint{};
    std::string signature{};
};

template <class Archive, class Value>
void members_of_signature(Archive& archive, Value& texts) {
    archive.format("thuocdo_signature");
    archive.required_text("algorithm", texts.algorithm);
    archive.required_text("public_key", texts.public_key);
    archive.required_text("fingerprint", texts.fingerprint);
    archive.required_text("signature", texts.signature);
}

template <class Value, class Members>
std::string written_object(const Value& value, Members members) {
    std::vector<Problem> problems;
    MemberWriter out("", problems);
    members(out, value);
    if (!problems.empty()) throw DataError("the manifest cannot be written", std::move(problems));
    return io::detail::pretty_json(out.str(), manifest_indent);
}

template <class Value, class Members>
Value read_object(std::string_view text, const char* summary, Members members) {
    const io::detail::JsonText json = io::detail::parse_json_text(text, {});
    ReadLog log;
    log.problems = json.problems;
    Value out;
    if (json.readable) {
        MemberReader in(json.value, "", log);
        members(in, out);
        in.finish();
        io::detail::sort_by_text(json, log.problems);
    }
    if (!log.problems.empty()) throw DataError(summary, std::move(log.problems));
    return out;
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
    numeric::Sha256 hash;
    hash.update(bytes);
    return hash.hex();
}

bool is_about_manifest(const std::string& name) {
    return name == manifest_file || name == digest_file || name == signature_file;
}

Manifest manifest_of(const Publication& publication, const Bundle& bundle) {
    Manifest out;
    out.index = publication.index;
    out.period = publication.period;
    out.audience = publication.audience;
    out.version = publication.version;
    out.reason = publication.reason;
    out.supersedes = publication.supersedes;
    out.published_on = publication.published_on;
    out.library_version = publication.library_version;
    out.model_digest = publication.model_digest;
    out.data_digest = publication.data_digest;
    out.results_digest = publication.results_digest;
    for (const auto& [name, bytes] : bundle.files())
        if (!is_about_manifest(name)) out.files.push_back({name, bytes.size(), sha256_of(bytes)});
    return out;
}

std::string digest_lines(const Manifest& manifest, std::string_view manifest_text) {
    std::string lines;
    for (const ManifestFile& file : manifest.files) lines += file.sha256 + "  " + file.name + '\n';
    return lines + sha256_of(manifest_text) + "  " + manifest_file + '\n';
}

std::string to_json(const SignatureRecord& record) {
    const SignatureTexts texts{signature_algorithm, record.key.hex(), record.fingerprint,
                               to_hex(record.signature)};
    return written_object(texts, [](auto& out, auto& value) { members_of_signature(out, value); });
}

SignatureRecord parse_signature(std::string_view text) {
    const auto texts =
        read_object<SignatureTexts>(text, "the signature cannot be read",
                                    [](auto& in, auto& value) { members_of_signature(in, value); });
    const auto signature = from_hex<signature_size>(texts.signature);
    if (texts.algorithm != signature_algorithm || !signature)
        throw DataError("the signature cannot be read",
                        {{"bad_signature", "/signature", "another text",
                          "an Ed25519 signature of 128 hexadecimal digits", "get the file again"}});
    return {PublicKey::from_hex(texts.public_key), texts.fingerprint, *signature};
}

}  // namespace detail

std::string to_json(const Manifest& manifest) {
    return detail::written_object(
        manifest, [](auto& out, auto& value) { detail::members_of_manifest(out, value); });
}

Manifest parse_manifest(std::string_view text) {
    return detail::read_object<Manifest>(
        text, "the manifest cannot be read",
        [](auto& in, auto& value) { detail::members_of_manifest(in, value); });
}

}  // namespace thuocdo::publish
