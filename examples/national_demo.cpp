// A tour of thuocdo: two published indices recomputed to the last digit, one score taken apart to
// the metric, and a whole country of made-up values scored, ranked, banded and rolled up.
// Usage: national_demo [data folder]
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/synthetic.hpp>
#include <thuocdo/thuocdo.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <exception>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using thuocdo::Index;
using thuocdo::Scoreboard;

// --- printing --------------------------------------------------------------------------------

constexpr int line_width = 98;
constexpr std::size_t unit_width = 46;

/// Characters of a UTF-8 text; Vietnamese in NFC takes one column each.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::string left(const std::string& text, std::size_t width) {
    const std::size_t shown = width_of(text);
    return text + std::string(width > shown ? width - shown : 0, ' ');
}

std::string right(const std::string& text, std::size_t width) {
    const std::size_t shown = width_of(text);
    return std::string(width > shown ? width - shown : 0, ' ') + text;
}

std::string number(double value, int digits) {
    return std::isnan(value) ? "-" : thuocdo::numeric::fixed(value, digits);
}

std::string rank_text(double rank) { return number(rank, 0); }

void heading(const std::string& vietnamese, const std::string& english) {
    std::cout << '\n'
              << std::string(line_width, '=') << '\n'
              << vietnamese << '\n'
              << english << '\n'
              << std::string(line_width, '-') << '\n';
}

void rows_title(const std::string& text) { std::cout << "\n  " << text << '\n'; }

// --- 1. Index 766, as published ---------------------------------------------------------------

/// Index 766 has no bands of its own. These are the intervals of Decree
/// 335/2025/ND-CP without its gates, put on the index to show what bands do.
thuocdo::IndexModel with_bands(const thuocdo::IndexModel& model) {
    thuocdo::ModelDefinition definition = model.definition();
    thuocdo::BandScale scale;
    const auto add = [&](const char* code, const char* name, std::optional<double> from) {
        thuocdo::Band band;
        band.code = code;
        band.name = {"", name};
        band.from = from;
        scale.bands.push_back(band);
    };
    add("excellent", "xuất sắc", 90.0);
    add("good", "tốt", 70.0);
    add("completed", "hoàn thành", 50.0);
    add("not_completed", "không hoàn thành", {});
    definition.bands = scale;
    return thuocdo::IndexModel(definition);
}

void rank_provinces(const std::string& data) {
    heading("1. CHỈ SỐ 766: PHỤC VỤ NGƯỜI DÂN, DOANH NGHIỆP, 34 TỈNH, THÀNH PHỐ (10/10/2026)",
            "   Index 766: service to citizens and businesses, 34 provinces (10 October 2026)");
    const auto model = with_bands(thuocdo::io::load_model(data + "/models/index766-province.json"));
    const auto& bands = model.definition().bands->bands;
    const auto board = thuocdo::score(
        model, thuocdo::io::load_panel(data + "/panels/index766_provinces.csv", model));
    std::vector<std::string> groups;
    std::cout << right("Hạng", 6) << "  " << left("Tỉnh, thành phố", 16) << right("Tổng", 8);
    for (const Index index : model.leaves()) {
        const auto& node = model.node(index);
        groups.push_back(node.code);
        std::cout << right(node.code + "/" + number(*node.points, 0), 10);
    }
    std::cout << "  Xếp loại*\n"
              << right("Rank", 6) << "  " << left("Province", 16) << right("Total", 8)
              << left("    group points / maximum", 60) << "  Band*\n";
    for (const auto& row : board.ranking()) {
        std::cout << right(rank_text(row.rank), 6) << "  " << left(row.unit.display_name(), 16)
                  << right(number(row.score, 2), 8);
        const Index unit = board.units().index_of(row.unit.code);
        for (const std::string& group : groups)
            std::cout << right(number(board.results_of(group)[unit], 2), 10);
        const int band = board.band_outcome(unit).final_band;
        std::cout << "  " << bands.at(static_cast<std::size_t>(band)).name << '\n';
    }
    std::cout
        << "\n  * Chỉ số 766 không xếp loại; minh họa bằng các khoảng điểm 90/70/50 của Nghị định "
           "335/2025/NĐ-CP.\n    Index 766 has no bands; shown with the intervals 90/70/50 of "
           "Decree 335/2025/ND-CP.\n\n";
    for (const std::string& group : groups) {
        const auto& name = model.node(model.index_of(group)).name;
        std::cout << "  " << left(group, 6) << left(name.vi, 30) << name.en << '\n';
    }
}

// --- 2. HDI, recomputed -----------------------------------------------------------------------

