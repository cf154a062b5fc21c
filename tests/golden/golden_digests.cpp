// Prints the digest of every shipped model on a fixed panel. The output must be
// the same for every compiler, build type and instruction set; the program itself
// checks that threads, batches and the order of the rows change nothing.

#include <thuocdo/data/join_panels.hpp>
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/rank/methods.hpp>
#include <thuocdo/robust/uncertainty.hpp>
#include <thuocdo/score.hpp>
#include <thuocdo/synthetic.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/task_panel.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

using namespace thuocdo;

namespace {

/// The panel with its units in another order.
Panel shuffled(const Panel& panel) {
    PanelDefinition given = panel.definition();
    const Index units = panel.unit_count();
    std::vector<Index> order(static_cast<std::size_t>(units));
    std::iota(order.begin(), order.end(), Index{0});
    // A fixed permutation without any structure of the data.
    const numeric::Philox random(2026);
    for (Index k = units; k > 1; --k) {
        const auto other =
            random.below(static_cast<std::uint64_t>(k), 0, 0, static_cast<std::uint32_t>(k));
        std::swap(order[static_cast<std::size_t>(k - 1)], order[static_cast<std::size_t>(other)]);
    }
    PanelDefinition out = given;
    std::vector<Unit> list;
    for (Index k = 0; k < units; ++k) {
        const Index from = order[static_cast<std::size_t>(k)];
        list.push_back(given.units.unit(from));
        out.values.row(k) = given.values.row(from);
        if (given.states.size() != 0) out.states.row(k) = given.states.row(from);
        for (auto& [column, parts] : out.ratios) {
            parts.numerator[k] = given.ratios.at(column).numerator[from];
            parts.denominator[k] = given.ratios.at(column).denominator[from];
        }
        for (auto& [column, ids] : out.provenance_ids)
            ids[static_cast<std::size_t>(k)] =
                given.provenance_ids.at(column)[static_cast<std::size_t>(from)];
    }
    out.units = UnitRegistry(list);
    return Panel(std::move(out));
}

/// What a reader of the publication sees: totals, ranks and bands. Geometric
/// means and logarithms are stable to these digits, not to the last bit.
std::string published_digest(const Scoreboard& board) {
    numeric::Sha256 hash;
    for (const RankingRow& row : board.ranking()) {
        hash.update(row.unit.code);
        hash.update_double(row.rank);
        hash.update_double(row.score);
        hash.update(row.band);
    }
    return hash.hex();
}

void print(const std::string& name, const IndexModel& model, const Panel& panel, bool every_bit) {
    const auto digest = [&](const Panel& data, int threads, Index batch) {
        ScoreOptions options;
        options.threads = threads;
        options.batch_rows = batch;
        const Scoreboard board = score(model, data, options);
        return every_bit ? board.digest() : published_digest(board);
    };
    const std::string first = digest(panel, 1, 256);
    const Index all = std::max<Index>(panel.unit_count(), 1);
    const Panel other = shuffled(panel);
    for (const int threads : {1, 8})
        for (const Index batch : {Index{1}, Index{17}, all})
            if (digest(panel, threads, batch) != first || digest(other, threads, batch) != first) {
                std::cerr << name << ": the digest changes with " << threads
                          << " threads, batches of " << batch << " or the order of rows\n";
                std::exit(1);
            }
    std::cout << name << ' ' << model.digest() << ' ' << first << '\n';
}

/// A model with every step and with nodes that wait for the cohort: weights from the
/// data above a comparison of all pairs.
IndexModel toolbox() {
    return io::parse_model(R"json({
      "thuocdo": 1, "id": "toolbox", "version": "1", "name": "Toolbox",
      "defaults": {"missing": "renormalise"},
      "derived": [{"code": "ratio", "expression": "a / (a + b) + observed_mean(c, d)"}],
      "preparation": [
        {"step": "denominate", "denominators": [{"indicators": ["a"], "by": "population", "scale": 1000}]},
        {"step": "impute", "method": "group_mean", "group": "parent"},
        {"step": "screen", "minimum_availability": 0.6},
        {"step": "treat", "otherwise": "none"}],
      "root": {"code": "total", "weights": "critic", "rounding": {"digits": 9}, "children": [
        {"code": "pairs", "aggregate": "copeland", "weights": "standard_deviation", "children": [
          {"code": "a", "score": {"rule": "min_max"}}, {"code": "b", "score": {"rule": "z_score"}}]},
        {"code": "far", "aggregate": "hellwig", "children": [
          {"code": "c", "score": {"rule": "z_score"}},
          {"code": "d", "score": {"rule": "z_score"}, "direction": "lower_is_better"}]},
        {"code": "ratio", "score": {"rule": "percentile_rank"}},
        {"code": "judged", "aggregate": "mean_min",
         "weights": {"scheme": "fucom", "elements": ["e", "f"], "steps": [2]},
         "children": [{"code": "e", "score": {"rule": "min_max"}},
                      {"code": "f", "score": {"rule": "min_max"}}]}]}})json");
}

