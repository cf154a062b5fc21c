// Values of expressions against hand and an independent evaluator; missing
// values, zero denominators, domains.

#include <thuocdo/data/derive.hpp>
#include <thuocdo/score.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "support/build.hpp"

namespace evaluation {

using namespace thuocdo;

IndexModel model_of(const std::vector<std::pair<std::string, std::string>>& derived) {
    ModelDefinition definition = testing_support::definition(
        testing_support::group("root", aggregation::Arithmetic{},
                               {testing_support::leaf(derived.back().first, rule::AsIs{})}));
    for (const auto& [code, text] : derived) {
        DerivedIndicator each;
        each.code = code;
        each.expression = text;
        definition.derived.push_back(each);
    }
    return IndexModel(definition);
}

struct Cell {
    double value = missing_value;
    CellState state = CellState::observed;
};

const Cell not_reported{missing_value, CellState::not_reported};
const Cell not_applicable{missing_value, CellState::not_applicable};
const Cell not_yet_due{missing_value, CellState::not_yet_due};
const Cell confidential{missing_value, CellState::confidential};
const Cell zero_denominator{missing_value, CellState::zero_denominator};

using Cells = std::map<std::string, Cell>;

Panel one_unit(const Cells& cells) {
    PanelDefinition panel;
    panel.units = UnitRegistry::from_codes({"u1"});
    panel.values.resize(1, static_cast<Index>(cells.size()));
    panel.states.resize(1, static_cast<Index>(cells.size()));
    Index column = 0;
    for (const auto& [code, cell] : cells) {
        panel.indicators.push_back(code);
        panel.values(0, column) = cell.value;
        panel.states(0, column) = cell.state;
        ++column;
    }
    return Panel(panel);
}

Cell computed(const std::string& text, const Cells& cells) {
    const Panel panel = derive(model_of({{"result", text}}), one_unit(cells));
    const Index column = *panel.find("result");
    return {panel.value(0, column), panel.state(0, column)};
}

double value(const std::string& text,
             const Cells& cells = {{"a", {2.0}}, {"b", {3.0}}, {"c", {8.0}}}) {
    CAPTURE(text);
    const Cell cell = computed(text, cells);
    CHECK(cell.state == CellState::observed);
    return cell.value;
}

CellState state(const std::string& text, const Cells& cells) { return computed(text, cells).state; }

TEST_CASE("arithmetic, precedence and powers by hand") {
    CHECK(value("a + b * c") == 26.0);
    CHECK(value("(a + b) * c") == 40.0);
    CHECK(value("2^3^2") == 512.0);
    CHECK(value("-2^2") == -4.0);
    CHECK(value("2^-1") == 0.5);
    CHECK(value("c / a / a") == 2.0);
    CHECK(value("a - b - c") == -9.0);
    CHECK(value("a - -b") == 5.0);
    CHECK(value("(-a)^3") == -8.0);
    CHECK(value("c^(1/3)") == doctest::Approx(2.0).epsilon(1e-15));
    CHECK(value("0^0") == 1.0);
}

TEST_CASE("comparisons and logic give 1 or 0") {
    CHECK(value("a < b") == 1.0);
    CHECK(value("a >= b") == 0.0);
    CHECK(value("a + 1 == b") == 1.0);
    CHECK(value("a != b and not b > c") == 1.0);
    CHECK(value("a > b or c > b and a > b") == 0.0);
    CHECK(value("sum(a > 1, b > 1, c > 10)") == 2.0);
    CHECK(value("if(a > b, a, b)") == 3.0);
    CHECK(value("5 and 0.5") == 1.0);
}

TEST_CASE("functions by hand") {
    CHECK(value("min(a, b, c)") == 2.0);
    CHECK(value("max(a, b, c)") == 8.0);
    CHECK(value("sum(a, b, c)") == 13.0);
    CHECK(value("mean(a, b, c, 1)") == 3.5);
    CHECK(value("median(c, a, b)") == 3.0);
    CHECK(value("median(c, a, b, 4)") == 3.5);
    CHECK(value("product(a, b, c)") == 48.0);
    CHECK(value("geometric_mean(a, c)") == 4.0);
    CHECK(value("geometric_mean(a, 0)") == 0.0);
    CHECK(value("harmonic_mean(a, 6)") == doctest::Approx(3.0).epsilon(1e-15));
    CHECK(value("harmonic_mean(a, 0)") == 0.0);
    CHECK(value("standard_deviation(2, 4, 4, 4, 5, 5, 7, 9)") ==
          doctest::Approx(std::sqrt(32.0 / 7.0)).epsilon(1e-15));
    CHECK(value("abs(a - c)") == 6.0);
    CHECK(value("sqrt(a * c)") == 4.0);
    CHECK(value("cbrt(-c)") == -2.0);
    CHECK(value("root(c, 3)") == 2.0);
    CHECK(value("root(-32, 5)") == doctest::Approx(-2.0).epsilon(1e-15));
    CHECK(value("log(exp(a))") == 2.0);
    CHECK(value("log10(1000)") == doctest::Approx(3.0).epsilon(1e-15));
    CHECK(value("round(2.675, 2)") == 2.68);
    CHECK(value("round(-0.5, 0)") == -1.0);
    CHECK(value("round(1234, -2)") == 1200.0);
    CHECK(value("clamp(c, a, b)") == 3.0);
    CHECK(value("clamp(1, a, b)") == 2.0);
    CHECK(value("coalesce(a, b)") == 2.0);
    CHECK(value("in_unit(a, \"km\")") == 2.0);
    CHECK(value("observed_count(a, b, c)") == 3.0);
}

TEST_CASE("means of equal values are that value, and sums keep what rounding loses") {
    CHECK(value("mean(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)") == 0.1);
    CHECK(value("standard_deviation(0.1, 0.1, 0.1)") == 0.0);
    CHECK(value("sum(1e16, 1, -1e16)") == 1.0);
    CHECK(value("sum(0.1, 0.2, 0.3)") == 0.6);
    CHECK(value("geometric_mean(1e200, 1e200, 1e200)") == doctest::Approx(1e200).epsilon(1e-14));
    CHECK(value("geometric_mean(1e-200, 4e-200)") == doctest::Approx(2e-200).epsilon(1e-14));
}

TEST_CASE("a missing argument makes the result missing, but for functions over the observed") {
    const Cells cells{{"a", {2.0}}, {"b", not_reported}, {"c", {8.0}}};
    for (const char* text :
         {"a + b", "min(a, b)", "mean(a, b, c)", "a < b", "not b", "sqrt(b)", "b^2", "if(b, a, c)",
          "clamp(a, b, c)", "round(b, 1)", "1 and b", "0 or b", "b and 0", "product(0, b)"}) {
        CAPTURE(text);
        const Cell cell = computed(text, cells);
        CHECK(std::isnan(cell.value));
        CHECK(cell.state == CellState::not_reported);
    }
    CHECK(value("observed_mean(a, b, c)", cells) == 5.0);
    CHECK(value("observed_sum(a, b)", cells) == 2.0);
    CHECK(value("observed_min(b, c)", cells) == 8.0);
    CHECK(value("observed_geometric_mean(a, b, c)", cells) == 4.0);
    CHECK(value("observed_median(a, b, c)", cells) == 5.0);
    CHECK(value("observed_count(a, b, c)", cells) == 2.0);
    CHECK(value("observed_count(b)", cells) == 0.0);
    CHECK(value("observed_standard_deviation(a, b, c)", cells) ==
          doctest::Approx(std::sqrt(18.0)).epsilon(1e-15));
    CHECK(state("observed_mean(b, b)", cells) == CellState::not_reported);
    CHECK(state("observed_standard_deviation(a, b)", cells) == CellState::zero_denominator);
    CHECK(value("coalesce(b, a)", cells) == 2.0);
}

TEST_CASE("only what is needed is looked at") {
    const Cells cells{{"a", {2.0}}, {"b", not_reported}, {"zero", {0.0}}};
    CHECK(value("if(a > 1, a, b)", cells) == 2.0);
    CHECK(value("if(zero == 0, 0, log(zero))", cells) == 0.0);
    CHECK(value("zero > 0 and log(zero) > 1", cells) == 0.0);
    CHECK(value("zero == 0 or log(zero) > 1", cells) == 1.0);
    CHECK(value("coalesce(a, log(zero))", cells) == 2.0);
    CHECK(value("if(a > 1, if(zero > 0, log(zero), 5), log(zero))", cells) == 5.0);
    CHECK(value("if(if(zero > 0, log(zero), 1), a, log(zero))", cells) == 2.0);
    CHECK(state("if(b > 1, log(zero), log(zero))", cells) == CellState::not_reported);
}

TEST_CASE("of several missing arguments the strongest state is kept") {
    const Cells cells{{"applies_not", not_applicable}, {"not_due", not_yet_due},
                      {"secret", confidential},        {"wanting", not_reported},
                      {"nothing", zero_denominator},   {"a", {2.0}}};
    CHECK(state("applies_not + not_due", cells) == CellState::not_applicable);
    CHECK(state("secret * not_due", cells) == CellState::not_yet_due);
    CHECK(state("mean(wanting, a, secret)", cells) == CellState::confidential);
    CHECK(state("wanting / nothing", cells) == CellState::not_reported);
    CHECK(state("a / nothing", cells) == CellState::zero_denominator);
    CHECK(state("coalesce(wanting, secret)", cells) == CellState::confidential);
    CHECK(state("coalesce(secret, wanting)", cells) == CellState::confidential);
    CHECK(state("observed_max(nothing, wanting)", cells) == CellState::not_reported);
}

TEST_CASE("a division by zero is a zero denominator, unless something is missing") {
    const Cells cells{{"a", {2.0}}, {"zero", {0.0}}, {"b", not_reported}};
    CHECK(state("a / zero", cells) == CellState::zero_denominator);
    CHECK(state("zero / zero", cells) == CellState::zero_denominator);
    CHECK(state("b / zero", cells) == CellState::not_reported);
    CHECK(state("1 + a / (zero * 2)", cells) == CellState::zero_denominator);
    CHECK(value("coalesce(a / zero, 7)", cells) == 7.0);
}

TEST_CASE("marks of imputed and provisional values go along") {
    const Cells cells{{"a", {2.0}},
                      {"early", {3.0, CellState::provisional}},
                      {"filled", {4.0, CellState::imputed}},
                      {"b", not_reported}};
    CHECK(state("a + early", cells) == CellState::provisional);
    CHECK(state("early * filled", cells) == CellState::imputed);
    CHECK(state("observed_mean(a, early, b)", cells) == CellState::provisional);
    CHECK(state("if(filled > 1, a, b)", cells) == CellState::imputed);
    CHECK(state("if(a > 1, a, filled)", cells) == CellState::observed);
    CHECK(state("coalesce(a, filled)", cells) == CellState::observed);
    CHECK(state("coalesce(b, filled)", cells) == CellState::imputed);
}

TEST_CASE("arguments outside a domain name unit, derived indicator and part of the expression") {
    for (const auto& example : std::vector<std::pair<std::string, std::string>>{
             {"1 + log(zero)", "outside_domain"},
             {"1 + log10(-a)", "outside_domain"},
             {"1 + sqrt(-a)", "outside_domain"},
             {"1 + root(-a, 4)", "outside_domain"},
             {"1 + zero^-1", "outside_domain"},
             {"1 + (-a)^0.5", "outside_domain"},
             {"1 + geometric_mean(-a, a)", "outside_domain"},
             {"1 + harmonic_mean(-a, a)", "outside_domain"},
             {"1 + clamp(a, a, zero)", "outside_domain"},
             {"1 + exp(1000)", "overflow"},
             {"1 + 1e200 * 1e200", "overflow"},
             {"1 + product(1e200, 1e200)", "overflow"},
             {"1 + 10^400", "overflow"},
             {"1 + 1e300 / 1e-300", "overflow"}}) {
        const std::string& text = example.first;
        const std::string& code = example.second;
        CAPTURE(text);
        const std::vector<Problem> problems = testing_support::problems_of<DataError>([&] {
            static_cast<void>(computed(text, {{"a", {2.0}}, {"zero", {0.0}}}));
        });
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].code == code);
        CHECK(problems[0].place == "unit \"u1\", derived indicator \"result\"");
        CHECK(problems[0].found.find("\"" + text.substr(4) + "\" (/derived/0/expression:") !=
              std::string::npos);
    }
}

