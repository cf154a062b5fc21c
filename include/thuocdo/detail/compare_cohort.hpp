#pragma once
/// @file
/// What needs the results of the whole cohort: weights that come from the data, and
/// aggregations that compare units. Units are taken in the order of their codes, so
/// that neither the order of rows nor threads change a bit.

#include <thuocdo/detail/aggregate_node.hpp>
#include <thuocdo/detail/board_data.hpp>
#include <thuocdo/detail/child_weights.hpp>
#include <thuocdo/detail/weigh_children.hpp>
#include <thuocdo/error.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace thuocdo::detail {

/// The scored children of a node.
[[nodiscard]] inline std::vector<Index> scored_children(const IndexModel& model, Index index) {
    const Node& node = model.node(index);
    std::vector<Index> out;
    for (Index c = node.first_child; c < node.first_child + node.child_count; ++c)
        if (model.node(c).role == Role::scored) out.push_back(c);
    return out;
}

/// A report with the elements of a node and no weights yet.
[[nodiscard]] inline WeightingReport empty_report(const IndexModel& model, Index index) {
    WeightingReport report;
    report.node = model.node(index).code;
    report.scheme = weighting_name(*model.node(index).weights);
    for (const Index child : scored_children(model, index))
        report.elements.push_back(model.node(child).code);
    return report;
}

/// Puts the weights of a report where the sweep reads them.
inline void keep_weights(BoardData& board, Index index, WeightingReport report) {
    std::vector<double>& weights = board.weights[static_cast<std::size_t>(index)];
    const Index first = board.model.node(index).first_child;
    const std::vector<Index> children = scored_children(board.model, index);
    for (std::size_t k = 0; k < children.size(); ++k)
        weights[static_cast<std::size_t>(children[k] - first)] = report.weights[k];
    board.weighting_reports.emplace(index, std::move(report));
}

/// The weights of every node, as far as they do not depend on the data.
inline void weigh_by_judgement(BoardData& board) {
    const IndexModel& model = board.model;
    board.weights.resize(static_cast<std::size_t>(model.node_count()));
    for (Index k = 0; k < model.node_count(); ++k) {
        const Node& node = model.node(k);
        if (node.is_leaf()) continue;
        board.weights[static_cast<std::size_t>(k)] = child_weights(model, node);
        if (!node.weights || depends_on_data(*node.weights)) continue;
        WeightingReport report = empty_report(model, k);
        try {
            std::visit(JudgementWeigher(report), *node.weights);
        } catch (const NumericError& error) {
            std::vector<Problem> problems = error.problems();
            for (Problem& each : problems) each.place = node.pointer + "/weights: " + each.place;
            throw ModelError("node \"" + node.code + "\" cannot be weighed", std::move(problems));
        }
        keep_weights(board, k, std::move(report));
    }
}

/// Says of which unit and node a kernel speaks when it names row and column.
[[nodiscard]] inline std::string named_place(const std::string& place, const BoardData& board,
                                             const std::vector<Index>& rows,
                                             const WeightingReport& report) {
    const auto number_after = [&](std::string_view word) -> std::size_t {
        const std::size_t at = place.find(word);
        std::size_t value = rows.size() + report.elements.size();
        if (at != std::string::npos)
            std::from_chars(place.data() + at + word.size(), place.data() + place.size(), value);
        return value;
    };
    std::string out = "node \"" + report.node + '"';
    const std::size_t row = number_after("row ");
    const std::size_t column = number_after("column ");
    if (column < report.elements.size()) out += ", child \"" + report.elements[column] + '"';
    if (row < rows.size()) out += ", unit \"" + board.panel.units().code(rows[row]) + '"';
    return out;
}

inline void weigh_by_data(BoardData& board, Index index, const std::vector<Index>& rows) {
    const Node& node = board.model.node(index);
    WeightingReport report = empty_report(board.model, index);
    const std::vector<Index> children = scored_children(board.model, index);
    const auto* objective = std::get_if<weighting::Objective>(&*node.weights);
    const bool values = objective && objective->of == WeightingBasis::value;
    Eigen::MatrixXd x(static_cast<Index>(rows.size()), static_cast<Index>(children.size()));
    std::vector<Direction> directions;
    for (std::size_t j = 0; j < children.size(); ++j) {
        directions.push_back(values ? board.model.node(children[j]).direction
                                    : Direction::higher_is_better);
        for (std::size_t i = 0; i < rows.size(); ++i)
            x(static_cast<Index>(i), static_cast<Index>(j)) =
                values ? leaf_value(board, rows[i], children[j])
                       : board.results(rows[i], children[j]);
    }
    try {
        DataWeigher(x, directions, report).run(*node.weights);
    } catch (const NumericError& error) {
        std::vector<Problem> problems = error.problems();
        for (Problem& each : problems) each.place = named_place(each.place, board, rows, report);
        throw DataError("node \"" + node.code + "\" cannot be weighed by " + report.scheme,
                        std::move(problems));
    }
    keep_weights(board, index, std::move(report));
}

