#pragma once
/// @file
/// The lattice of characteristic objects of COMET and inference over it.

#include <thuocdo/rank/decision_view.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace thuocdo::rank::detail {

/// Objects are numbered as all combinations of characteristic values, the last criterion
/// changing fastest.
class CharacteristicObjects {
  public:
    using Values = std::vector<std::vector<double>>;

    /// For 20 criteria of two values; preferences and ratings are vectors of that length.
    static constexpr std::size_t most_objects = std::size_t{1} << 20U;

    /// @param values one list a criterion, as check_characteristic_values() wants it.
    explicit CharacteristicObjects(const Values& values)
        : values_(values), strides_(values.size()) {
        count_ = 1;
        for (std::size_t j = values.size(); j-- > 0;) {
            strides_[j] = count_;
            count_ *= values[j].size();
        }
        corners_.assign(1, 0);
        for (std::size_t j = 0; j + 1 < values.size(); ++j) {
            const std::size_t known = corners_.size();
            for (std::size_t k = 0; k < known; ++k) corners_.push_back(corners_[k] + strides_[j]);
        }
        folded_.resize(corners_.size());
        places_.resize(values.size());
    }

    [[nodiscard]] Index count() const noexcept { return static_cast<Index>(count_); }

    /// Objects by criteria.
    [[nodiscard]] Eigen::MatrixXd matrix() const {
        Eigen::MatrixXd objects(count(), static_cast<Index>(values_.size()));
        for (std::size_t j = 0; j < values_.size(); ++j)
            for (std::size_t k = 0; k < count_; ++k)
                objects(static_cast<Index>(k), static_cast<Index>(j)) =
                    values_[j][k / strides_[j] % values_[j].size()];
        return objects;
    }

    /// sum over objects of preference * product over criteria of the triangular membership
    /// of the alternative's value in the characteristic value. Only the two characteristic
    /// values around a value have a membership above 0, so the sum goes over 2^m objects,
    /// and folds one criterion after the other from the last to the first.
    [[nodiscard]] THUOCDO_KERNEL double infer(const DecisionView& x, Index row,
                                              const Eigen::VectorXd& preference) {
        THUOCDO_EXACT
        std::size_t base = 0;
        for (std::size_t j = 0; j < values_.size(); ++j) {
            places_[j] = place_of(x.column(static_cast<Index>(j))[row], values_[j]);
            base += places_[j].interval * strides_[j];
        }
        const double* const at_base = preference.data() + base;
        double* const folded = folded_.data();
        const Place last = places_.back();
        for (std::size_t k = 0; k < corners_.size(); ++k)
            folded[k] = last.lower * at_base[corners_[k]] + last.upper * at_base[corners_[k] + 1];
        std::size_t width = corners_.size();
        for (std::size_t j = values_.size() - 1; j-- > 0;) {
            width /= 2;
            const double lower = places_[j].lower;
            const double upper = places_[j].upper;
            for (std::size_t k = 0; k < width; ++k)
                folded[k] = lower * folded[k] + upper * folded[k + width];
        }
        return folded[0];
    }

  private:
    /// Between which two characteristic values a value lies, and its membership in each.
    struct Place {
        std::size_t interval = 0;
        double lower = 0.0;
        double upper = 0.0;
    };

    [[nodiscard]] THUOCDO_KERNEL static Place place_of(double value,
                                                       const std::vector<double>& values) noexcept {
        THUOCDO_EXACT
        const auto after = std::upper_bound(values.begin() + 1, values.end() - 1, value);
        const double below = *(after - 1);
        const double width = *after - below;
        return {static_cast<std::size_t>(after - values.begin()) - 1, (*after - value) / width,
                (value - below) / width};
    }

    const Values& values_;
    std::vector<std::size_t> strides_;
    std::size_t count_ = 1;
    /// Distances in memory from the lowest corner of a cell to those of its corners that
    /// have the lower value of the last criterion. Bit j of the number says which value
    /// criterion j has.
    std::vector<std::size_t> corners_;
    std::vector<double> folded_;
    std::vector<Place> places_;
};

/// Two finite values or more a criterion, ascending, not too many combinations, and the
/// alternatives between them.
inline void check_characteristic_values(const DecisionView& x,
                                        const CharacteristicObjects::Values& values,
                                        std::vector<Problem>& problems) {
    if (values.size() != static_cast<std::size_t>(x.columns())) {
        problems.push_back({"size_mismatch", "argument \"characteristic_values\"",
                            std::to_string(values.size()) + " lists",
                            std::to_string(x.columns()) + ", one a column of \"x\"", ""});
        return;
    }
    double objects = 1.0;
    for (std::size_t j = 0; j < values.size(); ++j) {
        const std::vector<double>& list = values[j];
        objects *= static_cast<double>(list.size());
        const auto not_below = [](double a, double b) { return !(a < b); };
        if (list.size() < 2 || !numeric::all_finite(list.data(), static_cast<Index>(list.size())) ||
            std::adjacent_find(list.begin(), list.end(), not_below) != list.end() ||
            !std::isfinite(list.back() - list.front())) {
            problems.push_back(
                {"characteristic_values_invalid", entry_place("characteristic_values", j),
                 std::to_string(list.size()) + " values", "two or more finite numbers, ascending",
                 "leave out a criterion that has one value only"});
            continue;
        }
        const auto column = static_cast<Index>(j);
        if (x.range(column).minimum >= list.front() && x.range(column).maximum <= list.back())
            continue;
        const std::string expected = "a value from " + numeric::shortest(list.front()) + " to " +
                                     numeric::shortest(list.back()) +
                                     ", the first and last characteristic value";
        x.name_cells(
            column, "value_out_of_bounds", expected.c_str(),
            "correct the value, or add a characteristic value beyond it",
            [&list](double value) { return value >= list.front() && value <= list.back(); },
            problems);
    }
    if (objects > static_cast<double>(CharacteristicObjects::most_objects))
        problems.push_back({"too_many_characteristic_objects", "argument \"characteristic_values\"",
                            numeric::shortest(objects) + " combinations",
                            "at most " + std::to_string(CharacteristicObjects::most_objects),
                            "take fewer characteristic values, or split the criteria into groups "
                            "and assess each group first"});
}

}  // namespace thuocdo::rank::detail
