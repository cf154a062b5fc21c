#pragma once
/// @file
/// The methods that rank a decision as it stands, by name, each with the options of its
/// paper.

#include <thuocdo/detail/nearest_word.hpp>
#include <thuocdo/rank/aras.hpp>
#include <thuocdo/rank/cocoso.hpp>
#include <thuocdo/rank/codas.hpp>
#include <thuocdo/rank/copras.hpp>
#include <thuocdo/rank/edas.hpp>
#include <thuocdo/rank/mabac.hpp>
#include <thuocdo/rank/mairca.hpp>
#include <thuocdo/rank/marcos.hpp>
#include <thuocdo/rank/moora_multiplicative.hpp>
#include <thuocdo/rank/moora_ratio.hpp>
#include <thuocdo/rank/moora_reference_point.hpp>
#include <thuocdo/rank/multimoora.hpp>
#include <thuocdo/rank/promethee_two.hpp>
#include <thuocdo/rank/ram.hpp>
#include <thuocdo/rank/topsis.hpp>
#include <thuocdo/rank/vikor.hpp>
#include <thuocdo/rank/waspas.hpp>
#include <thuocdo/rank/weighted_product.hpp>
#include <thuocdo/rank/weighted_sum.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace thuocdo::rank {

/// A method that turns matrix, weights and directions into scores.
struct RankingMethod {
    std::string_view name;
    std::string_view title_en;
    std::string_view title_vi;
    bool higher_is_better = true;
    Eigen::VectorXd (*scores)(MatrixView, std::span<const double>,
                              std::span<const Direction>) = nullptr;
};

namespace detail {

using Weights = std::span<const double>;
using Directions = std::span<const Direction>;

template <class Result, Result (*method)(MatrixView, Weights, Directions)>
[[nodiscard]] constexpr RankingMethod method_of(std::string_view name, std::string_view english,
                                                std::string_view vietnamese) {
    return {name, english, vietnamese, Result::higher_is_better,
            [](MatrixView x, Weights weights, Directions directions) {
                return method(x, weights, directions).scores;
            }};
}

// A function whose options have their defaults.
#define THUOCDO_DETAIL_METHOD(name, Result, english, vietnamese)                            \
    method_of<Result, [](MatrixView x, Weights w, Directions d) { return name(x, w, d); }>( \
        #name, english, vietnamese)

inline constexpr std::array ranking_methods{
    THUOCDO_DETAIL_METHOD(weighted_sum, WeightedSumResult, "Weighted sum", "Tổng có trọng số"),
    THUOCDO_DETAIL_METHOD(weighted_product, WeightedProductResult, "Weighted product",
                          "Tích có trọng số"),
    THUOCDO_DETAIL_METHOD(waspas, WaspasResult, "WASPAS", "WASPAS"),
    THUOCDO_DETAIL_METHOD(topsis, TopsisResult, "TOPSIS", "TOPSIS"),
    THUOCDO_DETAIL_METHOD(vikor, VikorResult, "VIKOR", "VIKOR"),
    THUOCDO_DETAIL_METHOD(promethee_two, PrometheeTwoResult, "PROMETHEE II", "PROMETHEE II"),
    THUOCDO_DETAIL_METHOD(moora_ratio, MooraRatioResult, "MOORA, ratio system", "MOORA, hệ tỷ số"),
    THUOCDO_DETAIL_METHOD(moora_reference_point, MooraReferencePointResult,
                          "MOORA, reference point", "MOORA, điểm tham chiếu"),
    THUOCDO_DETAIL_METHOD(moora_multiplicative, MooraMultiplicativeResult,
                          "MOORA, full multiplicative form", "MOORA, dạng nhân đầy đủ"),
    THUOCDO_DETAIL_METHOD(multimoora, MultimooraResult, "MULTIMOORA", "MULTIMOORA"),
    THUOCDO_DETAIL_METHOD(copras, CoprasResult, "COPRAS", "COPRAS"),
    THUOCDO_DETAIL_METHOD(aras, ArasResult, "ARAS", "ARAS"),
    THUOCDO_DETAIL_METHOD(edas, EdasResult, "EDAS", "EDAS"),
    THUOCDO_DETAIL_METHOD(mabac, MabacResult, "MABAC", "MABAC"),
    THUOCDO_DETAIL_METHOD(mairca, MaircaResult, "MAIRCA", "MAIRCA"),
    THUOCDO_DETAIL_METHOD(marcos, MarcosResult, "MARCOS", "MARCOS"),
    THUOCDO_DETAIL_METHOD(ram, RamResult, "RAM", "RAM"),
    THUOCDO_DETAIL_METHOD(cocoso, CocosoResult, "CoCoSo", "CoCoSo"),
    THUOCDO_DETAIL_METHOD(codas, CodasResult, "CODAS", "CODAS"),
};

#undef THUOCDO_DETAIL_METHOD

}  // namespace detail

/// Every method that needs nothing beside matrix, weights and directions. Those that need
/// more (SPOTIS, RIM, COMET) or give relations (PROMETHEE I, ELECTRE) are functions alone.
[[nodiscard]] inline std::span<const RankingMethod> ranking_methods() noexcept {
    return detail::ranking_methods;
}

/// A method by its name.
/// @throws NumericError naming the nearest one when there is none of that name.
[[nodiscard]] inline const RankingMethod& ranking_method(std::string_view name) {
    std::vector<std::string> names;
    std::string all;
    for (const RankingMethod& each : ranking_methods()) {
        if (each.name == name) return each;
        names.emplace_back(each.name);
        all += (all.empty() ? "" : ", ") + std::string(each.name);
    }
    const auto nearest = thuocdo::detail::nearest_word(name, names);
    throw NumericError("no such ranking method",
                       {{"unknown_method", "", '"' + std::string(name) + '"', all,
                         nearest ? "did you mean \"" + *nearest + "\"?" : ""}});
}

}  // namespace thuocdo::rank