/// Made-up values with gaps and far points for some communes.
Panel toolbox_panel(const UnitRegistry& communes) {
    constexpr Index units = 600;
    constexpr double share_of_gaps = 0.08;
    constexpr double share_of_far_points = 0.004;
    const std::vector<std::string> indicators{"a", "b", "c", "d", "e", "f"};
    std::vector<Unit> list;
    for (Index k = 0; k < units; ++k) list.push_back(communes.unit(k));
    const numeric::Philox random(57);
    Eigen::MatrixXd values(units, static_cast<Index>(indicators.size()));
    for (Index j = 0; j < values.cols(); ++j)
        for (Index i = 0; i < units; ++i) {
            const auto draw = [&](std::uint32_t stage) {
                return random.uniform(static_cast<std::uint64_t>(i), stage,
                                      static_cast<std::uint32_t>(j));
            };
            // Whole numbers, so that no rounding of this program comes in.
            const double value = std::floor(1.0 + 1000.0 * draw(0));
            const double far = draw(2) < share_of_far_points ? 90.0 : 1.0;
            values(i, j) = draw(1) < share_of_gaps ? missing_value : far * value;
        }
    return Panel(UnitRegistry(list), indicators, std::move(values));
}

/// Scores of every ranking method, to the last bit: its logarithms and exponentials are the
/// library's own.
void print_ranking_methods() {
    constexpr Index alternatives = 700;
    constexpr Index criteria = 9;
    const numeric::Philox random(57);
    Eigen::MatrixXd values(alternatives, criteria);
    std::vector<double> weights;
    std::vector<Direction> directions;
    for (Index j = 0; j < criteria; ++j) {
        weights.push_back(1.0 / static_cast<double>(j + 2));
        directions.push_back(j % 3 == 2 ? Direction::lower_is_better : Direction::higher_is_better);
        for (Index i = 0; i < alternatives; ++i)
            // Whole numbers, so that no rounding of this program comes in.
            values(i, j) =
                1.0 + std::floor(10000.0 * random.uniform(static_cast<std::uint64_t>(i), 0,
                                                          static_cast<std::uint32_t>(j)));
    }
    numeric::Sha256 hash;
    const auto add = [&hash](const Eigen::VectorXd& scores) {
        for (Index i = 0; i < scores.size(); ++i) hash.update_double(scores[i]);
    };
    for (const rank::RankingMethod& method : rank::ranking_methods()) {
        hash.update(method.name);
        add(method.scores(values, weights, directions));
    }
    for (const auto shape : {rank::PreferenceShape::linear, rank::PreferenceShape::gaussian}) {
        rank::PrometheeTwoOptions options;
        options.preferences.assign(static_cast<std::size_t>(criteria),
                                   {shape, 500.0, 2500.0, 1500.0});
        add(rank::promethee_two(values, weights, directions, options).scores);
    }
    std::cout << "ranking-methods " << hash.hex() << '\n';
}

