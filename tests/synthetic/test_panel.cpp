// Made-up panels: every cell fits its leaf, and depends on nothing but its place.
#include <thuocdo/io/csv.hpp>
#include <thuocdo/io/json.hpp>
#include <thuocdo/score.hpp>
#include <thuocdo/synthetic.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "random_model.hpp"

using namespace thuocdo;

namespace {

std::string digest_of(const Panel& panel) {
    numeric::Sha256 hash;
    for (Index unit = 0; unit < panel.unit_count(); ++unit) {
        hash.update(panel.units().code(unit));
        for (Index column = 0; column < panel.indicator_count(); ++column) {
            hash.update_double(panel.value(unit, column));
            hash.update_integer(static_cast<std::uint64_t>(panel.state(unit, column)));
            if (const RatioParts* parts = panel.ratio(column)) {
                hash.update_double(parts->numerator[unit]);
                hash.update_double(parts->denominator[unit]);
            }
        }
    }
    return hash.hex();
}

synthetic::Nation nation() {
    io::UnitOptions options;
    options.attribute_columns = {"wards", "communes", "special_zones"};
    return synthetic::nation(io::load_units(THUOCDO_DATA_DIR "/units/vn-provinces.csv", options));
}

IndexModel shipped(const std::string& name) {
    return io::load_model(THUOCDO_DATA_DIR "/models/" + name + ".json");
}

const std::vector<std::string> shipped_models{"dti-2022",
                                              "egdi",
                                              "hdi",
                                              "index766-metrics",
                                              "index766-province",
                                              "resolution57-commune",
                                              "resolution57-ministry",
                                              "resolution57-province"};

/// Units of whatever level a model asks for.
UnitRegistry cohort(const IndexModel& model, int count) {
    std::vector<Unit> units;
    for (int k = 0; k < count; ++k) {
        Unit unit;
        unit.code = "U" + std::to_string(k);
        unit.level = model.definition().cohort.level;
        unit.kind = k % 2 == 0 ? "even" : "odd";
        unit.parent = "P" + std::to_string(k % 5);
        units.push_back(unit);
    }
    return UnitRegistry(units);
}

void check_same_cells(const Panel& a, Index in_a, const Panel& b, Index in_b) {
    REQUIRE(a.indicators() == b.indicators());
    for (Index column = 0; column < a.indicator_count(); ++column) {
        CHECK(a.state(in_a, column) == b.state(in_b, column));
        const double x = a.value(in_a, column);
        const double y = b.value(in_b, column);
        CHECK((x == y || (std::isnan(x) && std::isnan(y))));
    }
}

}  // namespace

TEST_CASE("the values of the country are the same on every machine") {
    const synthetic::Nation country = nation();
    CHECK(digest_of(synthetic::panel(shipped("resolution57-commune"), country.communes)) ==
          "7945cb1ef4cbbeff021254c41aa51a36b745d51752b6b2e418bee6a921e48e85");
    CHECK(digest_of(synthetic::panel(shipped("resolution57-ministry"), country.central)) ==
          "c2411b956f1356ec26f652931a35ec488eb12323f4863c31fd1647b0a8651fc2");
    CHECK(digest_of(synthetic::panel(synthetic::model(), country.provinces, {.period = 3})) ==
          "fdb01f32221752861fd873009b2530bcb46f6ad3e44d9e64013db1009c610447");
}

TEST_CASE("a panel scores without error under every model that is shipped") {
    for (const std::string& name : shipped_models) {
        CAPTURE(name);
        const IndexModel model = shipped(name);
        for (const double share : {0.0, 0.02, 0.3, 1.0}) {
            CAPTURE(share);
            for (const Panel& panel : synthetic::panels(
                     model, cohort(model, 40),
                     {.missing_share = share, .zero_denominator_share = share / 2.0}, 3)) {
                CAPTURE(panel.period());
                CHECK_NOTHROW(static_cast<void>(score(model, panel)));
            }
        }
    }
}

TEST_CASE("a panel scores without error under random models of every rule and aggregation") {
    constexpr std::uint64_t models = 600;
    for (std::uint64_t seed = 0; seed < models; ++seed) {
        INFO("seed ", seed);
        const IndexModel model = testing::RandomModel(seed).make();
        const synthetic::PanelOptions options{.seed = seed,
                                              .period = 1,
                                              .missing_share = seed % 3 == 0 ? 0.4 : 0.05,
                                              .zero_denominator_share = 0.1};
        synthetic::PanelOptions before = options;
        before.period = 0;
        const UnitRegistry units = cohort(model, 12);
        ScoreOptions how;
        how.previous = synthetic::panel(model, units, before);
        try {
            static_cast<void>(score(model, synthetic::panel(model, units, options), how));
        } catch (const Error& error) {
            const std::string what = error.what();
            FAIL_CHECK(what);
        }
    }
}

