#pragma once
/// @file
/// The result of a method with the names of its decision: ranking, steps, printed form.

#include <thuocdo/rank/decision_matrix.hpp>
#include <thuocdo/rank/preference_relation.hpp>
#include <thuocdo/rank/ranks.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// One alternative in the order of a ranking.
struct RankedAlternative {
    double rank = 0.0;
    std::string alternative{};
    double score = 0.0;
};

/// One number of a result, for a table of everything that a method computed.
struct ResultStep {
    std::string_view part;
    /// The formula in short.
    std::string_view meaning;
    /// Empty where the part has none.
    std::string alternative;
    /// Empty where the part has none; the other alternative in a part of pairs.
    std::string criterion;
    /// The number, flag (yes, no) or word; the place of an alternative in a list of them.
    std::string value;
};

/// A result and the names of alternatives and criteria. It owns copies of both.
template <class Result>
class LabelledResult {
  public:
    LabelledResult(std::string method, const DecisionMatrix& decision, Result result)
        : method_(std::move(method)),
          alternatives_(decision.alternatives()),
          result_(std::move(result)) {
        for (const Criterion& each : decision.criteria()) criteria_.push_back(each.name);
        if constexpr (has_scores) {
            constexpr auto order =
                Result::higher_is_better ? numeric::Order::descending : numeric::Order::ascending;
            ranks_ = rank::ranks(result_.scores, TieRule::competition, order);
        }
    }

    [[nodiscard]] const Result& result() const noexcept { return result_; }
    [[nodiscard]] const std::string& method() const noexcept { return method_; }

    /// Rank of each alternative, 1 for the best, equal scores sharing the better one.
    [[nodiscard]] const Eigen::VectorXd& ranks() const noexcept requires requires(Result r) {
        r.scores;
    }
    { return ranks_; }

    /// The best first; alternatives of equal score by name.
    [[nodiscard]] std::vector<RankedAlternative> ranking() const requires requires(Result r) {
        r.scores;
    }
    {
        std::vector<RankedAlternative> rows;
        for (std::size_t i = 0; i < alternatives_.size(); ++i) {
            const auto row = static_cast<Index>(i);
            rows.push_back({ranks_[row], alternatives_[i], result_.scores[row]});
        }
        std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
            return a.rank != b.rank ? a.rank < b.rank : a.alternative < b.alternative;
        });
        return rows;
    }

    /// Everything that the method computed, number by number.
    [[nodiscard]] std::vector<ResultStep> steps() const {
        std::vector<ResultStep> rows;
        std::apply([&](const auto&... part) { (add_part(part, rows), ...); }, Result::parts());
        return rows;
    }

    /// The ranking, or the steps where a method gives relations instead of scores.
    friend std::ostream& operator<<(std::ostream& out, const LabelledResult& found) {
        using thuocdo::detail::TextTable;
        out << found.method_ << '\n';
        if constexpr (has_scores) {
            TextTable table({{"rank", TextTable::Align::right},
                             {"alternative", TextTable::Align::left},
                             {"score", TextTable::Align::right}});
            for (const RankedAlternative& each : found.ranking())
                table.add({numeric::shortest(each.rank), each.alternative,
                           numeric::shortest(numeric::round_decimal(
                               each.score, shown_digits, numeric::RoundingMode::half_up))});
            return out << table;
        } else {
            TextTable table({{"part", TextTable::Align::left},
                             {"alternative", TextTable::Align::left},
                             {"criterion", TextTable::Align::left},
                             {"value", TextTable::Align::right}});
            for (const ResultStep& each : found.steps())
                table.add({std::string(each.part), each.alternative, each.criterion, each.value});
            return out << table;
        }
    }

  private:
    static constexpr bool has_scores = requires(Result r) { r.scores; };
    static constexpr int shown_digits = 4;

    [[nodiscard]] static std::string text(double value) { return numeric::shortest(value); }
    [[nodiscard]] static std::string text(bool value) { return value ? "yes" : "no"; }
    [[nodiscard]] static std::string text(std::string_view value) { return std::string(value); }
    [[nodiscard]] static std::string text(PairComparison value) {
        constexpr std::array words{"indifferent", "better", "worse", "incomparable"};
        return words[static_cast<std::size_t>(value)];
    }

    template <class Value>
    void add_part(const Part<Result, Value>& part, std::vector<ResultStep>& rows) const {
        const Value& value = result_.*part.member;
        if constexpr (std::is_same_v<Value, PreferenceRelation>) {
            add_table(part, value, value.size(), value.size(), rows);
        } else if constexpr (std::is_same_v<Value, Eigen::VectorXd>) {
            for (Index i = 0; i < value.size(); ++i) rows.push_back(entry(part, i, text(value[i])));
        } else if constexpr (std::is_same_v<Value, std::vector<Index>>) {
            for (std::size_t i = 0; i < value.size(); ++i) {
                if (part.axis != Axis::single) {
                    rows.push_back(entry(part, static_cast<Index>(i), std::to_string(value[i])));
                    continue;
                }
                const auto member = static_cast<std::size_t>(value[i]);
                rows.push_back(
                    {part.name, part.meaning, alternatives_[member], "", std::to_string(i + 1)});
            }
        } else if constexpr (requires { value.cols(); }) {
            add_table(part, value, value.rows(), value.cols(), rows);
        } else {
            rows.push_back({part.name, part.meaning, "", "", text(value)});
        }
    }

    template <class AnyPart>
    [[nodiscard]] ResultStep entry(const AnyPart& part, Index i, std::string value) const {
        const auto at = static_cast<std::size_t>(i);
        const bool of_criteria = part.axis == Axis::criteria;
        return {part.name, part.meaning, of_criteria ? "" : alternatives_[at],
                of_criteria ? criteria_[at] : "", std::move(value)};
    }

    /// Alternatives by criteria or by alternatives.
    template <class AnyPart, class Table>
    void add_table(const AnyPart& part, const Table& value, Index height, Index width,
                   std::vector<ResultStep>& rows) const {
        const auto& across = part.axis == Axis::pairs ? alternatives_ : criteria_;
        for (Index i = 0; i < height; ++i)
            for (Index j = 0; j < width; ++j)
                rows.push_back({part.name, part.meaning, alternatives_[static_cast<std::size_t>(i)],
                                across[static_cast<std::size_t>(j)], text(value(i, j))});
    }

    std::string method_;
    std::vector<std::string> alternatives_;
    std::vector<std::string> criteria_;
    Result result_;
    Eigen::VectorXd ranks_;
};

/// Runs a method on a decision and gives its result the names:
///
///     auto found = label("TOPSIS", decision, [](auto&&... d) { return topsis(d...); });
///
/// @param run takes matrix, weights and directions.
template <class Run>
[[nodiscard]] auto label(std::string method, const DecisionMatrix& decision, Run&& run) {
    auto result = run(decision.values(), decision.weights(), decision.directions());
    return LabelledResult<decltype(result)>(std::move(method), decision, std::move(result));
}

}  // namespace thuocdo::rank
