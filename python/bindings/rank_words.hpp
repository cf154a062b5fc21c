#pragma once
// Words of Python for the options of the multi-criteria methods.

#include <thuocdo/error.hpp>
#include <thuocdo/rank/normalisation.hpp>

#include <array>
#include <string>
#include <utility>

namespace thuocdo::python {

[[nodiscard]] inline rank::Normalisation normalisation_of(const std::string& word) {
    using rank::Normalisation;
    static constexpr std::array<std::pair<const char*, Normalisation>, 9> words{
        {{"min_max", Normalisation::min_max},
         {"maximum", Normalisation::maximum},
         {"sum", Normalisation::sum},
         {"vector", Normalisation::vector},
         {"linear", Normalisation::linear},
         {"logarithmic", Normalisation::logarithmic},
         {"nonlinear", Normalisation::nonlinear},
         {"enhanced_accuracy", Normalisation::enhanced_accuracy},
         {"zavadskas_turskis", Normalisation::zavadskas_turskis}}};
    std::string expected;
    for (const auto& [name, how] : words) {
        if (word == name) return how;
        expected += (expected.empty() ? "" : ", ") + std::string(name);
    }
    throw NumericError("no such normalisation", {{"unknown_word", "argument \"normalisation\"",
                                                  '"' + word + '"', expected, ""}});
}

}  // namespace thuocdo::python