NodeDefinition robustness_leaf(const std::string& code, double weight) {
    NodeDefinition out;
    out.code = code;
    out.weight = weight;
    out.score = rule::MinMax{};
    return out;
}

/// Counts of a robustness run with every kind of factor; the program checks that threads and
/// a split into parts change nothing.
void print_robustness() {
    constexpr Index units = 300;
    constexpr std::uint64_t draws = 700;
    constexpr std::uint64_t first_part = 123;
    constexpr double largest = 1000.0;
    constexpr double share_of_gaps = 0.05;
    const numeric::Philox random(57);
    std::vector<std::string> units_by_code;
    for (Index i = 0; i < units; ++i) units_by_code.push_back("u" + std::to_string(i));
    const std::vector<std::string> indicators{"a", "b", "c", "d", "e"};
    Eigen::MatrixXd values(units, static_cast<Index>(indicators.size()));
    for (Index j = 0; j < values.cols(); ++j)
        for (Index i = 0; i < units; ++i) {
            const auto draw = [&](std::uint32_t stage) {
                return random.uniform(static_cast<std::uint64_t>(i), stage,
                                      static_cast<std::uint32_t>(j));
            };
            // Whole numbers, so that no rounding of this program comes in.
            values(i, j) =
                draw(1) < share_of_gaps ? missing_value : 1.0 + std::floor(largest * draw(0));
        }
    const Panel panel(UnitRegistry::from_codes(units_by_code), indicators, values);
    ModelDefinition definition;
    definition.id = "robustness";
    definition.version = "1";
    definition.name = {"Robustness", ""};
    definition.defaults.missing = MissingRule::all(MissingPolicy::renormalise);
    NodeDefinition pillar;
    pillar.code = "pillar";
    pillar.weight = 2.0;
    pillar.children = {robustness_leaf("a", 1.0), robustness_leaf("b", 2.0),
                       robustness_leaf("c", 3.0)};
    definition.root.code = "total";
    definition.root.children = {pillar, robustness_leaf("d", 1.0), robustness_leaf("e", 1.0)};
    const Scoreboard board = score(IndexModel(std::move(definition)), panel);
    robust::ModelChoice choice;
    choice.alternatives = {{"arithmetic", [](ModelDefinition&) {}},
                           {"mean and minimum",
                            [](ModelDefinition& form) {
                                form.root.aggregate = aggregation::MeanMin{1.0, 0.5};
                            }},
                           {"standard scores", [](ModelDefinition& form) {
                                for (NodeDefinition& leaf : form.root.children[0].children)
                                    leaf.score = rule::ZScore{};
                            }}};
    factor::MeasurementError error;
    error.scale = ErrorScale::relative;
    error.size = 0.125;
    const std::vector<robust::Factor> weights{{"noise", robust::WeightNoise{{"pillar"}, 0.25}},
                                              {"any", robust::DirichletWeights{{"total"}, {}}},
                                              {"near", robust::DirichletWeights{{"pillar"}, 30.0}}};
    std::vector<robust::Factor> with_choice = weights;
    with_choice.push_back({"form", std::move(choice)});
    std::vector<robust::Factor> with_errors = with_choice;
    with_errors.push_back({"errors", robust::MeasurementError{{"b", "e"}, error}});
    numeric::Sha256 hash;
    for (const std::vector<robust::Factor>& factors : {weights, with_choice, with_errors}) {
        robust::UncertaintyOptions options;
        options.seed = 57;
        const std::string bytes =
            robust::UncertaintyPlan(board, factors, options).partial(0, draws).bytes();
        options.threads = 3;
        const robust::UncertaintyPlan other(board, factors, options);
        robust::DrawCounts parts = other.partial(first_part, draws - first_part);
        parts.merge(other.partial(0, first_part));
        if (parts.bytes() != bytes) {
            std::cerr << "robustness: the counts change with threads or parts\n";
            std::exit(1);
        }
        hash.update(bytes);
    }
    std::cout << "robustness " << hash.hex() << '\n';
}

}  // namespace

