// Published indices, from model files and data files alone. Sources: the first
// lines of the files in data/panels and tests/data.

#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/csv_reader.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "support/build.hpp"

using namespace thuocdo;

namespace {

const std::string data_dir = THUOCDO_DATA_DIR;

IndexModel model_file(const std::string& name) {
    return io::load_model(data_dir + "/models/" + name + ".json");
}

/// Columns of a published table by name, as text.
std::map<std::string, std::vector<std::string>> columns_of(const std::string& path) {
    std::ifstream file(path);
    REQUIRE(file.good());
    std::ostringstream text;
    text << file.rdbuf();
    const io::CsvTable table = io::read_csv(text.str(), path);
    std::map<std::string, std::vector<std::string>> columns;
    for (std::size_t c = 0; c < table.header.size(); ++c)
        for (const io::CsvRow& row : table.rows)
            columns[std::string(table.header[c].text)].emplace_back(row.fields[c].text);
    return columns;
}

double number(const std::string& text) { return std::stod(text); }

Scoreboard scored(const std::string& model, const std::string& panel,
                  const std::string& unit_column) {
    const IndexModel index = model_file(model);
    io::PanelOptions options;
    options.unit_column = unit_column;
    return score(index, io::load_panel(data_dir + "/panels/" + panel, index, options));
}

}  // namespace

TEST_CASE(
    "HDI 2022: 193 of 193 published values and ranks (UNDP, Human Development Report 2023/24)") {
    const Scoreboard board = scored("hdi", "hdi_2022.csv", "iso3");
    const auto published = columns_of(data_dir + "/panels/hdi_2022.csv");
    REQUIRE(board.unit_count() == 193);
    int values = 0;
    int ranks = 0;
    for (std::size_t k = 0; k < 193; ++k) {
        const Index unit = board.units().index_of(published.at("iso3")[k]);
        values += board.scores()[unit] == number(published.at("hdi_2022")[k]) ? 1 : 0;
        ranks += board.ranks()[unit] == number(published.at("hdi_rank_2022")[k]) ? 1 : 0;
    }
    CHECK(values == 193);
    CHECK(ranks == 193);
    CHECK(board.scores()[board.units().index_of("VNM")] == 0.726);
}

TEST_CASE("EGDI 2022: 193 of 193 ranks; values to what four-decimal components allow (UN DESA)") {
    const Scoreboard board = scored("egdi", "egdi_2022.csv", "country");
    const auto published = columns_of(data_dir + "/panels/egdi_2022.csv");
    REQUIRE(board.unit_count() == 193);
    int ranks = 0;
    int equal = 0;
    int within = 0;
    // The published components have four decimals, so their mean can differ
    // from the published one in the last of four decimals.
    const double last_digit = 0.0001;
    for (std::size_t k = 0; k < 193; ++k) {
        const Index unit = board.units().index_of(published.at("country")[k]);
        const double difference = std::abs(board.scores()[unit] - number(published.at("egdi")[k]));
        ranks += board.ranks()[unit] == number(published.at("rank")[k]) ? 1 : 0;
        equal += difference < 1e-9 ? 1 : 0;
        within += difference < last_digit + 1e-9 ? 1 : 0;
    }
    CHECK(ranks == 193);
    CHECK(equal == 171);
    CHECK(within == 193);
}

TEST_CASE(
    "index 766 of 34 provinces: totals, overall and group ranks (National Public Service Portal)") {
    const Scoreboard board = scored("index766-province", "index766_provinces.csv", "gso");
    const auto published = columns_of(data_dir + "/panels/index766_provinces.csv");
    REQUIRE(board.unit_count() == 34);
    int totals = 0;
    int ranks = 0;
    int group_ranks = 0;
    for (std::size_t k = 0; k < 34; ++k) {
        const Index unit = board.units().index_of(published.at("gso")[k]);
        totals += board.scores()[unit] == number(published.at("total")[k]) ? 1 : 0;
        ranks += board.ranks()[unit] == number(published.at("rank")[k]) ? 1 : 0;
    }
    for (const char* group : {"CKMB", "TDGQ", "CLGQ", "MDSH", "MDHL", "TTTT"}) {
        const Eigen::VectorXd by_group = board.ranks_by(group);
        for (std::size_t k = 0; k < 34; ++k)
            group_ranks += by_group[board.units().index_of(published.at("gso")[k])] ==
                                   number(published.at(std::string("rank_") + group)[k])
                               ? 1
                               : 0;
    }
    CHECK(totals == 34);
    CHECK(ranks == 34);
    CHECK(group_ranks == 204);
}

