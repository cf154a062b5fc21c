#pragma once
/// @file
/// The step that divides indicators by a size of the unit.

#include <thuocdo/detail/step_work.hpp>
#include <thuocdo/prepare/denominate.hpp>

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// The denominators of all units: an attribute, or else a column.
[[nodiscard]] inline std::optional<Eigen::VectorXd> denominators_of(const StepWork& work,
                                                                    const std::string& name) {
    if (const std::vector<double>* attribute = work.table.units.attribute(name))
        return Eigen::VectorXd(Eigen::Map<const Eigen::VectorXd>(
            attribute->data(), static_cast<Index>(attribute->size())));
    if (const auto column = work.find(name)) return Eigen::VectorXd(work.table.values.col(*column));
    return std::nullopt;
}

/// x / (d / scale). Where the denominator is missing the value was not reported; where
/// it is zero the rule of the leaf about zero denominators decides.
inline void run_step(StepWork& work, const step::Denominate& step) {
    // All denominators are read before any column changes.
    std::vector<std::optional<Eigen::VectorXd>> denominators;
    for (std::size_t k = 0; k < step.denominators.size(); ++k) {
        denominators.push_back(denominators_of(work, step.denominators[k].by));
        if (!denominators.back())
            work.problems.push_back(
                {"denominator_missing", work.place + "/denominators/" + std::to_string(k) + "/by",
                 '"' + step.denominators[k].by + '"',
                 "a numeric attribute of units or a column of the panel", "add it to the data"});
    }
    if (!work.problems.empty()) return;
    Eigen::VectorXd out(work.units());
    for (std::size_t k = 0; k < step.denominators.size(); ++k) {
        const step::Denominator& each = step.denominators[k];
        const Eigen::VectorXd& divisor = *denominators[k];
        const std::string member =
            work.place + "/denominators/" + std::to_string(k) + "/indicators";
        for (const Index column : work.columns_of(each.indicators, member)) {
            const std::vector<Index> zeros =
                prepare::denominate(work.table.values.col(column), divisor, each.scale, out);
            for (Index unit = 0; unit < work.units(); ++unit) {
                if (std::isnan(work.table.values(unit, column)) || !std::isnan(out[unit])) continue;
                if (!std::isnan(divisor[unit])) continue;
                work.set(unit, column, missing_value, CellState::not_reported,
                         work.reason("no denominator \"" + each.by + '"'));
            }
            for (const Index unit : zeros)
                work.set(unit, column, missing_value, CellState::zero_denominator,
                         work.reason("denominator \"" + each.by + "\" is 0"));
            work.table.values.col(column) = out;
            work.table.ratios.erase(column);
        }
    }
}

/// A panel after the denominators of a model alone, whatever other steps it has.
[[nodiscard]] inline Panel denominated(const IndexModel& model, const Panel& panel) {
    StepWork work(model, panel, {}, {});
    const std::vector<PreparationStep>& steps = model.definition().preparation;
    for (std::size_t k = 0; k < steps.size(); ++k) {
        const auto* denominate = std::get_if<step::Denominate>(&steps[k]);
        if (!denominate) continue;
        work.place = "/preparation/" + std::to_string(k);
        run_step(work, *denominate);
    }
    if (!work.problems.empty())
        throw DataError("the panel does not fit the preparation of the model \"" + model.id() + '"',
                        std::move(work.problems));
    return Panel(std::move(work.table));
}

}  // namespace thuocdo::detail
