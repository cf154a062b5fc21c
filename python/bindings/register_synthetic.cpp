#include <thuocdo/synthetic.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

void register_synthetic(py::module_& module) {
    using py::arg;
    module.def(
        "synthetic_model",
        [](int indicators, int pillars, int sub_pillars, bool peer_relative, const std::string& mix,
           std::string level) {
            synthetic::ModelOptions options;
            options.indicators = indicators;
            options.pillars = pillars;
            options.sub_pillars_per_pillar = sub_pillars;
            options.peer_relative = peer_relative;
            options.level = std::move(level);
            if (mix == "geometric") {
                options.mix = synthetic::PillarMix::geometric;
            } else if (mix == "alternating") {
                options.mix = synthetic::PillarMix::alternating;
            } else if (mix != "arithmetic") {
                throw NumericError("synthetic model",
                                   {{"unknown_word", "argument \"mix\"", '"' + mix + '"',
                                     "arithmetic, geometric or alternating", ""}});
            }
            return synthetic::model(options);
        },
        arg("indicators"), arg("pillars"), arg("sub_pillars"), arg("peer_relative"), arg("mix"),
        arg("level"));
    module.def(
        "synthetic_panels",
        [](const IndexModel& model, const UnitRegistry& units, std::uint64_t seed, int periods,
           double missing_share, double provisional_share, double zero_denominator_share) {
            synthetic::PanelOptions options;
            options.seed = seed;
            options.missing_share = missing_share;
            options.provisional_share = provisional_share;
            options.zero_denominator_share = zero_denominator_share;
            const py::gil_scoped_release release;
            return synthetic::panels(model, units, options, periods);
        },
        arg("model"), arg("units"), arg("seed"), arg("periods"), arg("missing_share"),
        arg("provisional_share"), arg("zero_denominator_share"));
    module.def(
        "synthetic_nation",
        [](const UnitRegistry& provinces, std::uint64_t seed) {
            const synthetic::Nation nation = synthetic::nation(provinces, seed);
            py::dict out;
            out["province"] = nation.provinces;
            out["commune"] = nation.communes;
            out["central"] = nation.central;
            return out;
        },
        arg("provinces"), arg("seed"));
}

}  // namespace thuocdo::python