TEST_CASE("index 766 of Dak Lak: every published metric, the groups, 65.49 and not 65.51") {
    const Scoreboard board =
        scored("index766-metrics", "index766-metrics-dak-lak-2026-10-10.csv", "unit");
    REQUIRE(board.unit_count() == 1);
    CHECK(board.units().code(0) == "66");
    const auto published = columns_of(std::string(THUOCDO_TEST_DATA_DIR) + "/index766_daklak.csv");
    int metrics = 0;
    int expected = 0;
    for (std::size_t k = 0; k < published.at("metric").size(); ++k) {
        const std::string& score_text = published.at("score")[k];
        if (score_text.empty() || published.at("flag")[k] == "M") continue;
        ++expected;
        CAPTURE(published.at("metric")[k]);
        CHECK(board.results_of(published.at("metric")[k])[0] == number(score_text));
        ++metrics;
    }
    CHECK(expected == 15);
    CHECK(metrics == expected);
    const std::map<std::string, double> groups{{"CKMB", 11.85}, {"TDGQ", 17.72}, {"CLGQ", 8.97},
                                               {"MDSH", 9.08},  {"MDHL", 11.18}, {"TTTT", 6.69}};
    for (const auto& group : groups) {
        CAPTURE(group.first);
        CHECK(board.results_of(group.first)[0] == group.second);
    }
    CHECK(board.scores()[0] == 65.49);
    // Without the rounding of each metric the total would be printed as 65.51.
    ModelDefinition unrounded = board.model().definition();
    const auto strip = [](auto&& self, NodeDefinition& node) -> void {
        if (node.is_leaf()) node.rounding.reset();
        for (NodeDefinition& child : node.children) {
            child.rounding.reset();
            self(self, child);
        }
    };
    strip(strip, unrounded.root);
    unrounded.defaults.rounding.reset();
    const Scoreboard late = score(IndexModel(unrounded), board.panel());
    CHECK(numeric::fixed(late.full_scores()[0], 2) == "65.51");
    const Explanation why = explain(board, "66");
    CHECK(why.total() == 65.49);
    CHECK(why.find("REUSED_DIGITIZED_DATA")->numerator == 82645);
    CHECK(why.find("ELECTRONIC_CERTIFIED_COPY")->state == CellState::zero_denominator);
}

TEST_CASE(
    "DTI 2022: four of five published totals exactly, the fifth within its last digit "
    "(dti.gov.vn)") {
    const Scoreboard board = scored("dti-2022", "dti_2022_top5.csv", "province");
    const auto published = columns_of(data_dir + "/panels/dti_2022_top5.csv");
    int equal = 0;
    for (std::size_t k = 0; k < 5; ++k) {
        const Index unit = board.units().index_of(published.at("province")[k]);
        const double total = number(published.at("pdti")[k]);
        CHECK(std::abs(board.scores()[unit] - total) < 0.0001 + 1e-12);
        CHECK(board.ranks()[unit] == number(published.at("rank")[k]));
        equal += board.scores()[unit] == total ? 1 : 0;
    }
    // Ho Chi Minh City: the printed main indices give 0.716355, printed as 0.7163.
    CHECK(equal == 4);
}

TEST_CASE("a table with one row a node and the JSON document are the same model") {
    const IndexModel table = io::load_model(data_dir + "/models/dti-2022.csv");
    CHECK(table.digest() == model_file("dti-2022").digest());
}
