#include <thuocdo/rank/borda.hpp>
#include <thuocdo/rank/condorcet.hpp>
#include <thuocdo/rank/copeland_ranking.hpp>
#include <thuocdo/rank/kemeny.hpp>
#include <thuocdo/rank/median_rank.hpp>
#include <thuocdo/rank/ranking_correlation.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "progress.hpp"
#include "rank_results.hpp"
#include "register.hpp"

namespace thuocdo::python {

namespace {

/// Rankings and their weights as the kernels want them. No weight is a weight of 1 each.
class RankingsInput {
  public:
    RankingsInput(const AnyLayout& rankings, const Numbers& weights)
        : input_(rankings, weights, Signs(0)) {}

    [[nodiscard]] Eigen::Map<const Eigen::MatrixXd> rankings() const { return input_.matrix(); }
    [[nodiscard]] std::span<const double> weights() const { return input_.weights(); }

  private:
    DecisionInput input_;
};

[[nodiscard]] rank::RankingMeasure measure_of_word(const std::string& word) {
    using rank::RankingMeasure;
    static constexpr std::array<std::pair<const char*, RankingMeasure>, 9> words{
        {{"spearman", RankingMeasure::spearman},
         {"kendall_tau_a", RankingMeasure::kendall_tau_a},
         {"kendall_tau_b", RankingMeasure::kendall_tau_b},
         {"kendall_tau_x", RankingMeasure::kendall_tau_x},
         {"weighted_spearman", RankingMeasure::weighted_spearman},
         {"ws_coefficient", RankingMeasure::ws_coefficient},
         {"rank_biased_overlap", RankingMeasure::rank_biased_overlap},
         {"top_k_overlap", RankingMeasure::top_k_overlap},
         {"top_k_jaccard", RankingMeasure::top_k_jaccard}}};
    std::string expected;
    for (const auto& [name, measure] : words) {
        if (word == name) return measure;
        expected += (expected.empty() ? "" : ", ") + std::string(name);
    }
    throw NumericError("no such measure",
                       {{"unknown_word", "argument \"measure\"", '"' + word + '"', expected, ""}});
}

/// A read-only property of a class that bind_result() made.
template <class Result, class Get>
void add_property(py::module_& module, const char* type, const char* name, Get get,
                  const char* meaning) {
    const py::object property = py::module_::import("builtins").attr("property");
    const py::cpp_function getter([get](const Result& self) { return py::object(get(self)); });
    module.attr(type).attr(name) = property(getter, py::none(), py::none(), meaning);
}

[[nodiscard]] py::object row_or_none(const std::optional<Index>& row) {
    return row ? py::object(py::int_(*row)) : py::none();
}

void register_simple_methods(py::module_& module) {
    using py::arg;
    bind_result<rank::BordaResult>(module, "BordaResult");
    bind_result<rank::CopelandRankingResult>(module, "CopelandRankingResult");
    bind_result<rank::MedianRankResult>(module, "MedianRankResult");
    bind_result<rank::CondorcetResult>(module, "CondorcetResult");
    using Condorcet = rank::CondorcetResult;
    add_property<Condorcet>(
        module, "CondorcetResult", "winner",
        [](const Condorcet& self) { return row_or_none(self.winner); },
        "row of the alternative that beats each other one, or None");
    add_property<Condorcet>(
        module, "CondorcetResult", "loser",
        [](const Condorcet& self) { return row_or_none(self.loser); },
        "row of the alternative that loses to each other one, or None");
    add_property<Condorcet>(
        module, "CondorcetResult", "groups",
        [](const Condorcet& self) {
            py::list groups;
            for (const rank::CondorcetGroup& group : self.groups)
                groups.append(py::make_tuple(py::cast(group.members), group.cyclic));
            return py::tuple(groups);
        },
        "(rows, whether strict majorities run in a circle) of each group, best first");
    const auto define = [&module](const char* name, auto kernel) {
        module.def(
            name,
            [kernel](const AnyLayout& rankings, const Numbers& weights) {
                const RankingsInput input(rankings, weights);
                return without_lock([&] { return kernel(input.rankings(), input.weights()); });
            },
            arg("rankings"), arg("weights"));
    };
    define("rank_borda", rank::borda);
    define("rank_copeland_ranking", rank::copeland_ranking);
    define("rank_median_rank", rank::median_rank);
    define("rank_condorcet", rank::condorcet);
}

void register_kemeny(py::module_& module) {
    using py::arg;
    using Result = rank::KemenyResult;
    bind_result<Result>(module, "KemenyResult");
    py::class_<rank::KemenyCertificate>(module, "KemenyCertificate");
    add_property<Result>(
        module, "KemenyResult", "unique",
        [](const Result& self) -> py::object {
            if (self.uniqueness == rank::Uniqueness::unknown) return py::none();
            return py::bool_(self.uniqueness == rank::Uniqueness::unique);
        },
        "whether no other order is as near; None where that is not known");
    add_property<Result>(
        module, "KemenyResult", "groups", [](const Result& self) { return py::cast(self.groups); },
        "rows of groups of which each member beats all members of the groups behind");
    add_property<Result>(
        module, "KemenyResult", "cases", [](const Result& self) { return py::int_(self.cases); },
        "cases that the search looked at");
    add_property<Result>(
        module, "KemenyResult", "certificate",
        [](const Result& self) { return py::cast(self.certificate); }, "proof of the lower bound");

    using Verification = rank::KemenyVerification;
    py::class_<Verification>(module, "KemenyVerification")
        .def_readonly("sound", &Verification::sound)
        .def_readonly("reason", &Verification::reason)
        .def_readonly("distance", &Verification::distance)
        .def_readonly("lower_bound", &Verification::lower_bound)
        .def_readonly("optimal", &Verification::optimal);
    module.def(
        "rank_kemeny",
        [](const AnyLayout& rankings, const Numbers& weights, std::int64_t most_updates,
           std::int64_t most_cycles, bool decide_uniqueness, const py::object& progress) {
            const RankingsInput input(rankings, weights);
            PythonProgress watch(progress);
            const rank::KemenyOptions options{most_updates, most_cycles, decide_uniqueness,
                                              [&](double share) { return watch.report(share); }};
            Result result = without_lock(
                [&] { return rank::kemeny(input.rankings(), input.weights(), options); });
            watch.rethrow();
            return result;
        },
        arg("rankings"), arg("weights"), arg("most_updates"), arg("most_cycles"),
        arg("decide_uniqueness"), arg("progress"));
    module.def(
        "rank_verify_kemeny",
        [](const AnyLayout& rankings, const std::vector<Index>& order,
           const rank::KemenyCertificate& certificate, const Numbers& weights) {
            const RankingsInput input(rankings, weights);
            return without_lock([&] {
                return rank::verify_kemeny(input.rankings(), order, certificate, input.weights());
            });
        },
        arg("rankings"), arg("order"), arg("certificate"), arg("weights"));
}

void register_correlation(py::module_& module) {
    using py::arg;
    module.def(
        "rank_correlation",
        [](const Columns& x, const Columns& y, const std::string& measure, double persistence,
           Index k) {
            return rank::ranking_correlation(measure_of_word(measure), to_vector(x, "x"),
                                             to_vector(y, "y"), {persistence, k});
        },
        arg("x"), arg("y"), arg("measure"), arg("persistence"), arg("k"));
    module.def(
        "rank_correlation_matrix",
        [](const AnyLayout& rankings, const std::string& measure, double persistence, Index k) {
            const py::array_t<double> none(0);
            const RankingsInput input(rankings, none);
            const rank::RankingMeasure chosen = measure_of_word(measure);
            const Eigen::MatrixXd found = without_lock([&] {
                return rank::ranking_correlation_matrix(input.rankings(), chosen, {persistence, k});
            });
            return copy_of(found);
        },
        arg("rankings"), arg("measure"), arg("persistence"), arg("k"));
}

}  // namespace

void register_rank_orderings(py::module_& module) {
    register_simple_methods(module);
    register_kemeny(module);
    register_correlation(module);
}

}  // namespace thuocdo::python
