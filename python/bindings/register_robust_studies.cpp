// Studies of robustness: SMAA-2, weight stability, leaving out one element.

#include <thuocdo/robust/leave_one_out.hpp>
#include <thuocdo/robust/smaa.hpp>
#include <thuocdo/robust/weight_stability.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "columns.hpp"
#include "convert.hpp"
#include "register.hpp"
#include "watched_run.hpp"

namespace thuocdo::python {

namespace {

using robust::LeaveOneOut;
using robust::LeftOut;
using robust::MovedWeight;
using robust::NodeStability;
using robust::Overtaking;
using robust::PairStability;
using robust::SmaaResult;
using robust::StableShares;
using robust::WeightStability;

[[nodiscard]] std::vector<rank::Interval> intervals(
    const std::vector<std::pair<double, double>>& pairs) {
    std::vector<rank::Interval> out;
    for (const auto& [lower, upper] : pairs) out.push_back({lower, upper});
    return out;
}

[[nodiscard]] std::vector<std::pair<double, double>> pairs_of(
    const std::vector<rank::Interval>& intervals) {
    std::vector<std::pair<double, double>> out;
    for (const rank::Interval& each : intervals) out.emplace_back(each.lower, each.upper);
    return out;
}

/// @param kinds 0 exact, 1 uniform, 2 normal.
[[nodiscard]] robust::UncertainTable table_of(const Columns& kinds, const Columns& first,
                                              const Columns& second) {
    const bool same = kinds.ndim() == 2 && first.ndim() == 2 && second.ndim() == 2 &&
                      kinds.shape(0) == first.shape(0) && kinds.shape(1) == first.shape(1) &&
                      second.shape(0) == first.shape(0) && second.shape(1) == first.shape(1);
    if (!same)
        throw NumericError("arrays of another shape",
                           {{"shape", "argument \"values\"", "arrays that differ",
                             "alternatives by criteria", ""}});
    robust::UncertainTable table(first.shape(0), first.shape(1));
    for (Index j = 0; j < table.columns(); ++j)
        for (Index i = 0; i < table.rows(); ++i)
            table(i, j) = {static_cast<robust::UncertainValue::Kind>(kinds.at(i, j)),
                           first.at(i, j), second.at(i, j)};
    return table;
}

[[nodiscard]] std::vector<Direction> directions_of(const std::vector<int>& signs) {
    std::vector<Direction> out;
    for (const int sign : signs)
        out.push_back(sign >= 0 ? Direction::higher_is_better : Direction::lower_is_better);
    return out;
}

[[nodiscard]] SmaaResult run_smaa(
    const Columns& kinds, const Columns& first, const Columns& second,
    std::vector<std::string> alternatives, std::vector<std::string> criteria,
    const std::vector<int>& signs, std::vector<double> weights,
    std::vector<std::vector<Index>> ranking, const std::vector<std::pair<double, double>>& bounds,
    const std::vector<std::pair<double, double>>& scale, std::vector<double> meta_weights,
    std::uint32_t draws, std::uint64_t seed, bool pairwise, int threads, py::object progress) {
    robust::UncertainTable table = table_of(kinds, first, second);
    table.alternatives = std::move(alternatives);
    table.criteria = std::move(criteria);
    robust::SmaaOptions options;
    options.draws = draws;
    options.seed = seed;
    options.weights = {std::move(weights), std::move(ranking), intervals(bounds)};
    options.scale = intervals(scale);
    options.meta_weights = std::move(meta_weights);
    options.pairwise = pairwise;
    options.threads = threads;
    const std::vector<Direction> directions = directions_of(signs);
    return watched(options, std::move(progress),
                   [&] { return robust::smaa(table, directions, options); });
}

[[nodiscard]] std::string code_of(const Scoreboard& board, Index unit) {
    return unit < 0 ? std::string() : board.units().code(unit);
}

[[nodiscard]] std::string overtaker(const Scoreboard& board,
                                    const std::optional<Overtaking>& change) {
    return change ? code_of(board, change->overtaker) : std::string();
}

[[nodiscard]] std::string overtaken(const Scoreboard& board,
                                    const std::optional<Overtaking>& change) {
    return change ? code_of(board, change->overtaken) : std::string();
}

void add_shares(TableOf<NodeStability>& table, const Scoreboard& board, const std::string& prefix,
                StableShares NodeStability::*shares) {
    const auto number = [&](const char* name, double StableShares::*end) {
        table.numbers((prefix + name).c_str(), [&](const NodeStability& row) {
            return row.refusal.empty() ? row.*shares.*end : missing_value;
        });
    };
    number("_lowest", &StableShares::lowest);
    number("_highest", &StableShares::highest);
    const auto units = [&](const char* name, std::optional<Overtaking> StableShares::*end,
                           auto* who) {
        table.texts((prefix + name).c_str(),
                    [&](const NodeStability& row) { return who(board, row.*shares.*end); });
    };
    units("_overtaken_below", &StableShares::below, &overtaken);
    units("_overtaker_below", &StableShares::below, &overtaker);
    units("_overtaken_above", &StableShares::above, &overtaken);
    units("_overtaker_above", &StableShares::above, &overtaker);
}

[[nodiscard]] py::dict stability_columns(const WeightStability& study) {
    TableOf<NodeStability> table{study.nodes};
    table.texts("node", [](const NodeStability& row) { return row.code; });
    table.labels("name", [](const NodeStability& row) { return row.name; });
    table.numbers("share", [](const NodeStability& row) { return row.share; });
    add_shares(table, study.board, "first", &NodeStability::first_place);
    add_shares(table, study.board, "top", &NodeStability::top);
    table.flags("exact", [](const NodeStability& row) { return row.exact; });
    table.texts("refusal", [](const NodeStability& row) { return row.refusal; });
    return table.take();
}

[[nodiscard]] py::dict pair_fields(const Scoreboard& board, const PairStability& found) {
    py::dict out;
    out["node"] = found.code;
    out["name"] = found.name.in(false);
    out["name_vi"] = found.name.in(true);
    out["share"] = found.share;
    out["lowest"] = found.order.lowest;
    out["highest"] = found.order.highest;
    out["overtaker_below"] = overtaker(board, found.order.below);
    out["overtaker_above"] = overtaker(board, found.order.above);
    out["exact"] = found.exact;
    return out;
}

[[nodiscard]] robust::WeightStabilityOptions stability_options(Index top, double resolution,
                                                               int scan, int threads) {
    robust::WeightStabilityOptions options;
    options.top = top;
    options.resolution = resolution;
    options.scan = scan;
    options.threads = threads;
    return options;
}

[[nodiscard]] py::dict left_out_columns(const LeaveOneOut& study) {
    TableOf<LeftOut> table{study.elements};
    table.texts("element", [](const LeftOut& row) { return row.code; });
    table.labels("name", [](const LeftOut& row) { return row.name; });
    table.numbers("mean_shift", [](const LeftOut& row) { return row.mean_shift; });
    table.numbers("largest_shift", [](const LeftOut& row) { return row.largest_shift; });
    table.texts("most_moved",
                [&](const LeftOut& row) { return code_of(study.nominal, row.most_moved); });
    table.counts("moved", [](const LeftOut& row) { return row.moved; });
    table.numbers("rank_correlation", [](const LeftOut& row) { return row.rank_correlation; });
    table.texts("refusal", [](const LeftOut& row) { return row.refusal; });
    return table.take();
}

/// Units by elements; missing where an element could not be left out.
[[nodiscard]] py::array_t<double> left_out_matrix(const LeaveOneOut& study,
                                                  Eigen::VectorXd LeftOut::*column) {
    Eigen::MatrixXd out = Eigen::MatrixXd::Constant(
        study.nominal.unit_count(), static_cast<Index>(study.elements.size()), missing_value);
    for (std::size_t k = 0; k < study.elements.size(); ++k)
        if (study.elements[k].was_left_out())
            out.col(static_cast<Index>(k)) = study.elements[k].*column;
    return copy_of(out);
}

void register_smaa(py::module_& module) {
    using py::arg;
    const auto matrix = [](Eigen::MatrixXd SmaaResult::*member) {
        return [member](const py::object& self) {
            return view_of(self.cast<const SmaaResult&>().*member, self);
        };
    };
    const auto vector = [](Eigen::VectorXd SmaaResult::*member) {
        return [member](const py::object& self) {
            return view_of(self.cast<const SmaaResult&>().*member, self);
        };
    };
    py::class_<SmaaResult>(module, "SmaaResult")
        .def_readonly("draws", &SmaaResult::draws)
        .def_readonly("alternatives", &SmaaResult::alternatives)
        .def_readonly("criteria", &SmaaResult::criteria)
        .def_readonly("first_counts", &SmaaResult::first_counts)
        .def_readonly("meta_weights", &SmaaResult::meta_weights)
        .def_readonly("weight_attempts", &SmaaResult::weight_attempts)
        .def_property_readonly("acceptance_rate", &SmaaResult::acceptance_rate)
        .def_property_readonly("scale",
                               [](const SmaaResult& result) { return pairs_of(result.scale); })
        .def_property_readonly("rank_acceptability", matrix(&SmaaResult::rank_acceptability))
        .def_property_readonly("central_weights", matrix(&SmaaResult::central_weights))
        .def_property_readonly("pairwise_winning", matrix(&SmaaResult::pairwise_winning))
        .def_property_readonly("confidence_factors", vector(&SmaaResult::confidence_factors))
        .def_property_readonly("holistic_acceptability",
                               vector(&SmaaResult::holistic_acceptability))
        .def("text", &printed_text<SmaaResult>);
    module.def("smaa", &run_smaa, arg("kinds"), arg("first"), arg("second"), arg("alternatives"),
               arg("criteria"), arg("signs"), arg("weights"), arg("ranking"), arg("bounds"),
               arg("scale"), arg("meta_weights"), arg("draws"), arg("seed"), arg("pairwise"),
               arg("threads"), arg("progress"));
}

void register_weight_stability(py::module_& module) {
    using py::arg;
    py::class_<WeightStability>(module, "WeightStability")
        .def_readonly("board", &WeightStability::board)
        .def_readonly("top", &WeightStability::top)
        .def("columns", &stability_columns)
        .def("text", [](WeightStability study, std::size_t limit) {
            if (study.nodes.size() > limit) study.nodes.resize(limit);
            return printed_text(study);
        });
    module.def(
        "weight_stability",
        [](const Scoreboard& board, Index top, double resolution, int scan, int threads,
           py::object progress) {
            robust::WeightStabilityOptions options =
                stability_options(top, resolution, scan, threads);
            return watched(options, std::move(progress),
                           [&] { return robust::weight_stability(board, options); });
        },
        arg("board"), arg("top"), arg("resolution"), arg("scan"), arg("threads"), arg("progress"));
    module.def(
        "pair_stability",
        [](const Scoreboard& board, const std::string& node,
           const std::array<std::string, 2>& units, double resolution, int scan) {
            const robust::WeightStabilityOptions options =
                stability_options(1, resolution, scan, 1);
            return pair_fields(board, without_lock([&] {
                                   return robust::weight_stability(board, node, units, options);
                               }));
        },
        arg("board"), arg("node"), arg("units"), arg("resolution"), arg("scan"));
    module.def("with_weight_share", &robust::with_weight_share, arg("board"), arg("node"),
               arg("share"));
}

void register_leave_one_out(py::module_& module) {
    using py::arg;
    py::class_<LeaveOneOut>(module, "LeaveOneOut")
        .def_readonly("nominal", &LeaveOneOut::nominal)
        .def("columns", &left_out_columns)
        .def("by_mean_shift", &LeaveOneOut::by_mean_shift)
        .def("scores",
             [](const LeaveOneOut& study) { return left_out_matrix(study, &LeftOut::scores); })
        .def("ranks",
             [](const LeaveOneOut& study) { return left_out_matrix(study, &LeftOut::ranks); })
        .def("places_gained",
             [](const LeaveOneOut& study) {
                 return left_out_matrix(study, &LeftOut::places_gained);
             })
        .def("text", [](const LeaveOneOut& study, std::size_t) { return printed_text(study); });
    module.def(
        "leave_one_out",
        [](const Scoreboard& board, std::vector<std::string> elements, int threads,
           py::object progress) {
            robust::LeaveOneOutOptions options;
            options.elements = std::move(elements);
            options.threads = threads;
            return watched(options, std::move(progress),
                           [&] { return robust::leave_one_out(board, options); });
        },
        arg("board"), arg("elements"), arg("threads"), arg("progress"));
}

}  // namespace

void register_robust_studies(py::module_& module) {
    register_smaa(module);
    register_weight_stability(module);
    register_leave_one_out(module);
}

}  // namespace thuocdo::python
