#pragma once
/// @file
/// A made-up history of the indicators that made-up tasks are to move: no real
/// value of any body.

#include <thuocdo/config.hpp>
#include <thuocdo/model/target.hpp>
#include <thuocdo/synthetic/detail/task_life.hpp>
#include <thuocdo/synthetic/units.hpp>
#include <thuocdo/tasks/indicator_history.hpp>
#include <thuocdo/time/period.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::synthetic {

/// How the history is made up.
struct IndicatorOptions {
    std::uint64_t seed = 57;
    Period first = Period::quarter(2024, 1);
    int quarters = 12;
};

/// A history and the targets that fall due at its end.
struct MadeUpIndicators {
    IndicatorHistory history;
    std::map<std::string, Target> targets;
    /// The last day of the last quarter.
    Date last_day;
};

namespace detail {

/// Beyond the stages of units, panels and tasks.
enum class IndicatorStage : std::uint32_t {
    start = 128,
    pace,
    stall,
    stall_time,
    silence,
    silence_time,
    noise,
    gap,
    delay
};

/// The course of one indicator of one body, in per cent.
class IndicatorCourse {
  public:
    static constexpr double target = 60.0;

    THUOCDO_KERNEL IndicatorCourse(const numeric::Philox& random, const std::string& body,
                                   const std::string& indicator, int quarters)
        : random_(random), place_(place_of(body)), index_(index_of(indicator)) {
        THUOCDO_EXACT
        constexpr double lowest_start = 30.0;
        constexpr double start_range = 20.0;
        constexpr double slowest = 0.5;
        constexpr double pace_range = 1.2;
        constexpr double share_that_stalls = 0.25;
        constexpr double share_that_falls_silent = 0.12;
        start_ = lowest_start + start_range * uniform(IndicatorStage::start);
        step_ = (target - start_) / (quarters - 1) *
                (slowest + pace_range * uniform(IndicatorStage::pace));
        const auto some_quarter = [&](IndicatorStage stage) {
            return static_cast<int>(uniform(stage) * quarters);
        };
        stalls_at_ = uniform(IndicatorStage::stall) < share_that_stalls
                         ? some_quarter(IndicatorStage::stall_time)
                         : quarters;
        silent_from_ = uniform(IndicatorStage::silence) < share_that_falls_silent
                           ? some_quarter(IndicatorStage::silence_time)
                           : quarters;
    }

    /// The published value, to one decimal; missing where none is reported.
    THUOCDO_KERNEL [[nodiscard]] double value(int quarter) const {
        THUOCDO_EXACT
        constexpr double share_of_gaps = 0.03;
        constexpr double noise = 0.6;
        if (quarter >= silent_from_ || uniform(IndicatorStage::gap, quarter) < share_of_gaps)
            return missing_value;
        const double steps = quarter < stalls_at_ ? quarter : stalls_at_;
        const double course = start_ + step_ * steps;
        const double error = noise * (2.0 * uniform(IndicatorStage::noise, quarter) - 1.0);
        return numeric::round_decimal(course + error, 1);
    }

    /// Days from the end of the quarter to the publication.
    [[nodiscard]] int delay(int quarter) const {
        constexpr int shortest = 15;
        constexpr double range = 30.0;
        return shortest + static_cast<int>(range * uniform(IndicatorStage::delay, quarter));
    }

  private:
    [[nodiscard]] double uniform(IndicatorStage stage, int quarter = 0) const {
        constexpr auto quarters_apart = std::uint64_t{0x9e3779b97f4a7c15U};
        return random_.uniform(place_ + quarters_apart * static_cast<std::uint64_t>(quarter),
                               static_cast<std::uint32_t>(stage), index_);
    }

    numeric::Philox random_;
    std::uint64_t place_;
    std::uint32_t index_;
    double start_ = 0.0;
    double step_ = 0.0;
    int stalls_at_ = 0;
    int silent_from_ = 0;
};

}  // namespace detail

/// Quarterly values of the indicators that made-up tasks are linked to, for
/// central bodies and provinces: each pair of body and indicator rises toward
/// 60% at a pace of its own; a quarter of them stop at some point, some fall
/// silent, single values are missing, and each value is published 15 to 45 days
/// after its quarter. The target of all is 60% at the end of the last quarter.
/// A value is a function of seed, body, indicator and quarter.
/// O(bodies * indicators * quarters).
/// @throws DataError (`too_few_periods`) for fewer than two quarters
[[nodiscard]] inline MadeUpIndicators indicators(const Nation& nation,
                                                 const IndicatorOptions& options = {}) {
    if (options.quarters < 2)
        throw DataError("no history can be made up",
                        {{"too_few_periods", "quarters", std::to_string(options.quarters),
                          "at least 2", "ask for more quarters"}});
    const numeric::Philox random(options.seed);
    std::vector<Unit> bodies;
    for (const UnitRegistry* units : {&nation.central, &nation.provinces})
        for (Index k = 0; k < units->size(); ++k) bodies.push_back(units->unit(k));
    const std::vector<std::string> codes(detail::task_indicators.begin(),
                                         detail::task_indicators.end());
    std::vector<std::vector<detail::IndicatorCourse>> courses(codes.size());
    for (std::size_t j = 0; j < codes.size(); ++j)
        for (const Unit& body : bodies)
            courses[j].emplace_back(random, body.code, codes[j], options.quarters);

    const UnitRegistry registry(bodies);
    std::vector<Panel> panels;
    Period period = options.first;
    for (int quarter = 0; quarter < options.quarters; ++quarter) {
        PanelDefinition panel;
        panel.units = registry;
        panel.indicators = codes;
        panel.values.resize(registry.size(), static_cast<Index>(codes.size()));
        panel.period = period.to_iso();
        panel.period_end = period.last_day();
        constexpr int longest_delay = 45;
        for (int delay = 0; delay <= longest_delay; ++delay)
            panel.provenances.push_back(
                {"báo cáo quý", period.last_day() + boost::gregorian::days(delay)});
        for (Index j = 0; j < panel.values.cols(); ++j) {
            auto& published = panel.provenance_ids[j];
            for (Index i = 0; i < panel.values.rows(); ++i) {
                const detail::IndicatorCourse& course =
                    courses[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)];
                panel.values(i, j) = course.value(quarter);
                published.push_back(course.delay(quarter));
            }
        }
        panels.emplace_back(std::move(panel));
        if (quarter + 1 < options.quarters) period = period.next();
    }
    std::map<std::string, Direction> better;
    std::map<std::string, Target> targets;
    for (const std::string& code : codes) {
        better[code] = Direction::higher_is_better;
        targets[code] = {period.last_day(), detail::IndicatorCourse::target};
    }
    return {IndicatorHistory(std::move(panels), std::move(better)), std::move(targets),
            period.last_day()};
}

}  // namespace thuocdo::synthetic
