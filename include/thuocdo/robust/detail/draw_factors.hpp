#pragma once
/// @file
/// Factors bound to a scoreboard: what each draw chooses, and which uniform number
/// decides it.

#include <thuocdo/config.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/philox.hpp>
#include <thuocdo/numeric/statistics.hpp>
#include <thuocdo/robust/factor.hpp>
#include <thuocdo/scoreboard.hpp>
#include <thuocdo/weigh/dirichlet.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::robust::detail {

/// Uniform numbers on (0, 1) by their place: a draw, a factor, a part of it (a group of
/// weights, an indicator) and an index (a child, a unit).
class Uniforms {
  public:
    Uniforms() = default;
    Uniforms(const Uniforms&) = default;
    Uniforms& operator=(const Uniforms&) = default;
    virtual ~Uniforms() = default;
    [[nodiscard]] virtual double at(std::uint64_t draw, std::uint32_t factor, std::uint32_t part,
                                    std::uint32_t index) const = 0;
};

/// Factors and parts share the stage of the generator.
inline constexpr unsigned part_bits = 20;
inline constexpr std::size_t most_factors = std::size_t{1} << (32U - part_bits);
inline constexpr std::size_t most_parts = std::size_t{1} << part_bits;

[[nodiscard]] constexpr std::uint32_t stage_of(std::uint32_t factor, std::uint32_t part) noexcept {
    return factor << part_bits | part;
}

class PhiloxUniforms final : public Uniforms {
  public:
    explicit PhiloxUniforms(std::uint64_t seed) : random_(seed) {}
    [[nodiscard]] double at(std::uint64_t draw, std::uint32_t factor, std::uint32_t part,
                            std::uint32_t index) const override {
        return random_.uniform(draw, stage_of(factor, part), index);
    }

  private:
    numeric::Philox random_;
};

/// A node whose children's weights a factor draws.
struct WeightGroup {
    std::uint32_t factor = 0;
    std::uint32_t part = 0;
    std::string node;
    /// Codes of the scored children in the nominal model; their places are the indices of
    /// the uniform numbers, so that a child keeps its own where another is left out.
    std::vector<std::string> children;
    /// Noise; or nothing for Dirichlet weights.
    std::optional<double> fraction;
    std::optional<double> concentration;
};

/// An indicator whose values are off by errors.
struct ErrorColumn {
    std::uint32_t factor = 0;
    std::uint32_t part = 0;
    Index column = 0;
    /// Size of the error of each unit; 0 where there is no value.
    std::vector<double> sizes;
    ErrorDistribution distribution = ErrorDistribution::normal;
    double lowest = -std::numeric_limits<double>::infinity();
    double highest = std::numeric_limits<double>::infinity();
};

/// Whether the weights of children matter to an aggregation.
[[nodiscard]] inline bool reads_weights(const Aggregation& method) noexcept {
    return !(std::holds_alternative<aggregation::Minimum>(method) ||
             std::holds_alternative<aggregation::Maximum>(method) ||
             std::holds_alternative<aggregation::Median>(method) ||
             std::holds_alternative<aggregation::OrderedWeightedAverage>(method));
}

/// The factors of a run, checked against a scoreboard.
class DrawFactors {
  public:
    /// @throws ModelError with every factor that hits nothing or has no effect.
    DrawFactors(const Scoreboard& board, std::vector<Factor> factors)
        : factors_(std::move(factors)) {
        if (factors_.empty())
            problems_.push_back({"no_factor", "factors", "no factors", "at least one factor",
                                 "say what is uncertain: weights, rules, data"});
        if (factors_.size() >= most_factors)
            problems_.push_back({"too_many_factors", "factors",
                                 std::to_string(factors_.size()) + " factors",
                                 "fewer than " + std::to_string(most_factors), "join some"});
        for (std::uint32_t k = 0; k < factors_.size(); ++k)
            if (std::holds_alternative<ModelChoice>(factors_[k].rule)) choices_.push_back(k);
        for (std::uint32_t k = 0; k < factors_.size(); ++k) {
            factor_ = k;
            part_ = 0;
            place_ = "factor " + std::to_string(k + 1) +
                     (factors_[k].name.empty() ? std::string() : " (\"" + factors_[k].name + "\")");
            std::visit([&](const auto& rule) { bind(board, rule); }, factors_[k].rule);
        }
        if (!problems_.empty())
            throw ModelError("the factors do not fit the model \"" + board.model().id() + '"',
                             std::move(problems_));
        order_ = thuocdo::detail::code_order(board.units());
        find_half_ranks(board.model().definition());
    }

    [[nodiscard]] const std::vector<Factor>& factors() const noexcept { return factors_; }
    [[nodiscard]] const std::vector<std::uint32_t>& choices() const noexcept { return choices_; }
    [[nodiscard]] const std::vector<WeightGroup>& groups() const noexcept { return groups_; }
    [[nodiscard]] const std::vector<ErrorColumn>& errors() const noexcept { return errors_; }

