// Every weighting scheme with a published example, on the matrix of the paper.
#include <thuocdo/weigh/analytic_hierarchy_process.hpp>
#include <thuocdo/weigh/angular.hpp>
#include <thuocdo/weigh/cilos.hpp>
#include <thuocdo/weigh/critic.hpp>
#include <thuocdo/weigh/entropy.hpp>
#include <thuocdo/weigh/idocriw.hpp>
#include <thuocdo/weigh/lopcow.hpp>
#include <thuocdo/weigh/merec.hpp>
#include <thuocdo/weigh/standard_deviation.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <functional>
#include <map>

#include "support.hpp"

namespace weigh_tests {

namespace published {

namespace weigh = thuocdo::weigh;
using Scheme = std::function<Eigen::VectorXd(const Eigen::MatrixXd&, const Directions&)>;

const std::map<std::string, Scheme>& schemes() {
    static const std::map<std::string, Scheme> all{
        {"analytic_hierarchy_process",
         [](const auto& x, const auto&) { return weigh::analytic_hierarchy_process(x).weights; }},
        {"angular", [](const auto& x, const auto&) { return weigh::angular(x).weights; }},
        {"cilos", [](const auto& x, const auto& d) { return weigh::cilos(x, d).weights; }},
        {"critic", [](const auto& x, const auto& d) { return weigh::critic(x, d).weights; }},
        {"entropy", [](const auto& x, const auto&) { return weigh::entropy(x).weights; }},
        {"idocriw", [](const auto& x, const auto& d) { return weigh::idocriw(x, d).weights; }},
        {"lopcow", [](const auto& x, const auto& d) { return weigh::lopcow(x, d).weights; }},
        {"merec", [](const auto& x, const auto& d) { return weigh::merec(x, d).weights; }},
        {"standard_deviation",
         [](const auto& x, const auto&) { return weigh::standard_deviation(x).weights; }},
    };
    return all;
}

}  // namespace published

TEST_CASE("Published examples of weighting schemes are met to the last printed digit") {
    std::ifstream file(THUOCDO_TEST_DATA_DIR "/weights/published.json");
    const nlohmann::json examples = nlohmann::json::parse(file);
    CHECK(examples.size() == published::schemes().size());
    for (const auto& example : examples) {
        const auto name = example.at("method").get<std::string>();
        CAPTURE(name);
        CAPTURE(example.at("source").get<std::string>());
        const auto rows = example.at("matrix").get<std::vector<std::vector<double>>>();
        Eigen::MatrixXd x(static_cast<Eigen::Index>(rows.size()),
                          static_cast<Eigen::Index>(rows[0].size()));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (std::size_t j = 0; j < rows[i].size(); ++j)
                x(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows[i][j];
        }
        Directions directions;
        if (example.contains("higher_is_better")) {
            for (const bool higher : example.at("higher_is_better").get<std::vector<bool>>())
                directions.push_back(higher ? up : down);
        }
        const double half_a_digit = 0.5 * std::pow(10.0, -example.at("decimals").get<int>());
        check_close(published::schemes().at(name)(x, directions),
                    example.at("weights").get<std::vector<double>>(), half_a_digit * 1.01);
    }
}

}  // namespace weigh_tests
