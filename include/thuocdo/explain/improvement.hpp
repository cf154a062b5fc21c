#pragma once
/// @file
/// What a search for the cheapest improvements is asked and what it answers.

#include <thuocdo/config.hpp>
#include <thuocdo/explain/what_if.hpp>
#include <thuocdo/model/label.hpp>

#include <functional>
#include <limits>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace thuocdo {

/// How far the value of one indicator of the unit may move, and what that costs. Without
/// `lower` or `upper` it does not move that way, except by `largest_step`.
struct ImprovementLimit {
    /// Column of the data.
    std::string indicator{};
    std::optional<double> lower{};
    std::optional<double> upper{};
    /// Largest distance from the present value.
    std::optional<double> largest_step{};
    /// New values are multiples of 10^-digits; 0 for counts.
    int digits = 2;
    /// Cost per unit of value, not negative.
    double cost = 1.0;
};

/// What is to be reached: exactly one of the three.
struct ImprovementGoal {
    /// This rank or a better one.
    std::optional<double> rank{};
    /// This published score or a better one.
    std::optional<double> score{};
    /// The band of this code or a better one.
    std::optional<std::string> band{};

    friend bool operator==(const ImprovementGoal&, const ImprovementGoal&) = default;
};

struct ImprovementOptions {
    /// Scorings that the search may make of a unit whose score depends on its peers, or
    /// whose total is no weighted sum, before it is content with a good answer.
    Index most_evaluations = 2000;
    /// Cases that the exact search for weighted sums may look at.
    Index most_cases = 5000000;
    /// Called now and then with a share that grows to 1; false cancels with `Cancelled`.
    std::function<bool(double)> progress{};
};

/// One changed value.
struct ValueChange {
    std::string indicator{};
    /// Of the first leaf that reads it.
    Label name{};
    double from = missing_value;
    double to = missing_value;
    double cost = 0.0;
    friend bool operator==(const ValueChange&, const ValueChange&) = default;
};

/// Changed values and what `what_if` says of them.
struct Improvement {
    /// In the order of the limits; only values that change.
    std::vector<ValueChange> changes{};
    /// Sum of the costs, to 12 decimals.
    double cost = 0.0;
    WhatIf outcome{};
};

/// The answer.
struct CheapestImprovements {
    ImprovementGoal goal{};
    /// Whether the goal can be reached within the limits, as far as the search has seen.
    bool reached = false;
    /// Whether it is proved that nothing is cheaper or, if the goal is not reached, that
    /// nothing within the limits reaches it.
    bool proved = false;
    /// The cheapest changes that reach the goal; where it is not reached, the changes that
    /// come nearest.
    Improvement best{};
    /// Indicators that reach the goal alone, each with its cheapest value, cheapest first.
    std::vector<Improvement> alone{};

    friend std::ostream& operator<<(std::ostream& out, const CheapestImprovements& found) {
        const auto number = [](double value) { return numeric::shortest(value); };
        const auto print = [&](const Improvement& each) {
            for (const ValueChange& change : each.changes)
                out << "  " << change.indicator << ": " << number(change.from) << " -> "
                    << number(change.to) << ", cost " << number(change.cost) << '\n';
            out << "  " << each.outcome;
        };
        out << (found.reached ? "reached at cost " + number(found.best.cost)
                              : std::string("not reached; nearest"))
            << (found.proved ? " (proved)\n" : " (not proved)\n");
        print(found.best);
        for (const Improvement& each : found.alone) {
            out << "alone, at cost " << number(each.cost) << '\n';
            print(each);
        }
        return out;
    }
};

}  // namespace thuocdo
