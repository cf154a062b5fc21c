#pragma once
/// @file
/// The unit of measure of an expression, and operators whose operands do not
/// fit together.

#include <thuocdo/error.hpp>
#include <thuocdo/model/expression.hpp>
#include <thuocdo/model/unit_of_measure.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::expression {

/// Unit of a term while it is worked out.
struct TermUnit {
    /// Made of plain numbers only: fits any unit in a sum, and is a pure number
    /// in a product.
    bool fits_any = false;
    UnitOfMeasure unit{};
    /// Value of a term made of plain numbers by signs and the four operations.
    std::optional<double> constant{};
};

/// The unit of an indicator by its code.
using UnitOfIndicator = std::function<UnitOfMeasure(const std::string&)>;

namespace detail {

class UnitInference {
  public:
    UnitInference(const Expression& expression, const UnitOfIndicator& unit_of,
                  const std::string& place, std::vector<Problem>& problems)
        : expression_(expression), unit_of_(unit_of), place_(place), problems_(problems) {}

    [[nodiscard]] TermUnit run() {
        for (const Term& term : expression_.terms) units_.push_back(of(term));
        return units_.empty() ? TermUnit{} : std::move(units_.back());
    }

  private:
    [[nodiscard]] static TermUnit known(UnitOfMeasure unit) { return {false, std::move(unit), {}}; }

    [[nodiscard]] const TermUnit& argument(const Term& term, std::size_t k) const {
        return units_[term.arguments[k]];
    }

    /// Unit in a product, where plain numbers are pure.
    [[nodiscard]] static UnitOfMeasure factor(const TermUnit& term) {
        return term.fits_any ? UnitOfMeasure::pure() : term.unit;
    }

    [[nodiscard]] bool all_fit_any(const Term& term) const {
        for (const std::size_t each : term.arguments)
            if (!units_[each].fits_any) return false;
        return true;
    }

    void report(const Term& term, std::string found, std::string expected, std::string remedy) {
        problems_.push_back({"unit_mismatch", column_place(place_, expression_.text, term.at),
                             std::move(found), std::move(expected), std::move(remedy)});
    }

    [[nodiscard]] std::string words(std::size_t term) const {
        const Term& of = expression_.terms[term];
        return '"' + expression_.text.substr(of.begin, of.end - of.begin) + "\" in " +
               units_[term].unit.text();
    }

    /// The one unit of arguments that are added or compared, from the given one on.
    [[nodiscard]] TermUnit common(const Term& term, std::size_t from = 0) {
        const std::size_t none = expression_.terms.size();
        std::size_t first = none;
        bool unknown = false;
        bool any = true;
        for (std::size_t k = from; k < term.arguments.size(); ++k) {
            const std::size_t index = term.arguments[k];
            const TermUnit& each = units_[index];
            if (each.fits_any) continue;
            any = false;
            if (!each.unit.is_known()) {
                unknown = true;
            } else if (first == none) {
                first = index;
            } else if (!(each.unit == units_[first].unit)) {
                report(term, words(first) + " and " + words(index), "one unit of measure",
                       "convert one of them, or say what it is in with in_unit(x, \"unit\")");
                return known({});
            }
        }
        if (any) return {true, {}, {}};
        return unknown || first == none ? known({}) : known(units_[first].unit);
    }

    [[nodiscard]] TermUnit of(const Term& term) {
        switch (term.operation) {
            case Operation::number:
                return {true, {}, term.number};
            case Operation::indicator:
                return known(unit_of_(term.text));
            case Operation::negative: {
                TermUnit unit = argument(term, 0);
                if (unit.constant) unit.constant = -*unit.constant;
                return unit;
            }
            case Operation::add:
            case Operation::subtract:
                return with_constant(term, common(term));
            case Operation::multiply:
            case Operation::divide: {
                if (all_fit_any(term)) return with_constant(term, {true, {}, {}});
                const int sign = term.operation == Operation::divide ? -1 : 1;
                return known(factor(argument(term, 0)).times(factor(argument(term, 1)), sign));
            }
            case Operation::power:
                return power(term);
            case Operation::less:
            case Operation::less_or_equal:
            case Operation::greater:
            case Operation::greater_or_equal:
            case Operation::equal:
            case Operation::not_equal:
                static_cast<void>(common(term));
                return known(UnitOfMeasure::pure());
            case Operation::logical_not:
            case Operation::logical_and:
            case Operation::logical_or:
                return known(UnitOfMeasure::pure());
            case Operation::call:
                break;
        }
        return call(term);
    }

