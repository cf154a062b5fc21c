#pragma once
/// @file
/// Checks of the weighting scheme of a node.

#include <thuocdo/error.hpp>
#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/detail/names.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// How far the product of two reciprocal judgements may be from 1: 1/3 is often written
/// with few decimals.
inline constexpr double reciprocal_tolerance = 1e-2;

/// Collects the problems of the scheme of one node. That judgements are consistent
/// enough is a finding of the scheme, not a problem of the model.
class WeightingCheck {
  public:
    WeightingCheck(const NodeDefinition& node, std::string place, std::vector<Problem>& problems)
        : node_(node), place_(std::move(place)), problems_(problems) {}

    void operator()(const weighting::Equal&) {}
    void operator()(const weighting::Objective& value) {
        if (value.of == WeightingBasis::result) return;
        for (const NodeDefinition& child : node_.children)
            if (child.role == Role::scored && !child.is_leaf())
                add("value_of_inner_node", place_ + "/of", "child \"" + child.code + '"',
                    "leaves only, because an inner node has no value", "use result");
    }
    void operator()(const weighting::CorrelationOptimised& value) {
        if (value.targets.empty() && value.elements.empty()) return;
        elements(value.elements);
        size(value.targets.size(), value.elements.size(), "/targets");
        each_at_least(value.targets, "/targets", 0.0);
    }
    void operator()(const weighting::AnalyticHierarchyProcess& value) {
        elements(value.elements);
        if (value.judgements.empty())
            add("empty_list", place_ + "/judgements", "no judgements",
                "one comparison matrix a judge", "add it");
        for (std::size_t k = 0; k < value.judgements.size(); ++k)
            matrix(value.judgements[k], value.elements.size(),
                   place_ + "/judgements/" + std::to_string(k));
    }
    void operator()(const weighting::BestWorst& value) {
        elements(value.elements);
        one_of(value.best, value.elements, "/best");
        one_of(value.worst, value.elements, "/worst");
        size(value.best_to_others.size(), value.elements.size(), "/best_to_others");
        size(value.others_to_worst.size(), value.elements.size(), "/others_to_worst");
        each_at_least(value.best_to_others, "/best_to_others", 1.0);
        each_at_least(value.others_to_worst, "/others_to_worst", 1.0);
    }
    void operator()(const weighting::Ranked& value) { elements(value.elements); }
    void operator()(const weighting::Stepwise& value) {
        elements(value.elements);
        const std::size_t after_first = value.elements.empty() ? 0 : value.elements.size() - 1;
        size(value.steps.size(), after_first, "/steps");
        each_at_least(value.steps, "/steps", value.scheme == StepwiseScheme::fucom ? 1.0 : 0.0);
    }
    void operator()(const weighting::Points& value) {
        elements(value.elements);
        const bool one_list = value.scheme == PointsScheme::swing;
        if (value.points.empty() || (one_list && value.points.size() != 1))
            add("table_sizes", place_ + "/points", std::to_string(value.points.size()) + " lists",
                one_list ? "one list of points" : "one list of points an expert", "correct it");
        for (std::size_t k = 0; k < value.points.size(); ++k) {
            const std::string member = "/points/" + std::to_string(k);
            size(value.points[k].size(), value.elements.size(), member);
            each_at_least(value.points[k], member, 0.0);
            if (std::none_of(value.points[k].begin(), value.points[k].end(),
                             [](double each) { return each > 0.0; }))
                add("points_all_zero", place_ + member, "no points", "points above 0",
                    "give the elements that count points");
        }
        if (!one_list || value.points.size() != 1) return;
        constexpr double full_swing = 100.0;
        const auto& points = value.points.front();
        if (!points.empty() && *std::max_element(points.begin(), points.end()) != full_swing)
            add("swing_without_full_points", place_ + "/points/0", "no element with 100 points",
                "100 points for the swing that matters most", "scale the points");
    }

  private:
    void add(const char* code, std::string place, std::string found, std::string expected,
             std::string remedy) {
        problems_.push_back(
            {code, std::move(place), std::move(found), std::move(expected), std::move(remedy)});
    }

    /// Each scored child is named once, and nothing else.
    void elements(const std::vector<std::string>& codes) {
        std::set<std::string> open;
        for (const NodeDefinition& child : node_.children)
            if (child.role == Role::scored) open.insert(child.code);
        for (std::size_t k = 0; k < codes.size(); ++k)
            if (open.erase(codes[k]) == 0)
                add("unknown_element", place_ + "/elements/" + std::to_string(k),
                    '"' + codes[k] + '"', "the code of a scored child, named once",
                    "check the spelling");
        for (const std::string& code : open)
            add("element_missing", place_ + "/elements", "no \"" + code + '"',
                "every scored child of \"" + node_.code + '"', "add it");
    }

    void one_of(const std::string& code, const std::vector<std::string>& codes,
                const char* member) {
        if (std::find(codes.begin(), codes.end(), code) == codes.end())
            add("unknown_element", place_ + member, code.empty() ? "nothing" : '"' + code + '"',
                "one of the elements", "check the spelling");
    }

    void size(std::size_t found, std::size_t expected, const std::string& member) {
        if (found != expected)
            add("table_sizes", place_ + member, std::to_string(found) + " numbers",
                std::to_string(expected) + " numbers", "give one number an element");
    }

    void each_at_least(const std::vector<double>& values, const std::string& member, double bound) {
        for (std::size_t k = 0; k < values.size(); ++k)
            if (!std::isfinite(values[k]) || values[k] < bound)
                add("judgement_out_of_range", place_ + member + '/' + std::to_string(k),
                    numeric::shortest(values[k]), "a number >= " + numeric::shortest(bound),
                    bound > 0.0 ? "judgements run from more to less important" : "correct it");
    }

    void matrix(const std::vector<std::vector<double>>& rows, std::size_t count,
                const std::string& at) {
        bool square = rows.size() == count;
        for (const std::vector<double>& row : rows) square = square && row.size() == count;
        if (!square) {
            add("table_sizes", at, std::to_string(rows.size()) + " rows",
                std::to_string(count) + " x " + std::to_string(count) + " numbers",
                "compare each element with each");
            return;
        }
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t j = 0; j < count; ++j) {
                const std::string cell = at + '/' + std::to_string(i) + '/' + std::to_string(j);
                if (!(rows[i][j] > 0.0) || !std::isfinite(rows[i][j])) {
                    add("judgement_out_of_range", cell, numeric::shortest(rows[i][j]),
                        "a number > 0", "correct it");
                } else if (j >= i &&
                           std::abs(rows[i][j] * rows[j][i] - 1.0) > reciprocal_tolerance) {
                    add("judgements_not_reciprocal", cell,
                        numeric::shortest(rows[i][j]) + " against " + numeric::shortest(rows[j][i]),
                        i == j ? "1 on the diagonal" : "two numbers whose product is 1",
                        "an element three times as important has 3 here and 1/3 there");
                }
            }
    }

    const NodeDefinition& node_;
    std::string place_;
    std::vector<Problem>& problems_;
};

}  // namespace thuocdo::detail
