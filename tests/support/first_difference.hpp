#pragma once
// Long arrays checked by one assertion that names the first place that fails. An assertion of
// doctest takes microseconds without optimisation, so that one for each element takes minutes.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>

namespace testing_support {

/// Equal, or both missing.
struct SameNumber {
    template <class Number>
    bool operator()(const Number& a, const Number& b) const {
        return a == b || (a != a && b != b);
    }
};

struct SameBits {
    bool operator()(double a, double b) const {
        return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
    }
};

/// Place and both values of the first elements for which `agree(found, expected)` is false;
/// empty when all agree: `CHECK(first_difference(found, expected) == "")`.
template <class Found, class Expected, class Agree = SameNumber>
std::string first_difference(const Found& found, const Expected& expected,
                             const Agree& agree = {}) {
    std::size_t place = 0;
    auto other = expected.begin();
    for (const auto& each : found) {
        if (other == expected.end() || !agree(each, *other)) break;
        ++other;
        ++place;
    }
    const auto size = static_cast<std::size_t>(found.size());
    if (place == size && other == expected.end()) return {};
    std::ostringstream text;
    text.precision(std::numeric_limits<double>::max_digits10);
    if (size != static_cast<std::size_t>(expected.size()))
        text << size << " elements against " << expected.size();
    else
        text << "[" << place << "]: " << *(found.begin() + static_cast<std::ptrdiff_t>(place))
             << " against " << *other;
    return text.str();
}

}  // namespace testing_support
