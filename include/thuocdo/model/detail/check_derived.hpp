#pragma once
/// @file
/// Checks of the derived indicators of a model, and the order in which they can
/// be computed.

#include <thuocdo/detail/nearest_word.hpp>
#include <thuocdo/error.hpp>
#include <thuocdo/model/definition.hpp>
#include <thuocdo/model/detail/code.hpp>
#include <thuocdo/model/detail/expression_units.hpp>
#include <thuocdo/model/expression.hpp>
#include <thuocdo/model/unit_of_measure.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace thuocdo::detail {

/// A derived indicator with its expression read and its unit worked out.
struct ReadDerived {
    expression::Expression expression{};
    UnitOfMeasure unit{};
    bool usable = false;
};

/// Reads and checks the members `inputs` and `derived` of a model.
class DerivedCheck {
  public:
    DerivedCheck(const ModelDefinition& model, std::vector<Problem>& problems)
        : model_(model), problems_(problems), read_(model.derived.size()) {}

    void run() {
        collect_leaves(model_.root, "/root");
        check_inputs();
        read_expressions();
        check_codes();
        put_in_order();
        work_out_units();
        check_units_of_leaves();
        check_use_of_inputs();
    }

    /// Positions in `derived`, each after those that it reads.
    [[nodiscard]] const std::vector<std::size_t>& order() const noexcept { return order_; }
    [[nodiscard]] std::vector<ReadDerived>& read() noexcept { return read_; }

  private:
    struct LeafUse {
        const NodeDefinition* node;
        std::string place;
    };

    void add(const char* code, std::string place, std::string found, std::string expected,
             std::string remedy) {
        problems_.push_back(
            {code, std::move(place), std::move(found), std::move(expected), std::move(remedy)});
    }

    [[nodiscard]] static std::string place_of(std::size_t k) {
        return "/derived/" + std::to_string(k);
    }

    void collect_leaves(const NodeDefinition& node, const std::string& place) {
        if (node.is_leaf()) leaves_.push_back({&node, place});
        for (std::size_t k = 0; k < node.children.size(); ++k)
            collect_leaves(node.children[k], place + "/children/" + std::to_string(k));
    }

    [[nodiscard]] static const std::string& column_of(const NodeDefinition& leaf) {
        return leaf.indicator.empty() ? leaf.code : leaf.indicator;
    }

    void check_code(const std::string& code, const std::string& place) {
        if (!is_code(code))
            add("invalid_code", place, code.empty() ? "no code" : '"' + code + '"',
                "1 to 100 characters without spaces", "write a short code; names go into name");
    }

    void check_inputs() {
        for (std::size_t k = 0; k < model_.inputs.size(); ++k) {
            const InputIndicator& input = model_.inputs[k];
            const std::string place = "/inputs/" + std::to_string(k);
            check_code(input.code, place + "/code");
            if (!inputs_.emplace(input.code, k).second)
                add("duplicate_code", place + "/code", '"' + input.code + "\" again",
                    "a code that no other input has",
                    "it is also at /inputs/" + std::to_string(inputs_.at(input.code)) + "/code");
            static_cast<void>(unit_at(input.unit, place + "/unit"));
        }
    }

    [[nodiscard]] UnitOfMeasure unit_at(const std::string& text, const std::string& place) {
        if (const auto unit = UnitOfMeasure::parse(text)) return *unit;
        add("invalid_unit", place, '"' + text + '"', "tokens joined by * and /",
            "e.g. USD/person or km^2");
        return {};
    }

