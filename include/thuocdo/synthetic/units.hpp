#pragma once
/// @file
/// Made-up communes of the real provinces, and the central bodies by name.

#include <thuocdo/config.hpp>
#include <thuocdo/data/unit_registry.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/numeric/philox.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace thuocdo::synthetic {

namespace detail {

/// The uses of randomness, kept apart as stages of the counter.
enum class Stage : std::uint32_t {
    population,
    ability,
    shared_ability,
    block_ability,
    yearly_change,
    ease,
    noise,
    side,
    size,
    state,
    state_kind
};

/// Text as a place in the stream of random numbers (64-bit FNV-1a), so that the
/// numbers of a unit do not depend on the other units or on their order.
[[nodiscard]] constexpr std::uint64_t place_of(std::string_view text) noexcept {
    constexpr std::uint64_t offset = 0xcbf29ce484222325U;
    constexpr std::uint64_t prime = 0x100000001b3U;
    std::uint64_t hash = offset;
    for (const char each : text) {
        hash ^= static_cast<unsigned char>(each);
        hash *= prime;
    }
    return hash;
}

/// The place of an indicator or node within a stage: both halves of the hash.
[[nodiscard]] constexpr std::uint32_t index_of(std::string_view text) noexcept {
    constexpr unsigned half = 32;
    const std::uint64_t place = place_of(text);
    return static_cast<std::uint32_t>((place >> half) ^ place);
}

/// A kind of commune-level unit: attribute of the province that counts it, kind,
/// names before the number, and the population range it is drawn from.
struct CommuneKind {
    const char* attribute;
    const char* kind;
    const char* vi;
    const char* en;
    double smallest;
    double largest;
};

inline constexpr std::array<CommuneKind, 3> commune_kinds{
    {{"wards", "ward", "Phường", "Ward", 20000.0, 140000.0},
     {"communes", "commune", "Xã", "Commune", 6000.0, 60000.0},
     {"special_zones", "special_zone", "Đặc khu", "Special zone", 2000.0, 90000.0}}};

/// Most units are small: the square of a uniform number spreads the range.
THUOCDO_KERNEL [[nodiscard]] inline double population_of(const CommuneKind& kind,
                                                         const numeric::Philox& random,
                                                         std::uint64_t place) {
    THUOCDO_EXACT
    const double share = random.uniform(place, static_cast<std::uint32_t>(Stage::population), 0);
    return std::floor(kind.smallest + (kind.largest - kind.smallest) * share * share);
}

[[nodiscard]] inline std::string three_digits(int number) {
    const std::string digits = std::to_string(number);
    constexpr std::size_t width = 3;
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

}  // namespace detail

/// The commune-level units of provinces: as many wards, communes and special
/// zones as the attributes `wards`, `communes` and `special_zones` of each
/// province say; 3,321 for the 34 provinces of Viet Nam. Codes are those of the
/// province with a number ("01-001"), numbered through wards, communes, special
/// zones; names say that they are numbers, not places ("Phường 001, Hà Nội").
/// Level `commune`, kind `ward`, `commune` or `special_zone`, the province as
/// parent, and an attribute `population` that is made up.
/// @throws DataError when a province lacks a count or has one that is not whole.
[[nodiscard]] inline std::vector<Unit> communes(std::span<const Unit> provinces,
                                                std::uint64_t seed = 57) {
    const numeric::Philox random(seed);
    std::vector<Unit> units;
    std::vector<Problem> problems;
    for (const Unit& province : provinces) {
        int number = 0;
        for (const detail::CommuneKind& kind : detail::commune_kinds) {
            const auto count = province.attributes.find(kind.attribute);
            const double units_of_kind = count == province.attributes.end() ? -1.0 : count->second;
            if (!(units_of_kind >= 0.0) || units_of_kind != std::floor(units_of_kind)) {
                problems.push_back(
                    {"count_missing", "unit \"" + province.code + '"',
                     std::string("no whole number as attribute \"") + kind.attribute + '"',
                     "the number of its units of this kind",
                     "load the units with their counts as attributes"});
                continue;
            }
            for (int k = 0; k < static_cast<int>(units_of_kind); ++k) {
                const std::string digits = detail::three_digits(++number);
                Unit unit;
                unit.code = province.code + '-' + digits;
                unit.name.vi = std::string(kind.vi) + ' ' + digits + ", " + province.name.in(true);
                unit.name.en = std::string(kind.en) + ' ' + digits + ", " + province.name.in(false);
                unit.level = "commune";
                unit.kind = kind.kind;
                unit.parent = province.code;
                unit.attributes["population"] =
                    detail::population_of(kind, random, detail::place_of(unit.code));
                units.push_back(std::move(unit));
            }
        }
    }
    if (!problems.empty()) throw DataError("the communes cannot be made", std::move(problems));
    return units;
}

/// The same from a registry.
[[nodiscard]] inline std::vector<Unit> communes(const UnitRegistry& provinces,
                                                std::uint64_t seed = 57) {
    std::vector<Unit> units;
    for (Index k = 0; k < provinces.size(); ++k) units.push_back(provinces.unit(k));
    return communes(std::span<const Unit>(units), seed);
}

/// 25 central bodies: the 14 ministries and 3 ministerial-level agencies since
/// 1 March 2025, and 8 bodies of the Party, the National Assembly, the Front,
/// the judiciary and the Government. Level `central`; kind `ministry`,
/// `ministerial_agency` or `other`. The codes are abbreviations, not official.
[[nodiscard]] inline std::vector<Unit> central_bodies() {
    struct Body {
        const char* code;
        const char* vi;
        const char* en;
        const char* kind;
    };
    static constexpr std::array<Body, 25> bodies{{
        {"BQP", "Bộ Quốc phòng", "Ministry of National Defence", "ministry"},
        {"BCA", "Bộ Công an", "Ministry of Public Security", "ministry"},
        {"BNG", "Bộ Ngoại giao", "Ministry of Foreign Affairs", "ministry"},
        {"BNV", "Bộ Nội vụ", "Ministry of Home Affairs", "ministry"},
        {"BTP", "Bộ Tư pháp", "Ministry of Justice", "ministry"},
        {"BTC", "Bộ Tài chính", "Ministry of Finance", "ministry"},
        {"BCT", "Bộ Công Thương", "Ministry of Industry and Trade", "ministry"},
        {"BNNMT", "Bộ Nông nghiệp và Môi trường", "Ministry of Agriculture and Environment",
         "ministry"},
        {"BXD", "Bộ Xây dựng", "Ministry of Construction", "ministry"},
        {"BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch", "Ministry of Culture, Sports and Tourism",
         "ministry"},
        {"BKHCN", "Bộ Khoa học và Công nghệ", "Ministry of Science and Technology", "ministry"},
        {"BGDDT", "Bộ Giáo dục và Đào tạo", "Ministry of Education and Training", "ministry"},
        {"BYT", "Bộ Y tế", "Ministry of Health", "ministry"},
        {"BDTTG", "Bộ Dân tộc và Tôn giáo", "Ministry of Ethnic Minorities and Religions",
         "ministry"},
        {"VPCP", "Văn phòng Chính phủ", "Government Office", "ministerial_agency"},
        {"TTCP", "Thanh tra Chính phủ", "Government Inspectorate", "ministerial_agency"},
        {"NHNN", "Ngân hàng Nhà nước Việt Nam", "State Bank of Viet Nam", "ministerial_agency"},
        {"VPTW", "Văn phòng Trung ương Đảng", "Office of the Party Central Committee", "other"},
        {"VPQH", "Văn phòng Quốc hội", "Office of the National Assembly", "other"},
        {"MTTQ", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam",
         "Central Committee of the Viet Nam Fatherland Front", "other"},
        {"TANDTC", "Tòa án nhân dân tối cao", "Supreme People's Court", "other"},
        {"VKSNDTC", "Viện kiểm sát nhân dân tối cao", "Supreme People's Procuracy", "other"},
        {"KTNN", "Kiểm toán Nhà nước", "State Audit Office", "other"},
        {"VTV", "Đài Truyền hình Việt Nam", "Viet Nam Television", "other"},
        {"VAST", "Viện Hàn lâm Khoa học và Công nghệ Việt Nam",
         "Viet Nam Academy of Science and Technology", "other"},
    }};
    std::vector<Unit> units;
    for (const Body& body : bodies) {
        Unit unit;
        unit.code = body.code;
        unit.name = {body.en, body.vi};
        unit.level = "central";
        unit.kind = body.kind;
        units.push_back(std::move(unit));
    }
    return units;
}

/// The units of the whole country.
struct Nation {
    UnitRegistry provinces{};
    UnitRegistry communes{};
    UnitRegistry central{};
};

/// Provinces as given, each with the population of its made-up communes, with
/// these communes and the central bodies.
/// @throws DataError as `communes` does.
[[nodiscard]] inline Nation nation(const UnitRegistry& provinces, std::uint64_t seed = 57) {
    const std::vector<Unit> below = communes(provinces, seed);
    std::vector<Unit> above;
    for (Index k = 0; k < provinces.size(); ++k) {
        above.push_back(provinces.unit(k));
        // Populations are whole numbers, so that the sum is exact in any order.
        double people = 0.0;
        for (const Unit& unit : below)
            if (unit.parent == above.back().code) people += unit.attributes.at("population");
        above.back().attributes["population"] = people;
    }
    return {UnitRegistry(above), UnitRegistry(below), UnitRegistry(central_bodies())};
}

}  // namespace thuocdo::synthetic