/// Whether every published value and rank was met.
bool recompute_hdi(const std::string& data) {
    heading("2. CHỈ SỐ PHÁT TRIỂN CON NGƯỜI 2022 (UNDP): TÍNH LẠI VÀ ĐỐI CHIẾU",
            "   Human Development Index 2022 (UNDP): recomputed and compared");
    const std::string file = data + "/panels/hdi_2022.csv";
    thuocdo::io::PanelOptions options;
    options.name_column = "country";
    const auto model = thuocdo::io::load_model(data + "/models/hdi.json");
    const auto board = thuocdo::score(model, thuocdo::io::load_panel(file, model, options));
    const auto published = thuocdo::io::load_panel(file, options);
    const Index value_column = published.find("hdi_2022").value();
    const Index rank_column = published.find("hdi_rank_2022").value();

    const auto print = [&](const thuocdo::RankingRow& row) {
        const Index unit = published.units().index_of(row.unit.code);
        std::cout << right(rank_text(row.rank), 6) << "  " << left(row.unit.display_name(), 28)
                  << right(number(row.score, 3), 8)
                  << right(number(published.value(unit, value_column), 3), 12)
                  << right(rank_text(published.value(unit, rank_column)), 10) << '\n';
    };
    std::cout << right("Hạng", 6) << "  " << left("Quốc gia", 28) << right("Tính lại", 8)
              << right("Công bố", 12) << right("Hạng", 10) << '\n'
              << right("Rank", 6) << "  " << left("Country", 28) << right("Computed", 8)
              << right("Published", 12) << right("Rank", 10) << '\n';
    constexpr Index shown = 10;
    for (const auto& row : board.ranking(shown)) print(row);
    std::cout << right("...", 6) << '\n';
    print(board.row(board.units().index_of("VNM")));

    Index values = 0;
    Index ranks = 0;
    for (Index unit = 0; unit < board.unit_count(); ++unit) {
        const Index same = published.units().index_of(board.units().code(unit));
        values += board.scores()[unit] == published.value(same, value_column) ? 1 : 0;
        ranks += board.ranks()[unit] == published.value(same, rank_column) ? 1 : 0;
    }
    const Index all = board.unit_count();
    std::cout << "\n  " << values << " of " << all << " published values and " << ranks << " of "
              << all << " published ranks reproduced\n";
    return values == all && ranks == all;
}

// --- 3. One score, taken apart ----------------------------------------------------------------

void explain_dak_lak(const std::string& data) {
    heading("3. VÌ SAO ĐẮK LẮK ĐƯỢC 65,49 ĐIỂM? TỪNG CHỈ TIÊU CỦA CHỈ SỐ 766",
            "   Why does Đắk Lắk score 65.49? Every metric of index 766");
    const auto model = thuocdo::io::load_model(data + "/models/index766-metrics.json");
    thuocdo::io::PanelOptions options;
    options.units = thuocdo::io::load_units(data + "/units/vn-provinces.csv");
    const auto board = thuocdo::score(
        model, thuocdo::io::load_panel(data + "/panels/index766-metrics-dak-lak-2026-10-10.csv",
                                       model, options));
    const auto explanation = thuocdo::explain(board, "Đắk Lắk");
    std::cout << "  " << left("Chỉ tiêu / Metric", 40) << right("Tử số/Mẫu số", 18)
              << right("Chỉ tiêu", 10) << right("Điểm", 8) << right("Tối đa", 8) << '\n'
              << "  " << left("", 40) << right("numerator/denom.", 18) << right("target", 10)
              << right("points", 8) << right("best", 8) << '\n';
    for (const auto& line : explanation.lines) {
        const std::string indent(static_cast<std::size_t>(2 * line.depth), ' ');
        const std::string parts = std::isnan(line.denominator) ? ""
                                                               : number(line.numerator, 0) + "/" +
                                                                     number(line.denominator, 0);
        std::string note;
        if (line.role == thuocdo::Role::monitored) note = "theo dõi / monitored";
        if (line.leaf && line.state != thuocdo::CellState::observed)
            note += (note.empty() ? "" : ", ") + std::string(cell_state_name(line.state));
        std::cout << "  " << left(indent + line.code, 40) << right(parts, 18)
                  << right(std::isnan(line.target) ? "" : number(line.target * 100.0, 0) + "%", 10)
                  << right(number(line.result, 2), 8) << right(number(line.best, 0), 8)
                  << (note.empty() ? "" : "  ") << note << '\n';
    }
    std::cout << "\n  Các phần cộng lại đúng bằng tổng / the contributions add up to the total: "
              << thuocdo::numeric::shortest(explanation.total()) << " = "
              << thuocdo::numeric::shortest(explanation.row.score) << '\n';
}

// --- 4. The whole country, made up -------------------------------------------------------------

void print_ends(const Scoreboard& board, std::size_t count) {
    const std::vector<Index> order = board.ranked_units();
    std::cout << right("Hạng", 8) << "  " << left("Đơn vị / Unit", unit_width) << right("Điểm", 8)
              << right("Đo được", 10) << "  Xếp loại / Band\n";
    const auto print = [&](Index unit) {
        const auto row = board.row(unit);
        std::string band = row.band;
        if (board.has_bands())
            for (const auto& each : board.model().definition().bands->bands)
                if (each.code == row.band) band = each.name.vi;
        std::cout << right(rank_text(row.rank), 8) << "  "
                  << left(row.unit.display_name(), unit_width) << right(number(row.score, 2), 8)
                  << right(number(row.coverage * 100.0, 0) + "%", 10) << "  " << band << '\n';
    };
    for (std::size_t k = 0; k < count; ++k) print(order[k]);
    std::cout << right("...", 8) << '\n';
    for (std::size_t k = order.size() - count; k < order.size(); ++k) print(order[k]);
}

