#pragma once
/// @file
/// One disagreement between figures.

#include <thuocdo/detail/text.hpp>
#include <thuocdo/numeric/decimal.hpp>

#include <cmath>
#include <limits>
#include <ostream>
#include <span>
#include <string>
#include <vector>

namespace thuocdo {

/// Something that does not agree, as found. It is not an error: whoever publishes
/// the figures decides which of them is right.
struct Finding {
    /// Stable identifier in snake_case, e.g. `parts_do_not_make_total`.
    std::string code;
    /// Name of the figure, unit or column.
    std::string place;
    /// What was found, with its numbers: `7892 + 1602 + 319 = 9813, stated 9831`.
    std::string statement;
    /// The figure as stated, and as computed from the others; NaN where there is
    /// none.
    double stated = std::numeric_limits<double>::quiet_NaN();
    double computed = std::numeric_limits<double>::quiet_NaN();
    /// stated - computed.
    double difference = std::numeric_limits<double>::quiet_NaN();

    friend bool operator==(const Finding&, const Finding&) = default;

    /// `PLACE: STATEMENT [CODE]`
    friend std::ostream& operator<<(std::ostream& out, const Finding& finding) {
        return out << finding.place << ": " << finding.statement << " [" << finding.code << ']';
    }
};

/// Prints findings as an aligned table.
inline std::ostream& print_findings(std::ostream& out, std::span<const Finding> findings) {
    using Align = detail::TextTable::Align;
    detail::TextTable text({{"place", Align::left},
                            {"code", Align::left},
                            {"stated", Align::right},
                            {"computed", Align::right},
                            {"difference", Align::right},
                            {"statement", Align::left}});
    const auto number = [](double value) {
        return std::isnan(value) ? std::string("-") : numeric::shortest(value);
    };
    for (const Finding& each : findings)
        text.add({each.place, each.code, number(each.stated), number(each.computed),
                  number(each.difference), each.statement});
    return out << text;
}

}  // namespace thuocdo