/// Ranks the units that have every child with a weight by a multi-criteria method, and
/// counts the others in a notice. Weights are scaled to shares.
inline void rank_cohort(BoardData& board, Index index, const std::vector<Index>& rows,
                        const Eigen::MatrixXd& children, Eigen::VectorXd& out) {
    const Node& node = board.model.node(index);
    const std::vector<double>& all = board.weights[static_cast<std::size_t>(index)];
    WeightingReport names;
    names.node = node.code;
    std::vector<Index> columns;
    std::vector<double> shares;
    double total = 0.0;
    for (Index c = 0; c < node.child_count; ++c) {
        const double weight = all[static_cast<std::size_t>(c)];
        if (!(weight > 0.0)) continue;
        columns.push_back(c);
        shares.push_back(weight);
        total += weight;
        names.elements.push_back(board.model.node(node.first_child + c).code);
    }
    for (double& share : shares) share /= total;
    std::vector<Index> complete;
    std::size_t incomplete = 0;
    for (Index i = 0; i < children.rows(); ++i) {
        std::size_t present = 0;
        for (const Index c : columns) present += std::isnan(children(i, c)) ? 0U : 1U;
        if (present == columns.size()) complete.push_back(i);
        incomplete += present > 0 && present < columns.size() ? 1U : 0U;
    }
    if (incomplete != 0)
        board.notices.push_back("node \"" + node.code + "\": " + std::to_string(incomplete) +
                                (incomplete == 1 ? " unit lacks" : " units lack") +
                                " a child and cannot be compared by " +
                                aggregation_name(node.aggregate));
    out.setConstant(missing_value);
    if (complete.empty() || columns.empty()) return;
    std::vector<Index> units;
    Eigen::MatrixXd x(static_cast<Index>(complete.size()), static_cast<Index>(columns.size()));
    for (std::size_t i = 0; i < complete.size(); ++i) {
        units.push_back(rows[static_cast<std::size_t>(complete[i])]);
        for (std::size_t j = 0; j < columns.size(); ++j)
            x(static_cast<Index>(i), static_cast<Index>(j)) = children(complete[i], columns[j]);
    }
    Eigen::VectorXd scores(x.rows());
    try {
        aggregate_children(node.aggregate, x, shares, scores);
    } catch (const NumericError& error) {
        std::vector<Problem> problems = error.problems();
        for (Problem& each : problems) each.place = named_place(each.place, board, units, names);
        throw DataError(
            "node \"" + node.code + "\" cannot be ranked by " + aggregation_name(node.aggregate),
            std::move(problems));
    }
    for (std::size_t i = 0; i < complete.size(); ++i)
        out[complete[i]] = scores[static_cast<Index>(i)];
}

/// Does for every node of a stage what needs the cohort. The results of the earlier
/// stages are complete. Returns false when the progress callback asked to stop.
/// @param weighed called with a node once its weights stand and before they are used.
/// @param fixed one flag a node: those that stay as they are; nullptr for none.
inline bool compare_cohort(BoardData& board, int stage, const aggregate::CopelandOptions& options,
                           const std::function<void(Index)>& weighed = {},
                           const std::vector<std::uint8_t>* fixed = nullptr) {
    const std::vector<Index> rows = evaluated_by_code(board);
    for (Index k = board.model.node_count(); k-- > 0;) {
        const Node& node = board.model.node(k);
        if (node.stage != stage || !node.needs_cohort()) continue;
        if (fixed && (*fixed)[static_cast<std::size_t>(k)] != 0) continue;
        if (node.weights && depends_on_data(*node.weights)) weigh_by_data(board, k, rows);
        if (weighed) weighed(k);
        if (!is_cohort_relative(node.aggregate)) continue;
        Eigen::MatrixXd children(static_cast<Index>(rows.size()), node.child_count);
        for (Index c = 0; c < node.child_count; ++c)
            for (std::size_t i = 0; i < rows.size(); ++i)
                children(static_cast<Index>(i), c) = board.results(rows[i], node.first_child + c);
        Eigen::VectorXd aggregates(children.rows());
        const std::vector<double>& weights = board.weights[static_cast<std::size_t>(k)];
        if (std::holds_alternative<aggregation::Copeland>(node.aggregate)) {
            if (!aggregate::copeland(children, weights, aggregates, options)) return false;
        } else if (needs_every_child(node.aggregate)) {
            rank_cohort(board, k, rows, children, aggregates);
        } else {
            aggregate_children(node.aggregate, children, weights, aggregates);
        }
        Eigen::VectorXd& all = board.compared[k];
        all = Eigen::VectorXd::Constant(board.panel.unit_count(), missing_value);
        for (std::size_t i = 0; i < rows.size(); ++i)
            all[rows[i]] = aggregates[static_cast<Index>(i)];
    }
    return true;
}

}  // namespace thuocdo::detail