int main(int argc, char** argv) {
    const std::string data = argc > 1 ? argv[1] : THUOCDO_DATA_DIR;
    const auto model = [&](const std::string& name) {
        return io::load_model(data + "/models/" + name + ".json");
    };
    const auto file = [&](const IndexModel& index, const std::string& name,
                          const std::string& unit_column) {
        io::PanelOptions options;
        options.unit_column = unit_column;
        return io::load_panel(data + "/panels/" + name, index, options);
    };
    io::UnitOptions counts;
    counts.attribute_columns = {"wards", "communes", "special_zones"};
    const UnitRegistry provinces = io::load_units(data + "/units/vn-provinces.csv", counts);
    std::vector<Unit> province_list;
    for (Index k = 0; k < provinces.size(); ++k) province_list.push_back(provinces.unit(k));
    const UnitRegistry communes(synthetic::communes(province_list));
    const UnitRegistry central(synthetic::central_bodies());

    const IndexModel hdi = model("hdi");
    print("hdi", hdi, file(hdi, "hdi_2022.csv", "iso3"), false);
    const IndexModel egdi = model("egdi");
    print("egdi", egdi, file(egdi, "egdi_2022.csv", "country"), true);
    const IndexModel gii = model("gii");
    print("gii", gii, file(gii, "gii_2022.csv", "iso3"), false);
    const IndexModel cpi = model("cpi");
    print("cpi", cpi, file(cpi, "cpi_2023.csv", "iso3"), true);
    const IndexModel pci = model("pci");
    print("pci", pci, file(pci, "pci_2016.csv", "province"), true);
    const IndexModel democracy = model("democracy-index");
    print("democracy-index", democracy, file(democracy, "democracy_2018.csv", "country"), true);
    print("toolbox", toolbox(), toolbox_panel(communes), true);
    const IndexModel dti = model("dti-2022");
    print("dti-2022", dti, file(dti, "dti_2022_top5.csv", "province"), true);
    const IndexModel totals = model("index766-province");
    print("index766-province", totals, file(totals, "index766_provinces.csv", "gso"), true);
    const IndexModel metrics = model("index766-metrics");
    print("index766-metrics", metrics,
          file(metrics, "index766-metrics-dak-lak-2026-10-10.csv", "unit"), true);
    const IndexModel province = model("resolution57-province");
    print("resolution57-province", province, synthetic::panel(province, provinces), true);
    const IndexModel ministry = model("resolution57-ministry");
    print("resolution57-ministry", ministry, synthetic::panel(ministry, central), true);
    const IndexModel commune = model("resolution57-commune");
    // One of its leaves is scored on a logarithm.
    print("resolution57-commune", commune, synthetic::panel(commune, communes), false);
    synthetic::ModelOptions national;
    const IndexModel hundred = synthetic::model(national);
    print("synthetic-100", hundred, synthetic::panel(hundred, communes), true);
    // From the made-up register of tasks to the score.
    const IndexModel decree = model("decree335");
    const TaskRegister tasks = synthetic::task_register(synthetic::nation(provinces));
    const Panel work = task_panel(tasks, Date(2026, 6, 30), central, {.other_groups = true});
    constexpr double general_points = 28.0;
    Eigen::MatrixXd entered(central.size(), 2);
    entered.col(0).setConstant(general_points);
    entered.col(1).setZero();
    print("decree335", decree,
          join_panels(work, Panel(central, {"general_criteria", "tasks.disciplined"}, entered)),
          true);
    print_ranking_methods();
    print_robustness();
    return 0;
}
