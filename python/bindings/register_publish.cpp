// Publications: made, written, read and verified.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/publish/bundle.hpp>
#include <thuocdo/publish/publication_json.hpp>
#include <thuocdo/publish/publication_tables.hpp>
#include <thuocdo/publish/publish_safe.hpp>
#include <thuocdo/publish/published_changes.hpp>
#include <thuocdo/publish/published_remarks.hpp>
#include <thuocdo/publish/report.hpp>
#include <thuocdo/publish/verification.hpp>
#include <thuocdo/publish/versions.hpp>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "register.hpp"
#include "watched_run.hpp"

namespace thuocdo::python {
namespace {

using publish::Publication;

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

/// Indicator, lower, upper, largest step, digits, cost.
using RemarkLimit = std::tuple<std::string, std::optional<double>, std::optional<double>,
                               std::optional<double>, int, double>;

/// What a publication is made with beyond PublishOptions.
struct PublicationPlan {
    publish::PublishOptions options{};
    publish::AuditOptions audit{};
    std::string forced_reason{};
    std::optional<publish::AudienceView> since{};
    std::optional<publish::RemarkOptions> remarks{};
    std::function<bool(double)> progress{};
};

[[nodiscard]] Publication make_publication(const publish::AudienceView& view, PublicationPlan plan,
                                           py::object progress) {
    return watched(plan, std::move(progress), [&] {
        std::optional<publish::Diff> diff;
        if (plan.since) {
            diff = publish::diff(plan.since->board(), view.board());
            plan.options.previous_period = plan.since->board().panel().period();
            plan.options.changes = publish::published_changes(*diff, *plan.since, view);
            plan.options.breaks = publish::published_breaks(*diff);
            plan.audit.earlier.push_back(*plan.since);
        }
        if (plan.remarks) {
            plan.remarks->progress = plan.progress;
            plan.options.remarks = publish::published_remarks(
                view, *plan.remarks, diff ? &*diff : nullptr, plan.since ? &*plan.since : nullptr);
        }
        return publish::publish_safe(view, plan.options, plan.audit, plan.forced_reason);
    });
}

[[nodiscard]] publish::BundleOptions bundle_options(const std::optional<std::string>& key,
                                                    const std::optional<Scoreboard>& inputs,
                                                    bool although_withheld) {
    publish::BundleOptions options;
    options.html = [](const Publication& from) { return publish::html_report(from); };
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
    options.html = [](const Publication& from) { return publish::html_report(from); };
    return verification_fields(
        without_lock([&] { return publish::verify(std::filesystem::path(path), options); }));
}

/// What a bundle was computed from, scored anew; nothing without its inputs.
[[nodiscard]] std::optional<Scoreboard> board_in_bundle(const std::string& path) {
    return without_lock([&] { return publish::board_in(publish::read_bundle(path)); });
}

/// Changes between two publications by what they print, as columns.
[[nodiscard]] py::dict printed_changes(const Publication& before, const Publication& after) {
    std::vector<std::string> codes;
    std::vector<std::string> names;
    std::vector<std::string> fates;
    std::vector<double> numbers[6];
    for (const publish::PublishedChange& each : publish::published_changes(before, after)) {
        codes.push_back(each.code);
        names.push_back(each.name.empty() ? each.code : each.name.in(true));
        fates.push_back(each.status);
        const double all[] = {
            each.rank_before,  each.rank_after,  each.rank_after - each.rank_before,
            each.score_before, each.score_after, each.score_after - each.score_before};
        for (std::size_t k = 0; k < std::size(all); ++k) numbers[k].push_back(all[k]);
    }
    py::dict out;
    out["unit"] = codes;
    out["name"] = names;
    out["status"] = fates;
    const char* const keys[] = {"rank_before",  "rank_after",  "rank_change",
                                "score_before", "score_after", "score_change"};
    for (std::size_t k = 0; k < std::size(keys); ++k) out[keys[k]] = numbers[k];
    return out;
}

void register_options(py::module_& module) {
    using py::arg;
    py::class_<PublicationPlan>(module, "PublicationPlan")
        .def(py::init([](std::string period, const std::optional<std::string>& published_on,
                         std::size_t peers, std::string peer_group, std::string salt) {
                 PublicationPlan plan;
                 plan.options.period = std::move(period);
                 plan.options.published_on = read_date(published_on, "published_on");
                 plan.options.peers = peers;
                 plan.options.peer_group = std::move(peer_group);
                 plan.options.digest_salt = std::move(salt);
                 return plan;
             }),
             arg("period"), arg("published_on"), arg("peers"), arg("peer_group"), arg("salt"))
        .def(
            "add_earlier",
            [](PublicationPlan& self, std::string period, const publish::AudienceView& view) {
                self.options.earlier.push_back({std::move(period), view});
            },
            arg("period"), arg("view"))
        .def(
            "set_since",
            [](PublicationPlan& self, const publish::AudienceView& view) { self.since = view; },
            arg("view"))
        .def(
            "set_safety",
            [](PublicationPlan& self, double safe_width, std::string forced_reason) {
                self.audit.safe_width = safe_width;
                self.forced_reason = std::move(forced_reason);
            },
            arg("safe_width"), arg("forced_reason"))
        .def(
            "set_remarks",
            [](PublicationPlan& self, std::string group, const std::vector<RemarkLimit>& limits) {
                publish::RemarkOptions remarks;
                remarks.bottlenecks.group = std::move(group);
                for (const auto& [indicator, lower, upper, largest_step, digits, cost] : limits)
                    remarks.limits.push_back({indicator, lower, upper, largest_step, digits, cost});
                self.remarks = std::move(remarks);
            },
            arg("group"), arg("limits"))
        .def(
            "set_intervals",
            [](PublicationPlan& self, const robust::Uncertainty& uncertainty, double level) {
                self.options.intervals = publish::IntervalSource{uncertainty, level, {}};
            },
            arg("uncertainty"), arg("level"))
        .def(
            "set_tasks",
            [](PublicationPlan& self, const TaskRegister& tasks, const WorkingCalendar& calendar,
               const std::string& on, const std::optional<std::string>& earlier) {
                self.options.tasks = publish::TaskSource{tasks, calendar, read_date(on, "tasks_on"),
                                                         read_date(earlier, "tasks_before")};
            },
            arg("tasks"), arg("calendar"), arg("on"), arg("earlier"));
}

void register_bundles(py::module_& module) {
    using py::arg;
    module.def("make_publication", &make_publication, arg("view"), arg("plan"), arg("progress"));
    module.def("board_in_bundle", &board_in_bundle, arg("path"));
    module.def("printed_changes", &printed_changes, arg("before"), arg("after"));
    module.def(
        "view_like",
        [](const publish::AudienceView& view, const Scoreboard& board) {
            return publish::AudienceView(board, view.audience(), rules_for(view.rules(), board));
        },
        arg("view"), arg("board"));
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
        .def("html", [](const Publication& self) { return publish::html_report(self); });
    register_options(module);
    register_bundles(module);
}

}  // namespace thuocdo::python
