#pragma once
/// @file
/// A decision with names: alternatives by criteria, weights and directions.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/rank/decision_view.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo::rank {

/// One column of a decision.
struct Criterion {
    std::string name;
    /// 0 or more, relative to the others; methods take it as given.
    double weight = 1.0;
    Direction direction = Direction::higher_is_better;
};

/// Alternatives by criteria with their names, checked. Immutable: changed copies share
/// nothing with it.
class DecisionMatrix {
  public:
    /// @throws DataError naming every problem: sizes, names that are empty or come twice,
    ///         weights, and cells that are missing or infinite by alternative and criterion.
    DecisionMatrix(std::vector<std::string> alternatives, std::vector<Criterion> criteria,
                   Eigen::MatrixXd values)
        : alternatives_(std::move(alternatives)),
          criteria_(std::move(criteria)),
          values_(std::move(values)) {
        std::vector<Problem> problems;
        check_size("alternatives", alternatives_.size(), values_.rows(), problems);
        check_size("criteria", criteria_.size(), values_.cols(), problems);
        std::vector<std::string> names;
        for (const Criterion& each : criteria_) {
            names.push_back(each.name);
            weights_.push_back(each.weight);
            directions_.push_back(each.direction);
        }
        check_names("alternative", alternatives_, problems);
        check_names("criterion", names, problems);
        bool any = false;
        for (const Criterion& each : criteria_) {
            any = any || each.weight > 0.0;
            if (!std::isfinite(each.weight) || each.weight < 0.0)
                problems.push_back({"weight_out_of_range", "criterion \"" + each.name + '"',
                                    numeric::shortest(each.weight), "a finite number of 0 or more",
                                    ""});
        }
        if (!any && !criteria_.empty())
            problems.push_back({"no_weight", "criteria", "no weight above 0",
                                "one for one criterion or more", ""});
        if (problems.empty()) check_cells(problems);
        if (!problems.empty()) throw DataError("the decision cannot be used", std::move(problems));
    }

    [[nodiscard]] const std::vector<std::string>& alternatives() const noexcept {
        return alternatives_;
    }
    [[nodiscard]] const std::vector<Criterion>& criteria() const noexcept { return criteria_; }
    [[nodiscard]] const Eigen::MatrixXd& values() const noexcept { return values_; }
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }
    [[nodiscard]] std::span<const Direction> directions() const noexcept { return directions_; }

    /// Row of an alternative.
    /// @throws DataError when there is none of that name.
    [[nodiscard]] Index index_of(const std::string& alternative) const {
        const auto found = std::find(alternatives_.begin(), alternatives_.end(), alternative);
        if (found == alternatives_.end())
            throw DataError("no such alternative",
                            {{"unknown_alternative", "", '"' + alternative + '"',
                              "a name of the decision", "check the spelling"}});
        return static_cast<Index>(found - alternatives_.begin());
    }

    /// The decision without one alternative.
    /// @throws DataError when there is none of that name, or no other.
    [[nodiscard]] DecisionMatrix without(const std::string& alternative) const {
        const Index row = index_of(alternative);
        std::vector<std::string> names = alternatives_;
        names.erase(names.begin() + static_cast<std::ptrdiff_t>(row));
        Eigen::MatrixXd rest(values_.rows() - 1, values_.cols());
        rest.topRows(row) = values_.topRows(row);
        rest.bottomRows(rest.rows() - row) = values_.bottomRows(rest.rows() - row);
        return DecisionMatrix(std::move(names), criteria_, std::move(rest));
    }

    /// The decision with other weights, one a criterion.
    /// @throws DataError as the constructor.
    [[nodiscard]] DecisionMatrix with_weights(std::span<const double> weights) const {
        std::vector<Problem> problems;
        check_size("weights", weights.size(), values_.cols(), problems);
        if (!problems.empty()) throw DataError("the weights do not fit", std::move(problems));
        std::vector<Criterion> criteria = criteria_;
        for (std::size_t j = 0; j < criteria.size(); ++j) criteria[j].weight = weights[j];
        return DecisionMatrix(alternatives_, std::move(criteria), values_);
    }

    /// A table: criteria with their directions, weights below.
    friend std::ostream& operator<<(std::ostream& out, const DecisionMatrix& decision) {
        using thuocdo::detail::TextTable;
        std::vector<std::pair<std::string, TextTable::Align>> header{
            {"alternative", TextTable::Align::left}};
        std::vector<std::string> weights{"weight"};
        for (const Criterion& each : decision.criteria_) {
            const bool up = each.direction == Direction::higher_is_better;
            header.emplace_back(each.name + (up ? " ↑" : " ↓"), TextTable::Align::right);
            weights.push_back(numeric::shortest(each.weight));
        }
        TextTable table(std::move(header));
        for (std::size_t i = 0; i < decision.alternatives_.size(); ++i) {
            std::vector<std::string> row{decision.alternatives_[i]};
            for (Index j = 0; j < decision.values_.cols(); ++j)
                row.push_back(numeric::shortest(decision.values_(static_cast<Index>(i), j)));
            table.add(std::move(row));
        }
        table.add(std::move(weights));
        return out << table;
    }

  private:
    static void check_size(const char* what, std::size_t found, Index expected,
                           std::vector<Problem>& problems) {
        if (found == static_cast<std::size_t>(expected) && expected > 0) return;
        problems.push_back(
            {"size_mismatch", what, std::to_string(found),
             expected > 0 ? std::to_string(expected) + ", as the matrix has" : "one or more", ""});
    }

    static void check_names(const char* what, const std::vector<std::string>& names,
                            std::vector<Problem>& problems) {
        std::set<std::string> seen;
        for (std::size_t k = 0; k < names.size(); ++k) {
            if (names[k].empty())
                problems.push_back({"empty_name", std::string(what) + ' ' + std::to_string(k),
                                    "no name", "a name of its own", ""});
            else if (!seen.insert(names[k]).second)
                problems.push_back({"duplicate_name", std::string(what) + " \"" + names[k] + '"',
                                    "the name again", "a name of its own", "rename it"});
        }
    }

    void check_cells(std::vector<Problem>& problems) const {
        for (Index j = 0; j < values_.cols(); ++j) {
            for (Index i = 0; i < values_.rows(); ++i) {
                const double value = values_(i, j);
                if (std::isfinite(value) || problems.size() >= detail::problems_listed) continue;
                problems.push_back(
                    {std::isnan(value) ? "missing_value" : "infinite_value",
                     "alternative \"" + alternatives_[static_cast<std::size_t>(i)] +
                         "\", criterion \"" + criteria_[static_cast<std::size_t>(j)].name + '"',
                     std::isnan(value) ? "a missing value" : numeric::shortest(value),
                     "a finite number",
                     "impute it, or leave out the alternative or the criterion"});
            }
        }
    }

    std::vector<std::string> alternatives_;
    std::vector<Criterion> criteria_;
    Eigen::MatrixXd values_;
    std::vector<double> weights_;
    std::vector<Direction> directions_;
};

}  // namespace thuocdo::rank
