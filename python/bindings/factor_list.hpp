#pragma once
// Factors of a robustness run as the extension module holds them.

#include <thuocdo/model/factor.hpp>
#include <thuocdo/robust/factor.hpp>

#include <vector>

namespace thuocdo::python {

/// Factors as written and, in the same order, as the engine draws them.
struct FactorList {
    std::vector<FactorDefinition> definitions{};
    std::vector<robust::Factor> factors{};
};

}  // namespace thuocdo::python
