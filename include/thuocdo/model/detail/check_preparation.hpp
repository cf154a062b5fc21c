#pragma once
/// @file
/// Checks of the steps of the preparation.

#include <thuocdo/error.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/model/preparation.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cmath>
#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// Collects the problems of one step.
class StepCheck {
  public:
    /// @param is_node whether a code is that of a node of the model.
    StepCheck(std::string place, const std::function<bool(const std::string&)>& is_node,
              std::vector<Problem>& problems)
        : place_(std::move(place)), is_node_(is_node), problems_(problems) {}

    void operator()(const step::Denominate& value) {
        const std::string list = place_ + "/denominators";
        if (value.denominators.empty())
            add("empty_list", list, "no denominators", "at least one",
                "name what indicators are divided by, or remove the step");
        std::set<std::string> seen;
        for (std::size_t k = 0; k < value.denominators.size(); ++k) {
            const step::Denominator& each = value.denominators[k];
            const std::string at = list + '/' + std::to_string(k);
            if (each.indicators.empty())
                add("empty_list", at + "/indicators", "no indicators", "at least one",
                    "name the indicators that are divided");
            for (const std::string& indicator : each.indicators)
                if (!seen.insert(indicator).second)
                    add("divided_twice", at + "/indicators", '"' + indicator + "\" again",
                        "each indicator once in a step", "remove one of the two");
            if (each.by.empty())
                add("denominator_missing", at + "/by", "no denominator",
                    "an attribute of units or a column of the data", "name it");
            if (!(each.scale > 0.0) || !std::isfinite(each.scale))
                add("scale_out_of_range", at + "/scale", numeric::shortest(each.scale),
                    "a number > 0", "1000 gives values per thousand");
        }
    }

    void operator()(const step::Screen& value) {
        share(value.minimum_availability, "/minimum_availability");
        if (value.minimum_nonzero) share(*value.minimum_nonzero, "/minimum_nonzero");
        if (value.minimum_availability == 0.0 && !value.minimum_nonzero)
            add("screen_without_threshold", place_, "no threshold",
                "minimum_availability or minimum_nonzero", "state one, or remove the step");
        nodes(value.nodes);
        for (std::size_t k = 0; k < value.keep.size(); ++k) {
            const std::string at = place_ + "/keep/" + std::to_string(k);
            if (value.keep[k].unit.empty())
                add("unit_missing", at + "/unit", "no unit", "the code of a unit", "name it");
            if (value.keep[k].reason.empty())
                add("reason_missing", at + "/reason", "no reason",
                    "why the unit stays although it has too few values", "state it");
        }
    }

    void operator()(const step::Impute& value) {
        const bool by_group = value.method == ImputationMethod::group_mean ||
                              value.method == ImputationMethod::group_median;
        const bool by_pillar = value.method == ImputationMethod::pillar_mean;
        member(by_group, !value.group.empty(), "/group", "an attribute of units");
        member(by_pillar, !value.nodes.empty(), "/nodes", "the codes of pillars");
        nodes(value.nodes);
        if (by_pillar && !value.indicators.empty())
            add("member_not_used", place_ + "/indicators", "indicators",
                "none with method \"pillar_mean\"", "the pillars say which indicators are filled");
        if (!value.longest_gap) return;
        if (value.method != ImputationMethod::carry_forward)
            add("member_not_used", place_ + "/longest_gap", "longest_gap",
                std::string("none with method \"") + name_of(value.method) + '"', "leave it out");
        if (!(*value.longest_gap >= 1.0) || *value.longest_gap != std::floor(*value.longest_gap))
            add("gap_out_of_range", place_ + "/longest_gap", numeric::shortest(*value.longest_gap),
                "a whole number of periods, 1 or more", "correct it");
    }

    void operator()(const step::Treat& value) {
        positive(value.maximum_skewness, "/maximum_skewness");
        positive(value.maximum_kurtosis, "/maximum_kurtosis");
        if (value.maximum_winsorised < 0)
            add("points_out_of_range", place_ + "/maximum_winsorised",
                std::to_string(value.maximum_winsorised), "0 or more points", "correct it");
        if (value.maximum_winsorised == 0 && value.otherwise == OutlierTransform::none)
            add("step_does_nothing", place_, "no point is moved and nothing is transformed",
                "maximum_winsorised above 0, or a transform", "remove the step");
        const bool box_cox = value.otherwise == OutlierTransform::box_cox;
        member(box_cox, value.lambda.has_value(), "/lambda", "the exponent of Box-Cox");
        if (value.lambda && !std::isfinite(*value.lambda))
            add("not_finite", place_ + "/lambda", numeric::shortest(*value.lambda),
                "a finite number", "correct it");
    }

  private:
    void add(const char* code, std::string place, std::string found, std::string expected,
             std::string remedy) {
        problems_.push_back(
            {code, std::move(place), std::move(found), std::move(expected), std::move(remedy)});
    }

    void share(double value, const char* member) {
        if (!(value >= 0.0 && value <= 1.0))
            add("share_out_of_range", place_ + member, numeric::shortest(value),
                "a share from 0 to 1", "write 66% as 0.66");
    }

    void positive(double value, const char* member) {
        if (!(value > 0.0) || !std::isfinite(value))
            add("threshold_out_of_range", place_ + member, numeric::shortest(value), "a number > 0",
                "correct it");
    }

    /// A member that goes with a method is there exactly when the method is.
    void member(bool needed, bool given, const char* name, const char* what) {
        if (needed == given) return;
        if (needed)
            add("missing_member", place_ + name, "nothing", what, "add it");
        else
            add("member_not_used", place_ + name, "a member that this method does not read",
                "no such member", "leave it out, or choose the method that reads it");
    }

    void nodes(const std::vector<std::string>& codes) {
        for (std::size_t k = 0; k < codes.size(); ++k)
            if (!is_node_(codes[k]))
                add("unknown_node", place_ + "/nodes/" + std::to_string(k), '"' + codes[k] + '"',
                    "the code of a node of this model", "check the spelling");
    }

    std::string place_;
    const std::function<bool(const std::string&)>& is_node_;
    std::vector<Problem>& problems_;
};

}  // namespace thuocdo::detail
