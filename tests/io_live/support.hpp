#pragma once
// Events of every kind, and the problems of lines.

#include <thuocdo/io/events.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace event_tests {

using thuocdo::Date;
namespace live = thuocdo::live;

inline live::Event event(std::string id, live::Fact fact) {
    live::Event event;
    event.id = std::move(id);
    event.valid = Date(2026, 9, 30);
    event.known = *thuocdo::parse_instant("2026-10-05T08:00:00.25+07:00");
    event.fact = std::move(fact);
    return event;
}

inline thuocdo::Task task_with_everything() {
    thuocdo::Task task;
    task.code = "NV-01";
    task.title = "Số hóa \"hồ sơ\"\n";
    task.document = "57-NQ/TW";
    task.lead = "BKHCN";
    task.coordinating = {"BTC", "HN"};
    task.post = "BT";
    task.level = "Bộ";
    task.sector = "CĐS";
    task.assigned = Date(2026, 1, 5);
    task.deadline = Date(2026, 6, 30);
    task.deadline_text = "trong quý II/2026";
    task.extensions = {{Date(2026, 5, 1), Date(2026, 7, 31), "12/QĐ"}};
    task.milestones = {{"Dự thảo", Date(2026, 3, 1), 0.25}};
    task.events = {{thuocdo::TaskEventKind::progress, Date(2026, 4, 1), 0.5, "", "nửa"},
                   {thuocdo::TaskEventKind::exempted, Date(2026, 7, 1),
                    std::numeric_limits<double>::quiet_NaN(), "13/QĐ", ""}};
    task.products = {
        {"Báo cáo", Date(2026, 6, 1), thuocdo::ProductQuality::meets, {Date(2026, 5, 1)}, 1.5},
        {"Phần mềm", std::nullopt, thuocdo::ProductQuality::not_assessed, {}, std::nullopt}};
    task.indicators = {"le"};
    task.coefficient = 2.0;
    task.money = {{Date(2026, 2, 1), 1e9, 0.0}, {Date(2026, 3, 1), 0.0, 2.5e8}};
    task.secrecy = thuocdo::TaskSecrecy::secret;
    return task;
}

inline thuocdo::Unit unit_with_everything() {
    thuocdo::Unit unit;
    unit.code = "01";
    unit.name = {"Ha Noi", "Hà Nội"};
    unit.level = "province";
    unit.kind = "city";
    unit.parent = "VN";
    unit.groups = {{"region/a", "north"}, {"vùng", "sông Hồng"}};
    unit.attributes = {{"population", 8435700.0}, {"area", -0.0}};
    unit.valid_from = Date(2025, 7, 1);
    unit.valid_to = Date(9999, 12, 31);
    unit.predecessors = {"01a", "28"};
    return unit;
}

/// One event of every kind and more.
inline std::vector<live::Event> samples() {
    using thuocdo::CellState;
    const auto observed = [](live::Observation o) {
        o.unit = "HN";
        o.indicator = "le";
        o.period = "2026-Q3";
        return o;
    };
    live::Observation missing{"", "", "", {}, {}, {}, CellState::confidential};
    live::Observation ratio{"", "", "", {}, 1.0, 3.0};
    live::Observation nothing{"", "", "", {}, 1.0, 0.0};
    live::Observation both{"", "", "", 0.5, 1.0, 2.0, CellState::provisional};
    live::Event correction = event("e2", observed({"", "", "", 1e-300}));
    correction.replaces = "e1";
    correction.source = "Niên giám\x01\x7f 2026 \\ \"quý\"";
    live::Event back = event("e7", live::Withdrawal{});
    back.replaces = "e2";
    return {event("e1", observed({"", "", "", 0.1 + 0.2})),
            correction,
            event("e3", observed(missing)),
            event("e4", observed(ratio)),
            event("e5", observed(nothing)),
            event("e6", observed(both)),
            back,
            event("e8", live::UnitFact{unit_with_everything()}),
            event("e9", live::UnitFact{{"48", {"Đà Nẵng", "Đà Nẵng"}}}),
            event("e10", live::TaskFact{task_with_everything()}),
            event("e11", live::TaskHappening{"NV-01",
                                             {thuocdo::TaskEventKind::progress, Date(2026, 8, 1),
                                              0.75, "", "gần xong"}}),
            event("e12", live::TaskHappening{"NV-01",
                                             {thuocdo::TaskEventKind::resumed, Date(2026, 8, 2)}}),
            event("e13",
                  live::TaskExtension{"NV-01", {Date(2026, 8, 3), Date(2026, 12, 31), "99/QĐ"}})};
}

/// The problems of the DataError that a call throws; none when it throws none.
template <class Call>
std::vector<thuocdo::Problem> problems_of(Call&& call) {
    try {
        static_cast<void>(call());
    } catch (const thuocdo::DataError& error) {
        return error.problems();
    }
    return {};
}

/// `code at place` of each problem.
inline std::vector<std::string> codes(const std::vector<thuocdo::Problem>& problems) {
    std::vector<std::string> out;
    for (const thuocdo::Problem& each : problems) out.push_back(each.code + " at " + each.place);
    return out;
}

inline std::vector<std::string> line_codes(const std::string& line) {
    return codes(problems_of([&] { return thuocdo::io::parse_event(line, "f:3"); }));
}

using Texts = std::vector<std::string>;

}  // namespace event_tests
