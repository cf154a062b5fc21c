#pragma once
// Sobol indices as a dictionary of arrays.

#include <thuocdo/robust/sobol_indices.hpp>

#include <pybind11/pybind11.h>

namespace thuocdo::python {

/// What the class SobolIndices of the package holds, by its names.
[[nodiscard]] pybind11::dict fields_of(const robust::SobolIndices& found);

}  // namespace thuocdo::python
