// What an application does with the headers alone: a model in code, a panel, a ranking. The program
// of the README is built beside it.

#include <thuocdo/score.hpp>
#include <thuocdo/version.hpp>

#include <cstdlib>
#include <iostream>

int main() {
    thuocdo::ModelDefinition definition;
    definition.id = "consumer";
    definition.version = "1";
    definition.name = {"Consumer", "Người dùng"};
    definition.root.code = "total";
    for (const char* code : {"a", "b"}) {
        thuocdo::NodeDefinition leaf;
        leaf.code = code;
        leaf.score = thuocdo::rule::Goalposts{0.0, 10.0};
        definition.root.children.push_back(leaf);
    }
    Eigen::MatrixXd values(2, 2);
    values << 1.0, 2.0, 5.0, 10.0;
    const thuocdo::Panel panel(thuocdo::UnitRegistry::from_codes({"01", "02"}), {"a", "b"}, values);
    const auto board = thuocdo::score(thuocdo::IndexModel(definition), panel);
    const auto best = board.ranking(1).front();
    if (best.unit.code != "02" || best.score != 0.75) return EXIT_FAILURE;
    std::cout << "consumer of thuocdo " << thuocdo::version() << '\n';
    return EXIT_SUCCESS;
}
