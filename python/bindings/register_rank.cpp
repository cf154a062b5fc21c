#include <thuocdo/numeric/radix_argsort.hpp>
#include <thuocdo/rank/ranks.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "convert.hpp"
#include "register.hpp"
#include "words.hpp"

namespace thuocdo::python {

void register_rank(py::module_& module) {
    using py::arg;
    module.def(
        "ranks",
        [](const Columns& scores, const std::string& ties, const std::string& order,
           const std::vector<std::pair<Columns, std::string>>& tie_breakers,
           const std::optional<std::vector<std::int32_t>>& groups) {
            const Eigen::VectorXd column = to_vector(scores, "scores");
            std::vector<rank::TieBreaker> breakers;
            breakers.reserve(tie_breakers.size());
            for (const auto& [values, direction] : tie_breakers)
                breakers.push_back({to_vector(values, "tie_breakers"), order_of(direction)});
            const rank::TieRule rule = tie_rule_of(ties);
            const numeric::Order by = order_of(order);
            if (groups) return copy_of(rank::ranks_within(column, *groups, rule, by, breakers));
            return copy_of(rank::ranks(column, rule, by, breakers));
        },
        arg("scores"), arg("ties"), arg("order"), arg("tie_breakers"), arg("groups"));
    module.def(
        "argsort",
        [](const Columns& values, const std::string& order) {
            const Eigen::VectorXd column = to_vector(values, "values");
            const std::vector<std::uint32_t> rows = numeric::argsort(
                std::span<const double>(column.data(), static_cast<std::size_t>(column.size())),
                order_of(order));
            return py::array_t<std::uint32_t>(static_cast<py::ssize_t>(rows.size()), rows.data());
        },
        arg("values"), arg("order"));
}

}  // namespace thuocdo::python
