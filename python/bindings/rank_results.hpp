#pragma once
// What the bindings of the multi-criteria methods share: decisions in, results out.

#include <thuocdo/numeric/direction.hpp>
#include <thuocdo/rank/result_parts.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "convert.hpp"
// bind_result() looks for a part_for_python() for every kind of part.
#include "rank_relations.hpp"

namespace thuocdo::python {

/// A matrix as it came: doubles in any layout.
using AnyLayout = py::array_t<double, py::array::forcecast>;
/// 1 where higher is better, -1 where lower is.
using Signs = py::array_t<std::int8_t, py::array::c_style | py::array::forcecast>;

/// A decision as the kernels want it. Only a matrix that is not laid out by columns is
/// copied, in tiles; that takes a fifth of what numpy takes for it.
class DecisionInput {
  public:
    DecisionInput(const AnyLayout& matrix, const Numbers& weights, const Signs& directions)
        : matrix_(matrix), weights_(weights) {
        require_dimensions(matrix.ndim(), 2, "matrix");
        require_dimensions(weights.ndim(), 1, "weights");
        require_dimensions(directions.ndim(), 1, "directions");
        rows_ = matrix.shape(0);
        columns_ = matrix.shape(1);
        directions_.reserve(static_cast<std::size_t>(directions.shape(0)));
        for (py::ssize_t j = 0; j < directions.shape(0); ++j) {
            const std::int8_t sign = directions.data()[j];
            if (sign != 1 && sign != -1)
                throw NumericError("no such direction",
                                   {{"unknown_direction", "directions[" + std::to_string(j) + "]",
                                     std::to_string(sign), "1 (higher is better) or -1", ""}});
            directions_.push_back(sign == 1 ? Direction::higher_is_better
                                            : Direction::lower_is_better);
        }
        if (weights.shape(0) > 1 && weights.strides(0) != double_size) {
            weights_copy_.resize(static_cast<std::size_t>(weights.shape(0)));
            for (py::ssize_t j = 0; j < weights.shape(0); ++j)
                weights_copy_[static_cast<std::size_t>(j)] = weights.at(j);
        }
        const bool by_columns = rows_ <= 1 || matrix.strides(0) == double_size;
        const bool dense = columns_ <= 1 || matrix.strides(1) == double_size * rows_;
        if (by_columns && dense) return;
        copy_.resize(rows_, columns_);
        constexpr py::ssize_t tile = 32;
        const auto* const source = reinterpret_cast<const char*>(matrix.data());
        const py::ssize_t down = matrix.strides(0);
        const py::ssize_t across = matrix.strides(1);
        for (py::ssize_t top = 0; top < rows_; top += tile)
            for (py::ssize_t left = 0; left < columns_; left += tile)
                for (py::ssize_t j = left; j < std::min(columns_, left + tile); ++j)
                    for (py::ssize_t i = top; i < std::min(rows_, top + tile); ++i)
                        copy_(i, j) =
                            *reinterpret_cast<const double*>(source + i * down + j * across);
    }

    [[nodiscard]] Eigen::Map<const Eigen::MatrixXd> matrix() const {
        return {copy_.size() > 0 ? copy_.data() : matrix_.data(), rows_, columns_};
    }
    [[nodiscard]] std::span<const double> weights() const {
        if (!weights_copy_.empty()) return weights_copy_;
        return {weights_.data(), static_cast<std::size_t>(weights_.shape(0))};
    }
    [[nodiscard]] std::span<const Direction> directions() const { return directions_; }

  private:
    static void require_dimensions(py::ssize_t found, py::ssize_t expected, const char* argument) {
        if (found == expected) return;
        throw NumericError("arrays of another shape",
                           {{"shape", std::string("argument \"") + argument + '"',
                             std::to_string(found) + " dimensions",
                             std::to_string(expected) + " dimensions", ""}});
    }

    const AnyLayout& matrix_;
    const Numbers& weights_;
    py::ssize_t rows_ = 0;
    py::ssize_t columns_ = 0;
    Eigen::MatrixXd copy_;
    std::vector<double> weights_copy_;
    std::vector<Direction> directions_;
};

[[nodiscard]] inline const char* word_of(rank::Axis axis) {
    switch (axis) {
        case rank::Axis::alternatives:
            return "alternatives";
        case rank::Axis::criteria:
            return "criteria";
        case rank::Axis::cells:
            return "cells";
        case rank::Axis::pairs:
            return "pairs";
        case rank::Axis::single:
            break;
    }
    return "single";
}

// A part of a result for Python. Arrays are views that keep the result alive.
[[nodiscard]] inline py::object part_for_python(const Eigen::VectorXd& value,
                                                const py::object& owner) {
    return view_of(value, owner);
}
[[nodiscard]] inline py::object part_for_python(const Eigen::MatrixXd& value,
                                                const py::object& owner) {
    if (value.size() == 0) return py::none();
    return view_of(value, owner);
}
/// Rows of the matrix that was given.
[[nodiscard]] inline py::object part_for_python(const std::vector<Index>& value,
                                                const py::object&) {
    return py::array_t<Index>(static_cast<py::ssize_t>(value.size()), value.data());
}
[[nodiscard]] inline py::object part_for_python(double value, const py::object&) {
    return py::float_(value);
}
[[nodiscard]] inline py::object part_for_python(bool value, const py::object&) {
    return py::bool_(value);
}
[[nodiscard]] inline py::object part_for_python(Index value, const py::object&) {
    return py::int_(value);
}
[[nodiscard]] inline py::object part_for_python(const std::string& value, const py::object&) {
    return py::str(value);
}

/// The result of a method as a Python class: its parts as read-only properties, and
/// `parts`, which lists their names, what their entries stand for and what they mean.
template <class Result>
void bind_result(py::module_& module, const char* name) {
    py::class_<Result> bound(module, name);
    py::list parts;
    std::apply(
        [&](const auto&... each) {
            (
                [&](const auto& part) {
                    const auto member = part.member;
                    const std::string part_name(part.name);
                    const std::string meaning(part.meaning);
                    bound.def_property_readonly(
                        part_name.c_str(),
                        [member](const py::object& self) {
                            return part_for_python(self.cast<const Result&>().*member, self);
                        },
                        meaning.c_str());
                    parts.append(py::make_tuple(part_name, word_of(part.axis), meaning));
                }(each),
                ...);
        },
        Result::parts());
    bound.attr("parts") = py::tuple(parts);
    if constexpr (requires { Result::higher_is_better; })
        bound.attr("higher_is_better") = Result::higher_is_better;
}

}  // namespace thuocdo::python