    void read_expressions() {
        for (std::size_t k = 0; k < model_.derived.size(); ++k) {
            const DerivedIndicator& derived = model_.derived[k];
            check_code(derived.code, place_of(k) + "/code");
            if (!derived_.emplace(derived.code, k).second)
                add("duplicate_code", place_of(k) + "/code", '"' + derived.code + "\" again",
                    "a code that no other derived indicator has",
                    "it is also at " + place_of(derived_.at(derived.code)) + "/code");
            if (const auto input = inputs_.find(derived.code); input != inputs_.end())
                add("derived_is_input", place_of(k) + "/code",
                    '"' + derived.code + "\", which is an input",
                    "a code that no column of the data has",
                    "rename it; the input is at /inputs/" + std::to_string(input->second));
            expression::ExpressionReading reading =
                expression::parse(derived.expression, place_of(k) + "/expression");
            read_[k].usable = reading.problems.empty();
            read_[k].expression = std::move(reading.expression);
            problems_.insert(problems_.end(), reading.problems.begin(), reading.problems.end());
        }
    }

    /// Where inputs are listed they are all of them, so that a misspelt code
    /// is found before there are data.
    void check_codes() {
        if (model_.inputs.empty()) return;
        std::vector<std::string> known;
        for (const InputIndicator& each : model_.inputs) known.push_back(each.code);
        for (const DerivedIndicator& each : model_.derived) known.push_back(each.code);
        for (const LeafUse& each : leaves_) known.push_back(column_of(*each.node));
        const std::set<std::string> codes(known.begin(), known.end());
        for (std::size_t k = 0; k < read_.size(); ++k) {
            if (!read_[k].usable) continue;
            for (const expression::Term& term : read_[k].expression.terms) {
                if (term.operation != expression::Operation::indicator) continue;
                if (codes.contains(term.text)) continue;
                const auto nearest = nearest_word(term.text, known);
                add("unknown_indicator",
                    expression::column_place(place_of(k) + "/expression", read_[k].expression.text,
                                             term.begin),
                    '"' + term.text + '"', "an input, a derived indicator or that of a leaf",
                    nearest ? "did you mean \"" + *nearest + "\"?"
                            : "list it under inputs, or correct the spelling");
            }
        }
    }

    /// Depth-first over what each reads; a way back to one that is not yet done
    /// is a cycle. No recursion, so that long chains are no danger.
    void put_in_order() {
        enum class Mark { fresh, open, done };
        std::vector<Mark> marks(read_.size(), Mark::fresh);
        struct Visit {
            std::size_t derived;
            std::vector<std::size_t> needs;
            std::size_t next = 0;
        };
        const auto visit = [&](std::size_t k) {
            marks[k] = Mark::open;
            return Visit{k, needs_of(k)};
        };
        for (std::size_t start = 0; start < read_.size(); ++start) {
            if (marks[start] != Mark::fresh) continue;
            std::vector<Visit> path;
            path.push_back(visit(start));
            while (!path.empty()) {
                Visit& top = path.back();
                if (top.next == top.needs.size()) {
                    marks[top.derived] = Mark::done;
                    order_.push_back(top.derived);
                    path.pop_back();
                    continue;
                }
                const std::size_t need = top.needs[top.next++];
                if (marks[need] == Mark::fresh) {
                    path.push_back(visit(need));
                } else if (marks[need] == Mark::open) {
                    std::string cycle;
                    bool inside = false;
                    for (const Visit& each : path) {
                        inside = inside || each.derived == need;
                        if (inside) cycle += '"' + model_.derived[each.derived].code + "\" -> ";
                    }
                    cycle += '"' + model_.derived[need].code + '"';
                    add("derived_cycle", place_of(top.derived) + "/expression", cycle,
                        "derived indicators that do not read themselves",
                        "previous(x) reads the period before");
                    read_[top.derived].usable = false;
                }
            }
        }
    }

    /// Derived indicators of the same period that one reads. What stands in
    /// previous(x) belongs to another period.
    [[nodiscard]] std::vector<std::size_t> needs_of(std::size_t k) const {
        std::vector<std::size_t> needs;
        const std::vector<expression::Term>& terms = read_[k].expression.terms;
        std::vector<bool> of_before(terms.size(), false);
        for (const expression::Term& term : terms)
            if (term.operation == expression::Operation::call &&
                term.function == expression::Function::previous && !term.arguments.empty())
                of_before[term.arguments.front()] = true;
        for (std::size_t t = 0; t < terms.size(); ++t) {
            if (terms[t].operation != expression::Operation::indicator || of_before[t]) continue;
            const auto found = derived_.find(terms[t].text);
            if (found == derived_.end()) continue;
            if (std::find(needs.begin(), needs.end(), found->second) == needs.end())
                needs.push_back(found->second);
        }
        return needs;
    }