    [[nodiscard]] TermUnit with_constant(const Term& term, TermUnit unit) const {
        const auto& left = argument(term, 0).constant;
        const auto& right = argument(term, 1).constant;
        if (!left || !right) return unit;
        switch (term.operation) {
            case Operation::add:
                unit.constant = *left + *right;
                break;
            case Operation::subtract:
                unit.constant = *left - *right;
                break;
            case Operation::multiply:
                unit.constant = *left * *right;
                break;
            default:
                if (*right != 0.0) unit.constant = *left / *right;
                break;
        }
        return unit;
    }

    [[nodiscard]] TermUnit power(const Term& term) {
        const TermUnit& base = argument(term, 0);
        const TermUnit& exponent = argument(term, 1);
        if (!exponent.fits_any && exponent.unit.is_known() && !exponent.unit.is_pure()) {
            report(term, "exponent " + words(term.arguments[1]), "an exponent without unit",
                   "divide it by a value in its unit");
            return known({});
        }
        if (base.fits_any && exponent.fits_any) return {true, {}, {}};
        const UnitOfMeasure unit = factor(base);
        if (exponent.constant) return known(unit.raised_to(*exponent.constant));
        if (unit.is_known() && !unit.is_pure()) {
            report(term, "base " + words(term.arguments[0]) + " with an exponent that varies",
                   "a base without unit, or a number as exponent",
                   "divide the base by a value in its unit");
            return known({});
        }
        return known(unit);
    }

    /// Arguments of a logarithm or exponential.
    [[nodiscard]] TermUnit pure_function(const Term& term) {
        const TermUnit& of = argument(term, 0);
        if (of.fits_any) return {true, {}, {}};
        if (of.unit.is_known() && !of.unit.is_pure())
            report(term, words(term.arguments[0]), "a number without unit",
                   "divide it by a value in its unit, or use in_unit(x, \"1\")");
        return known(UnitOfMeasure::pure());
    }

    [[nodiscard]] TermUnit call(const Term& term) {
        switch (term.function) {
            case Function::product:
            case Function::geometric_mean: {
                if (term.observed_only) {
                    TermUnit unit = common(term);
                    // How often the unit counts depends on how many are observed.
                    if (term.function == Function::product && !unit.fits_any &&
                        !unit.unit.is_pure())
                        unit.unit = {};
                    return unit;
                }
                if (all_fit_any(term)) return {true, {}, {}};
                UnitOfMeasure unit = UnitOfMeasure::pure();
                for (const std::size_t each : term.arguments)
                    unit = unit.times(factor(units_[each]));
                if (term.function == Function::product) return known(unit);
                return known(unit.raised_to({1, static_cast<std::int64_t>(term.arguments.size())}));
            }
            case Function::count:
                return known(UnitOfMeasure::pure());
            case Function::square_root:
                return rooted(term, 2);
            case Function::cube_root:
                return rooted(term, 3);
            case Function::root: {
                const TermUnit& degree = argument(term, 1);
                if (!degree.constant) return known({});
                return rooted(term, static_cast<std::int64_t>(*degree.constant));
            }
            case Function::log:
            case Function::log10:
            case Function::exp:
                return pure_function(term);
            case Function::absolute:
            case Function::round:
            case Function::previous: {
                TermUnit unit = argument(term, 0);
                unit.constant.reset();
                return unit;
            }
            case Function::growth:
                return known(UnitOfMeasure::pure());
            case Function::in_unit: {
                const auto unit = UnitOfMeasure::parse(term.text);
                if (unit) return known(*unit);
                problems_.push_back(
                    {"invalid_unit", column_place(place_, expression_.text, term.at),
                     '"' + term.text + '"', "tokens joined by * and /", "e.g. USD/person or km^2"});
                return known({});
            }
            case Function::choose:
                return common(term, 1);
            default:
                return common(term);
        }
    }

    [[nodiscard]] TermUnit rooted(const Term& term, std::int64_t degree) const {
        const TermUnit& of = argument(term, 0);
        if (of.fits_any) return {true, {}, {}};
        constexpr std::int64_t highest_degree = 1000;
        if (degree < 1 || degree > highest_degree) return known({});
        return known(of.unit.raised_to({1, degree}));
    }

    const Expression& expression_;
    const UnitOfIndicator& unit_of_;
    const std::string& place_;
    std::vector<Problem>& problems_;
    std::vector<TermUnit> units_;
};

}  // namespace detail

/// The unit of measure of an expression. Adds a problem for every operator
/// whose operands do not fit together.
[[nodiscard]] inline TermUnit unit_of(const Expression& expression,
                                      const UnitOfIndicator& unit_of_indicator,
                                      const std::string& place, std::vector<Problem>& problems) {
    return detail::UnitInference(expression, unit_of_indicator, place, problems).run();
}

}  // namespace thuocdo::expression
