// Prints the digest of every shipped model on a fixed panel. The output must be
// the same for every compiler, build type and instruction set; the program itself
// checks that threads, batches and the order of the rows change nothing.

#include <thuocdo/data/join_panels.hpp>
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/score.hpp>
#include <thuocdo/synthetic.hpp>
#include <thuocdo/synthetic/tasks.hpp>
#include <thuocdo/tasks/task_panel.hpp>

#include <algorithm>
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
    return 0;
}