    void work_out_units() {
        for (const auto& [code, k] : inputs_)
            units_[code] = UnitOfMeasure::parse(model_.inputs[k].unit).value_or(UnitOfMeasure{});
        for (const LeafUse& leaf : leaves_) {
            const std::string& column = column_of(*leaf.node);
            if (derived_.contains(column)) continue;
            const UnitOfMeasure unit =
                UnitOfMeasure::parse(leaf.node->unit).value_or(UnitOfMeasure{});
            const auto [found, inserted] = units_.emplace(column, unit);
            if (!inserted && !found->second.is_known()) found->second = unit;
        }
        for (std::size_t k = 0; k < model_.derived.size(); ++k)
            units_[model_.derived[k].code] = unit_at(model_.derived[k].unit, place_of(k) + "/unit");
        const expression::UnitOfIndicator unit_of = [this](const std::string& code) {
            const auto found = units_.find(code);
            return found == units_.end() ? UnitOfMeasure{} : found->second;
        };
        for (const std::size_t k : order_) {
            if (!read_[k].usable) continue;
            const expression::TermUnit computed = expression::unit_of(
                read_[k].expression, unit_of, place_of(k) + "/expression", problems_);
            UnitOfMeasure& stated = units_[model_.derived[k].code];
            if (stated.is_known() && computed.unit.is_known() && !(stated == computed.unit))
                add("unit_mismatch", place_of(k) + "/unit", '"' + model_.derived[k].unit + '"',
                    "the unit of the expression, " + computed.unit.text(),
                    "correct it, or convert inside the expression");
            if (!stated.is_known()) stated = computed.unit;
            read_[k].unit = stated;
        }
    }

    void check_units_of_leaves() {
        for (const LeafUse& leaf : leaves_) {
            const std::string& column = column_of(*leaf.node);
            if (!derived_.contains(column) && !inputs_.contains(column)) continue;
            const auto stated = UnitOfMeasure::parse(leaf.node->unit);
            const UnitOfMeasure& unit = units_[column];
            if (!stated || !stated->is_known() || !unit.is_known() || *stated == unit) continue;
            add("unit_mismatch", leaf.place + "/unit", '"' + leaf.node->unit + '"',
                "the unit of indicator \"" + column + "\", " + unit.text(), "correct one of them");
        }
    }

    void check_use_of_inputs() {
        std::set<std::string> used;
        for (const ReadDerived& each : read_) {
            if (!each.usable) return;
            for (const std::string& code : each.expression.indicators()) used.insert(code);
        }
        for (const LeafUse& leaf : leaves_) used.insert(column_of(*leaf.node));
        for (const RollUp& roll_up : model_.roll_ups) used.insert(roll_up.weights);
        for (std::size_t k = 0; k < model_.inputs.size(); ++k)
            if (!used.contains(model_.inputs[k].code))
                add("unused_input", "/inputs/" + std::to_string(k),
                    '"' + model_.inputs[k].code + "\", which nothing reads",
                    "inputs of expressions, leaves or roll-ups", "remove it, or use it");
    }

    const ModelDefinition& model_;
    std::vector<Problem>& problems_;
    std::vector<ReadDerived> read_;
    std::vector<std::size_t> order_;
    std::vector<LeafUse> leaves_;
    std::unordered_map<std::string, std::size_t> inputs_;
    std::unordered_map<std::string, std::size_t> derived_;
    std::unordered_map<std::string, UnitOfMeasure> units_;
};

}  // namespace thuocdo::detail
