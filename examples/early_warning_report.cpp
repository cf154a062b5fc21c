// How early, and how surely, do warning rules see that tasks will miss their
// deadlines? Three years of made-up tasks, warnings once a month,
// held against what became of the tasks; then the warnings and the signs of
// waste of one day. The figures say what the rules do in this made-up world and
// nothing about real bodies. Fails when they leave the bounds stated below.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/warning_rules.hpp>
#include <thuocdo/synthetic/indicators.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/early_warning.hpp>
#include <thuocdo/tasks/indicator_warning_evaluation.hpp>
#include <thuocdo/tasks/warning_evaluation.hpp>
#include <thuocdo/tasks/waste_flags.hpp>

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

namespace {

constexpr std::uint64_t seed = 57;
constexpr std::size_t task_count = 20'000;
constexpr std::size_t warnings_shown = 8;

/// The middle of every month from one day to another: a day on which reports of
/// the month are usually at hand.
std::vector<thuocdo::Date> closing_days(const thuocdo::Date& first, const thuocdo::Date& last) {
    constexpr int closing_day = 14;
    std::vector<thuocdo::Date> days;
    for (thuocdo::Date day(first.year(), first.month(), closing_day); day <= last;
         day += boost::gregorian::months(1))
        if (day >= first) days.push_back(day);
    return days;
}

/// Says which of the stated bounds hold.
class Bounds {
  public:
    void check(const std::string& what, double value, double least, double most) {
        const bool holds = value >= least && value <= most;
        std::cout << (holds ? "  đạt / holds   " : "  KHÔNG / FAILS ") << what << ": " << value
                  << "  [" << least << ", " << most << "]\n";
        all_hold_ = all_hold_ && holds;
    }
    [[nodiscard]] bool all_hold() const noexcept { return all_hold_; }

  private:
    bool all_hold_ = true;
};

}  // namespace

int main(int argc, char** argv) {
    const std::string data = argc > 1 ? argv[1] : THUOCDO_DATA_DIR;
    const auto set = thuocdo::io::load_warning_rules(data + "/warnings/default-rules.json");
    thuocdo::synthetic::TaskOptions options;
    options.seed = seed;
    options.tasks = task_count;
    thuocdo::io::UnitOptions counts;
    counts.attribute_columns = {"wards", "communes", "special_zones"};
    const auto provinces = thuocdo::io::load_units(data + "/units/vn-provinces.csv", counts);
    const auto nation = thuocdo::synthetic::nation(provinces);
    const auto tasks = thuocdo::synthetic::task_register(nation, options);
    const auto indicators = thuocdo::synthetic::indicators(nation);

    std::cout
        << "CHẤT LƯỢNG CẢNH BÁO SỚM, số liệu giả lập / QUALITY OF EARLY WARNINGS, made-up data\n"
        << set.name.vi << " / " << set.name.en << ", " << tasks.size() << " nhiệm vụ / tasks\n\n";
    const auto grid = closing_days(options.first, options.last);
    const thuocdo::Date end(options.last.year() + 1, 12, 31);
    const auto quality = thuocdo::evaluate_warnings(tasks, grid, end, set.rules);
    std::cout << quality
              << "\nQuy tắc về chỉ tiêu, đối chiếu với chỉ tiêu đạt hay không; "
                 "số liệu cũ, với có số liệu kỳ cuối hay không\n"
                 "Rules about indicators, held against targets; about stale data, "
                 "against whether the last value came\n";
    auto before = grid;
    std::erase_if(before, [&](const auto& each) { return each > indicators.last_day; });
    const auto on_indicators = thuocdo::evaluate_indicator_warnings(
        tasks, indicators.history, indicators.targets, before, end, set.rules);
    std::cout << on_indicators;

    const thuocdo::Date day(2026, 6, 14);
    auto today = thuocdo::early_warnings(tasks, day, set.rules);
    std::erase_if(today.warnings, [](const auto& each) { return each.days_left < 0; });
    const std::size_t in_time = today.warnings.size();
    if (in_time > warnings_shown) today.warnings.resize(warnings_shown);
    std::cout << "\nCẢNH BÁO CÒN TRONG HẠN / WARNINGS BEFORE THE DEADLINE: " << in_time
              << ", đầu danh sách / the first of them\n"
              << today << "\nDẤU HIỆU LÃNG PHÍ / SIGNS OF WASTE\n"
              << thuocdo::waste_flags(tasks, day);

    std::cout << "\nNGƯỠNG KIỂM TRA / STATED BOUNDS\n";
    Bounds bounds;
    const double base = quality.all.base_rate().value();
    bounds.check("nhiệm vụ trễ hạn / tasks that miss a deadline", base, 0.1, 0.4);
    for (const auto& each : quality.rules) {
        if (each.rule != "late-start" && each.rule != "behind-schedule" &&
            each.rule != "deadline-near")
            continue;
        bounds.check(each.rule + ": chính xác / precision", each.precision().value(), 2.0 * base,
                     1.0);
        bounds.check(each.rule + ": báo trước, ngày / mean lead time in days",
                     each.mean_lead_time().value(), 7.0, 240.0);
    }
    for (const auto& each : on_indicators.rules) {
        bounds.check(each.rule + ": chính xác / precision", each.precision().value(),
                     1.2 * each.base_rate().value(), 1.0);
        bounds.check(each.rule + ": báo trước, ngày / mean lead time in days",
                     each.mean_lead_time().value(), 30.0, 900.0);
    }
    bounds.check("tất cả: phát hiện / all: recall", quality.all.recall().value(), 0.85, 1.0);
    bounds.check("tất cả: chính xác / all: precision", quality.all.precision().value(), 1.5 * base,
                 1.0);
    bounds.check("tất cả: báo trước, ngày / all: mean lead time in days",
                 quality.all.mean_lead_time().value(), 30.0, 240.0);
    return bounds.all_hold() ? 0 : 1;
}
