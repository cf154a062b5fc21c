// The shortest program: a model and a table in, a ranking and its reasons out.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/thuocdo.hpp>

#include <iostream>
#include <string>

int main(int argc, char** argv) {
    const std::string data = argc > 1 ? argv[1] : THUOCDO_DATA_DIR;
    const auto model = thuocdo::io::load_model(data + "/models/index766-province.json");
    const auto panel = thuocdo::io::load_panel(data + "/panels/index766_provinces.csv", model);
    const auto board = thuocdo::score(model, panel);
    for (const auto& row : board.ranking(5))
        std::cout << row.rank << ' ' << row.unit.name << ' ' << row.score << '\n';
    std::cout << '\n' << thuocdo::explain(board, "Đắk Lắk");
}