TEST_CASE("the cells of a unit do not depend on the other units or on their order") {
    const synthetic::Nation country = nation();
    const IndexModel model = shipped("resolution57-commune");
    const Panel whole = synthetic::panel(model, country.communes);
    std::vector<Unit> some;
    for (Index unit = country.communes.size() - 1; unit >= 0; unit -= 97)
        some.push_back(country.communes.unit(unit));
    const Panel part = synthetic::panel(model, UnitRegistry(some));
    for (Index unit = 0; unit < part.unit_count(); ++unit)
        check_same_cells(part, unit, whole, whole.units().index_of(part.units().code(unit)));
}

TEST_CASE("seed, period and unit change the values; the shares are kept") {
    const synthetic::Nation country = nation();
    const IndexModel model = shipped("resolution57-commune");
    const auto digest = [&](const synthetic::PanelOptions& options) {
        return digest_of(synthetic::panel(model, country.provinces, options));
    };
    const std::set<std::string> digests{digest({}), digest({.seed = 58}), digest({.period = 1})};
    CHECK(digests.size() == 3);

    const Panel panel = synthetic::panel(
        model, country.communes,
        {.missing_share = 0.10, .provisional_share = 0.20, .zero_denominator_share = 0.0});
    double missing = 0.0;
    double provisional = 0.0;
    for (Index unit = 0; unit < panel.unit_count(); ++unit)
        for (Index column = 0; column < panel.indicator_count(); ++column) {
            missing += has_value(panel.state(unit, column)) ? 0.0 : 1.0;
            provisional += panel.state(unit, column) == CellState::provisional ? 1.0 : 0.0;
        }
    const auto cells = static_cast<double>(panel.unit_count() * panel.indicator_count());
    // Four standard errors of a share of 86,346 cells.
    CHECK(std::abs(missing / cells - 0.10) < 0.0041);
    CHECK(std::abs(provisional / cells - 0.20) < 0.0055);
}

TEST_CASE("ratios have whole numerators and denominators that make the value") {
    const synthetic::Nation country = nation();
    const Panel panel = synthetic::panel(shipped("index766-metrics"), country.provinces,
                                         {.zero_denominator_share = 0.05});
    int ratios = 0;
    int empty = 0;
    for (Index column = 0; column < panel.indicator_count(); ++column) {
        const RatioParts* parts = panel.ratio(column);
        if (!parts) continue;
        ++ratios;
        for (Index unit = 0; unit < panel.unit_count(); ++unit) {
            const double top = parts->numerator[unit];
            const double bottom = parts->denominator[unit];
            if (panel.state(unit, column) == CellState::zero_denominator) {
                ++empty;
                CHECK(bottom == 0.0);
                continue;
            }
            CHECK(top == std::floor(top));
            CHECK(bottom == std::floor(bottom));
            CHECK(top >= 0.0);
            CHECK(top <= bottom);
            CHECK(panel.value(unit, column) == top / bottom);
        }
    }
    CHECK(ratios == 20);
    CHECK(empty > 0);
}

TEST_CASE("units keep their ability: scores of two indices agree, and rise over the periods") {
    const synthetic::Nation country = nation();
    const IndexModel model = synthetic::model();
    const std::vector<Panel> panels =
        synthetic::panels(model, country.provinces, {.missing_share = 0.0}, 8);
    CHECK(panels[0].period() == "2026-Q1");
    CHECK(to_iso(*panels[0].period_end()) == "2026-03-31");
    CHECK(panels[7].period() == "2027-Q4");
    CHECK(to_iso(*panels[7].period_end()) == "2027-12-31");
    std::vector<Eigen::VectorXd> scores;
    for (const Panel& panel : panels) scores.push_back(score(model, panel).scores());
    CHECK(scores[7].mean() > scores[0].mean() + 2.0);
    const Eigen::VectorXd a = scores[0].array() - scores[0].mean();
    const Eigen::VectorXd b = scores[7].array() - scores[7].mean();
    CHECK(a.dot(b) / std::sqrt(a.squaredNorm() * b.squaredNorm()) > 0.7);
}

TEST_CASE("every band of the reference models has units in a country of communes") {
    const synthetic::Nation country = nation();
    const IndexModel model = shipped("resolution57-commune");
    const Scoreboard board = score(model, synthetic::panel(model, country.communes));
    std::set<std::string> bands;
    for (Index unit = 0; unit < board.unit_count(); ++unit) bands.insert(board.band(unit));
    CHECK(bands == std::set<std::string>{"completed", "excellent", "good", "not_completed"});
}

TEST_CASE("options out of range are refused") {
    const IndexModel model = synthetic::model();
    const UnitRegistry units(synthetic::central_bodies());
    CHECK_THROWS_AS(static_cast<void>(synthetic::panel(model, units, {.missing_share = 1.5})),
                    NumericError);
    CHECK_THROWS_AS(static_cast<void>(synthetic::panel(model, units, {.provisional_share = -0.1})),
                    NumericError);
    CHECK_THROWS_AS(static_cast<void>(synthetic::panel(model, units, {.period = -1})),
                    NumericError);
}

TEST_CASE("no units, one unit") {
    const IndexModel model = synthetic::model();
    CHECK(synthetic::panel(model, UnitRegistry()).unit_count() == 0);
    const UnitRegistry one = UnitRegistry::from_codes({"A"});
    CHECK(score(model, synthetic::panel(model, one)).ranks()[0] == 1.0);
}