TEST_CASE("faults of several units and indicators are reported together and do not spread") {
    const IndexModel index = model_of({{"x", "log(a)"}, {"y", "x + 1"}, {"z", "sqrt(a)"}});
    const Panel panel = testing_support::panel({"a"}, {{1.0}, {0.0}, {-1.0}, {4.0}});
    const std::vector<Problem> problems =
        testing_support::problems_of<DataError>([&] { static_cast<void>(derive(index, panel)); });
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].place == "unit \"u2\", derived indicator \"x\"");
    CHECK(problems[1].place == "unit \"u3\", derived indicator \"x\"");
    CHECK(problems[2].place == "unit \"u3\", derived indicator \"z\"");
}

// --- an independent evaluator over random expressions ------------------------------------

struct Tree {
    std::string name;
    double number = 0.0;
    std::vector<Tree> of;

    [[nodiscard]] double at(const std::map<std::string, double>& row) const {
        if (name == "number") return number;
        if (of.empty()) return row.at(name);
        std::vector<double> x;
        for (const Tree& each : of) x.push_back(each.at(row));
        const auto any_missing = [&] {
            return std::any_of(x.begin(), x.end(), [](double v) { return std::isnan(v); });
        };
        if (name == "if") return std::isnan(x[0]) ? x[0] : x[0] != 0.0 ? x[1] : x[2];
        if (name == "coalesce") return std::isnan(x[0]) ? x[1] : x[0];
        if (name == "and")
            return std::isnan(x[0])   ? x[0]
                   : x[0] == 0.0      ? 0.0
                   : std::isnan(x[1]) ? x[1]
                                      : x[1] != 0.0;
        if (name == "or")
            return std::isnan(x[0])   ? x[0]
                   : x[0] != 0.0      ? 1.0
                   : std::isnan(x[1]) ? x[1]
                                      : x[1] != 0.0;
        if (name == "observed_max") {
            double best = missing_value;
            for (const double v : x)
                if (!std::isnan(v) && !(v <= best)) best = v;
            return best;
        }
        if (any_missing()) return missing_value;
        if (name == "negative") return -x[0];
        if (name == "not") return x[0] == 0.0;
        if (name == "+") return x[0] + x[1];
        if (name == "-") return x[0] - x[1];
        if (name == "*") return x[0] * x[1];
        if (name == "/") return x[1] == 0.0 ? missing_value : x[0] / x[1];
        if (name == "<") return x[0] < x[1];
        if (name == ">=") return x[0] >= x[1];
        if (name == "!=") return x[0] != x[1];
        if (name == "min") return *std::min_element(x.begin(), x.end());
        if (name == "abs") return std::abs(x[0]);
        if (name == "cbrt") return std::cbrt(x[0]);
        FAIL("no such operation: ", name);
        return missing_value;
    }

