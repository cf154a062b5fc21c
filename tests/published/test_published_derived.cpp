// Published indices whose indicators are derived by expressions, and further ones
// from their published parts. Sources: the first lines of the files in data/panels.

#include <thuocdo/explain/explanation.hpp>
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/csv_reader.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

namespace published_derived {

using namespace thuocdo;

const std::string folder = THUOCDO_DATA_DIR;

struct Published {
    Scoreboard board;
    std::map<std::string, std::vector<std::string>> columns;
    std::vector<Index> units;

    [[nodiscard]] double number(const std::string& column, std::size_t row) const {
        return std::stod(columns.at(column)[row]);
    }
};

Published published(const IndexModel& model, const std::string& panel,
                    const std::string& unit_column) {
    const std::string path = folder + "/panels/" + panel;
    io::PanelOptions options;
    options.unit_column = unit_column;
    Published result{score(model, io::load_panel(path, model, options)), {}, {}};
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    const std::string content = text.str();
    const io::CsvTable table = io::read_csv(content, path);
    for (std::size_t c = 0; c < table.header.size(); ++c)
        for (const io::CsvRow& row : table.rows)
            result.columns[std::string(table.header[c].text)].emplace_back(row.fields[c].text);
    for (const std::string& code : result.columns.at(unit_column))
        result.units.push_back(result.board.units().index_of(code));
    return result;
}

IndexModel model(const std::string& name) {
    return io::load_model(folder + "/models/" + name + ".json");
}

int equal_to(const Published& index, const Eigen::VectorXd& found, const std::string& column) {
    int equal = 0;
    for (std::size_t k = 0; k < index.units.size(); ++k)
        equal += found[index.units[k]] == index.number(column, k) ? 1 : 0;
    return equal;
}

double largest_gap(const Published& index, const Eigen::VectorXd& found,
                   const std::string& column) {
    double gap = 0.0;
    for (std::size_t k = 0; k < index.units.size(); ++k)
        gap = std::max(gap, std::abs(found[index.units[k]] - index.number(column, k)));
    return gap;
}

Eigen::VectorXd panel_column(const Scoreboard& board, const std::string& code) {
    Eigen::VectorXd values(board.unit_count());
    for (Index unit = 0; unit < board.unit_count(); ++unit)
        values[unit] = board.panel().value(unit, *board.panel().find(code));
    return values;
}

TEST_CASE("Gender Inequality Index 2022: 166 of 166 published values and ranks (UNDP)") {
    const Published gii = published(model("gii"), "gii_2022.csv", "iso3");
    REQUIRE(gii.units.size() == 166);
    CHECK(equal_to(gii, gii.board.scores(), "gii_2022") == 166);
    CHECK(equal_to(gii, gii.board.ranks(), "gii_rank_2022") == 166);
}

TEST_CASE("Gender Inequality Index: the explanation shows the derived value and its expression") {
    const IndexModel index = model("gii");
    const Published gii = published(index, "gii_2022.csv", "iso3");
    const Explanation explanation = explain(gii.board, "VNM");
    const ExplanationLine* line = explanation.find("inequality");
    REQUIRE(line != nullptr);
    CHECK(line->expression == "1 - harmonic_mean(gii_female, gii_male) / gii_both");
    CHECK(line->unit == "1");
    CHECK(explanation.total() == explanation.row.score);
    CHECK(index.find_derived("gii_female")->unit == "%^(2/3)");
    CHECK(index.find_derived("empowerment_f")->unit == "%");
}

TEST_CASE("Gender Inequality Index: a changed input is carried through every expression") {
    const IndexModel index = model("gii");
    const Published gii = published(index, "gii_2022.csv", "iso3");
    const Index unit = gii.board.units().index_of("VNM");
    CellChange change;
    change.indicator = "pr_f_2022";
    change.value = 50.0;
    const WhatIf tried = what_if(gii.board, "VNM", {change});
    PanelDefinition changed = gii.board.panel().definition();
    changed.values(unit, *gii.board.panel().find("pr_f_2022")) = 50.0;
    const Scoreboard again = score(index, Panel(changed));
    CHECK(tried.after.score == again.scores()[unit]);
    CHECK(tried.after.rank == again.ranks()[unit]);
    CHECK(tried.after.score < tried.before.score);
    change.indicator = "gii_female";
    CHECK_THROWS_AS(static_cast<void>(what_if(gii.board, "VNM", {change})), DataError);
}

TEST_CASE("Corruption Perceptions Index 2023: 180 of 180 published scores and ranks") {
    const Published cpi = published(model("cpi"), "cpi_2023.csv", "iso3");
    REQUIRE(cpi.units.size() == 180);
    CHECK(equal_to(cpi, cpi.board.scores(), "cpi_score") == 180);
    CHECK(equal_to(cpi, cpi.board.ranks(), "rank") == 180);
    CHECK(equal_to(cpi, panel_column(cpi.board, "cpi_sources"), "number_of_sources") == 180);
    CHECK(equal_to(cpi, panel_column(cpi.board, "cpi_printed"), "cpi_score") == 180);
}

TEST_CASE("Corruption Perceptions Index 2023: standard errors and intervals to what is printed") {
    // Sources are printed with five decimals, standard errors with six.
    const Published cpi = published(model("cpi"), "cpi_2023.csv", "iso3");
    CHECK(largest_gap(cpi, panel_column(cpi.board, "cpi_standard_error"), "standard_error") < 3e-6);
    CHECK(largest_gap(cpi, panel_column(cpi.board, "cpi_lower"), "lower_ci") < 1e-5);
    CHECK(largest_gap(cpi, panel_column(cpi.board, "cpi_upper"), "upper_ci") < 1e-5);
    const Index lower = cpi.board.model().index_of("lower");
    CHECK(cpi.board.results().col(lower) == panel_column(cpi.board, "cpi_lower"));
}

TEST_CASE("Provincial Competitiveness Index 2016: 63 of 63 values and ranks (VCCI and USAID)") {
    const Published pci = published(model("pci"), "pci_2016.csv", "province");
    REQUIRE(pci.units.size() == 63);
    CHECK(equal_to(pci, pci.board.ranks(), "rank") == 63);
    // Printed in single precision.
    CHECK(largest_gap(pci, pci.board.full_scores(), "pci") < 1e-5);
}

TEST_CASE("Democracy Index 2018: 167 of 167 scores, ranks and classes") {
    const Published index = published(model("democracy-index"), "democracy_2018.csv", "country");
    REQUIRE(index.units.size() == 167);
    CHECK(equal_to(index, index.board.scores(), "score") == 167);
    CHECK(equal_to(index, index.board.ranks(), "rank") == 167);
    int classes = 0;
    for (std::size_t k = 0; k < index.units.size(); ++k) {
        const std::string band = index.board.row(index.units[k]).band;
        std::string words = index.columns.at("category")[k];
        std::replace(words.begin(), words.end(), ' ', '_');
        words[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(words[0])));
        classes += words == band ? 1 : 0;
    }
    CHECK(classes == 167);
}

TEST_CASE("Democracy Index 2018: categories printed with two decimals give 150 of 167 scores") {
    ModelDefinition printed = model("democracy-index").definition();
    for (NodeDefinition& category : printed.root.children) category.indicator = category.code;
    const Published index = published(IndexModel(printed), "democracy_2018.csv", "country");
    CHECK(equal_to(index, index.board.scores(), "score") == 150);
    CHECK(largest_gap(index, index.board.scores(), "score") < 0.01 + 1e-9);
}

}  // namespace published_derived
