// The observation log of live scoreboards. Events go in and out as JSON Lines.
#include <thuocdo/io/events.hpp>
#include <thuocdo/live/observation_log.hpp>
#include <thuocdo/time/instant.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "convert_tasks.hpp"
#include "live_log.hpp"
#include "register.hpp"

namespace thuocdo::python {

void SharedLog::checkpoint() {
    if (!store_)
        throw DataError("the log cannot be kept", {{"journal_missing", "log", "no journal",
                                                    "a log with a journal", "open one"}});
    store_->checkpoint(*log_);
    kept_ = log_->size();
}

void SharedLog::checkpoint_if_due() {
    constexpr std::uint64_t events_between = 50'000;
    if (!store_ || log_->size() - kept_ < events_between) return;
    try {
        checkpoint();
    } catch (const Error&) {
        // The events are safe without it; the next batch tries again.
    }
}

Instant read_moment(const std::string& text, const char* argument) {
    if (const auto moment = parse_instant(text)) return *moment;
    if (const auto day = parse_date(text)) return end_of_day(*day);
    throw DataError("not a moment",
                    {{"bad_moment", std::string("argument \"") + argument + '"', '"' + text + '"',
                      "a moment with its offset from UTC, or a day",
                      "write 2026-10-05T08:00:00+07:00 or 2026-10-05"}});
}

namespace {

using Texts = std::vector<std::string>;
using MaybeText = std::optional<std::string>;

[[nodiscard]] live::LogRules make_rules(const std::string& arrival, std::optional<int> longest_age,
                                        std::map<std::string, int> longest_ages,
                                        const MaybeText& tasks_by, bool all_tasks,
                                        bool other_groups, const MaybeText& earlier,
                                        const std::optional<TaskRegister>& frame) {
    live::LogRules rules;
    if (arrival == "any_order")
        rules.arrival = live::Arrival::any_order;
    else if (arrival != "in_order")
        throw DataError("impossible option", {{"bad_option", "argument \"arrival\"",
                                               '"' + arrival + '"', "in_order or any_order", ""}});
    rules.longest_age = longest_age;
    rules.longest_ages = std::move(longest_ages);
    if (tasks_by) {
        TaskPanelOptions options;
        options.by = read_group(*tasks_by);
        options.base = all_tasks ? QuantityBase::all : QuantityBase::due;
        options.other_groups = other_groups;
        options.earlier = read_day(earlier, "earlier");
        rules.task_panel = std::move(options);
    }
    if (frame) {
        rules.task_rules = frame->rules();
        rules.offices = frame->offices();
    }
    return rules;
}

/// @param period that of a panel which names none
[[nodiscard]] std::optional<live::Baseline> make_baseline(const std::optional<Panel>& panel,
                                                          const std::string& period,
                                                          const MaybeText& valid,
                                                          const MaybeText& known) {
    if (!panel) return std::nullopt;
    live::Baseline baseline{*panel};
    if (panel->period().empty() && !period.empty()) {
        PanelDefinition named = panel->definition();
        named.period = period;
        baseline.panel = Panel(std::move(named));
    }
    if (valid) baseline.valid = read_date(*valid, "baseline_valid");
    if (known) baseline.known = read_moment(*known, "baseline_known");
    return baseline;
}

[[nodiscard]] live::AsOf make_moment(const std::string& valid, const MaybeText& known,
                                     std::string period, Texts indicators) {
    live::AsOf moment{std::move(period), read_date(valid, "valid")};
    if (known) moment.known = read_moment(*known, "known");
    moment.indicators = std::move(indicators);
    return moment;
}

[[nodiscard]] std::size_t append_to_log(SharedLog& self, const py::bytes& utf8,
                                        const std::string& file) {
    const std::string lines = utf8;
    return self.with([&](live::ObservationLog& log) {
        const std::vector<live::Event> events = io::parse_events(lines, file);
        const std::vector<std::size_t> fresh = log.check(events);
        std::vector<live::Event> selected;
        selected.reserve(fresh.size());
        for (const std::size_t k : fresh) selected.push_back(events[k]);
        self.write(selected);
        for (const live::Event& event : selected) log.append_checked(event);
        self.checkpoint_if_due();
        return fresh.size();
    });
}

[[nodiscard]] std::string line(SharedLog& self, std::size_t at) {
    return self.with([&](live::ObservationLog& log) {
        if (at >= log.size()) throw py::index_error("no such event");
        return io::event_to_json(log.event(at));
    });
}

[[nodiscard]] py::dict cell(SharedLog& self, const std::string& unit, const std::string& indicator,
                            const std::string& valid, const MaybeText& known, std::string period) {
    const live::AsOf moment = make_moment(valid, known, std::move(period), {});
    const auto [found, event] = self.with([&](live::ObservationLog& log) {
        const live::CellAtMoment at = log.cell(unit, indicator, moment);
        MaybeText id;
        if (at.entry >= 0) id = log.event(static_cast<std::size_t>(at.entry)).id;
        return std::pair(at, id);
    });
    py::dict out;
    out["value"] = found.value;
    out["state"] = cell_state_name(found.state);
    out["numerator"] = found.numerator;
    out["denominator"] = found.denominator;
    out["valid"] = found.valid ? py::object(py::str(to_iso(date_of(*found.valid)))) : py::none();
    out["event"] = event;
    return out;
}

}  // namespace

void register_live(py::module_& module) {
    using py::arg;
    py::class_<EventStore, std::shared_ptr<EventStore>>(module, "EventStore");
    py::class_<SharedLog, std::shared_ptr<SharedLog>>(module, "ObservationLog")
        .def(py::init([](const std::string& arrival, std::optional<int> longest_age,
                         std::map<std::string, int> longest_ages, const MaybeText& tasks_by,
                         bool all_tasks, bool other_groups, const MaybeText& earlier,
                         const std::optional<TaskRegister>& task_frame,
                         const std::optional<Panel>& baseline, const std::string& baseline_period,
                         const MaybeText& baseline_valid, const MaybeText& baseline_known) {
                 return std::make_shared<SharedLog>(
                     make_rules(arrival, longest_age, std::move(longest_ages), tasks_by, all_tasks,
                                other_groups, earlier, task_frame),
                     make_baseline(baseline, baseline_period, baseline_valid, baseline_known));
             }),
             arg("arrival"), arg("longest_age"), arg("longest_ages"), arg("tasks_by"),
             arg("all_tasks"), arg("other_groups"), arg("earlier"), arg("task_frame"),
             arg("baseline"), arg("baseline_period"), arg("baseline_valid"), arg("baseline_known"))
        .def("attach", &SharedLog::attach, arg("store"))
        .def("checkpoint",
             [](SharedLog& self) {
                 return self.with([&](live::ObservationLog&) { self.checkpoint(); });
             })
        .def("append", &append_to_log, arg("utf8"), arg("file"))
        .def("__len__",
             [](SharedLog& self) {
                 return self.with([](live::ObservationLog& log) { return log.size(); });
             })
        .def("line", &line, arg("at"))
        .def(
            "find",
            [](SharedLog& self, const std::string& id) {
                return self.with([&](live::ObservationLog& log) { return log.find(id); });
            },
            arg("id"))
        .def_property_readonly(
            "digest",
            [](SharedLog& self) {
                return self.with([](live::ObservationLog& log) { return log.digest(); });
            })
        .def("cell", &cell, arg("unit"), arg("indicator"), arg("valid"), arg("known"),
             arg("period"))
        .def(
            "as_of",
            [](SharedLog& self, const std::string& valid, const MaybeText& known,
               std::string period, Texts indicators, const MaybeText& units_on) {
                live::AsOf moment =
                    make_moment(valid, known, std::move(period), std::move(indicators));
                if (units_on) moment.units_on = read_date(*units_on, "units_on");
                return self.with([&](live::ObservationLog& log) { return log.as_of(moment); });
            },
            arg("valid"), arg("known"), arg("period"), arg("indicators"), arg("units_on"))
        .def(
            "tasks",
            [](SharedLog& self, const std::string& valid, const MaybeText& known) {
                const live::AsOf moment = make_moment(valid, known, "", {});
                return self.with([&](live::ObservationLog& log) { return log.tasks(moment); });
            },
            arg("valid"), arg("known"));
}

}  // namespace thuocdo::python