    /// With parentheses around everything, so that it says nothing of precedence.
    [[nodiscard]] std::string text() const {
        if (name == "number") return numeric::shortest(number);
        if (of.empty()) return name;
        if (name == "negative") return "(-(" + of[0].text() + "))";
        if (name == "not") return "(not (" + of[0].text() + "))";
        const bool word = name == "and" || name == "or";
        if (!word && std::isalpha(static_cast<unsigned char>(name[0])) != 0) {
            std::string out = name + "(";
            for (std::size_t k = 0; k < of.size(); ++k) out += (k == 0 ? "" : ",") + of[k].text();
            return out + ")";
        }
        return "((" + of[0].text() + ") " + name + " (" + of[1].text() + "))";
    }
};

Tree random_tree(testing_support::Random& random, int depth) {
    if (depth == 0 || random.chance(0.2)) {
        if (random.chance(0.3)) return {"number", std::floor(random.between(0.0, 8.0)) / 2.0, {}};
        return {
            std::string(1, static_cast<char>('a' + static_cast<char>(random.below(4)))), 0.0, {}};
    }
    const std::vector<std::pair<std::string, int>> operations{
        {"+", 2},   {"-", 2},   {"*", 2},    {"/", 2},        {"<", 2},           {">=", 2},
        {"!=", 2},  {"and", 2}, {"or", 2},   {"not", 1},      {"negative", 1},    {"if", 3},
        {"min", 3}, {"abs", 1}, {"cbrt", 1}, {"coalesce", 2}, {"observed_max", 2}};
    const auto& [name, count] = operations[random.below(operations.size())];
    Tree tree{name, 0.0, {}};
    for (int k = 0; k < count; ++k) tree.of.push_back(random_tree(random, depth - 1));
    return tree;
}