    /// Whether ranks come in halves in some draw; all are counted in halves then.
    [[nodiscard]] bool half_ranks() const noexcept { return half_ranks_; }
    /// What a rank is counted as.
    [[nodiscard]] Index places_a_rank() const noexcept { return half_ranks_ ? 2 : 1; }

    [[nodiscard]] const std::vector<Alternative>& alternatives(std::uint32_t factor) const {
        return std::get<ModelChoice>(factors_[factor].rule).alternatives;
    }

    /// Uniform numbers that a factor takes.
    [[nodiscard]] std::size_t coordinates(std::uint32_t factor) const {
        if (std::holds_alternative<ModelChoice>(factors_[factor].rule)) return 1;
        std::size_t count = 0;
        for (const WeightGroup& group : groups_)
            if (group.factor == factor) count += group.children.size();
        for (const ErrorColumn& error : errors_)
            if (error.factor == factor) count += error.sizes.size();
        return count;
    }

    /// The alternative of every discrete factor in a draw.
    void choose(std::uint64_t draw, const Uniforms& uniforms,
                std::vector<std::uint32_t>& out) const {
        out.resize(choices_.size());
        for (std::size_t k = 0; k < choices_.size(); ++k) {
            const std::size_t count = alternatives(choices_[k]).size();
            const double u = uniforms.at(draw, choices_[k], 0, 0);
            const auto chosen = static_cast<std::size_t>(u * static_cast<double>(count));
            out[k] = static_cast<std::uint32_t>(std::min(chosen, count - 1));
        }
    }

    /// The value of a cell in a draw.
    [[nodiscard]] THUOCDO_KERNEL double erroneous(const ErrorColumn& error, double value,
                                                  Index unit, std::uint64_t draw,
                                                  const Uniforms& uniforms) const {
        THUOCDO_EXACT
        const double u =
            uniforms.at(draw, error.factor, error.part, static_cast<std::uint32_t>(order_[unit]));
        const double error_size = error.sizes[static_cast<std::size_t>(unit)];
        const double off = error.distribution == ErrorDistribution::normal
                               ? numeric::normal_quantile(u)
                               : 2.0 * u - 1.0;
        return std::min(std::max(value + error_size * off, error.lowest), error.highest);
    }

  private:
    void problem(std::string code, std::string found, std::string expected, std::string remedy) {
        problems_.push_back(
            {std::move(code), place_, std::move(found), std::move(expected), std::move(remedy)});
    }

    void find_half_ranks(const ModelDefinition& nominal) {
        const auto halves = [](const ModelDefinition& definition) {
            return definition.ranking.ties == TiePolicy::fractional;
        };
        half_ranks_ = halves(nominal);
        for (const std::uint32_t choice : choices_)
            for (const Alternative& each : alternatives(choice)) {
                ModelDefinition form = nominal;
                try {
                    each.apply(form);
                } catch (const Error&) {
                    // Its draws fail with the reason.
                    continue;
                }
                half_ranks_ = half_ranks_ || halves(form);
            }
    }

    std::uint32_t next_part() { return part_++; }

    void bind_group(const Scoreboard& board, const std::string& code,
                    std::optional<double> fraction, std::optional<double> concentration) {
        const auto index = board.model().find(code);
        if (!index || board.model().node(*index).is_leaf()) {
            problem("unknown_node", index ? "leaf \"" + code + '"' : "node \"" + code + '"',
                    "the code of an inner node", "check the spelling");
            return;
        }
        const Node& node = board.model().node(*index);
        WeightGroup group{factor_, next_part(), code, {}, fraction, concentration};
        for (Index c = node.first_child; c < node.first_child + node.child_count; ++c)
            if (board.model().node(c).role == Role::scored)
                group.children.push_back(board.model().node(c).code);
        if (group.children.size() < 2) {
            problem("factor_without_effect", "node \"" + code + "\" with one scored child",
                    "a node with two or more", "weights of one child are always 1");
            return;
        }
        if (!reads_weights(node.aggregate) && choices_.empty()) {
            problem(
                "factor_without_effect",
                "node \"" + code + "\", which aggregates by " + aggregation_name(node.aggregate),
                "an aggregation that reads weights", "leave the node out");
            return;
        }
        groups_.push_back(std::move(group));
    }

    void bind(const Scoreboard& board, const WeightNoise& rule) {
        if (!(rule.fraction > 0.0 && rule.fraction <= 1.0))
            problem("fraction_out_of_range", "noise " + numeric::shortest(rule.fraction),
                    "a number above 0, at most 1", "0.25 moves weights by a quarter at most");
        if (rule.nodes.empty())
            problem("factor_without_effect", "no nodes", "at least one inner node", "name one");
        for (const std::string& node : rule.nodes)
            bind_group(board, node, rule.fraction, std::nullopt);
    }

