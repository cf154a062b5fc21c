// Tasks, deadlines and accountability on a made-up national register: who is late, who answers for
// it, what was carried over, what will be late next, and what all that makes of a body's band.
// Usage: task_demo [data folder]
#include <thuocdo/data/join_panels.hpp>
#include <thuocdo/io/calendar.hpp>
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/deadline.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/io/warning_rules.hpp>
#include <thuocdo/synthetic.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/accountability.hpp>
#include <thuocdo/tasks/early_warning.hpp>
#include <thuocdo/tasks/task_flow.hpp>
#include <thuocdo/tasks/task_panel.hpp>
#include <thuocdo/tasks/task_table.hpp>
#include <thuocdo/thuocdo.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <exception>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace thuocdo;

constexpr int line_width = 98;
constexpr std::size_t most_shown = 8;

void heading(const std::string& vietnamese, const std::string& english) {
    std::cout << '\n'
              << std::string(line_width, '=') << '\n'
              << vietnamese << '\n'
              << english << '\n'
              << std::string(line_width, '-') << '\n';
}

std::string percent(const TaskRate& rate) {
    constexpr double hundred = 100.0;
    return std::isnan(rate.value()) ? "-" : numeric::fixed(hundred * rate.value(), 2) + "%";
}

// --- 1. Official counts -----------------------------------------------------------------------

/// Whether the official figures of 2017 come out.
bool official_counts() {
    heading("1. SỐ LIỆU CHÍNH THỨC 2017: HAI MẪU SỐ, HAI TỶ LỆ",
            "   Official counts of 2017: two denominators, two rates");
    const auto add = [](std::vector<Task>& tasks, int count, const char* done,
                        const char* deadline) {
        for (int k = 0; k < count; ++k) {
            Task task;
            task.code = "2017-" + std::to_string(tasks.size() + 1);
            task.lead = "VPCP";
            task.assigned = Date(2017, 1, 2);
            task.deadline = parse_date(deadline);
            if (done) task.events.push_back({TaskEventKind::accepted, *parse_date(done)});
            tasks.push_back(task);
        }
    };
    std::vector<Task> tasks;
    add(tasks, 14068, "2017-06-30", "2017-06-30");
    add(tasks, 1983, "2017-07-01", "2017-06-30");
    add(tasks, 5640, nullptr, "2017-12-31");
    add(tasks, 223, nullptr, "2017-12-30");
    const TaskTally tally = task_table(TaskRegister(tasks), Date(2017, 12, 31)).total;
    std::cout << "  Giao / assigned: " << tally.all() << " = hoàn thành / done " << tally.done()
              << " (đúng hạn / on time " << tally.of(TaskState::completed_on_time)
              << ", quá hạn / late " << tally.of(TaskState::completed_late)
              << ") + chưa hoàn thành / not done " << tally.open() << " (trong hạn / in time "
              << tally.open_in_time() << ", quá hạn / overdue " << tally.overdue() << ")\n"
              << "  Trên nhiệm vụ đến hạn / on tasks due:  "
              << percent(tally.completion_on_tasks_due()) << " (công bố / published: 98.63%)\n"
              << "  Trên tổng nhiệm vụ / on all tasks:     "
              << percent(tally.completion_on_all_tasks()) << '\n';
    return percent(tally.completion_on_tasks_due()) == "98.63%";
}

// --- 2. Deadlines in words --------------------------------------------------------------------

void deadlines(const WorkingCalendar& calendar) {
    heading("2. THỜI HẠN TRONG VĂN BẢN: NGHĨA CHÍNH XÁC, KHÔNG ĐOÁN",
            "   Deadlines in the words of documents: one exact meaning, or refused");
    io::DeadlineOptions options;
    options.calendar = &calendar;
    for (const char* words :
         {"trước ngày 10/1/2026", "chậm nhất trong Quý I/2026", "trong tháng 01/2026",
          "trong thời hạn 15 ngày làm việc kể từ ngày 10/2/2026", "đầu năm 2026"}) {
        std::cout << "  " << words << "\n      ";
        try {
            const Deadline deadline = io::parse_deadline(words, options);
            std::cout << deadline.to_vietnamese() << "  |  " << deadline.to_english() << '\n';
        } catch (const DataError& error) {
            std::cout << "bị từ chối / refused: " << error.problems().front().message() << '\n';
        }
    }
}

// --- 3. The register --------------------------------------------------------------------------

