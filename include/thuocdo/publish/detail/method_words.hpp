#pragma once
/// @file
/// What the rules, aggregations and policies of models are called in a method note.

#include <thuocdo/model/aggregation.hpp>
#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/score_rule.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <variant>

namespace thuocdo::publish::detail {

struct TwoTexts {
    const char* en;
    const char* vi;
    [[nodiscard]] Label label() const { return {en, vi}; }
};

/// In the order of `ScoreRule`.
inline constexpr std::array<TwoTexts, std::variant_size_v<ScoreRule>> rule_words{
    {{"the value itself", "lấy chính giá trị"},
     {"points awarded by assessors", "điểm do hội đồng chấm"},
     {"share of the target that is reached", "tỷ lệ đạt so với mục tiêu"},
     {"place between two fixed goalposts", "vị trí giữa hai mốc cố định"},
     {"place between two fixed goalposts on a logarithmic scale",
      "vị trí giữa hai mốc cố định theo thang lôgarit"},
     {"place between the smallest and the largest value of the units",
      "vị trí giữa giá trị nhỏ nhất và lớn nhất của các đơn vị"},
     {"distance from the mean in standard deviations",
      "khoảng cách tới trung bình tính bằng độ lệch chuẩn"},
     {"rank among the units", "thứ hạng giữa các đơn vị"},
     {"number of units that are surpassed", "số đơn vị đứng sau"},
     {"percentile among the units", "bách phân vị giữa các đơn vị"},
     {"distance from the best unit", "khoảng cách tới đơn vị tốt nhất"},
     {"distance from a reference unit", "khoảng cách tới đơn vị tham chiếu"},
     {"distance from the target", "khoảng cách tới mục tiêu"},
     {"share of the best value", "tỷ lệ so với giá trị tốt nhất"},
     {"table of steps", "bảng bậc thang"},
     {"table of levels", "bảng mức độ"},
     {"share of a list of items that is met", "tỷ lệ mục đạt trong danh mục"},
     {"yes or no", "có hoặc không"},
     {"points taken off for each occurrence", "trừ điểm theo số lần vi phạm"},
     {"distance from a range", "khoảng cách tới khoảng mục tiêu"},
     {"distance from a target rank", "khoảng cách tới thứ hạng mục tiêu"},
     {"growth against a target growth", "tăng trưởng so với mục tiêu tăng trưởng"},
     {"S-shaped curve", "đường cong hình chữ S"},
     {"above, near or below the mean", "trên, gần hoặc dưới trung bình"},
     {"class between percentiles", "nhóm theo bách phân vị"},
     {"place between goalposts around a reference value (70 to 130)",
      "vị trí giữa hai mốc quanh giá trị tham chiếu (70 đến 130)"}}};

/// In the order of `Aggregation`.
inline constexpr std::array<TwoTexts, std::variant_size_v<Aggregation>> aggregation_words{
    {{"sum of points", "cộng điểm"},
     {"weighted arithmetic mean", "trung bình cộng có trọng số"},
     {"weighted geometric mean", "trung bình nhân có trọng số"},
     {"weighted harmonic mean", "trung bình điều hòa có trọng số"},
     {"power mean", "trung bình lũy thừa"},
     {"smallest component", "thành phần nhỏ nhất"},
     {"largest component", "thành phần lớn nhất"},
     {"median", "trung vị"},
     {"ordered weighted average", "trung bình có trọng số theo thứ tự"},
     {"mean pulled towards the smallest component", "trung bình kéo về phía thành phần nhỏ nhất"},
     {"mean with a penalty for imbalance (Mazziotta-Pareto)",
      "trung bình có trừ điểm mất cân đối (Mazziotta-Pareto)"},
     {"mean with a penalty for imbalance (Gini)", "trung bình có trừ điểm mất cân đối (Gini)"},
     {"Copeland comparison of pairs", "so sánh cặp Copeland"},
     {"Wroclaw taxonomic distance", "khoảng cách phân loại Wroclaw"},
     {"Hellwig's measure of development", "thước đo phát triển Hellwig"},
     {"TOPSIS", "TOPSIS"},
     {"VIKOR", "VIKOR"},
     {"PROMETHEE II", "PROMETHEE II"},
     {"EDAS", "EDAS"},
     {"MABAC", "MABAC"}}};

/// In the order of `MissingPolicy`.
inline constexpr std::array<TwoTexts, 5> missing_words{
    {{"is left out, and its siblings count for more",
      "được bỏ ra, trọng số của các chỉ tiêu cùng nhóm tăng tương ứng"},
     {"counts as 0", "tính là 0"},
     {"is replaced by the value of the period before, marked as filled",
      "được thay bằng giá trị kỳ trước và đánh dấu là ước lượng"},
     {"is replaced by the mean of the units, marked as filled",
      "được thay bằng trung bình của các đơn vị và đánh dấu là ước lượng"},
     {"is refused: without it there is no score",
      "không được chấp nhận: thiếu thì không tính điểm"}}};

/// In the order of `MissingKind`.
inline constexpr std::array<TwoTexts, missing_kinds> missing_kind_words{
    {{"that does not apply", "không áp dụng"},
     {"that is not yet due", "chưa đến kỳ"},
     {"that was not reported", "không được báo cáo"},
     {"that is confidential", "là bí mật"}}};

/// In the order of `TiePolicy`.
inline constexpr std::array<TwoTexts, 4> tie_words{
    {{"units with equal scores share the best of their ranks and the next ranks are left out "
      "(1, 2, 2, 4)",
      "các đơn vị bằng điểm cùng nhận thứ hạng cao nhất, các hạng tiếp theo bị bỏ qua (1, 2, 2, "
      "4)"},
     {"units with equal scores share a rank and no rank is left out (1, 2, 2, 3)",
      "các đơn vị bằng điểm cùng hạng, không bỏ qua hạng nào (1, 2, 2, 3)"},
     {"units with equal scores share the mean of their ranks (1, 2.5, 2.5, 4)",
      "các đơn vị bằng điểm nhận trung bình các hạng (1; 2,5; 2,5; 4)"},
     {"every unit has a rank of its own; at last the code decides (1, 2, 3, 4)",
      "mỗi đơn vị một hạng riêng; cuối cùng xét theo mã (1, 2, 3, 4)"}}};

/// In the order of `Visibility`.
inline constexpr std::array<TwoTexts, 3> audience_words{
    {{"the public", "công chúng"},
     {"people inside the administration", "nội bộ cơ quan"},
     {"people with permission", "người được phép"}}};

}  // namespace thuocdo::publish::detail
