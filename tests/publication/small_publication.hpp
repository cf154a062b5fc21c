#pragma once
// A small index whose publication has something of everything.

#include <thuocdo/publish/publish.hpp>
#include <thuocdo/score.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace small_publications {

using thuocdo::Date;
using thuocdo::Index;
using thuocdo::Visibility;
namespace publish = thuocdo::publish;

/// Two pillars of two indicators; `secret` has another visibility than the others.
inline thuocdo::IndexModel small_model(Visibility visibility = Visibility::restricted) {
    using namespace testing_support;
    auto secret = leaf("secret", thuocdo::rule::Goalposts{0, 100, true}, 0.5);
    secret.visibility = visibility;
    auto root = group("total", thuocdo::aggregation::Arithmetic{},
                      {group("first", thuocdo::aggregation::Arithmetic{},
                             {leaf("a", thuocdo::rule::Goalposts{0, 100, true}),
                              leaf("b", thuocdo::rule::Goalposts{0, 100, true})}),
                       group("second", thuocdo::aggregation::Arithmetic{},
                             {leaf("c", thuocdo::rule::Goalposts{0, 100, true}), secret})});
    root.scale = 100.0;
    root.rounding = thuocdo::Rounding{1};
    auto out = definition(std::move(root));
    out.bands = thuocdo::BandScale{};
    out.bands->bands.push_back({"good", {"Good", "Tốt"}, 50.0, {}, {{"secret", {}, 0.1}}});
    out.bands->bands.push_back({"poor", {"Poor", "Kém"}, {}, 50.0, {}});
    return thuocdo::IndexModel(out);
}

/// Units in an order of choice; `secret` is the value of the restricted indicator of HN.
inline thuocdo::Panel small_panel(bool reversed = false, double secret = 40.0) {
    thuocdo::PanelDefinition panel;
    std::vector<thuocdo::Unit> units(3);
    units[0].code = "HN";
    units[0].name = {"Ha Noi", "Hà Nội"};
    units[1].code = "DN";
    units[1].name = {"<script>alert(1)</script>", "=cmd()|' /C calc'!A0"};
    units[2].code = "CT";
    for (auto& unit : units) unit.level = "province";
    std::vector<std::vector<double>> rows{{90, 80, 70, secret}, {50, 60, 70, 80}, {10, 20, 30, 40}};
    if (reversed) {
        std::swap(units[0], units[2]);
        std::swap(rows[0], rows[2]);
    }
    panel.units = thuocdo::UnitRegistry(units);
    panel.indicators = {"a", "b", "c", "secret"};
    panel.values.resize(3, 4);
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t j = 0; j < rows[i].size(); ++j)
            panel.values(static_cast<Index>(i), static_cast<Index>(j)) = rows[i][j];
    panel.period = "2026-Q3";
    panel.provenances = {{"Office of statistics", Date(2026, 9, 30)}};
    panel.provenance_ids[0] = {0, 0, 0};
    return thuocdo::Panel(std::move(panel));
}

inline publish::Publication small_publication(publish::Audience audience = Visibility::restricted,
                                              bool reversed = false,
                                              const publish::PublishOptions& options = {}) {
    return publish::publish(
        publish::AudienceView(thuocdo::score(small_model(), small_panel(reversed)), audience),
        options);
}

/// A folder that is gone at the end.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "thuocdo-publication-XXXXXX").string();
        path_ = ::mkdtemp(pattern.data());
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

  private:
    std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace small_publications
