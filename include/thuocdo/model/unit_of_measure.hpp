#pragma once
/// @file
/// Units of measure as products of powers of free-text tokens.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace thuocdo {

/// A whole or fractional power of a unit, in lowest terms.
struct UnitPower {
    std::int64_t numerator = 1;
    std::int64_t denominator = 1;
    friend bool operator==(const UnitPower&, const UnitPower&) = default;
};

/// A unit of measure: tokens joined by `*` and `/`, each with a power `^n`
/// or `^(n/d)`, e.g. `USD/person`, `km^2`, `1/year`. A token is any text without these signs, so
/// `2017 PPP $` and `%` are tokens; tokens are compared letter by letter, nothing
/// is converted. `1` is a pure number. An empty text is a unit that is not known.
class UnitOfMeasure {
  public:
    /// A unit that is not known.
    UnitOfMeasure() = default;

    /// A pure number.
    [[nodiscard]] static UnitOfMeasure pure() {
        UnitOfMeasure unit;
        unit.known_ = true;
        return unit;
    }

    /// Reads a unit; nothing when a token or power is missing.
    [[nodiscard]] static std::optional<UnitOfMeasure> parse(std::string_view text) {
        text = trimmed(text);
        if (text.empty()) return UnitOfMeasure{};
        UnitOfMeasure unit = pure();
        std::int64_t sign = 1;
        while (true) {
            const std::size_t end = end_of_token(text);
            if (!unit.take(trimmed(text.substr(0, end)), sign)) return std::nullopt;
            if (end == text.size()) return unit;
            sign = text[end] == '/' ? -1 : 1;
            text.remove_prefix(end + 1);
        }
    }

    [[nodiscard]] bool is_known() const noexcept { return known_; }
    [[nodiscard]] bool is_pure() const noexcept { return known_ && powers_.empty(); }

    /// The unit of a product or quotient; not known when either is not.
    [[nodiscard]] UnitOfMeasure times(const UnitOfMeasure& other, int sign = 1) const {
        if (!known_ || !other.known_) return {};
        UnitOfMeasure result = *this;
        for (const auto& [token, power] : other.powers_)
            if (!result.add(token, {sign * power.numerator, power.denominator})) return {};
        return result;
    }

    /// The unit of a power. Not known when the exponent is no fraction with a
    /// small denominator, unless the unit is a pure number.
    [[nodiscard]] UnitOfMeasure raised_to(double exponent) const {
        if (!known_ || powers_.empty()) return *this;
        constexpr std::int64_t largest_denominator = 60;
        constexpr double tolerance = 1e-12;
        constexpr double largest_power = 1e6;
        if (!(std::abs(exponent) < largest_power)) return {};
        for (std::int64_t denominator = 1; denominator <= largest_denominator; ++denominator) {
            const double scaled = exponent * static_cast<double>(denominator);
            if (std::abs(scaled - std::round(scaled)) > tolerance * std::abs(scaled)) continue;
            return raised_to({static_cast<std::int64_t>(std::round(scaled)), denominator});
        }
        return {};
    }

    /// The unit of a power, exactly.
    [[nodiscard]] UnitOfMeasure raised_to(UnitPower power) const {
        if (!known_) return {};
        UnitOfMeasure result = pure();
        for (const auto& [token, each] : powers_) {
            const UnitPower raised{each.numerator * power.numerator,
                                   each.denominator * power.denominator};
            if (!result.add(token, raised)) return {};
        }
        return result;
    }

    /// The unit in words: positive powers first, then the others after `/`.
    [[nodiscard]] std::string text() const {
        if (!known_) return {};
        std::string above;
        std::string below;
        for (const auto& [token, power] : powers_) {
            if (power.numerator > 0) {
                above += (above.empty() ? "" : "*") + token + power_text(power);
            } else {
                below += '/' + token + power_text({-power.numerator, power.denominator});
            }
        }
        return (above.empty() ? "1" : above) + below;
    }

    friend bool operator==(const UnitOfMeasure&, const UnitOfMeasure&) = default;

  private:
    /// Powers beyond it come from formulas that mean something else.
    static constexpr std::int64_t largest_term = 10000;

    [[nodiscard]] static std::string_view trimmed(std::string_view text) noexcept {
        while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
        while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
        return text;
    }

    [[nodiscard]] static std::string power_text(UnitPower power) {
        if (power == UnitPower{}) return {};
        const std::string whole = std::to_string(power.numerator);
        if (power.denominator == 1) return '^' + whole;
        return "^(" + whole + '/' + std::to_string(power.denominator) + ')';
    }

    /// Where a token with its power ends; the `/` of a fractional power is inside.
    [[nodiscard]] static std::size_t end_of_token(std::string_view text) noexcept {
        const std::size_t end = std::min(text.find_first_of("*/"), text.size());
        const std::size_t open = text.find("^(");
        if (open >= end) return end;
        const std::size_t close = text.find(')', open);
        if (close == std::string_view::npos) return end;
        return std::min(text.find_first_of("*/", close), text.size());
    }

    [[nodiscard]] static std::optional<std::int64_t> whole_number(std::string_view text) {
        text = trimmed(text);
        std::int64_t number = 0;
        const char* const end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data(), end, number);
        if (error != std::errc{} || rest != end || std::abs(number) > largest_term)
            return std::nullopt;
        return number;
    }

    /// `2` or `(2/3)`.
    [[nodiscard]] static std::optional<UnitPower> read_power(std::string_view text) {
        UnitPower power;
        const std::size_t slash = text.find('/');
        if (slash != std::string_view::npos) {
            if (text.front() != '(' || text.back() != ')') return std::nullopt;
            const auto denominator = whole_number(text.substr(slash + 1, text.size() - slash - 2));
            if (!denominator || *denominator <= 0) return std::nullopt;
            power.denominator = *denominator;
            text = text.substr(1, slash - 1);
        }
        const auto numerator = whole_number(text);
        if (!numerator || *numerator == 0) return std::nullopt;
        power.numerator = *numerator;
        return power;
    }

    bool take(std::string_view token, std::int64_t sign) {
        UnitPower power;
        if (const std::size_t caret = token.rfind('^'); caret != std::string_view::npos) {
            const auto stated = read_power(trimmed(token.substr(caret + 1)));
            if (!stated) return false;
            power = *stated;
            token = trimmed(token.substr(0, caret));
        }
        if (token.empty()) return false;
        if (token == "1") return true;
        return add(std::string(token), {sign * power.numerator, power.denominator});
    }

    /// Multiplies a power in; false when it leaves all reasonable bounds.
    bool add(const std::string& token, UnitPower power) {
        UnitPower& to = powers_.try_emplace(token, UnitPower{0, 1}).first->second;
        UnitPower sum{to.numerator * power.denominator + power.numerator * to.denominator,
                      to.denominator * power.denominator};
        const std::int64_t divisor = std::gcd(sum.numerator, sum.denominator);
        sum = {sum.numerator / divisor, sum.denominator / divisor};
        if (std::abs(sum.numerator) > largest_term || sum.denominator > largest_term) return false;
        to = sum;
        if (to.numerator == 0) powers_.erase(token);
        return true;
    }

    bool known_ = false;
    std::map<std::string, UnitPower, std::less<>> powers_{};
};

}  // namespace thuocdo