void print_bands(const Scoreboard& board) {
    std::map<std::string, Index> counts;
    for (Index unit = 0; unit < board.unit_count(); ++unit) ++counts[board.band(unit)];
    std::cout << "  Xếp loại / bands:";
    const char* separator = "  ";
    for (const auto& band : board.model().definition().bands->bands) {
        std::cout << separator << band.name.vi << ' ' << counts[band.code];
        separator = ", ";
    }
    std::cout << '\n';
}

struct Timed {
    Scoreboard board;
    double milliseconds;
};

Timed timed_score(const thuocdo::IndexModel& model, const thuocdo::Panel& panel) {
    const auto start = std::chrono::steady_clock::now();
    Scoreboard board = thuocdo::score(model, panel);
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - start;
    return {std::move(board), taken.count()};
}

Timed show_level(const std::string& data, const std::string& file, const std::string& title,
                 const thuocdo::UnitRegistry& units) {
    const auto model = thuocdo::io::load_model(data + "/models/" + file + ".json");
    thuocdo::synthetic::PanelOptions options;
    options.period = 2;
    Timed scored = timed_score(model, thuocdo::synthetic::panel(model, units, options));
    const Scoreboard& board = scored.board;
    rows_title(title + " (" + std::to_string(units.size()) + " x " +
               std::to_string(model.indicators().size()) + ", " + board.panel().period() + ")");
    constexpr std::size_t ends = 5;
    print_ends(board, ends);
    print_bands(board);
    double measured = 0.0;
    for (Index unit = 0; unit < board.unit_count(); ++unit) measured += board.coverage()[unit];
    std::cout << "  Đo được bình quân / mean coverage:  "
              << number(100.0 * measured / static_cast<double>(board.unit_count()), 1) << "%\n"
              << "  Mã kiểm / digest:  " << board.digest() << '\n';
    return scored;
}

void score_country(const std::string& data) {
    heading(
        "4. CẢ NƯỚC, BA CẤP: SỐ LIỆU MÔ PHỎNG, MÔ HÌNH THAM KHẢO NGHỊ QUYẾT 57",
        "   The whole country, three levels: made-up values, reference models of Resolution 57");
    std::cout
        << "  Không phải số liệu thật / these are not observations: the same made-up values on "
           "every machine.\n";
    thuocdo::io::UnitOptions options;
    options.attribute_columns = {"wards", "communes", "special_zones"};
    const auto nation = thuocdo::synthetic::nation(
        thuocdo::io::load_units(data + "/units/vn-provinces.csv", options));

    show_level(data, "resolution57-province", "CẤP TỈNH / PROVINCES", nation.provinces);
    show_level(data, "resolution57-ministry", "BỘ, NGÀNH TRUNG ƯƠNG / CENTRAL BODIES",
               nation.central);
    const Timed communes =
        show_level(data, "resolution57-commune", "CẤP XÃ / COMMUNES", nation.communes);

    rows_title("TỔNG HỢP TỪ CẤP XÃ / ROLLED UP FROM COMMUNES");
    for (const auto& rule : communes.board.model().definition().roll_ups) {
        const auto table = thuocdo::roll_up(communes.board, rule);
        if (rule.to != "nation") continue;
        for (const auto& row : table.rows)
            std::cout << "  Cả nước / nation: " << number(row.score, 4) << " = " << table.method
                      << ", " << row.scored_units << " of " << row.units << " units, "
                      << number(row.weight, 0) << " people (made up)\n";
    }
    thuocdo::RollUp plain;
    plain.to = "nation";
    const auto table = thuocdo::roll_up(communes.board, plain);
    std::cout << "  Để so sánh / beside it:  " << number(table.rows.front().score, 4) << " = "
              << table.method << '\n';

    rows_title("THỜI GIAN TÍNH / TIME TO SCORE (one thread)");
    const auto model = thuocdo::synthetic::model();
    const auto panel = thuocdo::synthetic::panel(model, nation.communes);
    static_cast<void>(timed_score(model, panel));
    const Timed hundred = timed_score(model, panel);
    const Timed again = timed_score(communes.board.model(), communes.board.panel());
    std::cout << "  3,321 x " << again.board.model().indicators().size()
              << " (resolution57-commune): " << number(again.milliseconds, 2) << " ms\n"
              << "  3,321 x 100 (synthetic):            " << number(hundred.milliseconds, 2)
              << " ms\n";
}

}  // namespace

int main(int argc, char** argv) {
    const std::string data = argc > 1 ? argv[1] : THUOCDO_DATA_DIR;
    try {
        rank_provinces(data);
        const bool reproduced = recompute_hdi(data);
        explain_dak_lak(data);
        score_country(data);
        if (reproduced) return 0;
        std::cerr << "\nHDI: a published value or rank was not reproduced\n";
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
    }
    return 1;
}
