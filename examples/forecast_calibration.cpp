// Is the forecast of missed deadlines to be believed? Learns from a made-up register until the
// middle of 2025 and holds the forecasts of the next twelve months against what happened. Usage:
// forecast_calibration [data folder]      prints CSV; draw_calibration.py draws it
#include <thuocdo/io/csv.hpp>
#include <thuocdo/synthetic.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/deadline_forecast.hpp>

#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace thuocdo;

constexpr int digits = 4;

std::string number(double value) {
    return std::isnan(value) ? std::string() : numeric::fixed(value, digits);
}

/// Whether the forecasts keep what the documentation says of them.
bool within_bounds(const numeric::Calibration& quality) {
    constexpr double largest_error = 0.03;
    constexpr double least_discrimination = 0.75;
    return quality.calibration_error < largest_error &&
           quality.brier < quality.brier_of_base_rate &&
           quality.area_under_curve > least_discrimination;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string data = argc > 1 ? argv[1] : THUOCDO_DATA_DIR;
    try {
        io::UnitOptions columns;
        columns.attribute_columns = {"wards", "communes", "special_zones"};
        const TaskRegister tasks = synthetic::task_register(
            synthetic::nation(io::load_units(data + "/units/vn-provinces.csv", columns)));
        std::vector<Date> days;
        for (Date day(2025, 7, 31); day <= Date(2026, 6, 30);
             day = (day + boost::gregorian::days(1)).end_of_month())
            days.push_back(day);
        const HeldOutCalibration held_out =
            held_out_calibration(tasks, Date(2025, 6, 30), days, Date(2028, 12, 31));
        const numeric::Calibration& quality = held_out.quality;
        std::cout << "# forecasts " << quality.count << ", outcome unknown " << held_out.unknown
                  << ", share missed " << number(quality.base_rate) << ", Brier "
                  << number(quality.brier) << " (of the base rate "
                  << number(quality.brier_of_base_rate) << "), calibration error "
                  << number(quality.calibration_error) << ", area under curve "
                  << number(quality.area_under_curve) << '\n'
                  << "from,to,count,missed,mean_forecast,observed\n";
        for (const numeric::CalibrationBin& bin : quality.bins)
            std::cout << number(bin.from) << ',' << number(bin.to) << ',' << bin.count << ','
                      << bin.events << ',' << number(bin.mean_forecast) << ','
                      << number(bin.observed) << '\n';
        if (within_bounds(quality)) return 0;
        std::cerr << "the forecasts are not as good as stated\n";
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
    }
    return 1;
}