TEST_CASE("random expressions, printed and parsed back, give what an independent evaluator gives") {
    testing_support::Random random(57);
    constexpr Index units = 600;  // more than two blocks
    Eigen::MatrixXd values(units, 4);
    for (Index j = 0; j < 4; ++j)
        for (Index i = 0; i < units; ++i)
            values(i, j) = random.chance(0.1)   ? missing_value
                           : random.chance(0.1) ? 0.0
                                                : std::floor(random.between(-6.0, 6.0)) / 2.0;
    const Panel panel(UnitRegistry::from_codes(testing_support::codes(units)), {"a", "b", "c", "d"},
                      values);
    for (int trial = 0; trial < 150; ++trial) {
        const Tree tree = random_tree(random, 5);
        const std::string text = tree.text();
        CAPTURE(text);
        const expression::ExpressionReading reading = expression::parse(text);
        REQUIRE(reading.problems.empty());
        const std::string printed = expression::to_text(reading.expression);
        CAPTURE(printed);
        const Panel derived = derive(model_of({{"x", text}, {"y", printed}}), panel);
        const Index x = *derived.find("x");
        const Index y = *derived.find("y");
        for (Index i = 0; i < units; ++i) {
            const double expected = tree.at({{"a", values(i, 0)},
                                             {"b", values(i, 1)},
                                             {"c", values(i, 2)},
                                             {"d", values(i, 3)}});
            const double found = derived.value(i, x);
            const bool same = std::isnan(expected) ? std::isnan(found) : found == expected;
            if (!same) CHECK(found == expected);
            const double again = derived.value(i, y);
            REQUIRE((std::isnan(found) ? std::isnan(again) : found == again));
            REQUIRE(derived.state(i, x) == derived.state(i, y));
        }
    }
}

