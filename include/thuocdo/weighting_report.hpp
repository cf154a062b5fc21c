#pragma once
/// @file
/// How the weights of the children of one node came about.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// The report of a weighting scheme at one node. Weights are relative inside the
/// node and add up to 1.
struct WeightingReport {
    /// Code of the node.
    std::string node{};
    /// Name of the scheme in model documents, e.g. `critic`.
    std::string scheme{};
    /// Codes of the scored children.
    std::vector<std::string> elements{};
    /// One weight an element.
    std::vector<double> weights{};
    /// Figures of the whole, e.g. {"consistency_ratio", 0.05}.
    std::vector<std::pair<std::string, double>> figures{};
    /// Figures of each element, e.g. {"correlation", one an element}.
    std::vector<std::pair<std::string, std::vector<double>>> element_figures{};
    /// What a reader should know, e.g. that judgements contradict each other.
    std::vector<std::string> notices{};

    friend std::ostream& operator<<(std::ostream& out, const WeightingReport& report) {
        using Align = detail::TextTable::Align;
        out << "weights of \"" << report.node << "\" by " << report.scheme << '\n';
        std::vector<std::pair<std::string, Align>> header{{"element", Align::left},
                                                          {"weight", Align::right}};
        for (const auto& [name, values] : report.element_figures)
            header.emplace_back(name, Align::right);
        constexpr int digits = 4;
        detail::TextTable table(std::move(header));
        for (std::size_t k = 0; k < report.elements.size(); ++k) {
            std::vector<std::string> row{report.elements[k],
                                         numeric::fixed(report.weights[k], digits)};
            for (const auto& [name, values] : report.element_figures)
                row.push_back(numeric::fixed(values[k], digits));
            table.add(std::move(row));
        }
        out << table;
        for (const auto& [name, value] : report.figures)
            out << name << ": " << numeric::fixed(value, digits) << '\n';
        for (const std::string& notice : report.notices) out << notice << '\n';
        return out;
    }
};

}  // namespace thuocdo
