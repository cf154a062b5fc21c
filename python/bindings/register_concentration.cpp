#include <thuocdo/numeric/concentration.hpp>

#include "convert.hpp"
#include "register.hpp"

namespace thuocdo::python {

void register_concentration(py::module_& module) {
    using py::arg;
    module.def(
        "top_share",
        [](const Columns& amounts, Index k) {
            return numeric::top_share(to_vector(amounts, "amounts"), k);
        },
        arg("amounts"), arg("k"));
    module.def(
        "herfindahl",
        [](const Columns& amounts) { return numeric::herfindahl(to_vector(amounts, "amounts")); },
        arg("amounts"));
    module.def(
        "herfindahl_normalised",
        [](const Columns& amounts) {
            return numeric::herfindahl_normalised(to_vector(amounts, "amounts"));
        },
        arg("amounts"));
    module.def(
        "effective_number",
        [](const Columns& amounts) {
            return numeric::effective_number(to_vector(amounts, "amounts"));
        },
        arg("amounts"));
    module.def(
        "gini", [](const Columns& amounts) { return numeric::gini(to_vector(amounts, "amounts")); },
        arg("amounts"));
}

}  // namespace thuocdo::python
