#pragma once
/// @file
/// The functions that expressions know, written once for the parser, the
/// writer and the messages.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::expression {

/// A function of the expression language.
enum class Function : std::uint8_t {
    minimum,
    maximum,
    sum,
    mean,
    median,
    product,
    geometric_mean,
    harmonic_mean,
    standard_deviation,
    count,
    absolute,
    square_root,
    cube_root,
    root,
    log,
    log10,
    exp,
    round,
    clamp,
    coalesce,
    choose,
    previous,
    growth,
    in_unit
};

namespace detail {

/// No limit on the number of arguments.
inline constexpr std::size_t any_number = 0;

struct FunctionEntry {
    const char* name;
    Function function;
    bool observed_only;
    std::size_t fewest;
    std::size_t most;
    const char* usage;
};

inline constexpr std::array function_table{
    FunctionEntry{"min", Function::minimum, false, 1, any_number, "min(a, b, ...)"},
    FunctionEntry{"max", Function::maximum, false, 1, any_number, "max(a, b, ...)"},
    FunctionEntry{"sum", Function::sum, false, 1, any_number, "sum(a, b, ...)"},
    FunctionEntry{"mean", Function::mean, false, 1, any_number, "mean(a, b, ...)"},
    FunctionEntry{"median", Function::median, false, 1, any_number, "median(a, b, ...)"},
    FunctionEntry{"product", Function::product, false, 1, any_number, "product(a, b, ...)"},
    FunctionEntry{"geometric_mean", Function::geometric_mean, false, 1, any_number,
                  "geometric_mean(a, b, ...)"},
    FunctionEntry{"harmonic_mean", Function::harmonic_mean, false, 1, any_number,
                  "harmonic_mean(a, b, ...)"},
    FunctionEntry{"standard_deviation", Function::standard_deviation, false, 2, any_number,
                  "standard_deviation(a, b, ...)"},
    FunctionEntry{"observed_min", Function::minimum, true, 1, any_number, "observed_min(a, ...)"},
    FunctionEntry{"observed_max", Function::maximum, true, 1, any_number, "observed_max(a, ...)"},
    FunctionEntry{"observed_sum", Function::sum, true, 1, any_number, "observed_sum(a, ...)"},
    FunctionEntry{"observed_mean", Function::mean, true, 1, any_number, "observed_mean(a, ...)"},
    FunctionEntry{"observed_median", Function::median, true, 1, any_number,
                  "observed_median(a, ...)"},
    FunctionEntry{"observed_product", Function::product, true, 1, any_number,
                  "observed_product(a, ...)"},
    FunctionEntry{"observed_geometric_mean", Function::geometric_mean, true, 1, any_number,
                  "observed_geometric_mean(a, ...)"},
    FunctionEntry{"observed_harmonic_mean", Function::harmonic_mean, true, 1, any_number,
                  "observed_harmonic_mean(a, ...)"},
    FunctionEntry{"observed_standard_deviation", Function::standard_deviation, true, 2, any_number,
                  "observed_standard_deviation(a, b, ...)"},
    FunctionEntry{"observed_count", Function::count, true, 1, any_number, "observed_count(a, ...)"},
    FunctionEntry{"abs", Function::absolute, false, 1, 1, "abs(x)"},
    FunctionEntry{"sqrt", Function::square_root, false, 1, 1, "sqrt(x)"},
    FunctionEntry{"cbrt", Function::cube_root, false, 1, 1, "cbrt(x)"},
    FunctionEntry{"root", Function::root, false, 2, 2, "root(x, n)"},
    FunctionEntry{"log", Function::log, false, 1, 1, "log(x)"},
    FunctionEntry{"log10", Function::log10, false, 1, 1, "log10(x)"},
    FunctionEntry{"exp", Function::exp, false, 1, 1, "exp(x)"},
    FunctionEntry{"round", Function::round, false, 2, 2, "round(x, digits)"},
    FunctionEntry{"clamp", Function::clamp, false, 3, 3, "clamp(x, lower, upper)"},
    FunctionEntry{"coalesce", Function::coalesce, false, 2, any_number, "coalesce(a, b, ...)"},
    FunctionEntry{"if", Function::choose, false, 3, 3, "if(condition, a, b)"},
    FunctionEntry{"previous", Function::previous, false, 1, 1, "previous(indicator)"},
    FunctionEntry{"growth", Function::growth, false, 1, 1, "growth(indicator)"},
    FunctionEntry{"in_unit", Function::in_unit, false, 2, 2, "in_unit(x, \"unit\")"}};

[[nodiscard]] constexpr const FunctionEntry* find_function(std::string_view name) noexcept {
    for (const FunctionEntry& each : function_table)
        if (name == each.name) return &each;
    return nullptr;
}

[[nodiscard]] constexpr const char* function_name(Function function, bool observed_only) noexcept {
    for (const FunctionEntry& each : function_table)
        if (each.function == function && each.observed_only == observed_only) return each.name;
    return "";
}

[[nodiscard]] inline std::vector<std::string> function_names() {
    std::vector<std::string> names;
    for (const FunctionEntry& each : function_table) names.emplace_back(each.name);
    return names;
}

}  // namespace detail
}  // namespace thuocdo::expression
