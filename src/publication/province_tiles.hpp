#pragma once
// Where the 34 provinces of Viet Nam stand on a map of tiles.
//
// Source: our own arrangement by rough position, north at the top; no boundary and no shape was
// taken from any map. Codes and names: data/units/vn-provinces.csv (Decision 19/2025/QD-TTg).
// A tile says which provinces are near, not how large they are or where a border runs.

#include <array>
#include <string_view>

namespace thuocdo::publish::detail {

struct ProvinceTile {
    std::string_view code;
    /// Short form, different for each.
    std::string_view short_name;
    int row;
    int column;
};

inline constexpr std::array<ProvinceTile, 34> province_tiles{{
    {"12", "LCh", 1, 1}, {"15", "LCa", 1, 2},  {"08", "TQ", 1, 3},   {"04", "CB", 1, 4},
    {"11", "ĐB", 2, 1},  {"14", "SL", 2, 2},   {"25", "PT", 2, 3},   {"19", "TNg", 2, 4},
    {"20", "LS", 2, 5},  {"01", "HN", 3, 3},   {"24", "BN", 3, 4},   {"22", "QNi", 3, 5},
    {"37", "NB", 4, 3},  {"33", "HY", 4, 4},   {"31", "HP", 4, 5},   {"38", "TH", 5, 3},
    {"40", "NA", 6, 3},  {"42", "HT", 7, 4},   {"44", "QT", 8, 4},   {"46", "Huế", 9, 4},
    {"48", "ĐNg", 9, 5}, {"51", "QNg", 10, 5}, {"52", "GL", 11, 5},  {"66", "ĐL", 12, 5},
    {"68", "LĐ", 13, 4}, {"56", "KH", 13, 5},  {"80", "TNi", 14, 2}, {"75", "ĐNa", 14, 3},
    {"82", "ĐT", 15, 2}, {"79", "HCM", 15, 3}, {"91", "AG", 16, 1},  {"92", "CT", 16, 2},
    {"86", "VL", 16, 3}, {"96", "CM", 17, 1},
}};

}  // namespace thuocdo::publish::detail