    void bind(const Scoreboard& board, const DirichletWeights& rule) {
        if (rule.concentration &&
            !(*rule.concentration > 0.0 && std::isfinite(*rule.concentration)))
            problem("concentration_out_of_range", numeric::shortest(*rule.concentration),
                    "a finite number above 0", "larger numbers keep closer to the weights");
        if (rule.nodes.empty())
            problem("factor_without_effect", "no nodes", "at least one inner node", "name one");
        for (const std::string& node : rule.nodes)
            bind_group(board, node, std::nullopt, rule.concentration);
    }

    void bind(const Scoreboard&, const ModelChoice& rule) {
        if (rule.alternatives.size() < 2)
            problem("factor_without_effect",
                    std::to_string(rule.alternatives.size()) + " alternatives", "two or more",
                    "add an alternative; the present form can be one");
    }

    void bind(const Scoreboard& board, const MeasurementError& rule) {
        if (rule.indicators.empty())
            problem("factor_without_effect", "no indicators", "at least one indicator", "name one");
        if (!(rule.error.size > 0.0 && std::isfinite(rule.error.size)))
            problem("size_out_of_range", "size " + numeric::shortest(rule.error.size),
                    "a finite number above 0", "give the size of the error");
        for (const std::string& indicator : rule.indicators) bind_error(board, indicator, rule);
    }

    void bind_error(const Scoreboard& board, const std::string& indicator,
                    const MeasurementError& rule) {
        const Panel& panel = board.panel();
        const auto column = panel.find(indicator);
        if (!column || panel.is_derived(indicator)) {
            problem(
                "unknown_indicator",
                column ? '"' + indicator + "\", which the model derives" : '"' + indicator + '"',
                "an indicator that the panel was given",
                column ? "give errors to what it is derived from" : "check the spelling");
            return;
        }
        const std::vector<double> given = given_sizes(board, rule);
        if (!rule.error.column.empty() && given.empty()) return;
        Eigen::VectorXd values(panel.unit_count());
        for (Index unit = 0; unit < panel.unit_count(); ++unit)
            values[unit] = board.is_evaluated(unit) ? panel.value(unit, *column) : missing_value;
        double spread = 1.0;
        if (rule.error.scale == ErrorScale::spread) {
            spread = numeric::column_statistics(values).standard_deviation;
            if (!(spread > 0.0)) spread = 0.0;
        }
        ErrorColumn error;
        error.factor = factor_;
        error.part = next_part();
        error.column = *column;
        error.distribution = rule.error.distribution;
        if (rule.error.lowest) error.lowest = *rule.error.lowest;
        if (rule.error.highest) error.highest = *rule.error.highest;
        bool any = false;
        for (Index unit = 0; unit < panel.unit_count(); ++unit) {
            double size = rule.error.size;
            if (!given.empty()) size *= given[static_cast<std::size_t>(unit)];
            if (rule.error.scale == ErrorScale::relative) size *= std::abs(values[unit]);
            if (rule.error.scale == ErrorScale::spread) size *= spread;
            if (std::isnan(size) || std::isnan(values[unit])) size = 0.0;
            if (size < 0.0)
                problem("size_out_of_range",
                        "size " + numeric::shortest(size) + " for unit \"" +
                            board.units().code(unit) + '"',
                        "a number, 0 or more", "correct the column of sizes");
            any = any || size > 0.0;
            error.sizes.push_back(size);
        }
        if (!any)
            problem("factor_without_effect", "errors of indicator \"" + indicator + "\" are all 0",
                    "an error above 0 for some unit", "check sizes, scale and values");
        errors_.push_back(std::move(error));
    }

    [[nodiscard]] std::vector<double> given_sizes(const Scoreboard& board,
                                                  const MeasurementError& rule) {
        if (rule.error.column.empty()) return {};
        std::vector<double> sizes;
        if (const auto column = board.panel().find(rule.error.column)) {
            for (Index unit = 0; unit < board.unit_count(); ++unit)
                sizes.push_back(board.panel().value(unit, *column));
        } else if (const auto* attribute = board.units().attribute(rule.error.column)) {
            sizes = *attribute;
        } else {
            problem("unknown_column", "column of sizes \"" + rule.error.column + '"',
                    "a column of the panel or a numeric attribute of units", "check the spelling");
        }
        return sizes;
    }

    std::vector<Factor> factors_;
    /// Factors that choose a form of the model; known before weights are bound, because a form
    /// may read weights that the model as it is does not.
    std::vector<std::uint32_t> choices_;
    std::vector<WeightGroup> groups_;
    std::vector<ErrorColumn> errors_;
    Eigen::VectorXd order_;
    bool half_ranks_ = false;
    std::vector<Problem> problems_;
    std::string place_;
    std::uint32_t factor_ = 0;
    std::uint32_t part_ = 0;
};

}  // namespace thuocdo::robust::detail
