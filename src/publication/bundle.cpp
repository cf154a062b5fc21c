#include <thuocdo/publish/bundle.hpp>
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/publish/publication_tables.hpp>

#include <algorithm>
#include <system_error>
#include <utility>

#include "io/text_file.hpp"
#include "publication/bundle_names.hpp"
#include "publication/durable_files.hpp"
#include "publication/folder_reader.hpp"
#include "publication/manifest.hpp"

namespace thuocdo::publish {
namespace detail {

FolderReading read_folder(const std::filesystem::path& path) try {
    namespace fs = std::filesystem;
    FolderReading out;
    for (const fs::directory_entry& each : fs::recursive_directory_iterator(path)) {
        const fs::file_type type = each.symlink_status().type();
        if (type == fs::file_type::directory) continue;
        const std::string name = each.path().lexically_relative(path).generic_string();
        if (type != fs::file_type::regular)
            out.problems.push_back({"not_a_regular_file", shown_name(name), "a link or device",
                                    "a regular file", "remove it"});
        else if (!is_bundle_name(name))
            out.problems.push_back({"bad_file_name", shown_name(name), "a file of that name",
                                    "names of letters, digits, '.', '_', '-' and '/'",
                                    "remove it"});
        else
            out.bundle.add(name, io::detail::read_text_file(each.path()));
    }
    // The order of a folder is that of the file system.
    std::sort(out.problems.begin(), out.problems.end(),
              [](const Problem& a, const Problem& b) { return a.place < b.place; });
    return out;
} catch (const std::filesystem::filesystem_error& error) {
    throw DataError("the publication cannot be read",
                    {{"file_not_found", error.path1().string(), error.code().message(),
                      "a folder that can be read", "check the path and the permissions"}});
}

namespace {

void add_inputs(Bundle& out, const Publication& publication, const BundleInputs& inputs) {
    const DisclosureRecord& record = publication.disclosure;
    if (!inputs.although_withheld && record.withheld_units + record.withheld_figures > 0)
        throw DataError(
            "the inputs cannot be published",
            {{"inputs_withheld", "inputs", "inputs of a publication that withholds figures",
              "none, or a statement that the readers may see them",
              "leave the inputs out, or set although_withheld"}});
    const auto add = [&](const char* name, const std::string& text) {
        if (!text.empty()) out.add(name, text);
    };
    add(model_input_file, inputs.model_json);
    add(panel_input_file, inputs.panel_csv);
    add(previous_input_file, inputs.previous_csv);
}

const std::string& required_file(const Bundle& bundle, const char* name) {
    if (const std::string* found = bundle.find(name)) return *found;
    throw DataError("this is no publication",
                    {{"file_missing", name, "no such file", "a publication as thuocdo writes it",
                      "check the path"}});
}

}  // namespace
}  // namespace detail

void Bundle::add(std::string name, std::string bytes) {
    if (!detail::is_bundle_name(name))
        throw DataError("the file cannot be published",
                        {{"bad_file_name", detail::shown_name(name), "a file of that name",
                          "names of letters, digits, '.', '_', '-' and '/'", "rename it"}});
    const auto [at, inserted] = files_.try_emplace(std::move(name), std::move(bytes));
    if (!inserted)
        throw DataError("the file cannot be published",
                        {{"duplicate_file", at->first, "a file of that name again",
                          "names that occur once", "rename one of the two"}});
}

Bundle make_bundle(const Publication& publication, const BundleOptions& options) {
    Bundle out;
    out.add(publication_file, to_json(publication));
    for (auto& [name, text] : tables_of(publication)) out.add(name, text);
    if (options.html) out.add(report_file, options.html(publication));
    if (options.inputs) detail::add_inputs(out, publication, *options.inputs);
    const Manifest manifest = detail::manifest_of(publication, out);
    const std::string text = to_json(manifest);
    out.add(manifest_file, text);
    out.add(digest_file, detail::digest_lines(manifest, text));
    if (options.key) {
        const PublicKey key = options.key->public_key();
        out.add(signature_file, detail::to_json(detail::SignatureRecord{key, key.fingerprint(),
                                                                        sign(text, *options.key)}));
    }
    return out;
}

void write_folder(const Bundle& bundle, const std::filesystem::path& target) {
    detail::place_folder(target, bundle.files());
}

void write_zip(const Bundle& bundle, const std::filesystem::path& target) {
    detail::place_file(target, to_zip(bundle));
}

Bundle read_bundle(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored))
        return parse_zip(io::detail::read_text_file(path));
    detail::FolderReading reading = detail::read_folder(path);
    if (!reading.problems.empty())
        throw DataError("the publication in \"" + path.string() + "\" cannot be read",
                        std::move(reading.problems));
    return std::move(reading.bundle);
}

Publication publication_in(const Bundle& bundle) {
    return parse_publication(detail::required_file(bundle, publication_file));
}

std::string manifest_digest(const Bundle& bundle) {
    return detail::sha256_of(detail::required_file(bundle, manifest_file));
}

}  // namespace thuocdo::publish