TEST_CASE("geometric, harmonic means and deviations agree with long arithmetic") {
    testing_support::Random random(366);
    for (int trial = 0; trial < 300; ++trial) {
        Cells cells;
        std::string list;
        std::vector<long double> x;
        const std::size_t count = 2 + random.below(6);
        for (std::size_t k = 0; k < count; ++k) {
            const double each = std::exp(random.between(-20.0, 20.0));
            x.push_back(each);
            const std::string code = "x" + std::to_string(k);
            cells[code] = {each};
            list += (k == 0 ? "" : ", ") + code;
        }
        long double logs = 0;
        long double inverse = 0;
        long double sum = 0;
        for (const long double each : x) {
            logs += std::log(each);
            inverse += 1.0L / each;
            sum += each;
        }
        const auto n = static_cast<long double>(count);
        long double squares = 0;
        for (const long double each : x) squares += (each - sum / n) * (each - sum / n);
        const auto close = [](double found, long double expected) {
            return std::abs(found - static_cast<double>(expected)) <=
                   1e-14 * std::abs(static_cast<double>(expected));
        };
        CHECK(close(value("geometric_mean(" + list + ")", cells), std::exp(logs / n)));
        CHECK(close(value("harmonic_mean(" + list + ")", cells), n / inverse));
        CHECK(close(value("standard_deviation(" + list + ")", cells),
                    std::sqrt(squares / (n - 1.0L))));
        CHECK(value("mean(" + list + ")", cells) ==
              static_cast<double>(sum) / static_cast<double>(count));
    }
}

TEST_CASE("the order of units changes no bit, and a single unit gives the same as many") {
    testing_support::Random random(5);
    constexpr Index units = 777;
    Eigen::MatrixXd values(units, 2);
    for (Index i = 0; i < units; ++i) {
        values(i, 0) = random.between(0.1, 9.0);
        values(i, 1) = random.between(0.1, 9.0);
    }
    const IndexModel index =
        model_of({{"x", "log(a) + geometric_mean(a, b)^1.7 / standard_deviation(a, b, 3)"}});
    const Panel whole = derive(
        index, Panel(UnitRegistry::from_codes(testing_support::codes(units)), {"a", "b"}, values));
    const Eigen::MatrixXd reversed = values.colwise().reverse();
    const Panel back = derive(index, Panel(UnitRegistry::from_codes(testing_support::codes(units)),
                                           {"a", "b"}, reversed));
    const Index column = *whole.find("x");
    for (Index i = 0; i < units; ++i) {
        CHECK(whole.value(i, column) == back.value(units - 1 - i, column));
        if (i % 100 != 0) continue;
        const Panel one =
            derive(index, Panel(UnitRegistry::from_codes({"u1"}), {"a", "b"}, values.row(i)));
        CHECK(one.value(0, column) == whole.value(i, column));
    }
}

TEST_CASE("an empty panel has empty derived columns") {
    const Panel none(UnitRegistry::from_codes({}), {"a"}, Eigen::MatrixXd(0, 1));
    const Panel derived = derive(model_of({{"x", "a + 1"}}), none);
    CHECK(derived.indicators() == std::vector<std::string>{"a", "x"});
    CHECK(derived.unit_count() == 0);
}

}  // namespace evaluation
