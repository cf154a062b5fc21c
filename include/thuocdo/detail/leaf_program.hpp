#pragma once
/// @file
/// One leaf of a model made ready for a panel: its column, its parameters and
/// what it needs to know of the cohort.

#include <thuocdo/config.hpp>
#include <thuocdo/data/panel.hpp>
#include <thuocdo/model/index_model.hpp>
#include <thuocdo/numeric/statistics.hpp>

#include <cstdint>
#include <vector>

namespace thuocdo::detail {

/// A leaf bound to the columns of a panel.
struct LeafProgram {
    const Node* node = nullptr;
    Index node_index = 0;
    Index column = 0;
    /// Column of the same indicator in the previous panel, -1 without one.
    Index previous_column = -1;
    /// Prepared values of the whole column, where they differ from the panel's
    /// (rounded, carried or filled); empty otherwise.
    std::vector<double> prepared;
    /// Values of the same units in the previous panel; for growth rules only.
    std::vector<double> previous;
    /// Units whose value was carried or filled.
    std::vector<std::uint32_t> imputed;
    /// The target on the as-of date, for the rules that read dated targets.
    double target = missing_value;
    numeric::ColumnStatistics peers{};
    double reference = missing_value;
    std::vector<double> cuts;
    std::vector<double> table_from;
    std::vector<double> table_scores;
    /// Scores of the whole column, for rules that rank the cohort.
    std::vector<double> ranked;
    /// The cohort has one value only, so a relative rule says nothing.
    bool constant = false;
    /// Score given to a constant column; NaN is missing.
    double constant_score = missing_value;
};

}  // namespace thuocdo::detail