void tables(const TaskRegister& tasks, const Date& today, const Date& earlier) {
    heading("3. CẢ NƯỚC: " + std::to_string(tasks.size()) + " NHIỆM VỤ MÔ PHỎNG",
            "   The nation: made-up tasks, the same on every machine");
    std::cout << task_table(tasks, today, TaskGroup::level) << '\n';
    TaskTable bodies = task_table(tasks, today, TaskGroup::lead);
    std::stable_sort(bodies.rows.begin(), bodies.rows.end(), [](const auto& a, const auto& b) {
        return a.tally.overdue() > b.tally.overdue();
    });
    bodies.rows.resize(std::min(bodies.rows.size(), most_shown));
    std::cout << "  Nhiều nhiệm vụ quá hạn nhất / most overdue\n" << bodies << '\n';
    const TaskFlow flow = task_flow(tasks, earlier, today);
    const TaskFlowRow& row = flow.rows.front();
    std::cout << "  Từ " << to_iso(earlier) << " đến " << to_iso(today) << ": quá hạn khi đó "
              << row.overdue_then << ", nay vẫn quá hạn " << row.carried_over << ", đã xong "
              << row.overdue_closed << ", khác " << row.overdue_otherwise << "; mới quá hạn "
              << row.newly_overdue << "\n  From one meeting to the next: overdue "
              << "then, still overdue, done, otherwise; newly overdue. Closure rate "
              << percent(row.closure_rate()) << ", carry-over rate "
              << percent(row.carry_over_rate()) << '\n';
}

void accountability(const TaskRegister& tasks, const Date& today, const Date& earlier,
                    const WorkingCalendar& calendar) {
    heading("4. NHIỆM VỤ QUÁ HẠN, RÕ NGƯỜI, RÕ TRÁCH NHIỆM",
            "   Overdue, with the person and the position that answer for it");
    OverdueList list = overdue_list(tasks, today, calendar, {.earlier = earlier});
    std::size_t left = most_shown;
    for (OverdueGroup& group : list.groups) {
        group.rows.resize(std::min({group.rows.size(), left, most_shown / 2}));
        left -= group.rows.size();
    }
    std::cout << list;
}

void warn(const TaskRegister& tasks, const Date& today, const std::string& data) {
    heading("5. CẢNH BÁO SỚM", "   Early warnings");
    const auto rules = io::load_warning_rules(data + "/warnings/default-rules.json");
    EarlyWarnings warnings = early_warnings(tasks, today, rules.rules);
    std::map<std::string, std::size_t> by_rule;
    for (const Warning& warning : warnings.warnings) ++by_rule[warning.rule];
    for (const auto& [rule, count] : by_rule) std::cout << "  " << rule << ": " << count << '\n';
    // Of the others the deadline has passed already.
    std::erase_if(warnings.warnings, [](const Warning& warning) { return warning.days_left < 0; });
    warnings.warnings.resize(std::min(warnings.warnings.size(), most_shown / 2));
    std::cout << '\n' << warnings;
}

void bands(const TaskRegister& tasks, const Date& today, const UnitRegistry& units,
           const std::string& data) {
    heading("6. NGHỊ ĐỊNH 335/2025: TỪ NHIỆM VỤ ĐẾN XẾP LOẠI (ĐIỂM TIÊU CHÍ CHUNG LÀ GIẢ ĐỊNH)",
            "   Decree 335/2025: from tasks to bands (points for general criteria are assumed)");
    const IndexModel model = io::load_model(data + "/models/decree335.json");
    Eigen::MatrixXd entered(units.size(), 2);
    constexpr double assumed_points = 28.0;
    entered.col(0).setConstant(assumed_points);
    entered.col(1).setZero();
    const Panel people(units, {"general_criteria", "tasks.disciplined"}, entered);
    const Panel panel = task_panel(tasks, today, units, {.other_groups = true});
    const Scoreboard board = score(model, join_panels(panel, people));
    for (const RankingRow& row : board.ranking(static_cast<Index>(most_shown))) {
        const Index unit = board.units().index_of(row.unit.code);
        const auto& outcome = board.band_outcome(unit);
        const auto& scale = model.definition().bands->bands;
        std::cout << "  " << row.rank << "  " << row.unit.display_name() << "  "
                  << numeric::fixed(row.score, 2) << "  "
                  << (outcome.final_band < 0
                          ? std::string("-")
                          : scale[static_cast<std::size_t>(outcome.final_band)].name.vi)
                  << '\n';
    }
    const RankingRow first = board.ranking(1).front();
    std::cout << "\n  Vì sao / why: " << first.unit.display_name() << ": "
              << board.band_reason(board.units().index_of(first.unit.code)) << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    const std::string data = argc > 1 ? argv[1] : THUOCDO_DATA_DIR;
    try {
        const WorkingCalendar calendar = io::load_calendar(data + "/calendars");
        const bool reproduced = official_counts();
        deadlines(calendar);
        io::UnitOptions options;
        options.attribute_columns = {"wards", "communes", "special_zones"};
        const auto nation =
            synthetic::nation(io::load_units(data + "/units/vn-provinces.csv", options));
        const TaskRegister tasks = synthetic::task_register(nation);
        // "Today" is a day of Viet Nam: half past eleven at night there is still the 30th.
        const Date today = local_date("2026-06-30T16:30:00Z").value();
        const Date earlier(2026, 3, 31);
        tables(tasks, today, earlier);
        accountability(tasks, today, earlier, calendar);
        warn(tasks, today, data);
        bands(tasks, today, nation.central, data);
        if (reproduced) return 0;
        std::cerr << "\nthe official counts of 2017 were not reproduced\n";
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
    }
    return 1;
}
