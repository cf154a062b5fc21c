// The 34 provinces of index 766 by every ranking method: where methods agree, whom they
// disagree about, which order is nearest to all of them, and what one method does when a
// province is left out.
#include <thuocdo/detail/text.hpp>
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/rank/compare_methods.hpp>
#include <thuocdo/rank/kemeny.hpp>
#include <thuocdo/rank/kemeny_certificate.hpp>
#include <thuocdo/rank/labelled_result.hpp>
#include <thuocdo/rank/rank_reversal.hpp>

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

namespace rank = thuocdo::rank;

int main(int argc, char** argv) {
    const std::string data = argc > 1 ? argv[1] : THUOCDO_DATA_DIR;
    const auto model = thuocdo::io::load_model(data + "/models/index766-province.json");
    const auto panel = thuocdo::io::load_panel(data + "/panels/index766_provinces.csv", model);

    // Six groups of metrics are the criteria, their maximum points the weights.
    std::vector<rank::Criterion> criteria;
    Eigen::MatrixXd values(panel.unit_count(), static_cast<Eigen::Index>(model.leaves().size()));
    for (const thuocdo::Index leaf : model.leaves()) {
        const thuocdo::Node& node = model.node(leaf);
        const thuocdo::Index column = *panel.find(node.indicator);
        for (thuocdo::Index unit = 0; unit < panel.unit_count(); ++unit)
            values(unit, static_cast<Eigen::Index>(criteria.size())) = panel.value(unit, column);
        criteria.push_back({node.code, node.points.value_or(1.0), node.direction});
    }
    std::vector<std::string> names;
    for (thuocdo::Index unit = 0; unit < panel.unit_count(); ++unit)
        names.push_back(panel.units().unit(unit).name.vi);
    const rank::DecisionMatrix decision(names, criteria, values);

    const auto compared = rank::compare_methods(decision.values(), decision.weights(),
                                                decision.directions(), rank::ranking_methods());
    std::cout << "Each method beside the weighted sum (Kendall's tau-b):\n";
    for (std::size_t k = 0; k < compared.methods.size(); ++k)
        std::cout << "  " << rank::ranking_method(compared.methods[k]).title_en << ' '
                  << thuocdo::numeric::round_decimal(
                         compared.kendall_tau_b(0, static_cast<Eigen::Index>(k)), 3,
                         thuocdo::numeric::RoundingMode::half_up)
                  << '\n';

    const Eigen::VectorXd spread = compared.worst_rank - compared.best_rank;
    Eigen::Index widest = 0;
    spread.maxCoeff(&widest);
    std::cout << "\nMost disputed: " << names[static_cast<std::size_t>(widest)] << ", rank "
              << compared.best_rank[widest] << " to " << compared.worst_rank[widest] << '\n';

    const rank::KemenyResult order = rank::kemeny(compared.ranks);
    const auto verified = rank::verify_kemeny(compared.ranks, order.order, order.certificate);
    std::cout << "\nNearest order to all methods (" << (verified.optimal ? "proven" : "best found")
              << "): ";
    for (std::size_t place = 0; place < 5; ++place)
        std::cout << (place == 0 ? "" : ", ")
                  << names[static_cast<std::size_t>(order.order[place])];

    const auto reversals =
        rank::rank_reversal_when_dropped(decision.values(), [&](rank::MatrixView rows) {
            return rank::topsis(rows, decision.weights(), decision.directions()).scores;
        });
    const auto touched = std::count_if(reversals.begin(), reversals.end(),
                                       [](const auto& each) { return each.reversed_pairs > 0; });
    std::cout << "\n\nTOPSIS turns some pair round when one of " << touched
              << " provinces is left out.\n";
}
