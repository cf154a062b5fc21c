// Publications: made, written, read and verified.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/publish/bundle.hpp>
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/publish/publication_tables.hpp>
#include <thuocdo/publish/publish.hpp>
#include <thuocdo/publish/verification.hpp>
#include <thuocdo/publish/versions.hpp>
#if __has_include(<thuocdo/publish/report.hpp>)
#include <thuocdo/publish/report.hpp>
#define THUOCDO_HAS_REPORT 1
#else
#define THUOCDO_HAS_REPORT 0
#endif

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {
namespace {

using publish::Publication;

[[nodiscard]] Visibility read_visibility(const std::string& word, const char* argument) {
    if (const auto found = detail::value_named<Visibility>(word)) return *found;
    throw DataError("no such visibility",
                    {{"unknown_word", std::string("argument \"") + argument + '"', '"' + word + '"',
                      detail::all_names<Visibility>(), "correct it"}});
}

using Texts = std::map<std::string, std::string>;

/// Rules of visibility as this module takes them.
struct PublicationRules {
    publish::VisibilityRules rules;
};

/// Rules of visibility by plain values.
[[nodiscard]] PublicationRules publication_rules(
    const Texts& units, const std::vector<std::tuple<std::string, std::string, std::string>>& cells,
    const Texts& tasks, const std::map<std::string, int>& digits, std::optional<int> default_digits,
    bool ranks_without_totals, bool bands_without_totals) {
    publish::VisibilityRules rules;
    for (const auto& [unit, word] : units)
        rules.units.push_back({unit, read_visibility(word, "units")});
    for (const auto& [unit, node, word] : cells)
        rules.cells.push_back({unit, node, read_visibility(word, "cells")});
    for (const auto& [task, word] : tasks)
        rules.tasks.push_back({task, read_visibility(word, "tasks")});
    for (const auto& [node, count] : digits) rules.digits.push_back({node, count});
    rules.default_digits = default_digits;
    rules.ranks_without_totals = ranks_without_totals;
    rules.bands_without_totals = bands_without_totals;
    return {rules};
}

/// The rules as far as they speak of what a scoreboard has.
[[nodiscard]] publish::VisibilityRules rules_for(publish::VisibilityRules rules,
                                                 const Scoreboard& board) {
    const auto no_unit = [&](const auto& each) { return !board.units().find(each.unit); };
    const auto no_node = [&](const auto& each) { return !board.model().find(each.node); };
    std::erase_if(rules.units, no_unit);
    std::erase_if(rules.cells, no_unit);
    std::erase_if(rules.cells, no_node);
    std::erase_if(rules.digits, no_node);
    return rules;
}

/// A view that was made elsewhere, or one of a scoreboard.
[[nodiscard]] publish::AudienceView view_of_source(const py::object& source,
                                                   const std::string& audience,
                                                   const publish::VisibilityRules& rules) {
    if (py::isinstance<Scoreboard>(source))
        return publish::AudienceView(source.cast<Scoreboard>(),
                                     read_visibility(audience, "audience"), rules);
    return source.cast<publish::AudienceView>();
}

[[nodiscard]] Publication make_publication(const py::object& source, const std::string& audience,
                                           const PublicationRules& rules,
                                           const publish::PublishOptions& options) {
    const publish::AudienceView view = view_of_source(source, audience, rules.rules);
    return without_lock([&] { return publish::publish(view, options); });
}

[[nodiscard]] std::function<std::string(const Publication&)> report_maker() {
#if THUOCDO_HAS_REPORT
    return [](const Publication& from) { return publish::html_report(from); };
#else
    return {};
#endif
}

[[nodiscard]] publish::BundleOptions bundle_options(const std::optional<std::string>& key,
                                                    const std::optional<Scoreboard>& inputs,
                                                    bool although_withheld) {
    publish::BundleOptions options;
    options.html = report_maker();
    if (key) options.key = publish::read_secret_key(*key);
    if (!inputs) return options;
    publish::BundleInputs texts;
    texts.model_json = io::to_json(inputs->model());
    texts.panel_csv = io::panel_to_csv(inputs->panel());
    if (inputs->data().previous) texts.previous_csv = io::panel_to_csv(*inputs->data().previous);
    texts.although_withheld = although_withheld;
    options.inputs = std::move(texts);
    return options;
}

[[nodiscard]] std::optional<publish::PublicKey> read_key(const std::optional<std::string>& path) {
    if (!path) return std::nullopt;
    return publish::read_public_key(*path);
}

[[nodiscard]] const char* checked_word(publish::Checked outcome) {
    constexpr const char* words[] = {"yes", "no", "not possible"};
    return words[static_cast<std::size_t>(outcome)];
}

[[nodiscard]] py::dict level_fields(const publish::VerifiedLevel& level) {
    py::dict out;
    out["outcome"] = checked_word(level.outcome);
    out["why"] = level.why;
    return out;
}

[[nodiscard]] py::dict verification_fields(const publish::Verification& found) {
    py::dict out;
    py::list findings;
    for (const publish::Finding& each : found.findings)
        findings.append(py::make_tuple(each.code, each.file, each.found, each.expected));
    py::list differences;
    for (const publish::Difference& each : found.differences)
        differences.append(
            py::make_tuple(each.unit, each.node, each.quantity, each.published, each.recomputed));
    out["findings"] = findings;
    out["differences"] = differences;
    out["difference_count"] = found.difference_count;
    out["digests"] = level_fields(found.digests);
    out["signature"] = level_fields(found.signature);
    out["recomputed"] = level_fields(found.recomputed);
    out["index"] = found.index;
    out["period"] = found.period;
    out["version"] = found.version;
    out["manifest_digest"] = found.manifest_digest;
    out["signed_by"] = found.signed_by;
    std::ostringstream text;
    text << found;
    out["text"] = text.str();
    return out;
}

[[nodiscard]] py::dict verify_publication(const std::string& path,
                                          const std::optional<IndexModel>& model,
                                          const std::optional<Panel>& panel,
                                          const std::optional<Panel>& previous,
                                          const std::optional<std::string>& as_of,
                                          const std::optional<std::string>& public_key,
                                          bool require_signature, std::string salt) {
    publish::VerifyOptions options;
    options.trusted_key = read_key(public_key);
    options.require_signature = require_signature;
    options.model = model;
    options.panel = panel;
    options.score.previous = previous;
    options.score.as_of = read_date(as_of, "as_of");
    options.digest_salt = std::move(salt);
    options.html = report_maker();
    return verification_fields(
        without_lock([&] { return publish::verify(std::filesystem::path(path), options); }));
}

void register_options(py::module_& module) {
    using py::arg;
    py::class_<PublicationRules>(module, "PublicationRules")
        .def(py::init(&publication_rules), arg("units"), arg("cells"), arg("tasks"), arg("digits"),
             arg("default_digits"), arg("ranks_without_totals"), arg("bands_without_totals"));
    py::class_<publish::PublishOptions>(module, "PublishOptions")
        .def(py::init([](std::string period, const std::optional<std::string>& published_on,
                         std::size_t peers, std::string peer_group, std::string salt) {
                 publish::PublishOptions options;
                 options.period = std::move(period);
                 options.published_on = read_date(published_on, "published_on");
                 options.peers = peers;
                 options.peer_group = std::move(peer_group);
                 options.digest_salt = std::move(salt);
                 return options;
             }),
             arg("period"), arg("published_on"), arg("peers"), arg("peer_group"), arg("salt"))
        .def(
            "add_earlier",
            [](publish::PublishOptions& self, std::string period, const py::object& source,
               const std::string& audience, const PublicationRules& rules) {
                const auto known = py::isinstance<Scoreboard>(source)
                                       ? rules_for(rules.rules, source.cast<Scoreboard>())
                                       : rules.rules;
                self.earlier.push_back(
                    {std::move(period), view_of_source(source, audience, known)});
            },
            arg("period"), arg("source"), arg("audience"), arg("rules"))
        .def(
            "set_intervals",
            [](publish::PublishOptions& self, const robust::Uncertainty& uncertainty,
               double level) {
                self.intervals = publish::IntervalSource{uncertainty, level, {}};
            },
            arg("uncertainty"), arg("level"))
        .def(
            "set_tasks",
            [](publish::PublishOptions& self, const TaskRegister& tasks,
               const WorkingCalendar& calendar, const std::string& on,
               const std::optional<std::string>& earlier) {
                self.tasks = publish::TaskSource{tasks, calendar, read_date(on, "tasks_on"),
                                                 read_date(earlier, "tasks_before")};
            },
            arg("tasks"), arg("calendar"), arg("on"), arg("earlier"));
}

void register_bundles(py::module_& module) {
    using py::arg;
    module.def("make_publication", &make_publication, arg("source"), arg("audience"), arg("rules"),
               arg("options"));
    module.def(
        "parse_publication",
        [](const std::string& text) { return publish::parse_publication(text); }, arg("text"));
    module.def(
        "load_publication",
        [](const std::string& path) {
            return without_lock([&] { return publication_in(publish::read_bundle(path)); });
        },
        arg("path"));
    module.def(
        "write_publication",
        [](const Publication& publication, const std::string& path, bool zip,
           const std::optional<std::string>& key, const std::optional<Scoreboard>& inputs,
           bool although_withheld) {
            return without_lock([&] {
                const publish::Bundle bundle =
                    make_bundle(publication, bundle_options(key, inputs, although_withheld));
                zip ? write_zip(bundle, path) : write_folder(bundle, path);
                return manifest_digest(bundle);
            });
        },
        arg("publication"), arg("path"), arg("zip"), arg("key"), arg("inputs"),
        arg("although_withheld"));
    module.def(
        "publish_version",
        [](const std::string& root, const Publication& publication, std::string reason, bool zip,
           const std::optional<std::string>& key, const std::optional<Scoreboard>& inputs,
           bool although_withheld, const std::optional<std::string>& public_key) {
            const publish::PublishedVersion made = without_lock([&] {
                publish::VersionOptions options;
                options.bundle = bundle_options(key, inputs, although_withheld);
                options.zip = zip;
                options.reason = std::move(reason);
                options.trusted_key = read_key(public_key);
                return publish::publish_version(root, publication, options);
            });
            return py::make_tuple(made.version, made.path.string(), made.digest);
        },
        arg("root"), arg("publication"), arg("reason"), arg("zip"), arg("key"), arg("inputs"),
        arg("although_withheld"), arg("public_key"));
    module.def("verify_publication", &verify_publication, arg("path"), arg("model"), arg("panel"),
               arg("previous"), arg("as_of"), arg("public_key"), arg("require_signature"),
               arg("salt"));
    module.def("signatures_built", &publish::signatures_built);
    module.def(
        "new_signing_key",
        [](const std::string& path) {
            const publish::SecretKey key = publish::SecretKey::generate();
            write_secret_key(path, key);
            write_public_key(path + ".pub", key.public_key());
            return key.public_key().fingerprint();
        },
        arg("path"));
    module.def("spreadsheet_safe",
               [](const std::string& text) { return publish::spreadsheet_safe(text); });
}

}  // namespace

void register_publish(py::module_& module) {
    py::class_<Publication>(module, "Publication")
        .def_property_readonly("index", [](const Publication& self) { return self.index; })
        .def_property_readonly("period", [](const Publication& self) { return self.period; })
        .def_property_readonly("version", [](const Publication& self) { return self.version; })
        .def_property_readonly(
            "audience", [](const Publication& self) { return detail::name_of(self.audience); })
        .def("to_json", [](const Publication& self) { return publish::to_json(self); })
        .def("tables", &publish::tables_of)
        .def("html", [](const Publication& self) -> std::optional<std::string> {
            const auto maker = report_maker();
            if (!maker) return std::nullopt;
            return maker(self);
        });
    register_options(module);
    register_bundles(module);
}

}  // namespace thuocdo::python
