#pragma once
/// @file
/// Words of made-up tasks: sectors, what is to be done, products, authorities.

#include <array>
#include <cstddef>

namespace thuocdo::synthetic::detail {

/// A field of work: its things to be done and the indicators that they are to
/// move, codes of outcome and impact leaves of the model `resolution57-province`.
struct TaskSector {
    const char* name;
    std::array<const char*, 4> objects;
    std::array<const char*, 2> indicators;
};

inline constexpr std::array<TaskSector, 8> task_sectors{{
    {"khoa học công nghệ",
     {"chương trình phát triển công nghệ chiến lược", "phòng thí nghiệm trọng điểm",
      "quỹ phát triển khoa học và công nghệ", "đề án làm chủ công nghệ lõi"},
     {"hightech_exports", "tfp_contribution"}},
    {"đổi mới sáng tạo",
     {"trung tâm đổi mới sáng tạo", "cơ chế thử nghiệm có kiểm soát",
      "chương trình hỗ trợ doanh nghiệp khởi nghiệp sáng tạo", "sàn giao dịch công nghệ"},
     {"innovative_firms", "patents_commercialised"}},
    {"chuyển đổi số",
     {"dịch vụ công trực tuyến toàn trình", "hệ thống giám sát, điều hành thông minh",
      "chương trình phát triển kinh tế số", "nền tảng số dùng chung"},
     {"online_service_use", "digital_economy"}},
    {"dữ liệu",
     {"cơ sở dữ liệu chuyên ngành", "kho dữ liệu dùng chung", "danh mục dữ liệu mở",
      "quy trình làm sạch và chuẩn hóa dữ liệu"},
     {"online_service_use", "satisfaction"}},
    {"nhân lực",
     {"chương trình đào tạo nhân lực số", "cơ chế thu hút chuyên gia",
      "khung năng lực số của cán bộ", "phong trào bình dân học vụ số"},
     {"human_development", "transformation_rank"}},
    {"hạ tầng số",
     {"mạng lưới 5G và băng rộng", "trung tâm dữ liệu vùng", "nền tảng định danh và thanh toán số",
      "hệ thống cảm biến đô thị"},
     {"cashless_share", "transformation_rank"}},
    {"an ninh mạng",
     {"hệ thống giám sát an toàn thông tin", "phương án ứng cứu sự cố",
      "hồ sơ cấp độ an toàn hệ thống", "chương trình diễn tập bảo vệ hạ tầng trọng yếu"},
     {"incident_recovery", "satisfaction"}},
    {"thể chế",
     {"nghị định hướng dẫn thi hành luật", "bộ tiêu chuẩn, quy chuẩn kỹ thuật",
      "cơ chế tài chính cho nhiệm vụ khoa học", "quy chế phối hợp liên ngành"},
     {"growth_contribution", "innovative_firms"}},
}};

inline constexpr std::array<const char*, 8> task_verbs{
    "Xây dựng", "Hoàn thiện",       "Triển khai", "Ban hành",
    "Rà soát",  "Trình phê duyệt", "Tổ chức",    "Vận hành thử nghiệm"};

inline constexpr std::array<const char*, 6> task_products{
    "Báo cáo kết quả", "Dự thảo văn bản",  "Đề án được phê duyệt",
    "Hệ thống đã nghiệm thu", "Bộ dữ liệu đã bàn giao", "Kế hoạch triển khai"};

inline constexpr std::array<const char*, 4> task_milestones{
    "Phê duyệt kế hoạch", "Hoàn thành thiết kế", "Thử nghiệm", "Bàn giao"};

/// Who decides on exemptions and withdrawals; made-up numbers follow.
inline constexpr const char* task_authority = "Ban Chỉ đạo, Thông báo số ";
inline constexpr const char* task_notice = "-TB/BCĐTW";

/// Conversion coefficients K and how many of a hundred tasks have them.
struct CoefficientShare {
    double coefficient;
    double up_to;
};
inline constexpr std::array<CoefficientShare, 8> task_coefficients{{{0.3, 0.06},
                                                                    {0.5, 0.16},
                                                                    {0.8, 0.28},
                                                                    {1.0, 0.66},
                                                                    {1.5, 0.80},
                                                                    {2.0, 0.90},
                                                                    {3.0, 0.97},
                                                                    {5.0, 1.00}}};

}  // namespace thuocdo::synthetic::detail
