#pragma once
/// @file
/// The values that an indicator may take under its limit, and what each costs.

#include <thuocdo/explain/improvement.hpp>
#include <thuocdo/numeric/decimal.hpp>
#include <thuocdo/scoreboard.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// Values by cost, the present one first; equal costs by value.
struct ImprovementLevels {
    std::string indicator{};
    Label name{};
    std::vector<double> values{};
    std::vector<double> costs{};
    [[nodiscard]] std::size_t size() const noexcept { return values.size(); }
};

/// Decimals that costs keep, so that 0.1 + 0.2 is not dearer than 0.3.
inline constexpr int cost_digits = 12;

/// Checks limits and lists the values that they allow.
class LevelReader {
  public:
    static constexpr double most_values = 20000.0;
    static constexpr int most_digits = 9;

    LevelReader(const Scoreboard& board, Index unit) : board_(board), unit_(unit) {}

    /// @throws DataError with every problem
    [[nodiscard]] std::vector<ImprovementLevels> read(const std::vector<ImprovementLimit>& limits) {
        if (limits.empty())
            problem("no_limits", "limits", "none", "one limit or more", "name what may move");
        std::vector<ImprovementLevels> out;
        for (std::size_t k = 0; k < limits.size(); ++k) {
            for (std::size_t other = 0; other < k; ++other)
                if (limits[other].indicator == limits[k].indicator)
                    problem("limit_twice", place(limits[k]), "a second limit", "one limit", "");
            out.push_back(levels(limits[k]));
        }
        if (!problems_.empty())
            throw DataError("no improvements can be looked for", std::move(problems_));
        return out;
    }

  private:
    void problem(const char* code, const std::string& where, const std::string& found,
                 const char* expected, const char* remedy) {
        problems_.push_back({code, where, found, expected, remedy});
    }

    [[nodiscard]] static std::string place(const ImprovementLimit& limit) {
        return "limit of \"" + limit.indicator + '"';
    }

    [[nodiscard]] ImprovementLevels levels(const ImprovementLimit& limit) {
        ImprovementLevels out;
        out.indicator = limit.indicator;
        const IndexModel& model = board_.model();
        bool read = false;
        for (const Index leaf : model.leaves())
            if (model.node(leaf).indicator == limit.indicator && !std::exchange(read, true))
                out.name = model.node(leaf).name;
        const auto column = board_.panel().find(limit.indicator);
        const std::string where = place(limit);
        if (!column || board_.panel().is_derived(limit.indicator)) {
            problem("unknown_indicator", where, '"' + limit.indicator + '"',
                    "a column that the data were given", "derived ones follow from others");
            return out;
        }
        if (out.name.empty()) out.name = {limit.indicator, limit.indicator};
        const double now = board_.panel().value(unit_, *column);
        if (std::isnan(now)) {
            problem("no_value", where, "no value of the unit", "a value to start from",
                    "leave it out, or give the unit a value");
            return out;
        }
        const bool numbers = finite(limit.lower) && finite(limit.upper) &&
                             finite(limit.largest_step) && std::isfinite(limit.cost) &&
                             limit.cost >= 0.0 && limit.largest_step.value_or(0.0) >= 0.0;
        if (!numbers || limit.digits < 0 || limit.digits > most_digits) {
            problem("bad_limit", where, "numbers that cannot be used",
                    "finite bounds, a step and a cost that are not negative, 0 to 9 digits", "");
            return out;
        }
        const double step = limit.largest_step.value_or(std::numeric_limits<double>::infinity());
        const double lower =
            std::max(limit.lower.value_or(limit.largest_step ? now - step : now), now - step);
        const double upper =
            std::min(limit.upper.value_or(limit.largest_step ? now + step : now), now + step);
        if (!limit.lower && !limit.upper && !limit.largest_step) {
            problem("no_bound", where, "neither lower, upper nor largest_step", "one of them",
                    "say how far the value may go");
            return out;
        }
        list(limit, now, std::min(lower, now), std::max(upper, now), out);
        return out;
    }

    [[nodiscard]] static bool finite(const std::optional<double>& value) {
        return !value || std::isfinite(*value);
    }

    void list(const ImprovementLimit& limit, double now, double lower, double upper,
              ImprovementLevels& out) {
        const double scale = std::pow(10.0, limit.digits);
        const double first = std::floor(lower * scale) - 1.0;
        const double last = std::ceil(upper * scale) + 1.0;
        if (!(last - first <= most_values + 4.0)) {
            problem("too_many_values", place(limit), numeric::shortest(last - first) + " values",
                    "20000 at most", "give fewer digits or narrower bounds");
            return;
        }
        std::vector<std::pair<double, double>> found{{0.0, now}};
        const bool below = limit.lower || limit.largest_step;
        const bool above = limit.upper || limit.largest_step;
        for (double k = first; k <= last; k += 1.0) {
            // The quotient of a whole number and a power of ten is the double that the
            // decimal reads as.
            const double value = k / scale + 0.0;
            if (value < lower || value > upper || value == now) continue;
            if (limit.lower && value < *limit.lower) continue;
            if (limit.upper && value > *limit.upper) continue;
            if (value < now ? !below : !above) continue;
            const double distance = numeric::round_decimal(std::abs(value - now), cost_digits);
            found.emplace_back(numeric::round_decimal(limit.cost * distance, cost_digits), value);
        }
        std::sort(found.begin() + 1, found.end());
        for (const auto& [cost, value] : found) {
            out.costs.push_back(cost);
            out.values.push_back(value);
        }
    }

    const Scoreboard& board_;
    Index unit_;
    std::vector<Problem> problems_{};
};

}  // namespace thuocdo::detail
