#pragma once
// Parts of outranking results for Python.

#include <thuocdo/rank/outranking_graph.hpp>
#include <thuocdo/rank/preference_relation.hpp>

#include <cstdint>
#include <vector>

#include "convert.hpp"

namespace thuocdo::python {

/// The codes of PairComparison, as a view that keeps the result alive; None where no
/// relation was made.
[[nodiscard]] inline py::object part_for_python(const rank::PreferenceRelation& value,
                                                const py::object& owner) {
    static_assert(sizeof(rank::PairComparison) == sizeof(std::uint8_t));
    if (value.size() == 0) return py::none();
    const py::ssize_t size = value.size();
    py::array_t<std::uint8_t> codes({size, size}, {size, py::ssize_t{1}},
                                    reinterpret_cast<const std::uint8_t*>(value.data().data()),
                                    owner);
    codes.attr("setflags")(py::arg("write") = false);
    return codes;
}

[[nodiscard]] inline py::object part_for_python(const rank::OutrankingMatrix& value,
                                                const py::object& owner) {
    const py::ssize_t rows = value.rows();
    py::array_t<bool> cells({rows, static_cast<py::ssize_t>(value.cols())}, {py::ssize_t{1}, rows},
                            value.data(), owner);
    cells.attr("setflags")(py::arg("write") = false);
    return cells;
}

}  // namespace thuocdo::python
